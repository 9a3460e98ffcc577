import type { Caller } from "../service";
import { grantsOf, type DataAccess, type DataAccessRequest } from "./data-access";
import { invalid, refusal } from "./errors";
import type { GrantFilter, Hierarchy, NewGrant, NewLocation, Place } from "./hierarchy";
import { page, type PageRequest } from "../datazone/pages";
import { covers, parseScope } from "./scope";
import type { Sessions } from "./sessions";
import type { Instance } from "./store";
import { checkedTags, type Tag } from "./tags";

export interface Request {
  readonly input: Record<string, unknown>;
  readonly place: Place;
  readonly caller: Caller;
}

interface Page {
  readonly MaxResults?: number;
  readonly NextToken?: string;
}

/**
 * SELF: the instance of the account in the request. ALL: with those that are shared with the caller's account through RAM,
 * of which there are none here.
 */
interface Search {
  readonly InstanceScope?: "SELF" | "ALL";
}

type Output = Record<string, unknown> | undefined;
type Answer = (request: Request) => Output | Promise<Output>;

/** Every operation of S3 Access Grants by its name; the input has passed the service's model. */
export function operations(
  hierarchy: Hierarchy,
  dataAccess: DataAccess,
  sessions: Sessions,
): Readonly<Record<string, Answer | undefined>> {
  // The model has checked what the type says.
  const on =
    <Input>(answer: (instance: Instance, input: Input, caller: Caller) => Output | Promise<Output>): Answer =>
    ({ input, place, caller }) =>
      answer(hierarchy.get(place), input as Input, caller);

  const searched = (place: Place, { InstanceScope }: Search): Instance | undefined =>
    InstanceScope === "ALL" ? hierarchy.find(place) : hierarchy.get(place);

  return {
    CreateAccessGrantsInstance: ({ input, place }) =>
      described(hierarchy.createInstance(place, input as { IdentityCenterArn?: string; Tags?: Tag[] })),
    GetAccessGrantsInstance: on((instance) => described(instance)),
    DeleteAccessGrantsInstance: ({ place }) => {
      hierarchy.deleteInstance(place);
      return undefined;
    },
    ListAccessGrantsInstances: ({ place }) => {
      const instance = hierarchy.find(place);
      return { AccessGrantsInstancesList: instance ? [described(instance)] : [] };
    },
    AssociateAccessGrantsIdentityCenter: on((instance, { IdentityCenterArn }: { IdentityCenterArn: string }) => {
      hierarchy.associate(instance, IdentityCenterArn);
      return undefined;
    }),
    DissociateAccessGrantsIdentityCenter: on((instance) => {
      hierarchy.dissociate(instance);
      return undefined;
    }),
    GetAccessGrantsInstanceResourcePolicy: on((instance) => ({ ...policyOf(instance) })),
    PutAccessGrantsInstanceResourcePolicy: on((instance, input: { Policy: string; Organization?: string }) => ({
      ...hierarchy.putPolicy(instance, input.Policy, input.Organization),
    })),
    DeleteAccessGrantsInstanceResourcePolicy: on((instance) => {
      policyOf(instance);
      delete instance.policy;
      return undefined;
    }),
    GetAccessGrantsInstanceForPrefix: on((instance, { S3Prefix }: { S3Prefix: string }) => {
      const prefix = parseScope(S3Prefix);
      if (prefix === undefined) throw invalid(`The S3 prefix ${S3Prefix} is not s3://bucket or s3://bucket/prefix.`);
      return { AccessGrantsInstanceArn: instance.arn, AccessGrantsInstanceId: "default" };
    }),

    CreateAccessGrantsLocation: on(async (instance, input: NewLocation) => ({
      ...(await hierarchy.createLocation(instance, input)),
    })),
    GetAccessGrantsLocation: on((instance, { AccessGrantsLocationId: id }: { AccessGrantsLocationId: string }) => ({
      ...hierarchy.location(instance, id),
    })),
    UpdateAccessGrantsLocation: on(async (instance, input: { AccessGrantsLocationId: string; IAMRoleArn: string }) => ({
      ...(await hierarchy.updateLocation(instance, input.AccessGrantsLocationId, input.IAMRoleArn)),
    })),
    DeleteAccessGrantsLocation: on((instance, { AccessGrantsLocationId: id }: { AccessGrantsLocationId: string }) => {
      hierarchy.deleteLocation(instance, id);
      return undefined;
    }),
    ListAccessGrantsLocations: on((instance, input: Page & { LocationScope?: string }) => {
      const selected = [...instance.locations.values()].filter(
        ({ LocationScope }) => input.LocationScope === undefined || LocationScope === input.LocationScope,
      );
      const { items, nextToken } = page(selected, ({ AccessGrantsLocationId: id }) => id, range(input));
      return { AccessGrantsLocationsList: items, NextToken: nextToken };
    }),

    CreateAccessGrant: on(async (instance, input: NewGrant) => ({ ...(await hierarchy.createGrant(instance, input)) })),
    GetAccessGrant: on((instance, { AccessGrantId }: { AccessGrantId: string }) => ({
      ...hierarchy.grant(instance, AccessGrantId),
    })),
    DeleteAccessGrant: on((instance, { AccessGrantId }: { AccessGrantId: string }) => {
      hierarchy.deleteGrant(instance, AccessGrantId);
      return undefined;
    }),
    ListAccessGrants: on((instance, input: Page & GrantFilter) => {
      const { items, nextToken } = page(hierarchy.grants(instance, input), ({ AccessGrantId: id }) => id, range(input));
      return { AccessGrantsList: items, NextToken: nextToken };
    }),
    ListCallerAccessGrants: ({ place, caller, ...request }) => {
      const input = request.input as Page & Search & { GrantScope?: string };
      const instance = searched(place, input);
      const fragment = input.GrantScope ?? "s3://";
      if (!fragment.startsWith("s3://")) throw invalid(`The grant scope ${fragment} must start with s3://.`);
      const directory = sessions.directory.get(caller.accessKeyId);
      const grants = instance ? grantsOf(instance, caller, directory) : [];
      const selected = grants.filter((grant) => isAbout(grant.GrantScope, fragment));
      const { items, nextToken } = page(selected, ({ AccessGrantId: id }) => id, range(input));
      const CallerAccessGrantsList = items.map(({ Permission, GrantScope, ApplicationArn }) => ({
        Permission,
        GrantScope,
        ApplicationArn,
        AccessGrantsInstanceArn: instance?.arn,
      }));
      return { CallerAccessGrantsList, NextToken: nextToken };
    },
    GetDataAccess: ({ input, place, caller }) =>
      dataAccess.get(searched(place, input), caller, input as unknown as DataAccessRequest),

    ListTagsForResource: on((instance, { ResourceArn }: { ResourceArn: string }) => ({
      Tags: [...tagsOf(instance, ResourceArn)].map(([Key, Value]) => ({ Key, Value })),
    })),
    TagResource: on((instance, { ResourceArn, Tags }: { ResourceArn: string; Tags: Tag[] }) => {
      instance.tags.set(ResourceArn, checkedTags(Tags, tagsOf(instance, ResourceArn)));
      return undefined;
    }),
    UntagResource: on((instance, { ResourceArn, TagKeys }: { ResourceArn: string; TagKeys: string[] }) => {
      const tags = tagsOf(instance, ResourceArn);
      for (const key of TagKeys) tags.delete(key);
      return undefined;
    }),
  };
}

