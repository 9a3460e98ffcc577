import { EventRule, type EventRuleProps } from "../../constructs/event-rule/event-rule";
import definition from "../../constructs/event-rule/event-rule.module";
import { environment, moduleOf } from "../support/hosts";
import { addresses, resource } from "../support/synthesized";
import { eventRule } from "./fixtures";

const synth = (props: EventRuleProps): object => environment((stack) => new EventRule(stack, "rule", props));
const refusal =
  (props: object): (() => object) =>
  () =>
    synth({ ...eventRule.minimal, ...props } as EventRuleProps);
const manyProjects = (count: number): EventRuleProps["publishingProjects"] =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`p${i}`, { id: `${i}`.padStart(36, "a") }]));

const minimal = synth(eventRule.minimal);
const complete = synth(eventRule.complete);
const rule = (configuration: object): { [key: string]: unknown } =>
  JSON.parse(resource(configuration, "aws_cloudwatch_event_rule", "_rule").event_pattern as string) as never;

describe("the event pattern", () => {
  test("lets through pending requests of the projects in the domain that the service is not approving itself", () => {
    expect(rule(complete)).toEqual({
      source: ["aws.datazone"],
      "detail-type": ["Subscription Request Created"],
      detail: {
        metadata: { domain: ["dzd_4fbz9qk1x2"] },
        data: {
          status: ["PENDING"],
          autoApproved: [{ exists: false }, false, null],
          subscribedListings: { ownerProjectId: ["hum4n", "sal3s"] },
        },
      },
    });
  });

  test("is refused above EventBridge's 4,096 characters, with the construct, the prop and a way out", () => {
    expect(refusal({ publishingProjects: manyProjects(98) })).not.toThrow();
    expect(refusal({ publishingProjects: manyProjects(99) })).toThrow(
      /^test\/rule:\n {2}- publishingProjects: too many for one event pattern \(EventBridge allows 4,096 characters\): deploy a second approval/,
    );
  });

  test("is held to the limit by a precondition in a module, where the projects are not known", () => {
    const { lifecycle } = resource(moduleOf(definition), "aws_cloudwatch_event_rule", "rule") as {
      lifecycle: { precondition: ReadonlyArray<{ condition: string; error_message: string }> };
    };
    expect(lifecycle.precondition[0]!.condition).toBe("${length(local.event_pattern) <= 4096}");
    expect(lifecycle.precondition[0]!.error_message).toMatch(/publishingProjects: too many/);
  });
});

test("what the service tells later is let through by name and domain, since its shapes are not documented", () => {
  const { event_pattern, name } = resource(minimal, "aws_cloudwatch_event_rule", "_later");
  expect(name).toBe("approvals-later");
  expect(JSON.parse(event_pattern as string)).toEqual({
    source: ["aws.datazone"],
    "detail-type": [
      "Subscription Request Accepted",
      "Subscription Request Rejected",
      "Subscription Grant Completed",
      "Subscription Grant Failed",
      "Subscription Revoked",
      "Project Member Removal Succeeded",
      "Project Member Role Change Succeeded",
      "Policy Grant Removed",
    ],
    detail: { metadata: { domain: ["dzd_4fbz9qk1x2"] } },
  });
  expect(resource(minimal, "aws_cloudwatch_event_target", "_later_target")).toMatchObject({
    arn: eventRule.minimal.queue.arn,
    dead_letter_config: { arn: eventRule.minimal.deadLetterQueue.arn },
  });
});

describe("delivery", () => {
  test("to the queue is retried for a day, then goes to the dead-letter queue", () => {
    expect(resource(minimal, "aws_cloudwatch_event_target", "_queue")).toMatchObject({
      arn: eventRule.minimal.queue.arn,
      retry_policy: { maximum_event_age_in_seconds: 86400, maximum_retry_attempts: 185 },
      dead_letter_config: { arn: eventRule.minimal.deadLetterQueue.arn },
    });
  });

  test("of an arrival notice is in words, made of ids alone", () => {
    const target = resource(complete, "aws_cloudwatch_event_target", "arrival_notices");
    const transformer = target.input_transformer as { input_paths: Record<string, string>; input_template: string };
    const ids = { at: "T", domain: "D", request: "R", subscriber: "S", listing: "L", publisher: "P" };
    const filled = transformer.input_template.replace(/<(\w+)>/g, (_, name: keyof typeof ids) => ids[name]);
    expect(JSON.parse(filled)).toContain(
      "project S asks for access to listing L of project P (request R, domain D, at T)",
    );
    expect(Object.keys(transformer.input_paths).sort()).toEqual(Object.keys(ids).sort());
    expect(Object.values(transformer.input_paths).join()).not.toMatch(/item|name|reason/i);
    expect(target.dead_letter_config).toEqual({ arn: eventRule.complete.deadLetterQueue.arn });
  });
});

describe("the schedule", () => {
  test("is off by default", () => {
    expect(addresses(minimal)).toEqual([
      "aws_cloudwatch_event_rule.rule_rule",
      "aws_cloudwatch_event_rule.rule_later",
      "aws_cloudwatch_event_target.rule_queue",
      "aws_cloudwatch_event_target.rule_later_target",
    ]);
  });

  test("makes the alias sweep, and says when and how often", () => {
    expect(resource(complete, "aws_cloudwatch_event_rule", "sweep").schedule_expression).toBe("rate(60 minutes)");
    const target = resource(complete, "aws_cloudwatch_event_target", "sweep_function");
    expect(target.arn).toMatch(/:function:approvals:live$/);
    const { input_paths, input_template } = target.input_transformer as { input_paths: object; input_template: string };
    expect(input_paths).toEqual({ at: "$.time" });
    // EventBridge quotes a text that a template names outside quotes.
    expect(JSON.parse(input_template.replace("<at>", '"2026-01-01T00:00:00Z"'))).toEqual({
      operation: "sweep",
      scheduled: { at: "2026-01-01T00:00:00Z", everyMinutes: 60 },
    });
  });

  test("may invoke that alias, and only this rule may", () => {
    expect(resource(complete, "aws_lambda_permission")).toMatchObject({
      function_name: "approvals",
      qualifier: "live",
      principal: "events.amazonaws.com",
      source_arn: "${aws_cloudwatch_event_rule.rule_sweep.arn}",
    });
  });
});

describe("is refused", () => {
  test.each([
    [
      "a domain id that is none",
      { domain: { id: "abc" } },
      /domain\.id: must be the id of a DataZone domain: dzd, then - or _.*\(given: "abc"\)/,
    ],
    ["no project", { publishingProjects: {} }, /publishingProjects: must name at least 1 project/],
    [
      "a project id that is none",
      { publishingProjects: { a: { id: "a b" } } },
      /publishingProjects\.a\.id: must be the id of a DataZone project/,
    ],
    [
      "a sweep too often",
      { sweep: { everyMinutes: 4, functionName: "f", functionAlias: "a" } },
      /sweep\.everyMinutes: must be a whole number of minutes from 5 to 1440 \(given: 4\)/,
    ],
    ["a queue that is no ARN", { queue: { arn: "queue" } }, /queue\.arn: must be the ARN of a standard queue/],
  ])("%s", (_, props, message) => {
    expect(refusal(props)).toThrow(message);
    expect(refusal(props)).toThrow(/^test\/rule:\n/);
  });
});

test("the minimal rule", () => expect(minimal).toMatchSnapshot());
test("the complete rule", () => expect(complete).toMatchSnapshot());
test("the module", () => expect(moduleOf(definition)).toMatchSnapshot());
