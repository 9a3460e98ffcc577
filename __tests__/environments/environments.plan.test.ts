import * as fs from "node:fs";
import * as path from "node:path";
import { OfflineTerraform, type Plan } from "../support/terraform";
import { configuration, environment, synthesized } from "./synthesize";

jest.setTimeout(120_000);

/** Plans an environment as it would be deployed first, but for its backend and account. */
async function planned(name: string): Promise<Plan> {
  const terraform = await OfflineTerraform.open();
  try {
    return await synthesized(environment(name), async (folder) => {
      fs.cpSync(folder, path.join(terraform.folder, name), { recursive: true });
      const { provider, terraform: settings, ...rest } = configuration(folder);
      void provider;
      terraform.write(`${name}/cdk.tf.json`, { ...rest, ...terraform.root });
      expect(settings).toMatchObject({ required_version: ">= 1.9" });
      await terraform.validate(name);
      return await terraform.plan(name);
    });
  } finally {
    terraform.close();
  }
}

test("what the AWS provider would make of prod is what was reviewed", async () => {
  const plan = await planned("prod");
  const values = Object.entries(plan.created).map(([address, { change }]) => [address, change.after]);
  expect(Object.fromEntries(values)).toMatchSnapshot();
});
