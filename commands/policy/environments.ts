import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import type * as Definition from "../../environments/definition";
import type * as Environment from "../../environments/definition/environment";

/** Set by the bundler: the program runs without a loader of TypeScript, which the project of the environments has. */
declare const PACKED: boolean | undefined;

/**
 * The policy set that an environment of the project in a folder deploys.
 *
 * @returns its folder; nothing where there is no such environment
 */
export async function environmentSet(name: string, project = process.cwd()): Promise<string | undefined> {
  if (!existsSync(join(project, "environments", `${name}.ts`))) return undefined;
  const load = createRequire(join(resolve(project), "package.json"));
  if (typeof PACKED !== "undefined") (load("tsx/cjs/api") as { register(): void }).register();
  const { environmentFile } = load("./environments/definition/index.ts") as typeof Definition;
  const { policySetFolder } = load("./environments/definition/environment.ts") as typeof Environment;
  const approval = environmentFile(name).subscriptionApproval;
  if (!approval) throw new Error(`The environment ${name} has no subscriptionApproval, so no policies`);
  return policySetFolder(approval.policies);
}
