import { execFileSync } from "node:child_process";
import * as path from "node:path";
import { environment, environmentFile, ENVIRONMENTS } from "../../environments";
import { checkEnvironment, type EnvironmentFile } from "../../environments/environment";
import { configuration, synthesized } from "./synthesize";

const dev = environmentFile("dev");
const approval = dev.subscriptionApproval!;

/** Checks and synthesizes an environment that is dev with something changed. */
const changed = (change: object): Promise<unknown> =>
  synthesized(checkEnvironment("dev", { ...dev, ...change } as EnvironmentFile), configuration);
const changedApproval = (change: object): Promise<unknown> =>
  changed({ subscriptionApproval: { ...approval, ...change } });

describe("every environment", () => {
  test.each(ENVIRONMENTS)("%s synthesizes to what was reviewed", async (name) => {
    expect(await synthesized(environment(name), configuration)).toMatchSnapshot();
  });

  test.each(ENVIRONMENTS)("%s can only be deployed to its account", async (name) => {
    const { provider } = await synthesized(environment(name), configuration);
    expect(provider).toMatchObject({ aws: [{ allowed_account_ids: [environmentFile(name).account] }] });
  });
});

describe("state is kept", () => {
  const backend = async (given: object): Promise<unknown> => {
    const json = (await changed({ backend: given })) as { terraform: { backend?: unknown; cloud?: unknown } };
    return json.terraform.backend ?? json.terraform.cloud;
  };

  test("in a file beside the synthesized configuration", async () =>
    expect(await backend({ local: {} })).toEqual({ local: { path: "../../../terraform.dev.tfstate" } }));

  test("in S3, encrypted and locked", async () =>
    expect(await backend({ s3: { bucket: "states", region: "eu-west-1" } })).toEqual({
      s3: {
        bucket: "states",
        encrypt: true,
        key: "sagemaker-data-access/dev.tfstate",
        region: "eu-west-1",
        use_lockfile: true,
      },
    }));

  test("in an HCP Terraform workspace", async () =>
    expect(await backend({ hcp: { organization: "acme" } })).toEqual({
      organization: "acme",
      workspaces: { name: "sagemaker-data-access-dev" },
    }));
});

describe("a wrong value fails the synthesis with its path, the rule and a fix", () => {
  test("an unknown environment", () =>
    expect(() => environment("staging")).toThrow(
      'There is no environment "staging": there are sandbox, dev, prod. A new one is a file environments/staging.ts',
    ));

  test.each<[string, object, RegExp]>([
    [
      "a Region",
      { region: "Frankfurt" },
      /environments\/dev\.ts:\n {2}- region: must be a Region such as eu-central-1/,
    ],
    ["an account", { account: "12" }, /account: must be the 12 digits of an AWS account/],
    ["a backend", { backend: { gcs: {} } }, /backend: must be one of \{ local: \{\} \}, \{ s3/],
  ])("%s", async (_what, change, message) => {
    await expect(async () => await changed(change)).rejects.toThrow(message);
  });

  test.each<[string, object, RegExp]>([
    [
      "a malformed domain id",
      { domain: { id: "my-domain" } },
      /dev\/approval:\n {2}- domain\.id: must be the id of a DataZone domain: dzd.*\(given: "my-domain"\)/,
    ],
    [
      "a malformed project id",
      { publishingProjects: { sales: { id: "a b" } } },
      /publishingProjects\.sales\.id: must be the id of a DataZone project/,
    ],
    ["no publishing project", { publishingProjects: {} }, /publishingProjects: must name at least 1/],
    ["a misspelt prop", { sweeps: {} }, /sweeps: is not known here \(known: .*sweep/],
    ["a policy set that is not there", { policies: "stage" }, /policies.stage cannot be read/],
  ])("%s", async (_what, change, message) => {
    await expect(async () => await changedApproval(change)).rejects.toThrow(message);
  });

  test("an empty policy set", async () => {
    const empty = path.relative(path.join(__dirname, "../../policies"), __dirname);
    await expect(async () => await changedApproval({ policies: empty })).rejects.toThrow(/no polic|empty/i);
  });

  test("a policy that does not type-check, with file, line, column and reason", async () => {
    const folder = path.relative(path.join(__dirname, "../../policies"), path.join(__dirname, "wrong-policies"));
    await expect(async () => await changedApproval({ policies: folder })).rejects.toThrow(
      /wrong-policies\/misspelt\.cedar:\d+:\d+: .*sensitivity/,
    );
  });
});

test("main.ts prints what is wrong, without a stack trace, and fails", () => {
  const root = path.join(__dirname, "../..");
  const run = (): string =>
    execFileSync(path.join(root, "node_modules/.bin/tsx"), ["main.ts"], {
      cwd: root,
      env: { ...process.env, ENVIRONMENT: "staging" },
      encoding: "utf8",
      stdio: "pipe",
    });
  let failure: { status?: number; stderr?: string } = {};
  try {
    run();
  } catch (error) {
    failure = error as typeof failure;
  }
  expect(failure.status).toBe(1);
  expect(failure.stderr).toContain('There is no environment "staging"');
  expect(failure.stderr).not.toContain("    at ");
});
