import type { EntityUidJson, Expr } from "../functions/approver/policies/cedar";
import type { Formula, Text, Whole } from "./smt";
import type { Names } from "./names";

/** One of the things that a value can be, and the formula that says when it is. */
export interface Option<T> {
  readonly when: Formula;
  readonly is: T;
}

/** An entity: one of the request's own, or one that a policy names by its id. */
export interface Entity {
  readonly type: (name: string) => Formula;
  readonly id: Text;
  /** Its attributes and tags, where it comes with the request; undefined where a policy names it by its id. */
  readonly known?: KnownEntity;
}

/** An entity that comes with the request. */
export interface KnownEntity {
  readonly fields: Fields;
  readonly tags: Fields;
}

export type Fields = ReadonlyMap<string, { readonly present: Formula; readonly value: Value }>;

/** The elements of a set: those of a request's set, of which only some are known, or those that a policy lists. */
export type Elements = Names | { readonly listed: readonly Option<Value>[] };

/** A Cedar value that depends on the request. */
export type Value =
  | { readonly kind: "boolean"; readonly is: Formula }
  | { readonly kind: "long" | "datetime" | "duration"; readonly is: Whole }
  | { readonly kind: "string"; readonly is: Text }
  | { readonly kind: "entity"; readonly options: readonly Option<Entity>[] }
  | { readonly kind: "set"; readonly options: readonly Option<Elements>[] }
  | { readonly kind: "record"; readonly fields: Fields }
  /** Decimals and addresses: they can only be constants, about which Cedar itself is asked. */
  | { readonly kind: "constant"; readonly options: readonly Option<Expr>[] }
  /** There is none: the evaluation has failed. */
  | { readonly kind: "none" };

/** The result of evaluating an expression. */
export interface Evaluated {
  readonly value: Value;
  /** When its evaluation fails. */
  readonly fails: Formula;
}

/** The type and id that a policy writes. */
export const uidOf = (uid: EntityUidJson): { type: string; id: string } => ("__entity" in uid ? uid.__entity : uid);
