import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { GetObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { fromIni } from "@aws-sdk/credential-providers";
import { CLIENTS, pythonEnv } from "../../scripts/python-env";
import { BUCKET, startStudio, type Studio } from "../sandbox/access-grants/studio";

const PROGRAM = resolve(__dirname, "../../examples/studio/grant_credentials.py");
const KEY = "UserA/abalone.csv";
const ROW = "M,0.5,0.4,0.1,0.5,0.2,0.1,0.1,9";

type Client = "the AWS CLI" | "boto3" | "pandas with s3fs" | "pyarrow" | "the SDK for JavaScript";

/** Clients of S3 that know nothing of S3 Access Grants read by a profile's `credential_process`, and get what its role was granted. */
export function readByProfile(...names: readonly Client[]): void {
  // Each program starts a Python with botocore.
  jest.setTimeout(120_000);

  let studio: Studio;
  let home: string;
  let python: string;
  let env: NodeJS.ProcessEnv;

  beforeAll(async () => {
    ({ python } = await pythonEnv(CLIENTS));
    studio = await startStudio();
    await studio.boto.call("s3", "put_object", { Bucket: BUCKET, Key: KEY, Body: `${ROW}\n` });
    await studio.grant("usera", "UserA/*", "READ");
    await studio.grant("userb", "UserB/*", "READWRITE");
    home = mkdtempSync(join(tmpdir(), "clients-"));
    env = { ...studio.sandbox.env, HOME: home, AWS_CONFIG_FILE: join(home, "config") };
    // They would be used before the profile.
    for (const name of ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"]) delete env[name];
    // The program's own environment: a client may hand on its own, or none.
    const own = ["AWS_ENDPOINT_URL", "HTTP_PROXY", "HOME", "AWS_CONFIG_FILE"].map((name) => `${name}=${env[name]}`);
    const profiles = await Promise.all(
      ["usera", "userb"].map(async (name) => {
        const { AccessKeyId, SecretAccessKey, SessionToken } = await studio.session(name);
        const target = `--target "s3://${BUCKET}/UserA/*" --permission READ --source-profile ${name} --region us-east-1`;
        return [
          `[profile ${name}]`,
          `aws_access_key_id = ${AccessKeyId}`,
          `aws_secret_access_key = ${SecretAccessKey}`,
          `aws_session_token = ${SessionToken}`,
          `[profile ${name}-data]`,
          "region = us-east-1",
          `credential_process = env ${own.join(" ")} ${python} ${PROGRAM} ${target}`,
        ].join("\n");
      }),
    );
    writeFileSync(join(home, "config"), `${profiles.join("\n")}\n`);
  }, 900_000);
  afterAll(async () => {
    await studio.stop();
    rmSync(home, { recursive: true, force: true });
  });

  const run = async (user: string, command: string, ...args: string[]): Promise<string> =>
    (await promisify(execFile)(command, args, { env: { ...env, AWS_PROFILE: `${user}-data` } })).stdout.trim();
  const script = join(__dirname, "studio", "clients.py");

  const clients: Readonly<Record<Client, (user: string) => Promise<string>>> = {
    "the AWS CLI": (user) => run(user, "aws", "s3", "cp", `s3://${BUCKET}/${KEY}`, "-"),
    boto3: (user) => run(user, python, script, "boto3", BUCKET, KEY),
    "pandas with s3fs": (user) => run(user, python, script, "pandas", BUCKET, KEY),
    pyarrow: (user) => run(user, python, script, "pyarrow", BUCKET, KEY),
    "the SDK for JavaScript": async (user) => {
      const credentials = fromIni({ profile: `${user}-data`, configFilepath: join(home, "config"), ignoreCache: true });
      const { endpoint, region } = studio.sandbox;
      const client = new S3Client({ endpoint, region, credentials, forcePathStyle: true });
      const { Body } = await client.send(new GetObjectCommand({ Bucket: BUCKET, Key: KEY }));
      return (await Body!.transformToString()).trim();
    },
  };

  test.each(names)("%s reads as userA by one line of configuration, and is denied as userB", async (name) => {
    expect(await clients[name]("usera")).toBe(ROW);
    await expect(clients[name]("userb")).rejects.toThrow(/denied: READ on|ACCESS_DENIED/);
  });

  test("userB's data never left: every client's reads were userA's", () => {
    const reads = studio.sandbox.calls({ service: "s3", operation: "GetObject" }).filter(({ status }) => status < 300);
    expect(reads.length).toBeGreaterThanOrEqual(names.length);
    const vended = studio.sandbox.calls({ service: "s3", operation: "GetDataAccess" });
    // userA's credentials are asked for once and kept; userB is refused each time.
    expect(vended.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(vended.filter(({ status }) => status === 403).length).toBeGreaterThanOrEqual(names.length);
  });
}
