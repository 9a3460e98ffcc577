import { randomInt, randomUUID } from "node:crypto";
import type {
  AssetFilterConfiguration,
  AssetScope,
  DataProductItem,
  FormOutput,
  FormEntryOutput,
  GetSubscriptionGrantOutput,
  GlossaryUsageRestriction,
  MetadataFormSummary,
  Model,
  PolicyGrantDetail,
  PolicyGrantPrincipal,
  ResourceTag,
  SingleSignOn,
  SubscribedListing,
  SubscribedPrincipal,
  SubscriptionRequestStatus,
  SubscriptionStatus,
  TermRelations,
  UserProfileDetails,
  UserProfileStatus,
} from "@aws-sdk/client-datazone";

/** Everything of one domain. It lives in memory as long as the sandbox does. */
export interface Domain {
  readonly id: string;
  readonly arn: string;
  readonly rootDomainUnitId: string;
  readonly createdAt: Date;
  /** The principal that made the domain: with the account's administrator, its owner. */
  readonly owner: string;
  readonly domainVersion: "V1" | "V2";
  readonly kmsKeyIdentifier?: string | undefined;
  readonly portalUrl: string;
  name: string;
  description?: string | undefined;
  domainExecutionRole: string;
  serviceRole?: string | undefined;
  singleSignOn: SingleSignOn;
  lastUpdatedAt: Date;
  tags: Record<string, string>;
  readonly profiles: Map<string, UserProfile>;
  readonly projects: Map<string, Project>;
  readonly designations: Map<string, Designation>;
  /** Profiles that own its root domain unit too. */
  readonly owners: Set<string>;
  readonly policyGrants: Map<string, PolicyGrant>;
  readonly glossaries: Map<string, Glossary>;
  readonly terms: Map<string, GlossaryTerm>;
  readonly formTypes: Map<string, FormType>;
  readonly assetTypes: Map<string, AssetType>;
  readonly assets: Map<string, Asset>;
  readonly products: Map<string, DataProduct>;
  readonly listings: Map<string, Listing>;
  readonly requests: Map<string, SubscriptionRequest>;
  readonly subscriptions: Map<string, Subscription>;
  readonly grants: Map<string, SubscriptionGrant>;
}

export interface UserProfile {
  readonly domainId: string;
  readonly id: string;
  readonly type: "IAM" | "SSO";
  readonly details: UserProfileDetails;
  status: UserProfileStatus;
}

export interface Membership {
  /** The user profile's id, or the group's as it was given. */
  readonly member: string;
  readonly kind: "user" | "group";
  readonly designation: string;
  readonly userCreatedDesignationId?: string | undefined;
}

/** A designation of the domain's own; the SDK that lends the other types does not know it yet. */
export interface Designation {
  readonly domainId: string;
  readonly id: string;
  readonly name: string;
  readonly description?: string | undefined;
  readonly designationType: "USER_CREATED";
  /** In Cedar; kept, not evaluated. */
  readonly policy: string;
  readonly deletionProtection: boolean;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly lastUpdatedAt: Date;
}

export interface PolicyGrant {
  readonly grantId: string;
  readonly entityType: string;
  readonly entityIdentifier: string;
  readonly policyType: string;
  readonly principal: PolicyGrantPrincipal;
  readonly detail: PolicyGrantDetail;
  readonly createdAt: Date;
  readonly createdBy: string;
}

export interface Project {
  readonly domainId: string;
  readonly id: string;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly projectStatus: "ACTIVE";
  readonly projectProfileId?: string | undefined;
  readonly projectCategory?: string | undefined;
  name: string;
  description?: string | undefined;
  glossaryTerms?: string[] | undefined;
  domainUnitId: string;
  resourceTags?: ResourceTag[] | undefined;
  lastUpdatedAt: Date;
  /** By member. */
  readonly memberships: Map<string, Membership>;
}

interface Made {
  readonly domainId: string;
  readonly createdAt: Date;
  readonly createdBy: string;
}

export interface Glossary extends Made {
  readonly id: string;
  readonly name: string;
  readonly owningProjectId: string;
  readonly description?: string | undefined;
  readonly status: "ENABLED" | "DISABLED";
  readonly usageRestrictions?: GlossaryUsageRestriction[] | undefined;
}

export interface GlossaryTerm extends Made {
  readonly id: string;
  readonly glossaryId: string;
  readonly name: string;
  readonly status: "ENABLED" | "DISABLED";
  readonly shortDescription?: string | undefined;
  readonly longDescription?: string | undefined;
  readonly termRelations?: TermRelations | undefined;
  readonly usageRestrictions?: GlossaryUsageRestriction[] | undefined;
}

interface TypeDefinition extends Made {
  readonly name: string;
  readonly revision: string;
  readonly description?: string | undefined;
  readonly owningProjectId: string;
  readonly originDomainId: string;
  readonly originProjectId: string;
}

