import { readFileSync } from "node:fs";
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
