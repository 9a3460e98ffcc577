import type { ListAccessGrantEntry } from "@aws-sdk/client-s3-control";
import {
  DescribeUserProfileCommand,
  ListUserProfilesCommand,
  type SageMakerClient,
  type UserProfileDetails,
} from "@aws-sdk/client-sagemaker";
import type { Account } from "../program/world";
import { pages } from "../studio/contents";
import { nameOf, whole } from "./ids";
import { listGrants, listLocations } from "./listing";
import type { Access, Grant, Permission, Persona } from "./model";

/** SageMaker is asked about so many user profiles at a time. */
const AT_A_TIME = 5;

/**
 * Who reaches what by the S3 Access Grants instance of an account and Region. Reads, and changes nothing.
 *
 * @throws Error where there is no such instance, or it may not be read
 */
export async function liveAccess({ id, region, s3, studio }: Account): Promise<Access> {
  const [grants, locations] = await Promise.all([listGrants(s3, id), listLocations(s3, id)]).catch((error: Error) => {
    throw new Error(
      error.name === "AccessGrantsInstanceNotExistsError"
        ? `Account ${id} has no S3 Access Grants instance in ${region}: nothing is granted there. Another Region? Set AWS_REGION.`
        : `The S3 Access Grants of account ${id} in ${region} cannot be read: ${error.name}: ${error.message}`,
      { cause: error },
    );
  });
  const { profiles, unknown } = await profilesByRole(studio);
  const scopes = new Map(locations.map((one) => [one.AccessGrantsLocationId, one.LocationScope ?? ""]));
  const made = [...grants].sort((a, b) => Number(a.CreatedAt ?? 0) - Number(b.CreatedAt ?? 0));
  const all = made.map((grant) => read(grant, scopes.get(grant.AccessGrantsLocationId) ?? "", profiles));
  const people = [...profiles].map(([role, name]): Persona => ({ name, type: "IAM", id: role }));
  return {
    source: `S3 Access Grants of account ${id}, ${region}`,
    personas: [...people, ...all.map(({ persona }) => persona)],
    grants: all,
    unplaced: [],
    own: [],
    unknown: [
      ...unknown,
      "what roles may do by policies of their own, such as a profile's scratch folder and the data set loader: ask an environment, a plan or a state",
    ],
  };
}

function read(entry: ListAccessGrantEntry, location: string, profiles: ReadonlyMap<string, string>): Grant {
  const { AccessGrantId, Grantee, Permission, GrantScope = "", AccessGrantsLocationConfiguration } = entry;
  const id = Grantee?.GranteeIdentifier ?? "";
  // Without a sub-prefix a grant reaches all of its location; whether its scope then ends in * is not documented.
  const isWhole = AccessGrantsLocationConfiguration?.S3SubPrefix === undefined && !GrantScope.endsWith("*");
  return {
    id: AccessGrantId ?? "",
    persona: { name: profiles.get(id) ?? nameOf(id), type: (Grantee?.GranteeType ?? "IAM") as Persona["type"], id },
    permission: Permission as Permission,
    scope: isWhole ? whole(location) : GrantScope,
    location,
    ...(entry.ApplicationArn !== undefined && { application: entry.ApplicationArn }),
  };
}

/** Names of the user profiles by their execution roles: `userA, userB` where they share one. */
async function profilesByRole(
  studio: Pick<SageMakerClient, "send">,
): Promise<{ readonly profiles: ReadonlyMap<string, string>; readonly unknown: readonly string[] }> {
  const profiles = new Map<string, string>();
  try {
    const all = await pages<UserProfileDetails>(async (NextToken) => {
      const page = await studio.send(new ListUserProfilesCommand({ NextToken, MaxResults: 100 }));
      return [page.UserProfiles, page.NextToken];
    });
    for (let at = 0; at < all.length; at += AT_A_TIME) {
      const described = await Promise.all(
        all
          .slice(at, at + AT_A_TIME)
          .map(({ DomainId, UserProfileName }) =>
            studio.send(new DescribeUserProfileCommand({ DomainId, UserProfileName })),
          ),
      );
      for (const { UserProfileName = "", UserSettings } of described) {
        const role = UserSettings?.ExecutionRole;
        if (role !== undefined) profiles.set(role, [profiles.get(role), UserProfileName].filter(Boolean).join(", "));
      }
    }
    return { profiles, unknown: [] };
  } catch (error) {
    const { name, message } = error as Error;
    const unknown = `which user profiles in Studio the roles are (${name}: ${message}): roles stand in their place`;
    return { profiles, unknown: [unknown] };
  }
}
