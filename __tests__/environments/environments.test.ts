import { environmentFile, environmentNames } from "../../environments/definition";
import baseline from "./baseline.json";
import { configuration, environment, synthesized } from "./synthesize";

const ENVIRONMENTS = environmentNames();

const made: Record<string, Promise<Record<string, unknown>>> = {};
/** An environment as its file has it, synthesized once. */
const shipped = (name: string): Promise<Record<string, unknown>> =>
  (made[name] ??= synthesized(environment(name), configuration));

describe("every environment", () => {
  test.each(ENVIRONMENTS)("%s synthesizes to what was reviewed, for its account only", async (name) => {
    const synth = await shipped(name);
    expect(synth).toMatchSnapshot();
    expect(synth.provider).toMatchObject({ aws: [{ allowed_account_ids: [environmentFile(name).account] }] });
  });
});

// As it is for modules (constructs/publishing/addresses.json); the year upgrades an environment with state in it.
test("what the environment sandbox had at the baseline for upgrades is where it was", async () => {
  const { resource } = await shipped("sandbox");
  const now = Object.entries(resource as Record<string, object>).flatMap(([type, named]) =>
    Object.keys(named).map((name) => `${type}.${name}`),
  );
  expect(baseline.filter((address) => !now.includes(address))).toEqual([
    // Sixteen rules take its place.
    "aws_cloudwatch_event_rule.approval_event_rule_rule",
    "aws_cloudwatch_event_target.approval_event_rule_queue",
    // Parameters are made anew with what is in them; there are as many as it takes.
    "aws_ssm_parameter.approval_approver_set_projects",
  ]);
});

test.each<[where: string, backend: object, terraform: object]>([
  [
    "in a file beside the synthesized configuration",
    { local: {} },
    { required_version: ">= 1.9", backend: { local: { path: "../../../terraform.dev.tfstate" } } },
  ],
  [
    "in S3, encrypted, and locked by a file beside it, which needs Terraform 1.10",
    { s3: { bucket: "states", region: "eu-west-1" } },
    {
      required_version: ">= 1.10",
      backend: {
        s3: {
          bucket: "states",
          encrypt: true,
          key: "sagemaker-data-access/dev.tfstate",
          region: "eu-west-1",
          use_lockfile: true,
        },
      },
    },
  ],
  [
    "in an HCP Terraform workspace",
    { hcp: { organization: "acme" } },
    {
      required_version: ">= 1.9",
      cloud: { organization: "acme", workspaces: { name: "sagemaker-data-access-dev" } },
    },
  ],
])("state is kept %s", async (_where, backend, terraform) => {
  // The state is the same whatever is deployed: one system is quicker to synthesize than two.
  const changed = environment("dev", { ...environmentFile("dev"), studioAccess: undefined, backend });
  expect((await synthesized(changed, configuration)).terraform).toEqual(expect.objectContaining(terraform));
});
