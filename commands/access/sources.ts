import { statSync } from "node:fs";
import { didYouMean } from "../../constructs/inputs/nearest";
import { environmentFile, environmentNames } from "../policy/environments";
import { type Module, readTerraform } from "../policy/terraform";
import { NotUnderstood } from "../program/exit";
import type { World } from "../program/world";
import { accessOf } from "./environment";
import type { Access } from "./model";
import { accessIn } from "./terraform";

/** What a person may give for a source, for help texts. */
export const SOURCE_HELP = `A source is one of
  - nothing: the S3 Access Grants instance of the account and Region of the shell, which is only read
    (s3:ListAccessGrants, s3:ListAccessGrantsLocations; for people's names sagemaker:ListUserProfiles, DescribeUserProfile)
  - a plan or a state as JSON: terraform show -json <plan file> > plan.json
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
  const there = statSync(name, { throwIfNoEntry: false });
  if (there?.isFile()) return accessIn(given, below(readTerraform(name), address));
  const file = environmentFile(given);
  if (!file) {
    const is = there ? `${name} is a folder, and no` : "There is no such file, and no";
    throw new NotUnderstood(
      `What is ${given}? ${is} environment of that name.${didYouMean(given, environmentNames())}\n\n${SOURCE_HELP}`,
    );
  }
  if (!file.studioAccess)
    throw new NotUnderstood(`The environment ${given} has no studioAccess, so nothing is granted in it`);
  return accessOf(`environment ${given}`, file.account, file.studioAccess);
}

/** A module and those that it calls; all, where none is named. */
export function below(modules: readonly Module[], address?: string): readonly Module[] {
  if (address === undefined) return modules;
  const found = modules.filter((one) => one.address === address || one.address?.startsWith(`${address}.`));
  if (found.length > 0) return found;
  const all = modules.flatMap((one) => one.address ?? []);
  throw new NotUnderstood(
    `There is no module ${address}, but: ${all.join(", ") || "none"}.${didYouMean(address, all)}`,
  );
}
