import { policyToJson } from "../../../functions/approver/policies/cedar";
import { References } from "../../../functions/approver/policies/references";

const references = (condition: string): References => {
  const answer = policyToJson(`permit (principal, action, resource) when { ${condition} };`);
  if (answer.type === "failure") throw new Error(answer.errors[0]?.message);
  return new References([answer.json]);
};

it.each([
  ["principal.details.tags.isEmpty()", "principal", "details"],
  ["principal has details.profile", "principal", "details"],
  ["principal has details", "principal", "details"],
  ["context.publisher.details has profile", "publisher", "details"],
  ['!(resource.terms.contains("x"))', "resource", "terms"],
  ['resource.hasTag("a.b")', "resource", "tags"],
  ['resource.getTag("a.b") == "x"', "resource", "tags"],
  ['context.request.hasTag("a.b")', "request", "tags"],
  ['context.product.terms.contains("x")', "product", "terms"],
  ["context.permissions.isEmpty()", "context", "permissions"],
  ['ip(principal.name).isInRange(ip("10.0.0.0/8"))', "principal", "name"],
  ["[resource.governed].isEmpty()", "resource", "governed"],
  ['{ "Value": resource.governed }.Value.isEmpty()', "resource", "governed"],
  ['{ ".": resource.governed } == {}', "resource", "governed"],
  ["context has publisher.details.profile", "publisher", "details"],
  ["context has product.terms", "product", "terms"],
  ['context.product == { id: "a", name: "b", terms: ["c"] }', "product", "terms"],
  ['[context.product].contains({ id: "a", name: "b", terms: ["c"] })', "product", "name"],
  ['{ p: context.product } == { p: { id: "a", name: "b", terms: ["c"] } }', "product", "terms"],
  ["context == context", "context", "permissions"],
  ["context == context", "product", "terms"],
  ['if principal.name == "a" then true else resource.type == "b"', "resource", "type"],
] as const)("%s refers to %s.%s", (condition, owner, attribute) => {
  expect(references(condition).has(owner, attribute)).toBe(true);
});

it("tells subscriber and publisher, asset and request apart", () => {
  expect(references("principal.details.tags.isEmpty()").has("publisher", "details")).toBe(false);
  expect(references("context.publisher.details.tags.isEmpty()").has("principal", "details")).toBe(false);
  expect(references('context.request.hasTag("x")').has("resource", "tags")).toBe(false);
  expect(references("context.product.terms.isEmpty()").has("resource", "terms")).toBe(false);
});

it("takes an owner that cannot be told for everybody", () => {
  const both = references("(if true then principal else context.publisher).details.tags.isEmpty()");
  expect(both.has("principal", "details")).toBe(true);
  expect(both.has("publisher", "details")).toBe(true);
});

it("does not take naming one attribute for naming all", () => {
  expect(references('context.product.id == "p1"').has("product", "terms")).toBe(false);
  expect(references("context has product").has("product", "terms")).toBe(false);
  expect(references("context.alreadySubscribed").has("context", "permissions")).toBe(false);
});

it("does not take literals for references", () => {
  expect(references('resource.name == "resource.governed"').has("resource", "governed")).toBe(false);
});