export interface FormType extends TypeDefinition {
  readonly model: Model;
  readonly status: "ENABLED" | "DISABLED";
}

export interface AssetType extends TypeDefinition {
  readonly formsOutput: Record<string, FormEntryOutput>;
}

export interface Revision {
  readonly revision: string;
  readonly createdAt: Date;
  readonly createdBy: string;
  readonly name: string;
  readonly description?: string | undefined;
  readonly glossaryTerms?: string[] | undefined;
  readonly formsOutput: FormOutput[];
}

interface Revised<R extends Revision> {
  readonly domainId: string;
  readonly id: string;
  owningProjectId: string;
  /** The oldest first; never empty. */
  readonly revisions: R[];
}

export interface AssetRevision extends Revision {
  readonly typeRevision: string;
  readonly readOnlyFormsOutput: FormOutput[];
}

export interface Asset extends Revised<AssetRevision> {
  readonly typeIdentifier: string;
  readonly externalIdentifier?: string | undefined;
  governedGlossaryTerms: string[];
  readonly filters: Map<string, AssetFilter>;
  /** The metadata forms of its columns, by the column's identifier. */
  readonly attributes: Map<string, FormOutput[]>;
  ownershipTransfer?: OwnershipTransfer | undefined;
}

/** An asset on its way to another project; the SDK that lends the other types does not know it yet. */
export interface OwnershipTransfer {
  readonly sourceProjectId: string;
  readonly targetProjectId: string;
  readonly startedAt: Date;
  readonly updatedAt: Date;
  readonly status: "IN_PROGRESS" | "SUCCEEDED" | "FAILED";
}

export interface AssetFilter {
  readonly id: string;
  readonly domainId: string;
  readonly assetId: string;
  readonly name: string;
  readonly description?: string | undefined;
  readonly status: "VALID";
  readonly configuration: AssetFilterConfiguration;
  readonly createdAt: Date;
  readonly effectiveColumnNames?: string[] | undefined;
}

export interface ProductRevision extends Revision {
  readonly items: DataProductItem[];
}

export type DataProduct = Revised<ProductRevision>;

export interface Listing {
  readonly domainId: string;
  readonly id: string;
  readonly entityType: "ASSET" | "DATA_PRODUCT";
  readonly entityId: string;
  owningProjectId: string;
  status: "ACTIVE" | "INACTIVE";
  /** The oldest first; never empty. */
  readonly revisions: ListingRevision[];
}

export interface ListingRevision {
  readonly listingRevision: string;
  readonly entityRevision: string;
  readonly createdAt: Date;
  readonly createdBy: string;
  /** Of a data product: its assets as they were listed when it was published. */
  readonly items?: readonly ListedItem[];
  /** Of an asset: the metadata forms of its columns when it was published. */
  readonly attributes?: ReadonlyMap<string, FormOutput[]>;
}

export interface ListedItem {
  readonly listingId: string;
  readonly listingRevision: string;
  readonly assetId: string;
  readonly assetRevision: string;
  readonly glossaryTerms?: string[] | undefined;
}

export interface SubscriptionRequest {
  readonly id: string;
  readonly domainId: string;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly requestReason: string;
  readonly subscribedPrincipals: [SubscribedPrincipal];
  readonly metadataForms?: FormOutput[] | undefined;
  readonly metadataFormsSummary?: MetadataFormSummary[] | undefined;
  readonly existingSubscriptionId?: string | undefined;
  subscribedListings: [SubscribedListing];
  status: SubscriptionRequestStatus;
  updatedAt: Date;
  updatedBy?: string | undefined;
  reviewerId?: string | undefined;
  decisionComment?: string | undefined;
}

export interface Subscription {
  readonly id: string;
  readonly domainId: string;
  readonly createdBy: string;
  readonly createdAt: Date;
  readonly subscribedPrincipal: SubscribedPrincipal;
  subscribedListing: SubscribedListing;
  readonly subscriptionRequestId: string;
  readonly assetScopes: AssetScope[];
  status: SubscriptionStatus;
  retainPermissions?: boolean | undefined;
  updatedAt: Date;
  updatedBy?: string | undefined;
}

export type SubscriptionGrant = GetSubscriptionGrantOutput & { readonly owner: SubscribedPrincipal };

/** The last revision of what has revisions. */
export function latest<R>({ revisions }: { readonly revisions: readonly R[] }): R {
  const last = revisions.at(-1);
  if (last === undefined) throw new Error("A store entry without a revision.");
  return last;
}

const ALPHABET = "abcdefghijklmnopqrstuvwxyz0123456789";

/** An id as the service makes them: fourteen lower-case letters and digits. */
export const newId = (): string => Array.from({ length: 14 }, () => ALPHABET[randomInt(ALPHABET.length)]).join("");
export const newGrantId = (): string => newId().slice(0, 10);
export const newDomainId = (): string => `dzd_${newId()}`;
export const newProfileId = (): string => randomUUID();
