import { existsSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import type { StudioAccessFile } from "../access/environment";
import { NotUnderstood } from "../program/exit";

/** What is asked of a file environments/<name>.ts of that project, which need not be this one's version. */
export interface EnvironmentFile {
  readonly account: string;
  readonly subscriptionApproval?: { readonly policies: string };
  readonly studioAccess?: StudioAccessFile;
}

/** What is asked of environments/definition of that project. */
interface Definition {
  readonly environmentFile: (name: string) => EnvironmentFile;
  readonly policySetFolder: (set: string) => string;
}

/** Names of the environments of the project in a folder; none where it has no folder for them. */
export function environmentNames(project = process.cwd()): string[] {
  const folder = join(project, "environments");
  const files = existsSync(folder) ? readdirSync(folder) : [];
  return files.flatMap((file) => /^([^.]+)\.ts$/.exec(file)?.[1] ?? []);
}

/**
 * What an environment of the project in a folder says.
 *
 * @returns nothing where there is no such environment
 */
export function environmentFile(name: string, project = process.cwd()): EnvironmentFile | undefined {
  return existsSync(join(project, "environments", `${name}.ts`))
    ? definition(project).environmentFile(name)
    : undefined;
}

/**
 * The policy set that an environment of the project in a folder deploys.
 *
 * @returns its folder; nothing where there is no such environment
 */
export async function environmentSet(name: string, project = process.cwd()): Promise<string | undefined> {
  const file = environmentFile(name, project);
  if (!file) return undefined;
  const approval = file.subscriptionApproval;
  if (!approval) throw new NotUnderstood(`The environment ${name} has no subscriptionApproval, so no policies`);
  return definition(project).policySetFolder(approval.policies);
}

function definition(project: string): Definition {
  const load = createRequire(join(resolve(project), "package.json"));
  try {
    // Packed, the program is JavaScript; the project of the environments has what loads TypeScript.
    if (__filename.endsWith(".js")) (load("tsx/cjs/api") as { register(): void }).register();
    const { environmentFile } = load("./environments/definition/index.ts") as Definition;
    const { policySetFolder } = load("./environments/definition/environment.ts") as Definition;
    return { environmentFile, policySetFolder };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "MODULE_NOT_FOUND") throw error;
    const [missing] = (error as Error).message.split("\n");
    throw new Error(
      `The environments of ${project} cannot be loaded: ${missing}. Environments are those of a clone of this project, after npm ci; a policy set is a folder, too: give that.`,
      { cause: error },
    );
  }
}
