import * as path from "node:path";
import { callExamples, examples as names } from "../modules/support/examples";
import { succeed } from "../support/terraform";
import type { Part } from "./part";

/**
 * Every example, as an outsider has it: keys, queues and roles made in the same root are not known yet, which is where a count that
 * depends on a bare ARN fails.
 */
export const examples: Part = {
  write: (terraform, folder) => {
    terraform.write(`${folder}/README`, "");
    callExamples(path.join(terraform.folder, folder), Object.fromEntries(names().map((name) => [name, {}])));
  },

  tests: (planned) => {
    test.each(names())("%s plans exactly these resources", (name) => {
      const prefix = `module.${name}.`;
      const made = Object.keys(planned().plan).filter((address) => address.startsWith(prefix));
      expect(made.map((address) => address.slice(prefix.length)).sort()).toMatchSnapshot();
    });

    test("modules and examples are formatted as terraform fmt has it", async () => {
      const folder = path.join(planned().terraform.folder, "examples");
      await expect(succeed(folder, "fmt", "-check", "-recursive", "-diff", "examples")).resolves.toBe("");
      await expect(succeed(folder, "fmt", "-check", "-recursive", "-diff", "modules")).resolves.toBe("");
    });
  },
};
