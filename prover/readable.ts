import type { Names, Universe } from "./names";
import { type AnyRequest, type Asset, type Maybe, PERMISSIONS, type Read } from "./request";
import type { Formula, Formulas, Text } from "./smt";

/** A wish about an example: the first of these formulas that is possible shall hold. */
export type Wish = readonly [Formula, ...Formula[]];

/**
 * Wishes that make an example short and plain, the most helpful first: everything can be read, optional things are
 * absent, and what is there has a familiar name, unless the example depends on it.
 */
export function preferences(request: AnyRequest, universe: Universe, f: Formulas, now: Date): Wish[] {
  const { subscriber, publisher, requester, product, assets } = request;
  const [first, second] = assets as [Asset, Asset];
  const empty = ({ is }: Read<Names>): Wish => universe.plainer(is);
  const named = (text: Text, ...[name, ...others]: [string, ...string[]]): Wish => [
    f.sameText(text, f.text(name)),
    ...others.map((other) => f.sameText(text, f.text(other))),
    f.z3.InRe(text, plainText(f)) as Formula,
  ];
  const optional = ({ present, is }: Maybe<Text>): Wish[] => [[f.not(present)], named(is, "something")];
  const details = [subscriber, publisher].map((project) => project.details.is);
  const terms = assets.flatMap(({ terms, columnTerms, governed }) => [terms, columnTerms, governed]);
  const others = [request.requestedFilters, product.is.terms, ...terms].map(({ is }) => is);
  const isPermission = (names: Names): Formula =>
    f.any(...PERMISSIONS.map((permission) => universe.contains(names, f.text(permission))));
  const fields = [request.answers, first.fields, second.fields].flatMap((of) => [...of.values()]);
  return [
    ...knownFacts(request).map(({ known }): Wish => [known]),
    [f.not(product.present)],
    [f.not(second.present)],
    [request.isOf("Project"), request.isOf("User"), request.isOf("Group")],
    [f.not(request.own)],
    [f.not(request.alreadySubscribed)],
    [f.not(f.any(...[...others, ...details.map(({ tags }) => tags)].map(isPermission)))],
    empty(request.requestedFilters),
    ...assets.map(({ permissions }) => empty(permissions)),
    ...terms.map(empty),
    empty(product.is.terms),
    ...details.map(({ tags }) => universe.plainer(tags)),
    ...details.flatMap(({ profile, category, domainUnit }) => [profile, category, domainUnit].flatMap(optional)),
    ...fields.flatMap(({ is }) => optional(is)),
    named(subscriber.id, "subscriber-1"),
    named(subscriber.name.is, "analytics"),
    named(publisher.id, "publisher-1"),
    named(publisher.name.is, "sales"),
    named(requester.id.is, "user-1"),
    named(requester.details.is.kind, "SSO", "IAM"),
    named(requester.details.is.name, "maria"),
    named(product.is.id, "product-1"),
    named(product.is.name.is, "Customer 360"),
    ...assets.flatMap(({ id, name, type }, index) => [
      named(id, `asset-${index + 1}`),
      named(name.is, ["Orders", "Returns"][index]!),
      named(type.is, "GlueTableAssetType"),
    ]),
    named(request.requestId, "request-1"),
    named(request.environment, "prod", "dev"),
    [request.now.eq(now.getTime()) as Formula],
  ];
}

/** All facts of a request that may be unreadable. */
export function knownFacts({
  subscriber,
  publisher,
  requester,
  product,
  requestedFilters,
  answers,
  assets,
}: AnyRequest): Read<unknown>[] {
  const ofAssets = assets.flatMap((asset) => [
    ...[asset.name, asset.type, asset.terms, asset.columnTerms, asset.governed, asset.permissions],
    ...asset.fields.values(),
  ]);
  const ofProjects = [subscriber, publisher].flatMap(({ name, details }) => [name, details]);
  const others = [requester.id, requester.details, product.is.name, product.is.terms, requestedFilters];
  return [...ofProjects, ...others, ...answers.values(), ...ofAssets];
}

/** One or more of letters, digits, `-` and the blank. */
function plainText({ z3 }: Formulas): ReturnType<Formulas["z3"]["Re"]["toRe"]> {
  const [letters, capitals, digits] = [z3.Range("a", "z"), z3.Range("A", "Z"), z3.Range("0", "9")];
  return z3.Plus(z3.Union(letters, capitals, digits, z3.Re.toRe("-"), z3.Re.toRe(" ")));
}
