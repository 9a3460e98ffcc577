import { ByScope } from "../../constructs/access-grants/overlaps";
import { NotUnderstood } from "../program/exit";
import type { Grant, Permission } from "./model";

/** Whether every key of `inner` is one of `outer`: only a `*` at the very end is a wildcard. */
export const covers = (outer: string, inner: string): boolean =>
  outer.endsWith("*") ? inner.startsWith(outer.slice(0, -1)) : inner === outer;

/** Whether who was granted `granted` may do what `wanted` says. READWRITE is asked for, and given, as a whole. */
export const permits = (granted: Permission, wanted: Permission): boolean =>
  granted === "READWRITE" || granted === wanted;

const PLACE = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(\/.*)?$/s;

/**
 * What a person names: an object `s3://bucket/key`, a prefix `s3://bucket/prefix*`, or a bucket.
 *
 * @throws Error where it is none of these
 */
export function target(uri: string): string {
  const [, bucket, key] = PLACE.exec(uri) ?? [];
  if (bucket === undefined) {
    const meant = `s3://${uri.replace(/^(s3a?:\/*|arn:[a-z-]+:s3:::)/i, "")}`;
    throw new NotUnderstood(
      `${uri} is no place in S3: s3://bucket/key is an object, s3://bucket/prefix/* a prefix.${PLACE.test(meant) ? ` Did you mean ${meant}?` : ""}`,
    );
  }
  return key === undefined ? `s3://${bucket}/*` : uri;
}

/** Grants by what they reach, in the order in which S3 Access Grants considers them. */
export class Grants {
  readonly #index: ByScope<Grant>;
  readonly #age: ReadonlyMap<Grant, number>;

  constructor(readonly all: readonly Grant[]) {
    this.#index = new ByScope(all);
    this.#age = new Map(all.map((grant, i) => [grant, i]));
  }

  /** Each scope that is granted, in the order of the alphabet. */
  get scopes(): string[] {
    return [...this.#index.scopes].map(([scope]) => scope).sort();
  }

  /** The grants of exactly this scope. */
  of(scope: string): readonly Grant[] {
    return this.#index.of(scope);
  }

  /** All grants that reach all of a target: first what GetDataAccess would rather answer with. */
  covering(target: string): Grant[] {
    return [...this.of(target), ...this.#index.above(target)].sort(
      (a, b) => rank(b) - rank(a) || this.#age.get(a)! - this.#age.get(b)!,
    );
  }
}

/**
 * The narrowest scope first; of equals the one that allows less. "The most closely matching grant", as the Amazon S3 User Guide
 * has it ("Get S3 data using access grants").
 */
const rank = ({ scope, permission }: Grant): number =>
  4 * scope.replace(/\*$/, "").length + (scope.endsWith("*") ? 0 : 2) + (permission === "READWRITE" ? 0 : 1);
