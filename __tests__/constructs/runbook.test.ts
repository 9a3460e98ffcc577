import { definitions } from "../../constructs/publishing/definitions";
import { moduleOf } from "../support/hosts";
import { resources } from "../support/synthesized";

// What operators are told when an alarm goes off: the first step by mail, all of them in an output.

interface Module {
  readonly output: { readonly runbook?: { readonly value: Readonly<Record<string, string>> } };
  readonly locals?: Readonly<Record<string, string>>;
}

/** CloudWatch's own limit of an alarm's description (PutMetricAlarm, AlarmDescription). */
const LONGEST = 1024;
/** What names and ids may make of an expression, at most: an ARN or a URL of a queue. */
const NAME = "x".repeat(140);

const alarms = (all: Awaited<ReturnType<typeof definitions>>) =>
  all.flatMap((definition) => {
    const module = moduleOf(definition) as Module;
    return Object.entries(resources(module, "aws_cloudwatch_metric_alarm")).map(([id, alarm]) => ({
      id: id.replace(/^alarm_|^sweep_/, ""),
      description: String(alarm["alarm_description"]),
      pages: module.output.runbook?.value ?? {},
      module: definition.name,
      locals: module.locals ?? {},
    }));
  });

/** A text with its locals, and every other expression as long as it may be. */
function inFull(text: string, locals: Readonly<Record<string, string>>): string {
  return text.replace(/\$\{local\.(\w+_command)\}/g, (_, name: string) => locals[name]!).replace(/\$\{[^}]*\}/g, NAME);
}

test("every alarm of every module has a page, and its description the page's first step, within CloudWatch's limit", async () => {
  const made = alarms(await definitions());
  expect(made.map(({ module, id }) => `${module} ${id}`).sort()).toEqual([
    "approver dead_letters",
    "approver errors",
    "approver failed",
    "approver incomplete_sweeps",
    "approver oldest_message",
    "approver oldest_pending",
    "event-rule undelivered",
    "event-rule undelivered",
  ]);
  for (const { id, description, pages, locals } of made) {
    const [, means, first] = /^(.*)\.\n\n1\. [^\n]*:\n\n +(.*)\n/.exec(pages[id] ?? "") ?? [];
    expect([id, description.startsWith(`${means}. `), description.includes(`: ${first} (all steps`)]).toEqual([
      id,
      true,
      true,
    ]);
    expect(inFull(description, locals).length).toBeLessThanOrEqual(LONGEST);
  }
});

test("what a page says to invoke is the version whose check has passed", async () => {
  const invoked = alarms(await definitions()).flatMap(({ pages, locals }) =>
    Object.values(pages).flatMap((page) => [...inFull(page, locals).matchAll(/lambda invoke --function-name (\S+)/g)]),
  );
  expect(invoked.length).toBeGreaterThan(5);
  for (const [, name] of invoked) expect(name).toMatch(/:live$/);
});
