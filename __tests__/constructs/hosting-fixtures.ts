import type { ModuleStack } from "../../constructs/hosting";
import { existing, mapOf, number, object, optional, type Resolved, text } from "../../constructs/inputs";
import { module } from "../support/hosts";

const entry = object({ displayName: text(), owner: optional(existing.queue) });
export const declared = object({
  name: text(),
  size: optional(number(), 5),
  alias: optional(text()),
  queue: optional(existing.queue),
  alarm: optional(object({ hours: optional(number(), 24), queue: optional(existing.queue) })),
  entries: optional(mapOf(entry), {}),
  labels: optional(mapOf(text()), {}),
});
export type Props = Resolved<typeof declared>;

export const ARN = "arn:aws:sqs:eu-west-1:123456789012:q";
export const LITERAL: Props = {
  name: "n",
  size: 5,
  alias: undefined,
  queue: undefined,
  alarm: undefined,
  entries: { b: { displayName: "B", owner: { arn: ARN } }, a: { displayName: "A", owner: undefined } },
  labels: { l: "1" },
};

/** The Terraform expression that a value becomes in a module. */
export function rendered(make: (props: Props) => unknown): unknown {
  const synthesized = module<Props>("try", declared, (_stack, props) => ({ value: make(props) }));
  return (synthesized as { output: { value: { value: unknown } } }).output.value.value;
}

/** The queue that a module makes of its variables, or an environment of literals. */
export const inModule = (make: (stack: ModuleStack, props: Props) => void): object =>
  module<Props>("try", declared, (stack, props) => {
    make(stack, props);
    return {};
  });

export const PROPS = Object.keys(LITERAL) as Array<keyof Props>;

/** Props of which some are literals and the rest are variables. */
export const mixed = (literals: ReadonlyArray<keyof Props>, known: Props, variables: Props): Props =>
  Object.fromEntries(PROPS.map((prop) => [prop, (literals.includes(prop) ? known : variables)[prop]])) as never;
