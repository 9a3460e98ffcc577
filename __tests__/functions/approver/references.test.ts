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
  ['context.requester.details.kind == "SSO"', "requester", "details"],
  ['context.requester == { id: "a", details: { kind: "b", name: "c" } }', "requester", "details"],
  ['context.requester.details == { kind: "b", name: "c" }', "requester", "details"],
  ['context.requestedFilters.contains("a")', "context", "requestedFilters"],
  ["context == context", "requester", "details"],
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

it("knows the names of tags, each owner's for itself", () => {
  const both = references(
    'resource.hasTag("A.b") && resource.getTag("A.b") == "x" && !(context.request.hasTag("C.d") && resource.hasTag("details.tags"))',
  );
  expect([...both.tags("resource")]).toEqual(["A.b", "details.tags"]);
  expect([...both.tags("request")]).toEqual(["C.d"]);
  expect([...references("resource.name == context.environment").tags("resource")]).toEqual([]);
});

it("does not take the tags of a project for those of forms, nor the other way", () => {
  const project = references('principal.details.tags.contains("a=b") && context.publisher.details.tags.isEmpty()');
  expect([...project.tags("resource"), ...project.tags("request")]).toEqual([]);
  const forms = references('resource.hasTag("details.tags")');
  expect([forms.has("principal", "details"), forms.has("publisher", "details")]).toEqual([false, false]);
});

it("takes a tag whose owner cannot be told for both owners'", () => {
  const whose = references('(if true then resource else resource).hasTag("A.b")');
  expect([[...whose.tags("resource")], [...whose.tags("request")]]).toEqual([["A.b"], ["A.b"]]);
});

it("knows what is asked for by has", () => {
  expect(references("resource has governed && resource.terms.isEmpty()").asksFor("resource", "governed")).toBe(true);
  expect(references("resource has governed && resource.terms.isEmpty()").asksFor("resource", "terms")).toBe(false);
});

it("does not take literals for references", () => {
  expect(references('resource.name == "resource.governed"').has("resource", "governed")).toBe(false);
});
