import type { S3ControlClient } from "@aws-sdk/client-s3-control";
import { listGrants, listLocations } from "../access/listing";
import type { Deployment } from "./deployment";

/**
 * Grants and locations that Terraform did not make and that keep what it made from being deleted: in an instance of its own
 * all of them, in somebody else's the grants on its locations. They are somebody's, and only told.
 */
export async function foreignGrants(
  s3: Pick<S3ControlClient, "send">,
  { account, ownsInstance, locations, grants }: Deployment,
): Promise<string[]> {
  if (!ownsInstance && locations.length === 0) return [];
  const allGrants = await listGrants(s3, account);
  const allLocations = await listLocations(s3, account);
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
