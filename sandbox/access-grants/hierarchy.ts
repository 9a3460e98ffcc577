import { randomUUID } from "node:crypto";
import { invalid, refusal } from "./errors";
import type { Iam } from "./iam";
import { grantScope, parseScope, type Permission } from "./scope";
import { type Grant, type Grantee, type IdentityCenter, Instance, type Location } from "./store";
import { checkedTags, type Tag } from "./tags";

const LOCATIONS = 1_000;
const GRANTS = 100_000;

/** Where a request goes: an account's instance in a Region. */
export interface Place {
  readonly account: string;
  readonly region: string;
}

export interface NewLocation {
  readonly LocationScope: string;
  readonly IAMRoleArn: string;
  readonly Tags?: readonly Tag[];
}

export interface NewGrant {
  readonly AccessGrantsLocationId: string;
  readonly AccessGrantsLocationConfiguration?: { readonly S3SubPrefix?: string };
  readonly Grantee: Partial<Grantee>;
  readonly Permission: Permission;
  readonly ApplicationArn?: string;
  readonly S3PrefixType?: "Object";
  readonly Tags?: readonly Tag[];
}

export interface GrantFilter {
  readonly GranteeType?: string;
  readonly GranteeIdentifier?: string;
  readonly Permission?: string;
  readonly GrantScope?: string;
  readonly ApplicationArn?: string;
}

/** Instances, locations and grants: which of them may exist, and which must be deleted before which. */
export class Hierarchy {
  private readonly instances = new Map<string, Instance>();

  constructor(
    private readonly iam: Iam,
    private readonly account: string,
    private readonly now: () => Date,
  ) {}

  find({ account, region }: Place): Instance | undefined {
    return this.instances.get(`${account}/${region}`);
  }

  /** @throws AccessGrantsError AccessGrantsInstanceNotExistsError */
  get(place: Place): Instance {
    const instance = this.find(place);
    if (instance === undefined) throw refusal("AccessGrantsInstanceNotExistsError");
    return instance;
  }

  createInstance(place: Place, input: { IdentityCenterArn?: string; Tags?: readonly Tag[] }): Instance {
    if (place.account !== this.account) {
      throw invalid(`An instance is created in one's own account, ${this.account}, not in ${place.account}.`);
    }
    if (this.find(place)) throw refusal("AccessGrantsInstanceAlreadyExists");
    const instance = new Instance(place.account, place.region, this.now());
    instance.tags.set(instance.arn, checkedTags(input.Tags));
    if (input.IdentityCenterArn !== undefined) this.associate(instance, input.IdentityCenterArn);
    this.instances.set(`${place.account}/${place.region}`, instance);
    return instance;
  }

  deleteInstance(place: Place): void {
    const instance = this.get(place);
    if (instance.locations.size > 0) throw refusal("AccessGrantsInstanceNotEmptyError");
    if (instance.identityCenter) {
      throw invalid("Dissociate the IAM Identity Center instance before deleting the access grants instance.");
    }
    this.instances.delete(`${place.account}/${place.region}`);
  }

  associate(instance: Instance, identityCenterArn: string): void {
    if (instance.identityCenter && instance.identityCenter.IdentityCenterInstanceArn !== identityCenterArn) {
      throw refusal("InvalidIdentityCenterInstance", "another one is associated already");
    }
    instance.identityCenter ??= application(identityCenterArn, this.account);
  }

  dissociate(instance: Instance): void {
    const isUsed = [...instance.grants.values()].some(({ Grantee }) => Grantee.GranteeType !== "IAM");
    if (isUsed)
      throw invalid("Delete the grants of directory users and groups before dissociating IAM Identity Center.");
    delete instance.identityCenter;
  }

