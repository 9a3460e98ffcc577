import { type IResolvable, type TerraformCount, TerraformDataSource, TerraformResource, Token } from "cdktf";
import { snake } from "../inputs";
import { Condition, isVariable } from "./condition";
import { hcl, raw } from "./expression";
import { attributes, composed } from "./variables";

/** The `count`, 0 or 1, that resources share which exist together or not at all. */
export type Count = TerraformCount;

type One = TerraformResource | TerraformDataSource;
type Resources = One | Readonly<Record<string, One>>;
const isOne = (resources: Resources): resources is One =>
  resources instanceof TerraformResource || resources instanceof TerraformDataSource;

/** A resource or data source that may not exist, or several, by name, that exist together or not at all. */
export class Made<R extends Resources> {
  constructor(
    /** Undefined where it is known at synth that there is none. */
    private readonly made: R | undefined,
    /** Whether only Terraform knows if there is one. */
    readonly counted: boolean,
  ) {}

  /** For `dependsOn`. */
  get all(): One[] {
    if (!this.made) return [];
    return isOne(this.made) ? [this.made] : Object.values(this.made);
  }

  /** One of several resources, by its name. */
  of<K extends keyof R & string>(name: K): Made<R[K] & One> {
    return new Made(this.made?.[name] as (R[K] & One) | undefined, this.counted);
  }

  /** An attribute, by its Terraform name. Where the resource does not exist it is undefined, in a module null. */
  attribute(name: string): string | undefined {
    const [resource] = this.all;
    if (!resource) return undefined;
    if (!this.counted) return resource.getStringAttribute(name);
    return Token.asString(hcl`one(${resource.fqn}${raw(`[*].${name}`)})`);
  }
}

/**
 * Makes what exists where a condition holds. `make` gets the value that the condition is about, and the resources'
 * `count`.
 */
export function make<T, R extends Resources>(when: Condition<T>, make: (it: T, count?: Count) => R): Made<R> {
  if (when.known === undefined) return new Made(make(when.it, when.count), true);
  return new Made(when.known ? make(when.it) : undefined, false);
}

/** An attribute of a resource, for another resource with the same count or for_each. */
export function attributeOf(resource: One, name: string): string {
  if (resource.forEach) return Token.asString(hcl`${resource.fqn}[each.key]${raw(`.${name}`)}`);
  if (resource.count !== undefined) return Token.asString(hcl`${resource.fqn}[count.index]${raw(`.${name}`)}`);
  return resource.getStringAttribute(name);
}

/** The text that is given, or, where none is given, another. */
export function either(given: string | undefined, otherwise: string): string;
/**
 * The object that is given, or, where none is given, the attributes of the same names of the resource that was made.
 */
export function either<T extends object, K extends keyof T & string = "arn" & keyof T>(
  given: T | undefined,
  made: Made<One>,
  ...fields: readonly K[]
): Pick<T, K> | undefined;
export function either(
  given: string | object | undefined,
  other: string | Made<One>,
  ...fields: readonly string[]
): unknown {
  if (other instanceof Made)
    return givenOrMade(given as object | undefined, other, fields.length > 0 ? fields : ["arn"]);
  if (given === undefined) return other;
  return Token.isUnresolved(given) ? Token.asString(hcl`coalesce(${given}, ${other})`) : given;
}

function givenOrMade(given: object | undefined, made: Made<One>, fields: readonly string[]): object | undefined {
  if (given !== undefined && !isVariable(given)) return given;
  const own = Object.fromEntries(fields.map((field) => [field, made.attribute(snake(field))]));
  const each = Object.fromEntries(fields.map((field) => [snake(field), raw(`v.${snake(field)}`)]));
  const whole = made.counted ? hcl`one([for v in ${made.all[0]!.fqn} : ${each}])` : attributes(own);
  if (given === undefined) return made.counted ? composed(own, hcl`${whole}`) : made.all[0] && own;
  const chosen = fields.map((field) => {
    const value = Condition.given(given).choose(hcl`${given}${raw(`.${snake(field)}`)}`, own[field]);
    return [field, Token.asString(value)];
  });
  return composed(
    Object.fromEntries(chosen) as object,
    made.all[0] ? hcl`(${given} != null ? ${given} : ${whole})` : (given as IResolvable),
  );
}
