import type { ListAccessGrantEntry, ListAccessGrantsLocationsEntry } from "@aws-sdk/client-s3-control";
import type { Module, Resource } from "../policy/terraform";
import type { Account } from "../program/world";
import type { Grant } from "./model";
import { accessIn } from "./terraform";

/** Something that is in AWS and not in the state, or the other way round. */
export interface Drift {
  /** `gone`: in the state only; `by hand`: in AWS only; `other`: in both, and not the same; `named`: in AWS, and the plan would make it again. */
  readonly is: "gone" | "by hand" | "other" | "named";
  readonly what: "instance" | "grant" | "location" | "membership";
  readonly id: string;
  /** Where it is in Terraform. */
  readonly address?: string;
  readonly says: string;
  /** How to take it over. */
  readonly import?: { readonly to: string; readonly id: string };
}

/** What was found, and what of the instance is others'. */
export interface Drifts {
  readonly drifts: readonly Drift[];
  readonly others: { readonly grants: number; readonly locations: number };
}

const INSTANCE = "aws_s3control_access_grants_instance";
const LOCATION = "aws_s3control_access_grants_location";
const GRANT = "aws_s3control_access_grant";

/**
 * Compares a state, or a plan with what it would make, to the instance in AWS.
 *
 * Whoever made the instance minds everything in it. In somebody else's one minds one's own locations and grantees; all else is
 * others', and only counted.
 *
 * @param before what was in the state when a plan was made: what a plan would destroy is not others'
 * @throws Error where the file is of another account or Region
 */
export function compare(
  source: string,
  modules: readonly Module[],
  before: readonly Module[],
  { id: account, region }: Pick<Account, "id" | "region">,
  live: {
    readonly grants: readonly ListAccessGrantEntry[];
    readonly locations: readonly ListAccessGrantsLocationsEntry[];
    readonly hasInstance: boolean;
  },
): Drifts {
  const all = modules.flatMap(({ resources }) => resources);
  const of = (type: string): Resource[] => all.filter((one) => one.type === type);
  /** Ids of all that Terraform has made. */
  const idsOf = (type: string, attribute: string): Set<string> =>
    new Set(
      [...modules, ...before]
        .flatMap(({ resources }) => resources)
        .flatMap((one) => (one.type === type ? (made(one.values, attribute) ?? []) : [])),
    );
  sameplace(source, all, account, region);
  const access = accessIn(source, modules);
  const drifts: Drift[] = [];

  const instances = of(INSTANCE);
  for (const { address, values } of instances) {
    const isMade = made(values, "access_grants_instance_id");
    const one = { what: "instance" as const, id: "default", address };
    if (isMade && !live.hasInstance) drifts.push({ ...one, is: "gone", says: "the instance is not in AWS" });
    if (!isMade && live.hasInstance)
      drifts.push({ ...one, is: "named", says: "the instance is there already", import: { to: address, id: account } });
  }
  const isOwner = idsOf(INSTANCE, "access_grants_instance_id").size > 0;

  const locations = of(LOCATION);
  const liveLocations = new Map(live.locations.map((one) => [one.AccessGrantsLocationId ?? "", one]));
  const ownLocations = idsOf(LOCATION, "access_grants_location_id");
  for (const { address, values } of locations) {
    const scope = String(values["location_scope"]);
    const id = made(values, "access_grants_location_id");
    if (id === undefined) continue;
    const there = liveLocations.get(id);
    const one = { what: "location" as const, id, address };
    const role = made(values, "iam_role_arn");
    if (!there) drifts.push({ ...one, is: "gone", says: `${scope} is not registered in AWS` });
    else if (role !== undefined && role !== there.IAMRoleArn)
      drifts.push({
        ...one,
        is: "other",
        says: `${scope} has the role ${there.IAMRoleArn} in AWS, ${role} in the state`,
      });
  }
  const others = { grants: 0, locations: 0 };
  for (const [id, { LocationScope = "" }] of liveLocations) {
    if (ownLocations.has(id)) continue;
    const named = locations.find(
      ({ values }) =>
        made(values, "access_grants_location_id") === undefined && values["location_scope"] === LocationScope,
    );
    if (named)
      drifts.push({
        is: "named",
        what: "location",
        id,
        address: named.address,
        says: `${LocationScope} is registered already`,
        import: { to: named.address, id: `${account},${id}` },
      });
    else if (isOwner)
      drifts.push({ is: "by hand", what: "location", id, says: `${LocationScope} was registered by others` });
    else others.locations += 1;
  }

  const liveGrants = new Set(live.grants.map(({ AccessGrantId }) => AccessGrantId ?? ""));
  const [inState, planned] = [access.grants.filter(isMade), access.grants.filter((one) => !isMade(one))];
  const known = idsOf(GRANT, "access_grant_id");
  for (const grant of inState.filter(({ id }) => !liveGrants.has(id)))
    drifts.push({
      is: "gone",
      what: "grant",
      id: grant.id,
      address: grant.address,
      says: `${inWords(grant)} is not granted in AWS`,
    });
  const grantees = new Set(access.personas.flatMap(({ id }) => id ?? []));
  for (const grant of live.grants) {
    const { AccessGrantId: id = "", GrantScope, Permission, Grantee, AccessGrantsLocationId = "" } = grant;
    if (known.has(id)) continue;
    const says = `${Permission} on ${GrantScope} for ${Grantee?.GranteeIdentifier}`;
    const named = planned.find((one) => isSame(one, grant));
    if (named) {
      const to = named.address!;
      drifts.push({
        is: "named",
        what: "grant",
        id,
        address: to,
        says: `${says} is granted already`,
        import: { to, id: `${account},${id}` },
      });
    } else if (isOwner || ownLocations.has(AccessGrantsLocationId) || grantees.has(Grantee?.GranteeIdentifier ?? "")) {
      drifts.push({ is: "by hand", what: "grant", id, says: `${says} was granted by others` });
    } else others.grants += 1;
  }
  return { drifts, others };
}

/** A computed value, which only what has been made has. */
const made = (values: Resource["values"], attribute: string): string | undefined => {
  const value = values[attribute];
  return typeof value === "string" && value !== "" ? value : undefined;
};
const isMade = ({ id, address }: Grant): boolean => id !== address;
const inWords = ({ permission, scope, persona }: Grant): string => `${permission} on ${scope} for ${persona.name}`;

/** Whether AWS would refuse a planned grant, because this one says the same. */
const isSame = ({ scope, permission, persona }: Grant, live: ListAccessGrantEntry): boolean =>
  persona.id !== undefined &&
  scope === live.GrantScope &&
  permission === live.Permission &&
  persona.id === live.Grantee?.GranteeIdentifier &&
  persona.type === live.Grantee.GranteeType &&
  live.ApplicationArn === undefined;

/** Another account's state would be all drift. */
function sameplace(source: string, resources: readonly Resource[], account: string, region: string): void {
  for (const { type, values } of resources) {
    if (![INSTANCE, LOCATION, GRANT].includes(type)) continue;
    const arn = ["access_grants_instance_arn", "access_grants_location_arn", "access_grant_arn"]
      .map((name) => made(values, name))
      .find((one) => one !== undefined);
    const [theirs = account, where = region] = arn
      ? [arn.split(":")[4], arn.split(":")[3]]
      : [made(values, "account_id")];
    if (theirs === account && where === region) continue;
    throw new Error(
      `${source} is of account ${theirs} in ${where}, the shell's credentials are of ${account} in ${region}`,
    );
  }
}
