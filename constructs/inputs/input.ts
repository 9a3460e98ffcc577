import { matches, type Relation, type Rule } from "./rules";

/**
 * The declaration of one prop: its Terraform type, default and rules. Made by `text`, `number`, `flag`, `listOf`,
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

/** An input with two TypeScript types: of the value that a caller gives, and of that value with the defaults filled in. */
export interface Input<Given, Resolved = Given> extends AnyInput {
  /** Never set. */
  readonly types?: { readonly given: Given; readonly resolved: Resolved };
}

/** The TypeScript type of what a caller gives for an input: only an optional one may be left out. */
export type PropsOf<I extends AnyInput> = I extends { readonly types?: { readonly given: infer G } } ? G : never;
/** The TypeScript type of an input's value with every default filled in. */
export type Resolved<I extends AnyInput> = I extends { readonly types?: { readonly resolved: infer R } } ? R : never;

type OptionalKeys<F extends Fields> = { [K in keyof F]: undefined extends PropsOf<F[K]> ? K : never }[keyof F];
/** The TypeScript type of what a caller gives for fields. */
export type PropsOfFields<F extends Fields> = {
  readonly [K in keyof F as K extends OptionalKeys<F> ? never : K]: PropsOf<F[K]>;
} & { readonly [K in keyof F as K extends OptionalKeys<F> ? K : never]?: PropsOf<F[K]> };

/** The TypeScript type of fields with every default filled in. */
export type ResolvedFields<F extends Fields> = { readonly [K in keyof F]: Resolved<F[K]> };

const ruled = (rules: readonly Rule<never>[]): Pick<AnyInput, "rules"> =>
  rules.length > 0 ? { rules: rules as readonly Rule<unknown>[] } : {};

/** A text; its type is narrower where `oneOf` is among its rules. */
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

/** A map, whose keys the caller chooses. */
export const mapOf = <G, R>(
  of: Input<G, R>,
  ...rules: readonly Rule<NoInfer<Readonly<Record<string, G>>>>[]
): Input<Readonly<Record<string, G>>, Readonly<Record<string, R>>> => ({ kind: "map", of, ...ruled(rules) });

/** An object with fields. The doc comment of a field becomes the description of a module's variable, or of that field of it. */
export const object = <const F extends Fields>(
  fields: F,
  ...rules: ReadonlyArray<Rule<PropsOfFields<F>> | Relation<ResolvedFields<F>>>
): Input<PropsOfFields<F>, ResolvedFields<F>> & { readonly fields: F } => ({
  kind: "object",
  fields,
  ...ruled(rules),
});

/** An input that may be left out, with or without a default. */
export function optional<G, R>(input: Input<G, R>): Input<G | undefined, R | undefined>;
export function optional<G, R>(input: Input<G, R>, otherwise: NoInfer<G>): Input<G | undefined, R>;
export function optional(input: AnyInput, otherwise?: unknown): AnyInput {
  return { ...input, optional: true, ...(otherwise !== undefined && { default: otherwise }) };
}

/** An id of EC2, e.g. `vpc-0123456789abcdef0`. */
export const ec2Id = (kind: string, what: string): Input<string> =>
  text(matches(new RegExp(`^${kind}-[0-9a-f]+$`), `must be the id of ${what}, ${kind}-…`));

/** The declared fields of a value, copied one by one, because a module's variable cannot be spread (`...value`). */
export const take = <F extends Fields, V extends { readonly [K in keyof F]?: unknown }>(
  fields: F,
  value: V,
): Pick<V, keyof F & keyof V> =>
  Object.fromEntries(Object.keys(fields).map((name) => [name, value[name]])) as Pick<V, keyof F & keyof V>;
