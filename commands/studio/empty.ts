import { DeleteAppCommand, DeleteSpaceCommand } from "@aws-sdk/client-sagemaker";
import { type Contents, nameOfApp, nameOfSpace, readContents, same, type Studio } from "./contents";
import { keyOf } from "./permissions";

/** How long to wait for SageMaker: an application takes a minute or two to end. */
const TRIES = 180;

/** Waits between two looks at what is still there. */
export type Pause = () => Promise<void>;
export const fiveSeconds: Pause = () => new Promise((resolve) => setTimeout(resolve, 5_000));

/**
 * Deletes the applications, and once all are gone the spaces with their volumes: what cannot be ended keeps every space.
 *
 * @throws Error where something is still there in the end
 */
export async function empty(
  studio: Studio,
  contents: Contents,
  persona: string | undefined,
  print: (line: string) => void,
  pause: Pause,
): Promise<void> {
  const { domainId: DomainId, apps, spaces } = contents;
  for (const app of apps) {
    if (app.Status !== "Deleting") await unlessGone(studio.send(new DeleteAppCommand({ DomainId, ...keyOf(app) })));
  }
  await gone(apps.map(nameOfApp), async () => {
    const now = await readContents(studio, DomainId, persona);
    return now.apps.filter((app) => apps.some((one) => same(appKey(one), appKey(app)))).map(nameOfApp);
  });
  apps.forEach((app) => print(`Deleted: ${nameOfApp(app)}`));
  for (const space of spaces) {
    const { SpaceName } = space;
    if (space.Status !== "Deleting") await unlessGone(studio.send(new DeleteSpaceCommand({ DomainId, SpaceName })));
  }
  await gone(spaces.map(nameOfSpace), async () => {
    const now = await readContents(studio, DomainId, persona);
    return now.spaces.filter((space) => spaces.some((one) => same(one.SpaceName, space.SpaceName))).map(nameOfSpace);
  });
  spaces.forEach((space) => print(`Deleted: ${nameOfSpace(space)}`));

  async function gone(names: readonly string[], left: () => Promise<string[]>): Promise<void> {
    let still = names;
    for (let tries = 0; still.length > 0; tries++) {
      if (tries === TRIES) throw new Error(`Still there, look at why in the SageMaker console:\n${still.join("\n")}`);
      if (tries > 0) await pause();
      still = await left();
    }
  }
}

const appKey = (app: Contents["apps"][number]): string => JSON.stringify(keyOf(app));

/** Somebody may have deleted it meanwhile. */
async function unlessGone(deletion: Promise<unknown>): Promise<void> {
  await deletion.catch((error: Error) => {
    if (error.name !== "ResourceNotFound") throw error;
  });
}
