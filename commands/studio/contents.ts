import {
  type AppDetails,
  DescribeDomainCommand,
  ListAppsCommand,
  ListSpacesCommand,
  ListUserProfilesCommand,
  type SageMakerClient,
  type SpaceDetails,
} from "@aws-sdk/client-sagemaker";

export type Studio = Pick<SageMakerClient, "send">;

/** What is in a domain, or belongs to one persona in it. */
export interface Contents {
  readonly domainId: string;
  readonly domainName: string;
  /** Names of all user profiles of the domain. */
  readonly profiles: readonly string[];
  readonly spaces: readonly SpaceDetails[];
  /** Those that are not yet gone. SageMaker goes on listing an application for a day. */
  readonly apps: readonly AppDetails[];
}

/** SageMaker's names are the same in any case. */
export const same = (one = "", other = ""): boolean => one.toLowerCase() === other.toLowerCase();

export const ownerOf = (space: SpaceDetails): string | undefined =>
  space.OwnershipSettingsSummary?.OwnerUserProfileName;

/** Reads what is in a domain; of a persona, her spaces, what runs in them, and what runs for her without one. */
export async function readContents(studio: Studio, domainId: string, persona: string | undefined): Promise<Contents> {
  const of = { DomainIdEquals: domainId, MaxResults: 100 };
  const { DomainName = "" } = await studio.send(new DescribeDomainCommand({ DomainId: domainId }));
  const profiles = await pages(async (NextToken) => {
    const page = await studio.send(new ListUserProfilesCommand({ ...of, NextToken }));
    return [page.UserProfiles, page.NextToken];
  });
  const spaces = await pages(async (NextToken) => {
    const page = await studio.send(new ListSpacesCommand({ ...of, NextToken }));
    return [page.Spaces, page.NextToken];
  });
  const apps = await pages(async (NextToken) => {
    const page = await studio.send(new ListAppsCommand({ ...of, NextToken }));
    return [page.Apps, page.NextToken];
  });
  const hers = spaces.filter((space) => persona === undefined || same(ownerOf(space), persona));
  const isHers = ({ SpaceName, UserProfileName }: AppDetails): boolean =>
    persona === undefined ||
    (SpaceName === undefined ? same(UserProfileName, persona) : hers.some((space) => same(space.SpaceName, SpaceName)));
  return {
    domainId,
    domainName: DomainName,
    profiles: profiles.map(({ UserProfileName = "" }) => UserProfileName),
    spaces: hers,
    apps: apps.filter((app) => app.Status !== "Deleted" && isHers(app)),
  };
}

/** Everything of a listing, page by page. */
export async function pages<T>(
  read: (nextToken: string | undefined) => Promise<[items: readonly T[] | undefined, nextToken: string | undefined]>,
): Promise<T[]> {
  const all: T[] = [];
  let nextToken: string | undefined;
  do {
    const [items, next] = await read(nextToken);
    all.push(...(items ?? []));
    nextToken = next;
  } while (nextToken);
  return all;
}

/** A space as a person knows it. */
export function nameOfSpace(space: SpaceDetails): string {
  const owner = ownerOf(space);
  const size = space.SpaceSettingsSummary?.SpaceStorageSettings?.EbsStorageSettings?.EbsVolumeSizeInGb;
  const facts = [
    owner === undefined ? "nobody's" : `of ${owner}`,
    ...(space.SpaceSharingSettingsSummary?.SharingType === "Shared" ? ["shared with the whole domain"] : []),
    ...(size === undefined ? [] : [`a volume of ${size} GB`]),
  ];
  return `space ${space.SpaceName} (${facts.join(", ")})`;
}

/** An application as a person knows it. */
export function nameOfApp({ AppType, AppName, SpaceName, UserProfileName }: AppDetails): string {
  const place = SpaceName === undefined ? `of ${UserProfileName}` : `in space ${SpaceName}`;
  return `app ${AppType}/${AppName} ${place}`;
}
