import { type ITerraformIterator, TerraformIterator, TerraformResource, Token } from "cdktf";
import { type AnyInput, snake } from "../inputs";
import { Condition, isVariable } from "./condition";
import { hcl, raw } from "./expression";
import { attributes, entryLike, StructuredVariable, variable } from "./variables";

type Entries<T> = Readonly<Record<string, T>>;

/** One resource per entry of a map: a block each in an environment, one block with `for_each` in a module. */
export function each<T, R extends TerraformResource>(
  entries: Entries<T>,
  id: string,
  make: (entry: T, key: string, id: string, forEach?: ITerraformIterator) => R,
): Each<R> {
  if (!isVariable(entries)) {
    return new Each(Object.fromEntries(Object.entries(entries).map(([k, entry]) => [k, make(entry, k, `${id}_${k}`)])));
  }
  const iterator = TerraformIterator.fromMap(entries as Record<string, unknown>);
  return new Each(make(variable(entryLike(entries), raw("each.value")) as T, iterator.key, id, iterator));
}

/** The resources of a map's entries. */
export class Each<R extends TerraformResource> {
  constructor(private readonly made: R | Entries<R>) {}

  /** The resources, for `dependsOn`. */
  get all(): R[] {
    return this.made instanceof TerraformResource ? [this.made] : Object.values(this.made);
  }

  /**
   * The resources that something made for the same key depends on, for `dependsOn`: in an environment the one of that
   * key, if there is one. Were it all of them, a thousand entries would make a million dependencies.
   */
  of(key: string): R[] {
    if (this.made instanceof TerraformResource) return [this.made];
    return key in this.made ? [this.made[key]!] : [];
  }

  /** An attribute of the resource with this key. */
  at(key: string, name: string): string {
    if (this.made instanceof TerraformResource) {
      return Token.asString(hcl`${this.made.fqn}[${key}]${raw(`.${name}`)}`);
    }
    const resource = this.made[key];
    if (!resource) throw new Error(`nothing was made for ${key}, only for ${Object.keys(this.made).join(", ")}`);
    return resource.getStringAttribute(name);
  }

  /**
   * An attribute of the resource with this key, or, where there is none, of the first one. There must be at least one.
   */
  atOrFirst(key: string, name: string): string {
    if (this.made instanceof TerraformResource) {
      const { fqn } = this.made;
      const attribute = raw(`.${name}`);
      return Token.asString(hcl`try(${fqn}[${key}]${attribute}, values(${fqn})[0]${attribute})`);
    }
    return this.at(key in this.made ? key : Object.keys(this.made).sort()[0]!, name);
  }

  /** One attribute of each resource, in the order of the keys. */
  list(name: string): string[] {
    if (this.made instanceof TerraformResource) {
      return Token.asList(hcl`[for v in ${this.made.fqn} : v${raw(`.${name}`)}]`);
    }
    return Object.keys(this.made)
      .sort()
      .map((key) => this.at(key, name));
  }

  /** One attribute of each resource, by the entry's key. */
  attribute(name: string): Entries<string> {
    if (this.made instanceof TerraformResource) {
      return Token.asStringMap(hcl`{ for k, v in ${this.made.fqn} : k => v${raw(`.${name}`)} }`);
    }
    return Object.fromEntries(Object.keys(this.made).map((key) => [key, this.at(key, name)]));
  }

  /**
   * The ARN of each resource as an object, `{ arn: … }`, by the entry's key, for props that take an existing resource.
   */
  get existing(): Entries<{ readonly arn: string }> {
    if (this.made instanceof TerraformResource) {
      const of: AnyInput = { kind: "object", fields: { arn: { kind: "string" } } };
      const each = hcl`{ for k, v in ${this.made.fqn} : k => {arn = v.arn} }`;
      return new StructuredVariable({ kind: "map", of }, each) as unknown as Entries<{ readonly arn: string }>;
    }
    return Object.fromEntries(Object.keys(this.made).map((key) => [key, { arn: this.at(key, "arn") }]));
  }
}

/** The entries of a map for which a condition holds: a condition on each entry, or one on something else. */
export function keep<T>(entries: Entries<T>, when: Condition | ((entry: T) => Condition)): Entries<T> {
  const on = (entry: unknown): Condition => (when instanceof Condition ? when : when(entry as T));
  const conditions = isVariable(entries)
    ? []
    : Object.entries(entries).map(([key, entry]) => [key, entry, on(entry)] as const);
  if (!isVariable(entries) && conditions.every(([, , condition]) => condition.known !== undefined)) {
    return Object.fromEntries(conditions.filter(([, , { known }]) => known).map(([key, entry]) => [key, entry]));
  }
  if (when instanceof Condition && when.known !== undefined) return when.known ? entries : {};
  const of = entryLike(entries);
  const { holds } = on(variable(of, raw("v")));
  const kept = hcl`{ for k, v in ${isVariable(entries) ? entries : alike(entries, of)} : k => v if ${holds} }`;
  return new StructuredVariable({ kind: "map", of }, kept) as unknown as Entries<T>;
}

/** Literal entries as Terraform writes them: each gets all the fields that any of them has. */
const alike = (entries: object, { fields }: AnyInput): object => {
  const empty = Object.fromEntries(Object.keys(fields ?? {}).map((field) => [snake(field), null]));
  const filled = (entry: unknown): unknown => {
    if (entry === undefined) return null;
    return fields && !isVariable(entry) ? { ...empty, ...(attributes(entry) as object) } : entry;
  };
  return Object.fromEntries(Object.entries(entries).map(([key, entry]) => [key, filled(entry)]));
};