  putPolicy(instance: Instance, Policy: string, Organization: string | undefined): NonNullable<Instance["policy"]> {
    if (!isPolicy(Policy)) throw refusal("InvalidResourcePolicy");
    const CreatedAt = instance.policy?.CreatedAt ?? this.now();
    return (instance.policy = { Policy, ...(Organization !== undefined && { Organization }), CreatedAt });
  }

  async createLocation(instance: Instance, input: NewLocation): Promise<Location> {
    const { LocationScope, IAMRoleArn } = input;
    if (LocationScope !== "s3://" && parseScope(LocationScope) === undefined) {
      throw refusal("InvalidAccessGrantsLocation", `${LocationScope} is not s3://, s3://bucket or s3://bucket/prefix`);
    }
    const tags = checkedTags(input.Tags);
    await this.checkRole(IAMRoleArn);
    if ([...instance.locations.values()].some((location) => location.LocationScope === LocationScope)) {
      throw refusal("AccessGrantsLocationAlreadyExistsError");
    }
    if (instance.locations.size >= LOCATIONS) throw refusal("AccessGrantsLocationsQuotaExceededError");
    const id = LocationScope === "s3://" ? "default" : randomUUID();
    const location: Location = {
      CreatedAt: this.now(),
      AccessGrantsLocationId: id,
      AccessGrantsLocationArn: `${instance.arn}/location/${id}`,
      LocationScope,
      IAMRoleArn,
    };
    instance.locations.set(id, location);
    instance.tags.set(location.AccessGrantsLocationArn, tags);
    return location;
  }

  location(instance: Instance, id: string): Location {
    const location = instance.locations.get(id);
    if (location === undefined) throw refusal("NoSuchAccessGrantsLocationError");
    return location;
  }

  async updateLocation(instance: Instance, id: string, IAMRoleArn: string): Promise<Location> {
    const updated = { ...this.location(instance, id), IAMRoleArn };
    await this.checkRole(IAMRoleArn);
    instance.locations.set(id, updated);
    return updated;
  }

  deleteLocation(instance: Instance, id: string): void {
    const location = this.location(instance, id);
    if ([...instance.grants.values()].some((grant) => grant.AccessGrantsLocationId === id)) {
      throw refusal("AccessGrantsLocationNotEmptyError");
    }
    instance.locations.delete(id);
    instance.tags.delete(location.AccessGrantsLocationArn);
  }

  async createGrant(instance: Instance, input: NewGrant): Promise<Grant> {
    const location = this.location(instance, input.AccessGrantsLocationId);
    const subPrefix = input.AccessGrantsLocationConfiguration?.S3SubPrefix;
    const GrantScope = this.checkedScope(location, subPrefix, input.S3PrefixType);
    const scope = parseScope(GrantScope);
    if (scope === undefined) throw refusal("InvalidAccessGrant", `${GrantScope} is not a bucket, prefix or object`);
    const tags = checkedTags(input.Tags);
    const grantee = await this.checkedGrantee(instance, input.Grantee);
    const id = randomUUID();
    const grant: Grant = {
      CreatedAt: this.now(),
      AccessGrantId: id,
      AccessGrantArn: `${instance.arn}/grant/${id}`,
      Grantee: grantee,
      Permission: input.Permission,
      AccessGrantsLocationId: input.AccessGrantsLocationId,
      ...(subPrefix !== undefined && { AccessGrantsLocationConfiguration: { S3SubPrefix: subPrefix } }),
      GrantScope,
      ...(input.ApplicationArn !== undefined && { ApplicationArn: input.ApplicationArn }),
      scope,
    };
    if ([...instance.grants.values()].some((other) => isSame(other, grant))) throw refusal("AccessGrantAlreadyExists");
    if (instance.grants.size >= GRANTS) throw refusal("AccessGrantsQuotaExceededError");
    instance.grants.set(id, grant);
    instance.tags.set(grant.AccessGrantArn, tags);
    return grant;
  }

  grant(instance: Instance, id: string): Grant {
    const grant = instance.grants.get(id);
    if (grant === undefined) throw refusal("NoSuchAccessGrantError");
    return grant;
  }

