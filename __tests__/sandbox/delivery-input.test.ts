import fc from "fast-check";
import { targetInput } from "../../sandbox/delivery/input";
import { rateOf, Schedule } from "../../sandbox/delivery/schedule";

const delivered = { ruleArn: "arn:rule", ruleName: "rule", ingestionTime: "2026-01-01T00:00:00Z" };
const event = { source: "s", time: "t", detail: { name: 'a "quoted" name', n: 3, list: [{ id: "x" }], none: null } };
const transformed = (InputTemplate: string, InputPathsMap: Record<string, string> = {}) =>
  targetInput(event, { InputTransformer: { InputTemplate, InputPathsMap } }, delivered);

test("without anything else a target gets the event; with a constant, that; with a path, the part", () => {
  expect(JSON.parse(targetInput(event, {}, delivered))).toEqual(event);
  expect(targetInput(event, { Input: '{"operation":"sweep"}' }, delivered)).toBe('{"operation":"sweep"}');
  expect(targetInput(event, { InputPath: "$.detail.list[0]" }, delivered)).toBe('{"id":"x"}');
});

test.each([
  ['"<n> from <id> in <aws.events.rule-name>"', { n: "$.detail.n", id: "$.detail.list[0].id" }, '"3 from x in rule"'],
  [
    '{"n":<n>,"text":<name>,"all":<list>}',
    { n: "$.detail.n", name: "$.detail.name", list: "$.detail.list" },
    '{"n":3,"text":"a \\"quoted\\" name","all":[{"id":"x"}]}',
  ],
  ['{"said":"<name>"}', { name: "$.detail.name" }, '{"said":"a \\"quoted\\" name"}'],
  ['{"gone":<gone>,"text":"<gone>"}', { gone: "$.detail.gone" }, '{"gone":"","text":""}'],
  ['{"time":<aws.events.event.ingestion-time>,"x":"<unknown>"}', {}, '{"time":"2026-01-01T00:00:00Z","x":"<unknown>"}'],
])("the template %s", (template, paths, expected) => {
  expect(transformed(template, paths)).toBe(expected);
});

test("no text of an event breaks the JSON of a template", () =>
  fc.assert(
    fc.property(fc.string(), (name) => {
      const target = {
        InputTransformer: { InputPathsMap: { name: "$.detail.name" }, InputTemplate: '{"in":"<name>","out":<name>}' },
      };
      expect(JSON.parse(targetInput({ detail: { name } }, target, delivered))).toEqual({ in: name, out: name });
    }),
  ));

describe("schedules", () => {
  test("rates are read", () => {
    expect([rateOf("rate(1 minute)"), rateOf("rate(2 hours)"), rateOf("rate(1 day)")]).toEqual([
      60_000, 7_200_000, 86_400_000,
    ]);
    expect([rateOf("cron(0 10 * * ? *)"), rateOf(undefined)]).toEqual([undefined, undefined]);
  });

  test("a rule is due a period after it was made, then every period, once however much time was skipped", () => {
    const schedule = new Schedule();
    schedule.set("r", "rate(1 minute)", 0);
    expect(schedule.take(59_999)).toEqual([]);
    expect(schedule.take(60_000)).toEqual([{ rule: "r", at: 60_000 }]);
    expect(schedule.take(60_001)).toEqual([]);
    expect(schedule.take(305_000)).toEqual([{ rule: "r", at: 300_000 }]);
    expect(schedule.take(360_000)).toEqual([{ rule: "r", at: 360_000 }]);
  });

  test("the same expression again does not start it over; another one does; none ends it", () => {
    const schedule = new Schedule();
    schedule.set("r", "rate(1 minute)", 0);
    schedule.set("r", "rate(1 minute)", 30_000);
    expect(schedule.take(60_000)).toHaveLength(1);
    schedule.set("r", "rate(1 hour)", 60_000);
    expect(schedule.take(120_000)).toEqual([]);
    schedule.set("r", undefined, 120_000);
    expect(schedule.take(1e9)).toEqual([]);
  });
});
