import * as fc from "fast-check";
import { EventRule, type EventRuleProps } from "../../constructs/event-rule/event-rule";
import definition from "../../constructs/event-rule/event-rule.module";
import { digitOf } from "../../constructs/hosting";
import { parsePattern } from "../../sandbox/delivery/pattern";
import { environment, moduleOf } from "../support/hosts";
import { addresses, resource, resources } from "../support/synthesized";
import { eventRule } from "./fixtures";

const synth = (props: EventRuleProps): object => environment((stack) => new EventRule(stack, "rule", props));
const refusal =
  (props: object): (() => object) =>
  () =>
    synth({ ...eventRule.minimal, ...props } as EventRuleProps);
const manyProjects = (keys: readonly string[], length = 36): EventRuleProps["publishingProjects"] =>
  Object.fromEntries(keys.map((key, i) => [key, { id: `${i}`.padStart(length, "a") }]));
/** Keys of projects that are all in one rule. */
const together = (count: number): string[] =>
  Array.from({ length: 5000 }, (_, i) => `p${i}`)
    .filter((key) => digitOf(key) === "0")
    .slice(0, count);

const PARTS = [..."0123456789abcdef"];

const minimal = synth(eventRule.minimal);
const complete = synth(eventRule.complete);
interface Pattern {
  readonly detail: { readonly data: { readonly subscribedListings: { readonly ownerProjectId: readonly string[] } } };
}
/** Patterns of the rules for requests, by their parts. */
function patterns(configuration: object): Readonly<Record<string, string>> {
  const rules = Object.entries(resources(configuration, "aws_cloudwatch_event_rule"));
  const requests = rules.filter(([address]) => address.includes("_requests_"));
  return Object.fromEntries(
    requests.map(([address, { event_pattern }]) => [address.slice(-1), event_pattern as string]),
  );
}

