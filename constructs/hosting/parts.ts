import { createHash } from "node:crypto";
import { type IResolvable, Token } from "cdktf";
import { snake } from "../inputs";
import { isVariable } from "./condition";
import { hcl, raw } from "./expression";
import { attributes, StructuredVariable } from "./variables";

type Entries<T> = Readonly<Record<string, T>>;

const DIGITS = "0123456789abcdef";

const textsOf = (expression: IResolvable): Entries<string> =>
  new StructuredVariable({ kind: "map", of: { kind: "string" } }, expression) as unknown as Entries<string>;

/**
 * Splits a map that is too large for one text into sixteen parts, named `0` to `f`. An entry is in the part of the
 * first hexadecimal digit of its key's SHA-256, so that an entry more or less changes that part alone. All sixteen
 * parts always exist.
 *
 * @param make the text of a part, from the values of one field of its entries, in the order of their keys
 * @param nothing the value that a part without entries has instead: EventBridge takes no empty list
 */
export function byHash<T>(
  entries: Entries<T>,
  field: keyof T & string,
  nothing: string,
  make: (values: readonly string[]) => string,
): Entries<string> {
  if (isVariable(entries)) {
    const value = raw(`.${snake(field)}`);
    const part = hcl`coalescelist([for k, v in ${entries} : v${value} if startswith(sha256(k), digit)], ${[nothing]})`;
    return textsOf(hcl`{ for digit in split("", ${DIGITS}) : digit => ${make(Token.asList(part))} }`);
  }
  const keys = Object.keys(entries).sort();
  const part = (digit: string): string[] =>
    keys.filter((key) => digitOf(key) === digit).map((key) => (entries[key] as Entries<string>)[field]!);
  return Object.fromEntries(
    [...DIGITS].map((digit) => [digit, make(part(digit).length > 0 ? part(digit) : [nothing])]),
  );
}

/** The name of the part that the entry with this key is in. */
export const digitOf = (key: string): string => createHash("sha256").update(key).digest("hex")[0]!;

/**
 * A list that is too long for one text, as texts of at most `size` items each, joined by commas; their keys are `0`,
 * `1`, …
 */
export function joinedBy(size: number, list: readonly string[]): Entries<string> {
  if (isVariable(list)) {
    return textsOf(hcl`{ for i, items in chunklist(${attributes(list)}, ${size}) : i => join(",", items) }`);
  }
  const parts = Array.from({ length: Math.ceil(list.length / size) }, (_, i) => list.slice(i * size, (i + 1) * size));
  return Object.fromEntries(parts.map((items, i) => [`${i}`, items.join(",")]));
}
