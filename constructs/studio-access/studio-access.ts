import { Construct } from "constructs";
import { AccessGrants } from "../access-grants/access-grants";
import { DataBucket } from "../data-bucket/data-bucket";
import { type Attributes, either, givenOrPart, here, later, lookup, map, merge, part } from "../hosting";
import { resolveProps, take } from "../inputs";
import { alsoFor } from "../shared/bucket-policy";
import { naming } from "../shared/names";
import { roleOptions } from "../shared/roles";
import { profile, studioOptions, type StudioPlace } from "../studio-domain/props";
import { StudioDomain } from "../studio-domain/studio-domain";
import { networkOptions } from "../studio-network/props";
import { StudioNetwork } from "../studio-network/studio-network";
import { dataLocation } from "./data-location";
import { authoredGrantee, grantees } from "./grantees";
import { studioAccessProps, type StudioAccessProps } from "./props";

export { studioAccessInputs, type StudioAccessProps } from "./props";

/** SageMaker Studio on one data bucket, where S3 Access Grants alone decide what each person may read and write. */
export class StudioAccess extends Construct {
  static readonly module = "studio-access";
  /** The network, existing or created here. */
  readonly network: Partial<Attributes<StudioNetwork>> & StudioPlace;
  /** The data bucket, existing or created here. */
  readonly bucket: Partial<Attributes<DataBucket>> & Pick<DataBucket, "bucketName">;
  /** The Studio domain. */
  readonly domain: Attributes<StudioDomain>;
  /** S3 Access Grants: the grants, and the one location `data`. */
  readonly accessGrants: Attributes<AccessGrants>;

  static authored(part: string, problem: string): string {
    if (part === "network") return `network.create.${problem}`;
    if (part === "access") return authoredGrantee(problem);
    return part === "studio"
      ? problem.replace(/^profiles\b/, "personas").replace(/^network\b/, "network.existing")
      : problem;
  }

  constructor(scope: Construct, id: string, props: StudioAccessProps) {
    super(scope, id);
    const p = resolveProps(this, studioAccessProps, props);
    const everywhere = take({ ...naming, ...roleOptions }, p);
    this.network = givenOrPart(p.network.existing, this, "network", StudioNetwork, () => ({
      ...everywhere,
      ...take(networkOptions, p.network.create!),
    }));
    const { vpcId, subnetIds, securityGroupIds } = this.network;
    // The location's role is made for the bucket, and the bucket's policy may name it.
    const locationRole = later(() => lookup(this.accessGrants.locationRoleArns, "data"));
    this.bucket = givenOrPart(p.existingBucket, this, "data", DataBucket, () => ({
      ...everywhere,
      bucketName: either(p.bucketName, `${p.name}-data-${here(this).firstAccountId}`),
      kmsKey: p.dataKey,
      expireNoncurrentVersions: p.expireNoncurrentVersions,
      deleteObjectsWithBucket: p.deleteObjectsWithBucket,
      accessLogs: p.accessLogs,
      policyDocuments: p.policyDocuments,
      objectsOnlyFor: alsoFor(p.objectsOnlyFor, { location: locationRole }),
      dataset: p.dataset,
    }));
    this.domain = part(this, "studio", StudioDomain, {
      ...everywhere,
      ...take(studioOptions, p),
      network: { vpcId, subnetIds, securityGroupIds },
      profiles: map(p.personas, (persona) => take(profile.fields, persona)),
      accessGrantsInstance: p.existingInstance,
      after: { data: this.bucket.protectedBucketName ?? this.bucket.bucketName },
    });
    this.accessGrants = part(this, "access", AccessGrants, {
      ...everywhere,
      existingInstance: p.existingInstance,
      identityCenter: p.identityCenter,
      ...dataLocation(this, this.bucket.bucketName, p),
      personas: grantees(p, this.domain.roleArns),
      openedPrefixes: p.openedPrefixes,
      // Destroyed last: a grant that somebody else made stops a destroy at the location or the instance, before anyone's work is gone.
      after: merge({ domain: this.domain.domainArn }, this.domain.profileArns, this.domain.spaceArns),
    });
  }
}
