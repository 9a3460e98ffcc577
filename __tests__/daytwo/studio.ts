import { studio } from "../../commands/studio";
import type { State } from "../../commands/studio/deployment";
import { worldIn } from "../commands/studio-clients";
import type { YearlyDeployment } from "./deployment";

/** The two domains of the deployment: the environment's, and that of the modules. */
export const DOMAINS = ["Own", "Called"] as const;

/** Somebody's space with an application that runs, in each domain, beside what Terraform made. */
export async function makeSpaces(year: YearlyDeployment, owner: string): Promise<void> {
  for (const domain of DOMAINS) {
    const space = ["--domain-id", await idOf(year, domain), "--space-name", `${owner}-lab`];
    const ownership = ["--ownership-settings", `OwnerUserProfileName=${owner}`];
    await year.aws(
      "sagemaker",
      "create-space",
      ...space,
      ...ownership,
      "--space-sharing-settings",
      "SharingType=Private",
    );
    await year.aws("sagemaker", "create-app", ...space, "--app-type", "JupyterLab", "--app-name", "default");
  }
}

/** What is in each domain: its user profiles, and its spaces with what runs in them. */
export async function inStudio(year: YearlyDeployment): Promise<Readonly<Record<string, readonly string[]>>> {
  const found: Record<string, string[]> = {};
  for (const domain of DOMAINS) {
    const id = await idOf(year, domain);
    const list = <T>(what: string): Promise<T> => year.aws<T>("sagemaker", `list-${what}`, "--domain-id-equals", id);
    const { UserProfiles } = await list<{ UserProfiles: { UserProfileName: string }[] }>("user-profiles");
    const { Apps } = await list<{ Apps: { SpaceName: string }[] }>("apps");
    const running = Apps.map(({ SpaceName }) => `${SpaceName} runs`);
    found[domain] = [...UserProfiles.map(({ UserProfileName }) => UserProfileName), ...running].sort();
  }
  return found;
}

/** The documented command, for each domain. */
export async function empty(year: YearlyDeployment, ...options: string[]): Promise<void> {
  const readState = async (): Promise<State> => JSON.parse(await year.terraform("show", "-json")) as State;
  const world = worldIn(year.sandbox, readState);
  for (const domain of DOMAINS)
    await studio(["empty", "--domain", domain, "--confirm", domain, ...options], () => undefined, world);
}

async function idOf(year: YearlyDeployment, name: string): Promise<string> {
  const { Domains } = await year.aws<{ Domains: { DomainName: string; DomainId: string }[] }>(
    "sagemaker",
    "list-domains",
  );
  const domain = Domains.find(({ DomainName }) => DomainName === name);
  if (!domain) throw new Error(`there is no domain ${name}`);
  return domain.DomainId;
}
