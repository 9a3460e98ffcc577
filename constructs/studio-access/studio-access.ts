import { Construct } from "constructs";
import {
  accountId,
  asMap,
  type Attributes,
  entry,
  existing,
  givenOrPart,
  inputs,
  mapped,
  type Named,
  namedInputs,
  orElse,
  part,
  resolveProps,
  type Rule,
  text,
} from "../hosting";
import { AccessGrants } from "../access-grants/access-grants";
import { BUCKET_NAME, DataBucket, type Dataset, daysInput } from "../data-bucket/data-bucket";
import { datasetInput } from "../data-bucket/dataset-loader";
import { type GrantInLocation, grantsInLocationInput } from "../persona-grants/grant";
import {
  placeFields,
  type Profile,
  profilesRules,
  spaceInput,
  type StudioOptions,
  studioOptionInputs,
  type StudioPlace,
} from "../studio-domain/props";
import { StudioDomain } from "../studio-domain/studio-domain";
import { networkFields, type NetworkOptions } from "../studio-network/props";
import { StudioNetwork } from "../studio-network/studio-network";

/** Someone who works in Studio, and what of the bucket they may use. */
export interface StudioPersona extends Profile {
  /** What they may do, keyed by a name that stays, e.g. `Product`. */
  readonly grants: Readonly<Record<string, GrantInLocation>>;
}

export interface StudioAccessProps extends Named, StudioOptions {
  /** The network: exactly one of one that exists, and one to make. */
  readonly network: { readonly existing?: StudioPlace; readonly create?: NetworkOptions };
  /**
   * Name of the data bucket, unique in all of AWS.
   * @default - `<name>-data-<account>`
   */
  readonly bucketName?: string;
  /**
   * Customer-managed key of the data bucket.
   * @default - a key that S3 manages (SSE-S3)
   */
  readonly dataKey?: { readonly arn: string };
  /**
   * Deletes versions of data so many days after they were replaced or deleted.
   * @default - never
   */
  readonly expireNoncurrentVersions?: { readonly days: number };
  /**
   * A data set to load into prefixes of the bucket at deployment.
   * @default - none
   */
  readonly dataset?: Dataset;
  /**
   * The S3 Access Grants instance of this account and Region, where there is one already.
   * @default - an instance made here
   */
  readonly existingInstance?: { readonly arn: string };
  /** Who works in Studio and what of the bucket they may use, by the name of their user profile, e.g. `userA`. */
  readonly personas: Readonly<Record<string, StudioPersona>>;
  /**
   * What to do where someone's broader grant opens a prefix that was granted by name to someone else alone.
   * @default "warn"
   */
  readonly openedPrefixes?: "warn" | "refuse";
}

const exactlyOne: Rule<StudioAccessProps["network"]> = {
  says: "must have exactly one of existing and create",
  holds: ({ existing, create }) => (existing === undefined) !== (create === undefined),
  condition: (value) => `(${value}.existing == null) != (${value}.create == null)`,
};

export const studioAccessInputs = inputs<Omit<StudioAccessProps, "openedPrefixes">>()({
  ...namedInputs,
  ...studioOptionInputs,
  network: {
    kind: "object",
    rules: [exactlyOne],
    fields: {
      existing: { kind: "object", optional: true, fields: placeFields },
      create: { kind: "object", optional: true, fields: networkFields },
    },
  },
  bucketName: { kind: "string", optional: true, rules: [BUCKET_NAME] },
  dataKey: existing,
  expireNoncurrentVersions: daysInput,
  dataset: datasetInput,
  existingInstance: existing,
  personas: {
    kind: "map",
    rules: [...profilesRules],
    of: {
      kind: "object",
      fields: {
        role: existing,
        singleSignOn: { kind: "object", optional: true, fields: { userName: text } },
        space: spaceInput,
        grants: grantsInLocationInput,
      },
    },
  },
});

/** SageMaker Studio on one bucket, where each person's access is a matter of grants alone. */
export class StudioAccess extends Construct {
  static readonly module = "studio-access";
  /** The network that is given, or the one made here. */
  readonly network: Partial<Attributes<StudioNetwork>> & StudioPlace;
  /** The data bucket. */
  readonly bucket: Attributes<DataBucket>;
  /** The Studio domain. */
  readonly domain: Attributes<StudioDomain>;
  /** The grants, and the one location, `data`. */
  readonly accessGrants: Attributes<AccessGrants>;

  static authored(part: string, problem: string): string {
    if (part === "network") return `network.create.${problem}`;
    return part === "studio"
      ? problem.replace(/^profiles\b/, "personas").replace(/^network\b/, "network.existing")
      : problem;
  }

  constructor(scope: Construct, id: string, { openedPrefixes, ...props }: StudioAccessProps) {
    super(scope, id);
    const p = resolveProps(this, studioAccessInputs, props);
    const { name, tags, rolePath, permissionsBoundary } = p;
    const everywhere = { name, tags, rolePath, permissionsBoundary };
    const made = p.network.create!;
    this.network = givenOrPart(p.network.existing, this, "network", StudioNetwork, () => ({
      ...everywhere,
      vpcCidr: made.vpcCidr,
      privateSubnets: made.privateSubnets,
      publicSubnets: made.publicSubnets,
      natGateways: made.natGateways,
      interfaceEndpoints: made.interfaceEndpoints,
      publicBuckets: made.publicBuckets,
      flowLogs: made.flowLogs,
    }));
    const { vpcId, subnetIds, securityGroupIds } = this.network;
    this.bucket = part(this, "data", DataBucket, {
      ...everywhere,
      bucketName: orElse(p.bucketName, `${name}-data-${accountId(this)}`),
      kmsKey: p.dataKey,
      expireNoncurrentVersions: p.expireNoncurrentVersions,
      deleteObjectsWithBucket: p.deleteObjectsWithBucket,
      dataset: p.dataset,
    });
    this.domain = part(this, "studio", StudioDomain, {
      ...everywhere,
      domainName: p.domainName,
      authMode: p.authMode,
      studioKey: p.studioKey,
      homeFileSystem: p.homeFileSystem,
      rolePrefix: p.rolePrefix,
      maxSessionDuration: p.maxSessionDuration,
      scratchDays: p.scratchDays,
      deleteObjectsWithBucket: p.deleteObjectsWithBucket,
      network: { vpcId, subnetIds, securityGroupIds },
      profiles: mapped(p.personas, ({ role, singleSignOn, space }) => ({ role, singleSignOn, space })),
      accessGrantsInstance: p.existingInstance,
    });
    this.accessGrants = part(this, "access", AccessGrants, {
      ...everywhere,
      existingInstance: p.existingInstance,
      locations: {
        data: {
          scope: `s3://${this.bucket.bucketName}`,
          kmsKeys: asMap("data", p.dataKey),
          maxSessionDuration: p.maxSessionDuration,
        },
      },
      personas: mapped(p.personas, ({ grants }, profile) => ({
        grantee: { type: "IAM" as const, id: entry(this.domain.roleArns, profile) },
        grants: mapped(grants, ({ subPrefix, permission, prefixType, matchesSiblings }) => ({
          location: "data",
          subPrefix,
          permission,
          prefixType,
          matchesSiblings,
        })),
      })),
      openedPrefixes,
    });
  }
}
