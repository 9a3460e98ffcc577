import { environmentFile, environmentNames } from "../../environments/definition";
import { configuration, environment, synthesized } from "./synthesize";

const ENVIRONMENTS = environmentNames();

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
  const settings = async (backend: object): Promise<Record<string, unknown>> => {
    const changed = environment("dev", { ...environmentFile("dev"), backend });
    return (await synthesized(changed, configuration)).terraform as Record<string, unknown>;
  };
  const backend = async (given: object): Promise<unknown> => {
    const { backend, cloud } = await settings(given);
    return backend ?? cloud;
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

  test.each<[what: string, backend: object, least: string]>([
    ["locks with a file beside it needs Terraform 1.10", { s3: { bucket: "states", region: "eu-west-1" } }, ">= 1.10"],
    ["is a local one needs 1.9", { local: {} }, ">= 1.9"],
    ["is an HCP Terraform workspace needs 1.9", { hcp: { organization: "acme" } }, ">= 1.9"],
  ])("and says so: a state that %s", async (_what, given, least) =>
    expect(await settings(given)).toMatchObject({ required_version: least }),
  );
});
