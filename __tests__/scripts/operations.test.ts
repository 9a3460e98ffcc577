import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { OPERATIONS } from "../../sandbox/datazone";
import { KNOWLEDGE, complaints, rowsOf } from "../../scripts/operations";

const table = readFileSync("docs/sandbox-operations.md", "utf8");
const rows = rowsOf(table);

test("the table says of each operation, once, how far it is known", () => {
  const operations = rows.flatMap(({ service, operations: names }) => names.map((name) => `${service} ${name}`));
  expect(operations.length).toBeGreaterThan(150);
  expect(operations.filter((operation, index) => operations.indexOf(operation) !== index)).toEqual([]);
  const unknown = rows.filter(
    ({ knowledge }) => !knowledge.split(", ").every((one) => (KNOWLEDGE as readonly string[]).includes(one)),
  );
  expect(unknown).toEqual([]);
});

/** Services that sign by another name than their client's. */
const SIGNED_AS: Readonly<Record<string, string>> = {
  "s3-control": "s3",
  cloudwatch: "monitoring",
  eventbridge: "events",
};

test("what the sandbox's DataZone answers has a row", () => {
  const answered = Object.keys(OPERATIONS).map((operation) => `datazone ${operation}`);
  expect(complaints(table, answered.join("\n"))).toEqual([]);
});

test("what functions, commands and the sandbox's tests send has a row, before any sandbox runs", () => {
  const files = ["functions", "commands", "sandbox/walkthrough", "__tests__/sandbox"].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts"))
      .map((file) => readFileSync(join(folder, file), "utf8")),
  );
  const sent = files.flatMap((source) =>
    [...source.matchAll(/import (?:type )?\{([^}]*)\} from "@aws-sdk\/client-([a-z0-9-]+)"/g)].flatMap(
      ([, names = "", service]) =>
        [...names.matchAll(/\b(\w+)Command\b/g)].map(([, name]) => `${SIGNED_AS[service!] ?? service} ${name}`),
    ),
  );
  expect(sent.length).toBeGreaterThan(20);
  expect(complaints(table, sent.join("\n"))).toEqual([]);
});

test.each([
  ["what has a row", "datazone AcceptSubscriptionRequest\n", []],
  [
    "what has none, or one of another service",
    "sqs AcceptSubscriptionRequest\ndatazone PostForm\nsqs SendMessage\ndatazone PostForm\n",
    [
      "docs/sandbox-operations.md lacks datazone PostForm",
      "docs/sandbox-operations.md lacks sqs AcceptSubscriptionRequest",
    ],
  ],
  ["nothing at all", "", ["No operation was called: has any sandbox run?"]],
])("the last step of npm test complains of %s", (_, log, expected) => {
  expect(complaints(table, log)).toEqual(expected);
});
