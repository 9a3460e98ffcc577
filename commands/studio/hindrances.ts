import { type Contents, nameOfApp, nameOfSpace, same } from "./contents";
import type { Deployment } from "./deployment";

/** States in which SageMaker refuses to delete, by what is in them. */
const BUSY = { app: ["Pending"], space: ["Pending", "Updating"] };

/**
 * Why a domain, or a persona, cannot be emptied now, of what can be seen in the domain. A whole domain with somebody else's user profile
 * could not be deleted afterwards, so nobody's spaces end for it.
 */
export function hindrances({ profiles: ours }: Deployment, contents: Contents, persona: string | undefined): string[] {
  const { apps, spaces, profiles } = contents;
  const foreign = profiles.filter((profile) => !ours.some((one) => same(one, profile)));
  const about = foreign.filter((profile) => persona === undefined || same(profile, persona));
  return [
    ...about.map((profile) => `user profile ${profile}: Terraform did not make it; whoever did must delete it first`),
    ...apps
      .filter(({ Status = "" }) => BUSY.app.includes(Status))
      .map((app) => `${nameOfApp(app)}: cannot be deleted while it is ${app.Status}; wait until it runs`),
    ...spaces
      .filter(({ Status = "" }) => BUSY.space.includes(Status))
      .map((space) => `${nameOfSpace(space)}: cannot be deleted while it is ${space.Status}; wait until that is over`),
  ];
}
