export { arnOf, existing } from "./arns";
export {
  type AnyInput,
  ec2Id,
  flag,
  type Input,
  listOf,
  mapOf,
  number,
  object,
  optional,
  type PropsOf,
  type Resolved,
  type ResolvedFields,
  take,
  text,
} from "./input";
export {
  checkProps,
  type Composition,
  isKnown,
  isRelation,
  type Refusal,
  refusalsOf,
  refuse,
  relationsOf,
  resolveProps,
} from "./resolve";
export { didYouMean } from "./nearest";
export { snake, typeConstraint } from "./terraform";
export * as rule from "./rules";
export type { Relation, Rule } from "./rules";
