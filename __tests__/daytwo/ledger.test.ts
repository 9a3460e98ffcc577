import { table } from "./ledger";

test("the table says what a change touched, and names what it replaced", () => {
  const changes = {
    "aws_s3_bucket.data": "update",
    "aws_lambda_invocation.load": "replace",
    "aws_sqs_queue.old": "delete",
  };
  expect(table([{ change: "a data set", changes }])).toMatchInlineSnapshot(`
    "┌────────────────────────────────────────────┬──────────────┬────────────────────────────────────────────────────────────────────────────────────────────────┐
    │ change                                     │ touched      │ replaced, or gone                                                                              │
    ├────────────────────────────────────────────┼──────────────┼────────────────────────────────────────────────────────────────────────────────────────────────┤
    │ a data set                                 │ 1 in place   │ aws_lambda_invocation.load                                                                     │
    │                                            │ 1 replaced   │ aws_sqs_queue.old                                                                              │
    │                                            │ 1 gone       │                                                                                                │
    └────────────────────────────────────────────┴──────────────┴────────────────────────────────────────────────────────────────────────────────────────────────┘"
  `);
});

test("many that go are told by their number", () => {
  const changes = Object.fromEntries(
    Array.from({ length: 40 }, (_, index) => [`aws_s3_bucket.data[${index}]`, "delete"]),
  );
  expect(table([{ change: "all removed", changes }])).toMatch(/40 gone .* 40: everything/);
});
