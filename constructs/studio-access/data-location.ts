import type { Construct } from "constructs";
import type { AccessGrantsProps } from "../access-grants/access-grants";
import { choose, given, keep, local } from "../hosting";
import type { Resolved } from "../inputs";
import type { studioAccessProps } from "./props";

type Props = Pick<Resolved<typeof studioAccessProps>, "dataKey" | "existingLocation" | "maxSessionDuration">;

/** The one location of all grants, the data bucket: registered here, or an existing location. */
export function dataLocation(
  construct: Construct,
  bucketName: string,
  { dataKey, existingLocation, maxSessionDuration }: Props,
): Pick<AccessGrantsProps, "locations" | "existingLocations"> {
  const scope = local(construct, "data_scope", `s3://${bucketName}`);
  const kmsKeys = keep({ data: dataKey! }, (key) => given(key));
  const id = choose(given(existingLocation), ({ id }) => id, "");
  const made = { data: { scope, kmsKeys, maxSessionDuration } };
  return {
    locations: keep(made, given(existingLocation).not),
    existingLocations: keep({ data: { scope, id } }, given(existingLocation)),
  };
}
