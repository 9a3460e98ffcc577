import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { pythonEnv } from "../../../scripts/python-env";
import { rowsOf } from "../../../scripts/operations";

const PROGRAM = `
import json, sys, botocore.session
session = botocore.session.get_session()
models = {"monitoring": ["cloudwatch"], "elasticfilesystem": ["efs"], "s3": ["s3", "s3control"]}
for row in json.load(sys.stdin):
    names = {name for model in models.get(row["service"], [row["service"]]) for name in session.get_service_model(model).operation_names}
    for operation in row["operations"]:
        if operation not in names: print(row["service"], operation)
`;

test("every operation of the table is one of botocore's models", async () => {
  const rows = rowsOf(readFileSync("docs/sandbox-operations.md", "utf8"));
  const { python } = await pythonEnv();
  const check = (input: object[]) =>
    execFileSync(python, ["-c", PROGRAM], { input: JSON.stringify(input), encoding: "utf8" });
  expect(check([{ service: "sqs", operations: ["SendMessage", "SendMessages"] }])).toBe("sqs SendMessages\n");
  expect(check(rows)).toBe("");
});
