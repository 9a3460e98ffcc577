import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

/** What is asked of environments/definition of that project, which need not be this one's version. */
interface Definition {
  readonly environmentFile: (name: string) => { readonly subscriptionApproval?: { readonly policies: string } };
  readonly policySetFolder: (set: string) => string;
}

/**
 * The policy set that an environment of the project in a folder deploys.
 *
 * @returns its folder; nothing where there is no such environment
 */
export async function environmentSet(name: string, project = process.cwd()): Promise<string | undefined> {
  if (!existsSync(join(project, "environments", `${name}.ts`))) return undefined;
  const load = createRequire(join(resolve(project), "package.json"));
  // Packed, the program is JavaScript; the project of the environments has what loads TypeScript.
  if (__filename.endsWith(".js")) (load("tsx/cjs/api") as { register(): void }).register();
  const { environmentFile } = load("./environments/definition/index.ts") as Definition;
  const { policySetFolder } = load("./environments/definition/environment.ts") as Definition;
  const approval = environmentFile(name).subscriptionApproval;
  if (!approval) throw new Error(`The environment ${name} has no subscriptionApproval, so no policies`);
  return policySetFolder(approval.policies);
}
