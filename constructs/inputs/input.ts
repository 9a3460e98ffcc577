import { matches, type Relation, type Rule } from "./rules";

/**
 * What a construct can be given for one prop: its Terraform type, default and rules. Made by `text`, `number`, `flag`, `listOf`,
 * `mapOf`, `object` and `optional`, which read as Terraform's type constraints do.
 */
export interface AnyInput {
  readonly kind: "string" | "number" | "bool" | "list" | "map" | "object";
  readonly optional?: true;
  readonly default?: unknown;
  readonly rules?: readonly Rule<unknown>[];
  readonly of?: AnyInput;
  readonly fields?: Fields;
}
type Fields = Readonly<Record<string, AnyInput>>;

/** An input with the TypeScript types of what may be given for it, and of what that is with the defaults filled in. */
export interface Input<Given, Resolved = Given> extends AnyInput {
  /** Never set. */
  readonly types?: { readonly given: Given; readonly resolved: Resolved };
}

/** What a caller gives: an input without a default is required, unless it is optional. */
export type PropsOf<I extends AnyInput> = I extends { readonly types?: { readonly given: infer G } } ? G : never;
/** The same with every default filled in. */
export type Resolved<I extends AnyInput> = I extends { readonly types?: { readonly resolved: infer R } } ? R : never;

type OptionalKeys<F extends Fields> = { [K in keyof F]: undefined extends PropsOf<F[K]> ? K : never }[keyof F];
/** What a caller gives for fields. */
export type PropsOfFields<F extends Fields> = {
  readonly [K in keyof F as K extends OptionalKeys<F> ? never : K]: PropsOf<F[K]>;
} & { readonly [K in keyof F as K extends OptionalKeys<F> ? K : never]?: PropsOf<F[K]> };

/** The same of fields, with every default filled in. */
export type ResolvedFields<F extends Fields> = { readonly [K in keyof F]: Resolved<F[K]> };

const ruled = (rules: readonly Rule<never>[]): Pick<AnyInput, "rules"> =>
  rules.length > 0 ? { rules: rules as readonly Rule<unknown>[] } : {};

/** A text; with `oneOf` among its rules, one of those. */
export const text = <T extends string = string>(...rules: readonly Rule<T>[]): Input<T> => ({
  kind: "string",
  ...ruled(rules),
});

export const number = (...rules: readonly Rule<number>[]): Input<number> => ({ kind: "number", ...ruled(rules) });

export const flag = (): Input<boolean> => ({ kind: "bool" });

export const listOf = <G, R>(
  of: Input<G, R>,
  ...rules: readonly Rule<NoInfer<readonly G[]>>[]
): Input<readonly G[], R[]> => ({
  kind: "list",
  of,
  ...ruled(rules),
});

/** Entries by keys of the caller's. */
export const mapOf = <G, R>(
  of: Input<G, R>,
  ...rules: readonly Rule<NoInfer<Readonly<Record<string, G>>>>[]
): Input<Readonly<Record<string, G>>, Readonly<Record<string, R>>> => ({ kind: "map", of, ...ruled(rules) });

/** Fields by their names. The doc comment of a field is the description of the variable, or of its part. */
export const object = <const F extends Fields>(
  fields: F,
  ...rules: ReadonlyArray<Rule<PropsOfFields<F>> | Relation<ResolvedFields<F>>>
): Input<PropsOfFields<F>, ResolvedFields<F>> & { readonly fields: F } => ({
  kind: "object",
  fields,
  ...ruled(rules),
});

/** An input that can be left out, and what it is then. */
export function optional<G, R>(input: Input<G, R>): Input<G | undefined, R | undefined>;
export function optional<G, R>(input: Input<G, R>, otherwise: NoInfer<G>): Input<G | undefined, R>;
export function optional(input: AnyInput, otherwise?: unknown): AnyInput {
  return { ...input, optional: true, ...(otherwise !== undefined && { default: otherwise }) };
}

/** An id as EC2 makes it: `vpc-0123456789abcdef0`. */
export const ec2Id = (kind: string, what: string): Input<string> =>
  text(matches(new RegExp(`^${kind}-[0-9a-f]+$`), `must be the id of ${what}, ${kind}-…`));

/** Of a value the fields that are declared here, one by one: a module's variable cannot be spread. */
export const take = <F extends Fields, V extends { readonly [K in keyof F]?: unknown }>(
  fields: F,
  value: V,
): Pick<V, keyof F & keyof V> =>
  Object.fromEntries(Object.keys(fields).map((name) => [name, value[name]])) as Pick<V, keyof F & keyof V>;
