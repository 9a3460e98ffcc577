import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { CLIENTS, pythonEnv } from "../../../scripts/python-env";
import { environmentOf } from "../../support/clients";
import { BUCKET, startStudio, type Studio } from "../access-grants/studio";

let studio: Studio;

beforeAll(async () => {
  await pythonEnv(CLIENTS);
  studio = await startStudio();
  await studio.boto.call("s3", "put_object", { Bucket: BUCKET, Key: "UserB/secret", Body: "secret" });
  await studio.grant("usera", "UserA/*", "READWRITE");
}, 300_000);
afterAll(() => studio.stop());

test("AWS's boto3 plugin for S3 Access Grants, as it is published: its calls, and what it is refused", async () => {
  const { python } = await pythonEnv(CLIENTS);
  const env = environmentOf(studio.sandbox, await studio.session("usera"));
  const { stdout } = await promisify(execFile)(python, [join(__dirname, "plugin.py"), BUCKET], { env });
  const granted = ["put", "get", "head", "list", "copy", "parts", "delete", "delete several"];
  const refused = ["get another's", "head another's", "put to another", "list another's", "delete another's"];
  expect(JSON.parse(stdout)).toEqual({
    ...Object.fromEntries(granted.map((name) => [name, "ok"])),
    ...Object.fromEntries([...refused, "list everything"].map((name) => [name, "GetDataAccess: AccessDenied"])),
  });
  // It asks a bucket that it may not reach where it is.
  const head = studio.sandbox.calls({ service: "s3", operation: "HeadBucket" });
  expect(new Set(head.map(({ status }) => status))).toEqual(new Set([403]));
}, 300_000);
