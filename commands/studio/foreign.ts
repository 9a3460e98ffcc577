import {
  ListAccessGrantsCommand,
  ListAccessGrantsLocationsCommand,
  type S3ControlClient,
} from "@aws-sdk/client-s3-control";
import { pages } from "./contents";
import type { Deployment } from "./deployment";

/**
 * Grants and locations that Terraform did not make and that keep what it made from being deleted: in an instance of its own
 * all of them, in somebody else's the grants on its locations. They are somebody's, and only told.
 */
export async function foreignGrants(
  s3: Pick<S3ControlClient, "send">,
  { account: AccountId, ownsInstance, locations, grants }: Deployment,
): Promise<string[]> {
  if (!ownsInstance && locations.length === 0) return [];
  const allGrants = await pages(async (NextToken) => {
    const page = await s3.send(new ListAccessGrantsCommand({ AccountId, NextToken, MaxResults: 1000 }));
    return [page.AccessGrantsList, page.NextToken];
  });
  const allLocations = await pages(async (NextToken) => {
    const page = await s3.send(new ListAccessGrantsLocationsCommand({ AccountId, NextToken, MaxResults: 1000 }));
    return [page.AccessGrantsLocationsList, page.NextToken];
  });
  const inTheWay = (locationId = ""): boolean => ownsInstance || locations.includes(locationId);
  return [
    ...allGrants
      .filter((one) => !grants.includes(one.AccessGrantId!) && inTheWay(one.AccessGrantsLocationId))
      .map(
        (one) =>
          `grant ${one.AccessGrantId} (${one.Permission} on ${one.GrantScope} for ${one.Grantee?.GranteeIdentifier})`,
      ),
    ...allLocations
      .filter((one) => !locations.includes(one.AccessGrantsLocationId!) && ownsInstance)
      .map((one) => `location ${one.AccessGrantsLocationId} (${one.LocationScope})`),
  ];
}
