import { compare, type Exceptions, type Granted } from "../../../sandbox/walkthrough/granted";
import type { RoleAccess } from "../../../sandbox/control";

const ROLE = "arn:aws:iam::123456789012:role/data/sagemaker-usera-role";
const scratch = "arn:aws:s3:::scratch";
const logs = "arn:aws:logs:us-east-1:123456789012:log-group:g";
const granted: Granted = {
  [ROLE]: [
    ["s3:GetObject", `${scratch}/userA/*`],
    ["logs:PutLogEvents", `${logs}:log-stream:userA-?`],
  ],
};
const access = (action: string, resource: string, outcome: RoleAccess["outcome"] = "allowed", roleArn = ROLE) => ({
  roleArn,
  action,
  resource,
  outcome,
});
const all = [
  access("s3:GetObject", `${scratch}/userA/a/b.py`),
  access("logs:PutLogEvents", `${logs}:log-stream:userA-1`),
];
const NONE: Exceptions = { unused: [], trying: [] };
const differences = (accesses: readonly RoleAccess[], exceptions: Partial<Exceptions> = {}): readonly string[] =>
  compare(granted, accesses, { ...NONE, ...exceptions }).differences;

test("nothing differs where each grant is used and nothing else is tried", () => {
  expect(compare(granted, all, NONE)).toEqual({
    uses: [{ role: "sagemaker-usera-role", granted: 2, used: 2 }],
    differences: [],
  });
});

test.each([
  ["of another action", access("s3:GetObjectVersion", `${scratch}/userA/a`)],
  ["of a resource in another case", access("s3:GetObject", `${scratch}/usera/a`)],
  ["of another resource", access("s3:GetObject", `${scratch}/userB/a`)],
  ["by another role", access("s3:GetObject", `${scratch}/userA/a`, "allowed", `${ROLE}2`)],
  ["that was refused", access("s3:GetObject", `${scratch}/userA/a`, "refused")],
])("a use %s is none", (_, use) => {
  expect(differences([use, all[1]!])).toContain("sagemaker-usera-role did not use: s3:GetObject scratch/userA/*");
});

test("a grant that nothing used is told, but for a reason", () => {
  const unused = [{ role: /^sagemaker-/, grant: /^logs:/, because: "nothing logs here" }];
  expect(differences([all[0]!])).toEqual([
    "sagemaker-usera-role did not use: logs:PutLogEvents log-group:g:log-stream:userA-?",
  ]);
  expect(differences([all[0]!], { unused })).toEqual([]);
});

test("a reason that is none any more is told", () => {
  const of = (role: RegExp, grant: RegExp) => ({ unused: [{ role, grant, because: "of old" }] });
  expect(differences(all, of(/^sagemaker-/, /^logs:/))).toEqual([
    "sagemaker-usera-role used what an exception says it does not use: logs:PutLogEvents log-group:g:log-stream:userA-?",
  ]);
  expect(differences(all, of(/^sagemaker-/, /^sns:/))).toEqual(["an exception that nothing needs: of old"]);
  expect(differences(all, of(/^approvals/, /^logs:/))).toEqual(["an exception that nothing needs: of old"]);
});

test("what a role was refused is told, but of one that tries", () => {
  const refused = [...all, access("s3:GetObject", `${scratch}/userB/a`, "refused")];
  const trying = [{ role: /usera/, because: "she tries" }];
  expect(differences(refused)).toEqual(["sagemaker-usera-role was refused: s3:GetObject scratch/userB/a"]);
  expect(differences(refused, { trying })).toEqual([]);
  expect(differences(all, { trying })).toEqual(["an exception that nothing needs: she tries"]);
});
