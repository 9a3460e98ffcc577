/** How a rule's target changes the event that it gets; it has at most one of these. */
export interface TargetInput {
  readonly Input?: string;
  readonly InputPath?: string;
  readonly InputTransformer?: {
    readonly InputPathsMap?: Readonly<Record<string, string>>;
    readonly InputTemplate: string;
  };
}

export interface Delivered {
  readonly ruleArn: string;
  readonly ruleName: string;
  readonly ingestionTime: string;
}

type Json = Readonly<Record<string, unknown>>;

/**
 * What a target gets for an event: the event, a part of it, a constant, or what a transformer makes of it.
 *
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
 */
export function targetInput(event: Json, target: TargetInput, delivered: Delivered): string {
  if (target.Input !== undefined) return target.Input;
  if (target.InputPath !== undefined) return JSON.stringify(valueAt(event, target.InputPath) ?? {});
  if (!target.InputTransformer) return JSON.stringify(event);

  const { InputPathsMap = {}, InputTemplate } = target.InputTransformer;
  const values = new Map<string, unknown>([
    ...Object.entries(InputPathsMap).map(([name, path]) => [name, valueAt(event, path)] as const),
    ["aws.events.rule-arn", delivered.ruleArn],
    ["aws.events.rule-name", delivered.ruleName],
    ["aws.events.event.ingestion-time", delivered.ingestionTime],
    ["aws.events.event.json", event],
    ["aws.events.event", event],
  ]);
  return fill(InputTemplate, values);
}

/** Puts values in the place of `<name>`: bare inside a quoted text, as JSON elsewhere. */
function fill(template: string, values: ReadonlyMap<string, unknown>): string {
  let isQuoted = false;
  let filled = "";
  for (const [part, name] of template.matchAll(/\\.|<([\w.-]+)>|[^]/g)) {
    if (part === '"') isQuoted = !isQuoted;
    if (name === undefined || !values.has(name)) filled += part;
    else filled += isQuoted ? inText(values.get(name)) : outside(values.get(name));
  }
  return filled.trim();
}

function inText(value: unknown): string {
  if (value === undefined) return "";
  return typeof value === "string" ? JSON.stringify(value).slice(1, -1) : JSON.stringify(value).replaceAll('"', '\\"');
}

function outside(value: unknown): string {
  return value === undefined ? '""' : JSON.stringify(value);
}

/** JSONPath as EventBridge has it: members and indexes only. */
export function valueAt(event: unknown, path: string): unknown {
  const steps = [...path.matchAll(/\.([\w-]+)|\[(\d+|\*)\]|\['([^']+)'\]/g)];
  return steps.reduce<unknown>((value, [, name, index, quoted]) => {
    if (typeof value !== "object" || value === null) return undefined;
    if (index === "*") return value;
    return (value as Record<string, unknown>)[name ?? index ?? quoted ?? ""];
  }, event);
}
