export { choose, decimal, digest, hcl, joined, json, later, literal, sha256, shellQuoted, times } from "./expression";
export {
  checkProps,
  inputs,
  refusalsOf,
  refuse,
  refuseLonger,
  resolveProps,
  type Composition,
  type InputOf,
  type Refusal,
  type Resolved,
  type Rule,
} from "./inputs";
export {
  derived,
  each,
  entriesIf,
  givenOr,
  givenOrMade,
  ifGiven,
  inside,
  madeWhere,
  mapped,
  onlyIf,
  onlyIfAny,
  reference,
  textOfEach,
  togetherIf,
  trueUnless,
  values,
  Each,
  Maybe,
  type Count,
  type Given,
} from "./existence";
export {
  asMap,
  attributeOf,
  checkedByTerraform,
  chooseList,
  computed,
  entry,
  isKnown,
  mapEach,
  named,
  orElse,
  whereAny,
  written,
} from "./collections";
export { eachConstruct, givenOrPart, part, type Attributes, type Constructs } from "./calls";
export { blockIf, blockIfAny, blockIfNone, blockUnless, putBlocks, type OptionalBlock } from "./blocks";
export { KEY_ADMINISTRATION, policyDocument, type Statement } from "./policy";
export { accountId, arn, partition, region } from "./surroundings";
export { AddressedStack, AWS_PROVIDER_VERSION, ModuleStack, TERRAFORM_VERSION } from "./stacks";
export { bundle } from "./bundle";
export { snake } from "./variables";
export * from "./rules";
export * from "./common";