describe("the event pattern", () => {
  test("lets through pending requests of the projects in the domain that the service is not approving itself", () => {
    const pattern = patterns(complete)[digitOf("sales")]!;
    expect(JSON.parse(pattern)).toEqual({
      source: ["aws.datazone"],
      "detail-type": ["Subscription Request Created"],
      detail: {
        metadata: { domain: ["dzd_4fbz9qk1x2"] },
        data: {
          status: ["PENDING"],
          autoApproved: [{ exists: false }, false, null],
          subscribedListings: { ownerProjectId: ["sal3s"] },
        },
      },
    });
  });

  test("is refused above EventBridge's 2,048 characters, with the construct, the prop and a way out", () => {
    expect(refusal({ publishingProjects: manyProjects(together(105), 14) })).not.toThrow();
    expect(refusal({ publishingProjects: manyProjects(together(46)) })).not.toThrow();
    expect(refusal({ publishingProjects: manyProjects(together(47)) })).toThrow(
      /^test\/rule:\n {2}- publishingProjects: too many projects are in one event pattern.*: give some projects other keys, or deploy/,
    );
  });

  test("is held to the limit by a precondition in a module, where the projects are not known", () => {
    const { lifecycle } = resource(moduleOf(definition), "aws_cloudwatch_event_rule", "requests") as {
      lifecycle: { precondition: ReadonlyArray<{ condition: string; error_message: string }> };
    };
    expect(lifecycle.precondition[0]!.condition).toBe("${length(each.value) <= 2048}");
    expect(lifecycle.precondition[0]!.error_message).toMatch(/publishingProjects: too many projects/);
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
    for (const part of PARTS) {
      expect(resource(minimal, "aws_cloudwatch_event_target", `_queue_${part}`)).toMatchObject({
        rule: `\${aws_cloudwatch_event_rule.rule_requests_${part}.name}`,
        arn: eventRule.minimal.queue.arn,
        retry_policy: { maximum_event_age_in_seconds: 86400, maximum_retry_attempts: 185 },
        dead_letter_config: { arn: eventRule.minimal.deadLetterQueue.arn },
      });
    }
  });

  test("of an arrival notice is in words, made of ids alone", () => {
    const target = resource(complete, "aws_cloudwatch_event_target", "arrival_notices_0");
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
      ...PARTS.map((part) => `aws_cloudwatch_event_rule.rule_requests_${part}`),
      "aws_cloudwatch_event_rule.rule_later",
      ...PARTS.map((part) => `aws_cloudwatch_event_target.rule_queue_${part}`),
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

describe("operators", () => {
  test("are told of what a rule can neither deliver nor put on the dead-letter queue, the schedule's included", () => {
    const alarms = Object.values(resources(complete, "aws_cloudwatch_metric_alarm"));
    const metricOf = (rule: unknown, metric_name: string): object => ({
      namespace: "AWS/Events",
      metric_name,
      dimensions: { RuleName: rule },
      period: 300,
      stat: "Sum",
    });
    const watched = alarms.map(({ metric_query, threshold, alarm_actions }) => {
      const [sum, failed, lost] = metric_query as [object, { metric: { dimensions: { RuleName: string } } }, object];
      const rule = failed.metric.dimensions.RuleName;
      expect({ threshold, alarm_actions }).toEqual({
        threshold: 0,
        alarm_actions: [eventRule.complete.operators!.arn],
      });
      expect(sum).toMatchObject({ expression: "FILL(failed, 0) + FILL(lost, 0)", return_data: true });
      expect(failed).toEqual({ id: "failed", metric: metricOf(rule, "FailedInvocations") });
      expect(lost).toEqual({ id: "lost", metric: metricOf(rule, "InvocationsFailedToBeSentToDlq") });
      return rule;
    });
    const rules = Object.keys(resources(complete, "aws_cloudwatch_event_rule"));
    expect(watched.sort()).toEqual(rules.map((name) => `\${aws_cloudwatch_event_rule.${name}.name}`).sort());
  });

  test("are told nothing where there are none", () => {
    expect(resources(minimal, "aws_cloudwatch_metric_alarm")).toEqual({});
  });
});

describe("of up to a thousand projects", () => {
  const key = fc.stringMatching(/^[A-Za-z][A-Za-z0-9-]{0,39}$/);
  const id = fc.stringMatching(/^[a-z0-9]{13,14}$/);
  const projects = fc
    .uniqueArray(fc.tuple(key, id), {
      minLength: 2,
      maxLength: 1000,
      size: "max",
      comparator: ([key, id], [otherKey, otherId]) => key === otherKey || id === otherId,
    })
    .map((entries) => Object.fromEntries(entries.map(([key, id]) => [key, { id }])));
  const requestTo = (ownerProjectId: string): object => ({
    source: "aws.datazone",
    "detail-type": "Subscription Request Created",
    detail: {
      metadata: { domain: eventRule.minimal.domain.id },
      data: { status: "PENDING", subscribedListings: [{ id: "listing", ownerProjectId, version: "1" }] },
    },
  });
  const ownersIn = (pattern: string): readonly string[] =>
    (JSON.parse(pattern) as Pattern).detail.data.subscribedListings.ownerProjectId;

  test("each one's events match one rule, every pattern fits, and one more or less changes one pattern", () => {
    fc.assert(
      fc.property(projects, (publishingProjects) => {
        const all = patterns(synth({ ...eventRule.minimal, publishingProjects }));
        expect(Object.keys(all)).toEqual(PARTS);
        const ids = Object.values(publishingProjects).map(({ id }) => id);
        const named = Object.values(all).flatMap((pattern) => ownersIn(pattern).filter((owner) => owner !== ""));
        expect(named.sort()).toEqual(ids.sort());
        expect(Object.values(all).filter((pattern) => pattern.length > 2048)).toEqual([]);
        const [one, ...others] = Object.entries(publishingProjects);
        const matching = PARTS.filter((part) => parsePattern(all[part]!)(requestTo(one![1].id)));
        expect(matching).toEqual([digitOf(one![0])]);
        const fewer = patterns(synth({ ...eventRule.minimal, publishingProjects: Object.fromEntries(others) }));
        expect(PARTS.filter((part) => all[part] !== fewer[part])).toEqual([digitOf(one![0])]);
      }),
      { numRuns: 10 },
    );
  });

  test("a rule without projects waits for none", () => {
    const empty = Object.values(patterns(minimal)).filter((pattern) => ownersIn(pattern)[0] === "");
    expect(empty).toHaveLength(15);
    for (const pattern of empty) expect(ownersIn(pattern)).toEqual([""]);
  });

  test("more are refused, with a way out", () => {
    const keys = Array.from({ length: 1001 }, (_, i) => `p${i}`);
    expect(refusal({ publishingProjects: manyProjects(keys.slice(1), 14) })).not.toThrow();
    expect(refusal({ publishingProjects: manyProjects(keys) })).toThrow(
      /publishingProjects: must have at most 1000 projects: deploy a second approval for the rest/,
    );
  });
});

describe("is refused", () => {
  test.each([
    [
      "a domain id that is none",
      { domain: { id: "abc" } },
      /domain\.id: must be the id of a DataZone domain: dzd, then - or _.*\(given: "abc"\)/,
    ],
    ["no project", { publishingProjects: {} }, /publishingProjects: must have at least 1 project/],
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