const LONGEST_PAGE = 1_000;

function range({ MaxResults, NextToken }: Page): PageRequest {
  return { maxResults: MaxResults || LONGEST_PAGE, nextToken: NextToken };
}

function described(instance: Instance): Record<string, unknown> {
  return {
    CreatedAt: instance.createdAt,
    AccessGrantsInstanceId: "default",
    AccessGrantsInstanceArn: instance.arn,
    ...(instance.identityCenter && {
      IdentityCenterArn: instance.identityCenter.IdentityCenterApplicationArn,
      ...instance.identityCenter,
    }),
  };
}

function policyOf(instance: Instance): NonNullable<Instance["policy"]> {
  if (instance.policy === undefined) throw refusal("AccessGrantsInstanceResourcePolicyNotExists");
  return instance.policy;
}

/** Whether a grant is about a path fragment: its scope lies below the fragment, or the fragment lies in its scope. */
function isAbout(scopeUri: string, fragment: string): boolean {
  if (scopeUri.startsWith(fragment)) return true;
  const [scope, path] = [parseScope(scopeUri), parseScope(fragment)];
  return scope !== undefined && path !== undefined && covers(scope, path);
}

function tagsOf(instance: Instance, arn: string): Map<string, string> {
  const tags = instance.tags.get(arn);
  if (tags !== undefined) return tags;
  throw arn.includes("/location/") ? refusal("NoSuchAccessGrantsLocationError") : refusal("NoSuchAccessGrantError");
}
