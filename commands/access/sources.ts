import { statSync } from "node:fs";
import { environmentFile } from "../policy/environments";
import { type Module, readTerraform } from "../policy/terraform";
import type { World } from "../program/world";
import { accessOf } from "./environment";
import type { Access } from "./model";
import { accessIn } from "./terraform";

/** What a person may give for a source, for help texts. */
export const SOURCE_HELP = `A source is one of
  - nothing: the S3 Access Grants instance of the account and Region of the shell, which is read only. It needs
    s3:ListAccessGrants and s3:ListAccessGrantsLocations, and for the names of people sagemaker:ListUserProfiles and
    DescribeUserProfile
  - a plan or a state of the Terraform modules, or of an environment: terraform show -json <plan file> > plan.json
    (one module of it alone: plan.json#module.sales)
  - the name of an environment, environments/<name>.ts, of the folder that the program runs in`;

/**
 * Finds out who can reach what.
 *
 * @param given a file of `terraform show -json`, the name of an environment, or nothing for what is there in AWS
 * @throws Error where there is no such thing, or it cannot be read
 */
export async function readAccess(given: string | undefined, world: World): Promise<Access> {
  if (given === undefined) {
    const { liveAccess } = await import("./live");
    return liveAccess(await world.account());
  }
  const [name = "", address] = given.split("#");
  if (statSync(name, { throwIfNoEntry: false })?.isFile()) return accessIn(given, below(readTerraform(name), address));
  const file = environmentFile(given);
  if (!file) {
    throw new Error(`What is ${given}? There is no such file, and no environment of that name.\n\n${SOURCE_HELP}`);
  }
  if (!file.studioAccess) throw new Error(`The environment ${given} has no studioAccess, so nothing is granted in it`);
  return accessOf(`environment ${given}`, file.account, file.studioAccess);
}

/** A module and those that it calls; all, where none is named. */
export function below(modules: readonly Module[], address?: string): readonly Module[] {
  if (address === undefined) return modules;
  const found = modules.filter((one) => one.address === address || one.address?.startsWith(`${address}.`));
  if (found.length > 0) return found;
  throw new Error(
    `There is no module ${address}, but: ${modules.flatMap((one) => one.address ?? []).join(", ") || "none"}`,
  );
}
