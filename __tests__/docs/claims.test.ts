import { readFileSync, readdirSync } from "node:fs";
import * as path from "node:path";
import { FAULT } from "../../sandbox/gateway/faults";
import { configuration, environment, synthesized } from "../environments/synthesize";

/** Claims of the docs that can be held against the code without deploying anything. */

const ROOT = path.resolve(__dirname, "../..");
const read = (file: string): string => readFileSync(path.join(ROOT, file), "utf8");
const ARCHITECTURE = read("docs/architecture.md");

type Resources = Record<string, Record<string, Record<string, unknown>>>;

/** The resources of the environment `sandbox`, which has all of both systems. */
let resources: Resources;
beforeAll(async () => {
  resources = await synthesized(environment("sandbox"), (folder) => configuration(folder)["resource"] as Resources);
});

/** A part of a document, from a heading up to the next one. */
const section = (document: string, heading: string): string =>
  document.split(/^#+ /m).find((part) => part.startsWith(`${heading}\n`)) ?? "";
/** What stands in backticks in the first column of a part's tables. */
const firstColumn = (part: string): string[] =>
  [...part.matchAll(/^\| (`[^|]*) \|/gm)].flatMap(([, cell]) => [...cell!.matchAll(/`([^`]+)`/g)].map(([, it]) => it!));

const functionOf = (source: string): Record<string, unknown> =>
  Object.values(resources["aws_lambda_function"]!).find(({ filename }) => `${filename as string}`.includes(source))!;

test("the approver's environment variables are those of its contract", () => {
  const { variables } = functionOf("approver")["environment"] as { variables: object };
  const documented = firstColumn(section(ARCHITECTURE, "The approver's contract with what deploys it"));
  expect(documented.filter((name) => /^[A-Z_]+$/.test(name)).sort()).toEqual(Object.keys(variables).sort());
});

test("the actions of the approver's role are those of the table", () => {
  const quoted = (text: string): string[] => [...text.matchAll(/"([a-z0-9]+:[A-Z]\w+)"/g)].map(([, action]) => action!);
  const own = [...quoted(read("constructs/approver/permissions.ts")), "logs:CreateLogStream", "logs:PutLogEvents"];
  const documented = firstColumn(section(ARCHITECTURE, "What the approver may do")).filter((name) =>
    /^\w+:[A-Z]\w+$/.test(name),
  );
  expect([...new Set(documented)].sort()).toEqual([...new Set(own)].sort());
});

test("the metrics that are documented are those that are recorded", () => {
  const journal = read("functions/approver/journal.ts");
  const counters = [...journal.matchAll(/^ {2}\w+: "([A-Z]\w+)",$/gm)].map(([, name]) => name!);
  const others = [...journal.matchAll(/addMetric\("(\w+)"/g)].map(([, name]) => name!);
  expect(counters).toHaveLength(4);
  const people = ["ApprovedByPeople", "RejectedByPeople"];
  const all = [...counters, ...people, ...others];
  expect(all.filter((name) => !ARCHITECTURE.includes(`\`${name}\``))).toEqual([]);
});

test("the functions' memory, time and runtime are those of their contracts", () => {
  const loader = section(ARCHITECTURE, "The dataset loader's contract");
  expect(loader).toContain("1,769 MB");
  expect(functionOf("dataset-loader")).toMatchObject({ memory_size: 1769, timeout: 900, runtime: "nodejs22.x" });
  expect(read("docs/decisions/0053-memory-of-the-approver.md")).toContain("1,024 MB");
  expect(functionOf("approver")).toMatchObject({ memory_size: 1024, timeout: 120, runtime: "nodejs22.x" });
});

test("the table of alarms has every alarm of a deployment", () => {
  const alarms = Object.values(resources["aws_cloudwatch_metric_alarm"]!).map(
    ({ alarm_name }) => `${alarm_name as string}`,
  );
  const table = firstColumn(section(read("docs/operations.md"), "What tells you that something is wrong"));
  const name = functionOf("approver")["function_name"] as string;
  const ending = (alarm: string): string => alarm.replace(/^<name>/, "").replace(name, "");
  const documented = table.filter((name) => name.startsWith("<name>")).map(ending);
  const made = alarms.filter((name) => !name.endsWith("-undelivered")).map(ending);
  expect(documented.sort()).toEqual(made.sort());
  expect(table).toContain("<rule>-undelivered");
});

test("the number of modules is right wherever it is said", () => {
  const count = readdirSync(path.join(ROOT, "modules")).length;
  const said = ["README.md", "docs/publishing.md", "docs/architecture.md"].flatMap((file) =>
    [...read(file).matchAll(/\b\d+ modules\b/g)].map(([number]) => `${file}: ${number}`),
  );
  expect(said.length).toBeGreaterThan(0);
  expect(said.filter((one) => !one.endsWith(`: ${count} modules`))).toEqual([]);
});

test("every role that a module makes has the boundary and the path that are given", () => {
  const files = readdirSync(path.join(ROOT, "modules")).flatMap((module) =>
    readdirSync(path.join(ROOT, "modules", module))
      .filter((file) => file.endsWith(".tf"))
      .map((file) => `modules/${module}/${file}`),
  );
  const roles = files.flatMap((file) =>
    [...read(file).matchAll(/^resource "aws_iam_role" "(\w+)" \{\n([^]*?)^\}/gm)].map(
      ([, name, body]) => [`${file}: ${name}`, body!] as const,
    ),
  );
  expect(roles.length).toBeGreaterThanOrEqual(7);
  const bounded = (body: string): boolean =>
    /^ +permissions_boundary += /m.test(body) && /^ +path += var\.role_path$/m.test(body);
  expect(roles.filter(([, body]) => !bounded(body)).map(([role]) => role)).toEqual([]);
});

test("the sandbox is steered as its docs say", () => {
  const steering = section(read("docs/sandbox.md"), "Steering and observing");
  const routes = [...read("sandbox/gateway/control-api.ts").matchAll(/^ {4}"((?:GET|POST|DELETE) \w+)":/gm)].map(
    ([, route]) => route!,
  );
  expect(routes.length).toBeGreaterThan(5);
  const named = firstColumn(steering).map((route) => route.replace(/\?.*/, ""));
  expect(named.sort()).toEqual(routes.sort());
  const [, fields] = /^\| `POST faults` \| `\{ (.*?) \}`/m.exec(steering)!;
  const said = [...fields!.replace(/:[^,]*/g, "").matchAll(/\w+/g)].map(([name]) => name);
  expect(said.sort()).toEqual(Object.keys(FAULT.shape).sort());
});