  deleteGrant(instance: Instance, id: string): void {
    const grant = this.grant(instance, id);
    instance.grants.delete(id);
    instance.tags.delete(grant.AccessGrantArn);
  }

  grants(instance: Instance, filter: GrantFilter): Grant[] {
    return [...instance.grants.values()].filter(
      (grant) =>
        is(filter.GranteeType, grant.Grantee.GranteeType) &&
        is(filter.GranteeIdentifier, grant.Grantee.GranteeIdentifier) &&
        is(filter.Permission, grant.Permission) &&
        is(filter.GrantScope, grant.GrantScope) &&
        is(filter.ApplicationArn, grant.ApplicationArn),
    );
  }

  private async checkRole(arn: string): Promise<void> {
    if ((await this.iam.role(arn)) === undefined) throw refusal("InvalidIamRole");
  }

  private checkedScope(location: Location, subPrefix: string | undefined, prefixType: string | undefined): string {
    if (location.LocationScope === "s3://" && subPrefix === undefined) {
      throw invalid("A grant in the default location s3:// needs an S3SubPrefix: a bucket, or a bucket and a prefix.");
    }
    const isOpen = subPrefix === undefined || subPrefix.endsWith("*");
    if (prefixType === "Object" && isOpen) {
      throw invalid("A grant with the S3PrefixType Object needs an S3SubPrefix that is an object's key, without *.");
    }
    if (prefixType !== "Object" && !isOpen) {
      throw invalid(`The S3SubPrefix ${subPrefix} must end in *, or S3PrefixType be Object.`);
    }
    if (subPrefix?.slice(0, -1).includes("*")) throw invalid(`The S3SubPrefix ${subPrefix} has a * before its end.`);
    return grantScope(location.LocationScope, subPrefix);
  }

  private async checkedGrantee(instance: Instance, grantee: Partial<Grantee>): Promise<Grantee> {
    const { GranteeType, GranteeIdentifier } = grantee;
    if (GranteeType === undefined || GranteeIdentifier === undefined) throw invalid("Invalid Grantee in the request");
    const isKnown =
      GranteeType === "IAM"
        ? await this.iam.principalExists(GranteeIdentifier, this.account)
        : instance.identityCenter !== undefined && DIRECTORY_ID.test(GranteeIdentifier);
    if (!isKnown) throw invalid("Invalid Grantee in the request");
    return { GranteeType, GranteeIdentifier };
  }
}

/** Ids of users and groups in an identity store. */
const DIRECTORY_ID = /^([0-9a-f]{10}-)?[A-Fa-f0-9]{8}-([A-Fa-f0-9]{4}-){3}[A-Fa-f0-9]{12}$/;

function is(wanted: string | undefined, actual: string | undefined): boolean {
  return wanted === undefined || wanted === actual;
}

/** Whether two grants say the same. */
function isSame(a: Grant, b: Grant): boolean {
  return (
    a.GrantScope === b.GrantScope &&
    a.Grantee.GranteeIdentifier === b.Grantee.GranteeIdentifier &&
    a.Grantee.GranteeType === b.Grantee.GranteeType &&
    a.Permission === b.Permission &&
    a.ApplicationArn === b.ApplicationArn
  );
}

function isPolicy(text: string): boolean {
  try {
    const document: unknown = JSON.parse(text);
    return typeof document === "object" && document !== null && "Statement" in document;
  } catch {
    return false;
  }
}

function application(identityCenterArn: string, account: string): IdentityCenter {
  const id = identityCenterArn.slice(identityCenterArn.lastIndexOf("/") + 1);
  return {
    IdentityCenterInstanceArn: identityCenterArn,
    IdentityCenterApplicationArn: `arn:aws:sso::${account}:application/${id}/apl-${randomUUID().replaceAll("-", "").slice(0, 16)}`,
  };
}
