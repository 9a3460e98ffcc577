import type { Construct } from "constructs";
import {
  DefaultTokenResolver,
  type IResolvable,
  StringConcat,
  type TerraformDataSource,
  type TerraformResource,
  Token,
  Tokenization,
} from "cdktf";
import { hcl, raw } from "./expression";
import { type Given, isVariable } from "./existence";
import type { AnyInput } from "./inputs";
import { StructuredVariable, variable } from "./variables";

/** Whether a value is known at synth: checks that rules cannot express skip what is not. */
export function isKnown(value: unknown): boolean {
  return !Token.isUnresolved(value);
}

/** A text as Terraform will see it: two references to the same attribute are different tokens, but written the same. */
export function written(scope: Construct, text: string): string {
  if (!Token.isUnresolved(text)) return text;
  const resolver = new DefaultTokenResolver(new StringConcat());
  return Tokenization.resolve(text, { scope, resolver, preparing: false }) as string;
}

/** An attribute of a resource for another one that is made with the same count or for_each. */
export function attributeOf(resource: TerraformResource | TerraformDataSource, name: string): string {
  if (resource.forEach) return Token.asString(hcl`${resource.fqn}[each.key]${raw(`.${name}`)}`);
  if (resource.count !== undefined) return Token.asString(hcl`${resource.fqn}[count.index]${raw(`.${name}`)}`);
  return resource.getStringAttribute(name);
}

/** A text made of another: by JavaScript where that is known, by Terraform where it is not. */
export function computed(
  text: string,
  known: (text: string) => string,
  otherwise: (text: string) => IResolvable,
): string {
  return Token.isUnresolved(text) ? Token.asString(otherwise(text)) : known(text);
}

/** The text, or another where it is not given. */
export function orElse(text: string | undefined, otherwise: string): string {
  if (text === undefined) return otherwise;
  return Token.isUnresolved(text) ? Token.asString(hcl`coalesce(${text}, ${otherwise})`) : text;
}

/** A text for each of a list's. */
export function mapEach(list: readonly string[], make: (item: string) => string): string[] {
  if (!Token.isUnresolved(list)) return list.map(make);
  return Token.asList(hcl`[for item in ${list} : ${make(Token.asString(raw("item")))}]`);
}

/** The texts that a table has for a value. */
export function chooseList<K extends string>(value: K, table: Readonly<Record<K, readonly string[]>>): string[] {
  return Token.isUnresolved(value) ? Token.asList(hcl`${table}[${value}]`) : [...table[value]];
}

/** The entry of a map of texts. */
export function entry(entries: Readonly<Record<string, string>>, key: string): string {
  return Token.isUnresolved(entries) || Token.isUnresolved(key)
    ? Token.asString(hcl`${entries}[${key}]`)
    : entries[key]!;
}

/** Tags with a name beside them, which the console shows; a `Name` of the caller's wins. */
export function named(tags: Readonly<Record<string, string>>, name: string): Record<string, string> {
  return isVariable(tags) ? Token.asStringMap(hcl`merge(${{ Name: name }}, ${tags})`) : { Name: name, ...tags };
}

/**
 * A condition on a resource that Terraform checks where `entries` are a variable; where they are known, synth has checked
 * them already.
 */
export function checkedByTerraform(
  resource: TerraformResource,
  entries: object,
  condition: IResolvable,
  errorMessage: string,
): void {
  if (!isVariable(entries)) return;
  const precondition = [...(resource.lifecycle?.precondition ?? []), { condition, errorMessage }];
  resource.lifecycle = { ...resource.lifecycle, precondition };
}

/** A map of one entry where something is given, of none where it is not. */
export function asMap<T extends object>(key: string, given: Given<T>): Readonly<Record<string, T>> {
  if (!isVariable(given)) return given === undefined ? {} : { [key]: given };
  const input: AnyInput = { kind: "map", of: StructuredVariable.inputOf(given) };
  return variable(input, hcl`{ for k in [${key}] : k => ${given} if ${given} != null }`) as Readonly<Record<string, T>>;
}

/** The entries of a map, or none where another map is empty. */
export function whereAny<T>(
  condition: Readonly<Record<string, unknown>>,
  entries: Readonly<Record<string, T>>,
): Readonly<Record<string, T>> {
  if (isVariable(condition) && isVariable(entries)) {
    const input: AnyInput = { kind: "map", of: entries.entry };
    const some = hcl`{ for k, v in ${entries} : k => v if length(${condition}) > 0 }`;
    return variable(input, some) as Readonly<Record<string, T>>;
  }
  return Object.keys(condition).length > 0 ? entries : {};
}
