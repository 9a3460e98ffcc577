import { environmentFile, environmentNames } from "../../environments/definition";
import { configuration, environment, synthesized } from "./synthesize";

const ENVIRONMENTS = environmentNames();

describe("every environment", () => {
  test.each(ENVIRONMENTS)("%s synthesizes to what was reviewed, for its account only", async (name) => {
    const synth = await synthesized(environment(name), configuration);
    expect(synth).toMatchSnapshot();
    expect(synth.provider).toMatchObject({ aws: [{ allowed_account_ids: [environmentFile(name).account] }] });
  });
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
