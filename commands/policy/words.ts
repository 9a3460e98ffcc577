import type { Decision } from "../../functions/approver/decide";
import type { Asset, Fact, Fields, Project, Requester } from "../../functions/approver/facts";
import type { References } from "../../functions/approver/policies/references";
import type { Example } from "../../prover/example";

/** One line: what happens, by which policies, why. */
export const describe = ({ outcome, policies, why, assetScope }: Decision): string =>
  [
    outcome,
    policies.length > 0 ? `by ${policies.join(", ")}` : "",
    assetScope.length > 0 ? `with the asset filters ${assetScope.join(", ")}` : "",
    why.length > 0 && policies.length === 0 ? `because ${why.join("; ")}` : "",
  ]
    .filter(Boolean)
    .join(" ");

/** A request in a few lines: who asks for what, and of all else only what policies refer to. */
export function describeRequest({ facts, environment }: Example, references: readonly References[]): string[] {
  const { subscriber, publisher, product, assets, requester, answers, now } = facts;
  const refers = (owner: Parameters<References["has"]>[0], ...attributes: string[]): boolean =>
    references.some((one) => attributes.some((attribute) => one.has(owner, attribute)));
  const others = [
    refers("requester", "id", "details") ? `asked by ${byWhom(requester)}` : "",
    facts.alreadySubscribed ? "subscribed already" : "",
    list("with the filters", facts.requestedFilters),
    fields("answers", answers),
    refers("context", "environment") ? `in ${quoted(environment)}` : "",
    refers("context", "now") ? `at ${now.toISOString()}` : "",
  ].filter(Boolean);
  return [
    `${subscriber.type} ${subscriber.id} ${name(subscriber.name)}${ofProject(subscriber)}`,
    ...(product
      ? [`asks for data product ${product.id} ${name(product.name)}${suffix(list("terms", product.terms))}, with`]
      : []),
    ...assets.map(
      (asset) =>
        `${product ? "  " : "asks for "}asset ${asset.id} ${name(asset.name)}${ofAsset(asset, refers("resource", "type"))}`,
    ),
    ...(refers("publisher", "name", "details") || refers("context", "publisher")
      ? [`of project ${publisher.id} ${name(publisher.name)}${ofProject(publisher)}`]
      : []),
    ...(others.length > 0 ? [others.join(", ")] : []),
  ];
}

const byWhom = ({ id, details }: Requester): string =>
  `${"value" in id ? id.value : "(cannot be read)"} ${"value" in details ? `(${details.value.kind} ${quoted(details.value.name)})` : "(details cannot be read)"}`;

const quoted = (text: string): string => JSON.stringify(text);
const suffix = (...parts: readonly string[]): string =>
  parts
    .filter(Boolean)
    .map((part) => `, ${part}`)
    .join("");

const name = (fact: Fact<string>): string => ("value" in fact ? quoted(fact.value) : "(name cannot be read)");

function list(label: string, fact: Fact<readonly string[]>): string {
  if ("unknown" in fact) return `${label} cannot be read`;
  return fact.value.length > 0 ? `${label} ${fact.value.map(quoted).join(" ")}` : "";
}

function fields(label: string, fact: Fact<Fields>): string {
  if ("unknown" in fact) return `${label} cannot be read`;
  const all = Object.entries(fact.value).map(([field, value]) =>
    "value" in value ? `${field}=${quoted(value.value)}` : `${field} cannot be read`,
  );
  return all.length > 0 ? `${label} ${all.join(" ")}` : "";
}

function ofProject({ details }: Project): string {
  if ("unknown" in details) return ", details cannot be read";
  const { tags, ...optional } = details.value;
  const known = Object.entries(optional).map(([attribute, value]) => `${attribute} ${quoted(String(value))}`);
  return suffix(...known, list("tags", { value: tags }));
}

const ofAsset = (asset: Asset, withType: boolean): string => {
  const { type, terms, columnTerms, governed, permissions, fields: forms } = asset;
  return suffix(
    withType ? ("value" in type ? type.value : "type cannot be read") : "",
    list("terms", terms),
    list("terms on columns", columnTerms),
    list("governed terms", governed),
    fields("fields", forms),
    list("to", permissions),
  );
};
