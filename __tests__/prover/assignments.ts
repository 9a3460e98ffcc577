import type { Names } from "../../prover/names";
import type { Terms } from "../../prover/prover";
import { KINDS, type Maybe, type Read } from "../../prover/request";
import type { Formula, Text } from "../../prover/smt";

/** Draws a number from 0 up to, not including, a limit. */
export type Draw = (limit: number) => number;

/** A generator of numbers that draws the same from the same seed (mulberry32). */
export function drawing(seed: number): Draw {
  let state = seed;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296) * limit);
  };
}

/** The texts and instants that policies name, and others that are nearly the same. */
export interface Pool {
  readonly named: readonly string[];
  readonly near: readonly string[];
  readonly instants: readonly number[];
}

/** @param policies Cedar texts */
export function poolOf(policies: readonly string[]): Pool {
  const literals = policies.flatMap((text) => {
    const plain = text.replace(/@\w+\("(?:\\.|[^"\\])*"\)/g, "").replace(/^\s*\/\/.*$/gm, "");
    return [...plain.matchAll(/"((?:\\.|[^"\\])*)"/g)].map(([, literal]) => literal!);
  });
  // A pattern stands for what it matches.
  const named = literals.map((literal) => literal.replace(/(?<!\\)\*/g, "x").replaceAll("\\*", "*"));
  const near = named.map(
    (text, index) => [text.toLowerCase(), `${text} `, text.slice(1), text.toUpperCase()][index % 4]!,
  );
  const dates = literals.map((literal) => Date.parse(literal)).filter((instant) => !Number.isNaN(instant));
  const around = [-86_400_001, -86_400_000, -1, 0, 1, 43_200_000, 86_400_000, 95_399_999_999];
  const instants = [Date.parse("2026-06-01"), ...dates].flatMap((instant) => around.map((by) => instant + by));
  const edges = ["0000-01-01T00:00:00Z", "1969-12-31T23:00:00Z", "9999-12-31T23:59:59.999Z"].map((edge) =>
    Date.parse(edge),
  );
  return {
    named: [...new Set(["READ", "p1", "a1", ...named])],
    near: [...new Set(["", "WRITE", "PII", ...near])],
    instants: [...instants, ...edges],
  };
}

/**
 * A request, drawn at random from what policies name: a value for each fact, now and then one that cannot be read. That such a request
 * exists, as far as the prover knows, is for the test to see.
 */
export function drawRequest({ request, universe, f }: Terms, pool: Pool, draw: Draw): Formula[] {
  const of = <T>(from: readonly T[]): T => from[draw(from.length)]!;
  const sometimes = (one: number, outOf: number): boolean => draw(outOf) < one;
  const is = (flag: Formula, value: boolean): Formula => (value ? flag : f.not(flag));
  // What policies permit is a small part of what there is: half of the requests are near that.
  const plain = sometimes(1, 2);
  const all = [...pool.named, ...pool.near];
  const texts = plain ? pool.named : all;
  const text = (fact: Text, values = texts): Formula => f.sameText(fact, f.text(of(values)));
  const names = (fact: Names): Formula[] => {
    const few = plain ? draw(2) : draw(4);
    const members = new Set(Array.from({ length: few }, () => of(texts)));
    const [, familiar] = universe.plainer(fact);
    const said = all.map((value) => is(universe.contains(fact, f.text(value)), members.has(value)));
    return plain || sometimes(3, 4) ? [...said, familiar] : said;
  };
  const known = ({ known: flag }: Read<unknown>): Formula => is(flag, plain || !sometimes(1, 20));
  const maybe = ({ is: value, present }: Maybe<Text>): Formula[] => [text(value), is(present, sometimes(2, 3))];
  const fields = (each: ReadonlyMap<string, Read<Maybe<Text>>>): Formula[] =>
    [...each.values()].flatMap((field) => [...maybe(field.is), known(field)]);
  const kind = of(["Project", "Project", "Project", ...KINDS] as const);
  const own = kind === "Project" && sometimes(1, 8);
  const { subscriber, publisher, requester, product } = request;
  const project = ({ id, name, details }: typeof publisher, is: string): Formula[] => [
    f.sameText(id, f.text(is)),
    kind === "IamPrincipal" && id === subscriber.id ? f.sameText(name.is, id) : text(name.is),
    ...[details.is.profile, details.is.category, details.is.domainUnit].flatMap(maybe),
    ...names(details.is.tags),
    known(name),
    known(details),
  ];
  const subscribes = of(["p1", "u1", "g1", ...texts]);
  const isProduct = sometimes(1, 3);
  const [first, second] = request.assets;
  return [
    request.isOf(kind),
    // Of one's own project there is only one name, and of an IAM principal only its ARN.
    ...(own ? [f.sameText(subscriber.id, publisher.id)] : project(subscriber, subscribes)),
    ...project(publisher, subscribes === "p1" ? "p2" : "p1"),
    known(requester.id),
    known(requester.details),
    ...[requester.id.is, requester.details.is.kind, requester.details.is.name].map((one) => text(one)),
    is(product.present, isProduct),
    text(product.is.id),
    text(product.is.name.is),
    known(product.is.name),
    known(product.is.terms),
    ...names(product.is.terms.is),
    ...request.assets.flatMap((asset) => [
      text(asset.name.is),
      text(asset.type.is),
      ...[asset.terms, asset.columnTerms, asset.governed, asset.permissions].flatMap((set) => [
        ...names(set.is),
        known(set),
      ]),
      known(asset.name),
      known(asset.type),
      ...fields(asset.fields),
    ]),
    f.sameText(first!.id, f.text(of(["a1", "a2"]))),
    f.sameText(second!.id, f.text("a3")),
    is(second!.present, isProduct && sometimes(1, 2)),
    text(request.requestId, ["r1", "r2"]),
    is(request.alreadySubscribed, sometimes(1, 2)),
    known(request.requestedFilters),
    ...(sometimes(2, 3)
      ? texts.map((value) => f.not(universe.contains(request.requestedFilters.is, f.text(value))))
      : names(request.requestedFilters.is)),
    ...fields(request.answers),
    request.now.eq(of(pool.instants)) as Formula,
    text(request.environment),
  ];
}
