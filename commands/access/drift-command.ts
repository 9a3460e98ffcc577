import { readBefore, readTerraform } from "../policy/terraform";
import { type MakeCommand, command } from "../program/command";
import { AnswerIsNo, NotFoundOut, NotUnderstood, messageOf } from "../program/exit";
import { type Style, paint, table } from "../program/terminal";
import type { Account, World } from "../program/world";
import { type Drift, type Drifts, compare } from "./drift";
import { below } from "./sources";

/** `access drift`: what AWS has and a state has not, and the other way round. */
export const drift: MakeCommand = (world) =>
  command({
    usage: "drift <file>",
    summary: "say which grants, locations and memberships AWS has and the state has not, and the other way round",
    details: `Reads, and changes nothing. The file is a state or a plan: terraform show -json > state.json; of a plan it also says what it would make that is there already, with the import blocks that take it over.

gone     in the state, not in AWS: the next apply makes it again
by hand  in AWS, not in the state: on a location or for somebody that the state has, or in an instance that it made
other    in both, and not the same
named    in AWS, and the plan would make it: take the import block

What is others' in somebody else's instance is counted, and no drift. It needs s3:ListAccessGrants and s3:ListAccessGrantsLocations and, where the state has memberships, datazone:ListProjectMemberships and GetUserProfile.
The exit code is 0 without drift, 1 with some, and 3 where it could not be found out.`,
    examples: ["access drift state.json", "access drift plan.json"],
  }).action(async (file: string, { json }: { json?: boolean }) => {
    const found = await findOut(() => driftOf(file, world));
    if (json) world.print(JSON.stringify(found, undefined, 2));
    else tell(found, world);
    if (found.drifts.length > 0) throw new AnswerIsNo();
  });

async function driftOf(given: string, world: World): Promise<Drifts> {
  const [file = "", address] = given.split("#");
  const modules = below(readTerraform(file), address);
  const account = await world.account();
  const { grants, locations, hasInstance } = await instance(account);
  const { membershipDrifts } = await import("./memberships");
  const found = compare(given, modules, readBefore(file), account, { grants, locations, hasInstance });
  const memberships = await membershipDrifts(
    modules.flatMap(({ resources }) => resources),
    world,
  );
  return { ...found, drifts: [...found.drifts, ...memberships] };
}

async function instance({ id, s3 }: Account): Promise<Parameters<typeof compare>[4]> {
  const { listGrants, listLocations } = await import("./listing");
  try {
    const [grants, locations] = await Promise.all([listGrants(s3, id), listLocations(s3, id)]);
    return { grants, locations, hasInstance: true };
  } catch (error) {
    if ((error as Error).name !== "AccessGrantsInstanceNotExistsError") throw error;
    return { grants: [], locations: [], hasInstance: false };
  }
}

/** Not to know is not the same as drift, for whoever asks in CI. */
async function findOut<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof NotUnderstood) throw error;
    throw new NotFoundOut(`Not found out: ${messageOf(error)}`, { cause: error });
  }
}

const STYLES: Record<Drift["is"], Style> = { gone: "bad", "by hand": "doubtful", other: "bad", named: "doubtful" };

function tell({ drifts, others }: Drifts, world: World): void {
  if (drifts.length === 0) world.print(`${paint(world, "good", "✓")} No drift: AWS and Terraform have the same.`);
  else {
    const rows = drifts.map(({ is, what, id, says, address = "" }) => [
      paint(world, STYLES[is], is),
      what,
      id,
      says,
      address,
    ]);
    world.print(table(world, ["is", "what", "id", "", "address"], rows));
  }
  const { grants, locations } = others;
  if (grants + locations > 0) {
    world.print(paint(world, "quiet", `\n${grants} grants and ${locations} locations in the instance are others'.`));
  }
  for (const { import: block } of drifts) {
    if (block) world.print(`\nimport {\n  to = ${block.to}\n  id = ${JSON.stringify(block.id)}\n}`);
  }
}
