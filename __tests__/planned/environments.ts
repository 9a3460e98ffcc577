import * as fs from "node:fs";
import * as path from "node:path";
import { configuration, environment, synthesized } from "../environments/synthesize";
import type { Part } from "./part";

/** An environment as it would be deployed first, but for its backend and account. */
export const environments: Part = {
  write: (terraform, folder) =>
    synthesized(environment("prod"), (stack) => {
      const target = path.join(terraform.folder, folder);
      fs.cpSync(stack, target, { recursive: true });
      const { provider, terraform: settings, ...rest } = configuration(stack);
      void provider;
      expect(settings).toMatchObject({ required_version: ">= 1.9" });
      terraform.write(`${folder}/cdk.tf.json`, rest);
    }),

  tests: (planned) =>
    test("what the AWS provider would make of prod is what was reviewed", () => {
      const values = Object.entries(planned().plan).map(([address, { change }]) => [address, change.after]);
      expect(Object.fromEntries(values)).toMatchSnapshot();
    }),
};
