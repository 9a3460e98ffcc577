import * as fs from "node:fs";
import * as path from "node:path";
import { ROOT } from "../modules/support/examples";
import { documentedIds, importBlock } from "./imports";

const files = fs.readdirSync(path.join(ROOT, "modules"), { recursive: true, encoding: "utf8" });
const types = files
  .filter((file) => file.endsWith(".tf"))
  .map((file) => fs.readFileSync(path.join(ROOT, "modules", file), "utf8"))
  .flatMap((text) => [...text.matchAll(/^resource "(\w+)"/gm)].map(([, type]) => type!));

test("docs/operations.md says by which id everything is imported that can be", () => {
  expect([...documentedIds().keys()].sort()).toEqual(
    [...new Set(types)].filter((type) => !["aws_lambda_invocation", "terraform_data"].includes(type)).sort(),
  );
});

test("an id is made of the resource's attributes", () => {
  const values = { account_id: "123456789012", access_grant_id: "a1b2" };
  const grant = {
    address: "aws_s3control_access_grant.one",
    type: "aws_s3control_access_grant",
    mode: "managed",
    values,
  };
  expect(importBlock(grant, documentedIds())).toBe(
    'import {\n  to = aws_s3control_access_grant.one\n  id = "123456789012,a1b2"\n}\n',
  );
});

test("a permission of a whole function has no qualifier", () => {
  const values = { function_name: "approver", qualifier: "", statement_id: "sweep" };
  const permission = { address: "aws_lambda_permission.one", type: "aws_lambda_permission", mode: "managed", values };
  expect(importBlock(permission, documentedIds())).toContain('id = "approver/sweep"');
});
