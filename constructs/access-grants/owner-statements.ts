import type { Construct } from "constructs";
import { here, json, local, lookup, map } from "../hosting";
import { viaService } from "../shared/via-service";
import { KEY_ACTIONS, LIST_ACTIONS, type LocationRoles, OBJECT_ACTIONS } from "./location-roles";
import type { Location } from "./props";
import { bucket, objects } from "./scopes";

/** Policy statements that the owners of the locations' buckets and keys may have to add, as JSON, by the location's key. */
export function ownerStatements(
  scope: Construct,
  locations: Readonly<Record<string, Location>>,
  roleArn: LocationRoles["arn"],
): Readonly<Record<string, string>> {
  const s3 = `arn:${here(scope).partition}:s3:::`;
  const { test, variable, values } = viaService(scope, "s3");
  const roles = local(scope, "owner_roles", map(locations, roleArn));
  const theirObjects = local(
    scope,
    "owner_objects",
    map(locations, (location) => `${s3}${objects(location.scope)}`),
  );
  const buckets = local(
    scope,
    "owner_buckets",
    map(locations, (location) => `${s3}${bucket(location.scope)}`),
  );
  return map(locations, (location, key) => {
    const allow = (Sid: string, more: object): object => {
      return { Sid, Effect: "Allow", Principal: { AWS: lookup(roles, key) }, ...more };
    };
    return json({
      bucket: [
        allow("AccessGrantsObjects", {
          Action: lookup(OBJECT_ACTIONS, location.permission),
          Resource: lookup(theirObjects, key),
        }),
        allow("AccessGrantsList", {
          Action: lookup(LIST_ACTIONS, location.permission),
          Resource: lookup(buckets, key),
        }),
      ],
      key: [
        allow("AccessGrants", {
          Action: lookup(KEY_ACTIONS, location.permission),
          Resource: "*",
          Condition: { [test]: { [variable]: values } },
        }),
      ],
    });
  });
}
