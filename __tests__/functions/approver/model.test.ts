import * as model from "@aws-sdk/client-datazone";
import type { DecisionRecord } from "../../../functions/approver/record";
import { PUBLISHER, listing, request, world } from "./fake";

/** A shape of the SDK: [kind, namespace, name, traits, members, their shapes] of a structure or union, [1, …, of] of a list. */
type Shape = readonly [kind: number, namespace: string, name: string, traits: unknown, ...rest: unknown[]];

/** Every member that a response can have, "subscribedListings.item.assetListing.forms": what is no structure, in full. */
function membersOf(reference: unknown, path = ""): string[] {
  const named = Array.isArray(reference) && typeof reference[0] === "function" ? reference[0] : reference;
  const shape = (typeof named === "function" ? named() : named) as Shape | number;
  if (typeof shape === "number") return [path];
  if (shape[0] === 1) return membersOf(shape[4], path);
  if (shape[0] !== 3 && shape[0] !== 4) return [path];
  const [names, shapes] = shape.slice(4) as [string[], unknown[]];
  return names.flatMap((name, index) => membersOf(shapes[index], path ? `${path}.${name}` : name));
}

type Tree = { [key: string]: unknown };

/** A copy in which a member is another; every element of a list on the way gets it. */
function put(tree: unknown, path: readonly string[], value: unknown): unknown {
  if (Array.isArray(tree)) return tree.map((item) => put(item, path, value));
  const [first, ...rest] = path;
  return first === undefined
    ? value
    : { ...(tree as Tree), [first]: put((tree as Tree | undefined)?.[first] ?? {}, rest, value) };
}

const COLUMNS = { columnsBusinessMetadata: [{ glossaryTerms: ["a1b2c3d4e5f6g7"] }] };
const FORMS = JSON.stringify({ A: { b: "x" }, ColumnBusinessMetadataForm: COLUMNS });

/** Responses for an asset, as they are before anything is changed: the request is approved. */
const ASSET: Readonly<Record<string, Tree>> = {
  request: put(
    {
      ...request(),
      metadataForms: [{ formName: "Purpose", typeName: "P", typeRevision: "1", content: '{"why":"report"}' }],
    },
    ["subscribedListings", "item", "assetListing", "forms"],
    FORMS,
  ) as Tree,
  listing: listing({ forms: FORMS, governedGlossaryTerms: [{ name: "Governed" }] }),
  project: {
    name: "a project",
    domainUnitId: "unit1",
    projectProfileId: "profile1",
    projectCategory: "ADMIN",
    resourceTags: [{ key: "stage", value: "dev", source: "PROJECT" }],
  },
  user: { id: "user1", type: "SSO", details: { sso: { username: "maria" } } },
  term: { name: "Column" },
};

const product = {
  entityId: "product1",
  name: "360",
  glossaryTerms: [{ name: "Public" }],
  assetListings: [{ entityId: "asset1", entityRevision: "1", entityType: "GlueTable" }],
};
const PRODUCT: typeof ASSET = {
  ...ASSET,
  request: put(ASSET["request"], ["subscribedListings", "item"], { productListing: product }) as Tree,
  listing: listing(
    {},
    {
      name: "360",
      item: {
        dataProductListing: {
          dataProductId: "product1",
          owningProjectId: PUBLISHER,
          glossaryTerms: [{ name: "Public" }],
          items: [{ listingId: "listing2", listingRevision: "1" }],
        },
      },
    },
  ),
};

const as = (principal: object): typeof ASSET => ({
  ...ASSET,
  request: { ...ASSET["request"], subscribedPrincipals: [principal] },
});
const USER = as({ user: { id: "u1", details: { sso: { username: "maria" } } } });
const IAM_USER = as({ user: { id: "u1", details: { iam: { arn: "arn:aws:iam::1:role/r" } } } });
const GROUP = as({ group: { id: "g1", name: "team" } });
const PRINCIPAL = as({ iam: { principalArn: "arn:aws:iam::1:role/r" } });
const IAM_REQUESTER = { ...ASSET, user: { type: "IAM", details: { iam: { arn: "arn:aws:iam::1:role/r" } } } };
const UNNAMED = as({ project: { id: "subscriber1" } });
const DECIDED = {
  ...ASSET,
  request: { ...ASSET["request"], status: "ACCEPTED", decisionComment: "[sales 0123456789ab] same" },
};
const S3 = put(ASSET["request"], ["subscribedListings", "item", "assetListing", "permissions"], {
  s3: ["READ"],
}) as Tree;
const scope = { assetId: "asset1", filterIds: ["f1"], status: "ACTIVE" };
const FILTERED: typeof ASSET = {
  ...ASSET,
  request: put(ASSET["request"], ["subscribedListings", "item", "assetListing", "assetScope"], scope) as Tree,
};

/** Looks at everything that policies can look at. */
const POLICIES = {
  same: `@id("same") permit (principal, action, resource) when {
    (if principal is DataZone::Project then
       (principal.name == "dev-analytics" || principal.name == "a project") &&
       principal.details == { profile: "profile1", category: "ADMIN", domainUnit: "unit1", tags: ["stage=dev"] }
     else if principal is DataZone::IamPrincipal then principal.arn == "arn:aws:iam::1:role/r"
     else if principal is DataZone::User then principal.name == "maria" || principal.name == "arn:aws:iam::1:role/r"
     else principal is DataZone::Group && principal.name == "team") &&
    context.publisher.name == "Sales team" && context.publisher.details.tags.contains("stage=dev") &&
    context.requester.id == "user1" &&
    (context.requester.details == { kind: "SSO", name: "maria" } ||
     context.requester.details == { kind: "IAM", name: "arn:aws:iam::1:role/r" }) &&
    resource.name == "Sales" && resource.type == "GlueTable" && resource.terms == ["Public"] &&
    resource.columnTerms == ["Column"] && resource.governed == ["Governed"] &&
    resource.hasTag("A.b") && resource.getTag("A.b") == "x" &&
    ["READ"].containsAll(context.permissions) && ["f1", "f2"].containsAll(context.requestedFilters) &&
    !context.alreadySubscribed &&
    (if context has product then context.product == { id: "product1", name: "360", terms: ["Public"] } else true) &&
    context.request.hasTag("Purpose.why") && context.request.getTag("Purpose.why") == "report" };`,
};

const { aws, invoke } = world(POLICIES);

async function decide(given: typeof ASSET): Promise<DecisionRecord> {
  const part = listing({ forms: FORMS, governedGlossaryTerms: [{ name: "Governed" }] }, { id: "listing2" });
  aws
    .on("GetSubscriptionRequestDetails", () => given["request"])
    .on("GetListing", ({ identifier }) => (identifier === "listing2" ? part : given["listing"]))
    .on("GetProject", () => given["project"])
    .on("GetUserProfile", () => given["user"])
    .on("GetGlossaryTerm", () => given["term"]);
  // The pace's clock goes on from one invocation to the next.
  return invoke({ operation: "decide", subscriptionRequestId: "request1", dryRun: true }, 3_600_000);
}

/** Members that a decision or its record depend on: what they become, and in which responses. */
const USED: Readonly<Record<string, readonly [to: unknown, given?: typeof ASSET]>> = {
  "request.id": [undefined],
  "request.createdBy": ["user2"],
  "request.status": ["REJECTED"],
  "request.createdAt": [new Date(0)],
  "request.subscribedPrincipals.project.id": ["subscriber2"],
  "request.subscribedPrincipals.project.name": ["other"],
  "request.subscribedPrincipals.user.id": ["u2", USER],
  "request.subscribedPrincipals.user.details.iam.arn": ["arn:aws:iam::1:role/other", IAM_USER],
  "request.subscribedPrincipals.user.details.sso.username": ["eve", USER],
  "request.subscribedPrincipals.group.id": ["g2", GROUP],
  "request.subscribedPrincipals.group.name": ["others", GROUP],
  "request.subscribedPrincipals.iam.principalArn": ["arn:aws:iam::1:role/other", PRINCIPAL],
  "request.subscribedListings.id": ["listing2"],
  "request.subscribedListings.revision": ["4"],
  "request.subscribedListings.name": ["Other"],
  "request.subscribedListings.ownerProjectId": ["publisher2"],
  "request.subscribedListings.ownerProjectName": ["Others"],
  "request.subscribedListings.item.assetListing.entityId": ["asset2"],
  "request.subscribedListings.item.assetListing.entityType": ["GlueView"],
  "request.subscribedListings.item.assetListing.forms": ["{}"],
  "request.subscribedListings.item.assetListing.glossaryTerms.name": ["PII"],
  "request.subscribedListings.item.assetListing.assetScope.assetId": ["asset2", FILTERED],
  "request.subscribedListings.item.assetListing.assetScope.filterIds": [["f2"], FILTERED],
  "request.subscribedListings.item.assetListing.assetScope.errorMessage": ["gone", FILTERED],
  "request.subscribedListings.item.assetListing.permissions.s3": [["WRITE"], { ...ASSET, request: S3 }],
  "request.subscribedListings.item.productListing.entityId": ["product2", PRODUCT],
  "request.subscribedListings.item.productListing.glossaryTerms.name": ["PII", PRODUCT],
  "request.subscribedListings.item.productListing.name": ["Other", PRODUCT],
  "request.subscribedListings.item.productListing.assetListings.entityId": ["asset2", PRODUCT],
  "request.subscribedListings.item.productListing.assetListings.entityType": ["GlueView", PRODUCT],
  "request.reviewerId": ["user9", DECIDED],
  "request.decisionComment": ["by hand", DECIDED],
  "request.existingSubscriptionId": ["subscription1"],
  "request.metadataForms.formName": ["Other"],
  "request.metadataForms.content": ["{}"],
  "listing.id": ["other"],
  "listing.listingRevision": ["8"],
  "listing.name": ["Other"],
  "listing.status": ["INACTIVE"],
  "listing.item.assetListing.assetId": ["asset2"],
  "listing.item.assetListing.assetType": ["GlueView"],
  "listing.item.assetListing.forms": ["{}"],
  "listing.item.assetListing.glossaryTerms.name": ["PII"],
  "listing.item.assetListing.governedGlossaryTerms.name": ["PII"],
  "listing.item.assetListing.owningProjectId": ["publisher2"],
  "listing.item.dataProductListing.dataProductId": ["product2", PRODUCT],
  "listing.item.dataProductListing.glossaryTerms.name": ["PII", PRODUCT],
  "listing.item.dataProductListing.owningProjectId": ["publisher2", PRODUCT],
  "listing.item.dataProductListing.items.listingId": ["listing1", PRODUCT],
  "project.name": ["other", UNNAMED],
  "project.resourceTags.key": ["other"],
  "project.resourceTags.value": ["prod"],
  "project.domainUnitId": ["unit2"],
  "project.projectProfileId": ["profile2"],
  "project.projectCategory": ["OTHER"],
  "user.type": ["IAM"],
  "user.details.iam.arn": ["arn:aws:iam::1:role/other", IAM_REQUESTER],
  "user.details.sso.username": ["eve"],
  "term.name": ["PII"],
};

const CHANGES = "says when and by whom something was changed, not what it is";
const REVISION = "revisions are not compared: most change nothing that a policy refers to";
const WORDS = "free text";

/** Members that nothing depends on, and why; a whole subtree by its root. */
const IGNORED: Readonly<Record<string, string>> = {
  "request.updatedBy": CHANGES,
  "request.updatedAt": CHANGES,
  "request.domainId": "it is the domain that was asked",
  "request.requestReason": "nobody is approved for how they put it, and it is not to be logged",
  "request.subscribedPrincipals.user.details.iam.principalId": "the ARN says who it is",
  "request.subscribedPrincipals.user.details.iam.sessionName": "whoever assumes the role chooses it",
  "request.subscribedPrincipals.user.details.iam.groupProfileId": "policies know users by name, not their groups",
  "request.subscribedPrincipals.user.details.sso.firstName": "the user name says who it is",
  "request.subscribedPrincipals.user.details.sso.lastName": "the user name says who it is",
  "request.subscribedListings.description": WORDS,
  "request.subscribedListings.item.assetListing.entityRevision": REVISION,
  "request.subscribedListings.item.assetListing.glossaryTerms.shortDescription": WORDS,
  "request.subscribedListings.item.assetListing.assetScope.status": "no values are documented; an error has a message",
  "request.subscribedListings.item.productListing.entityRevision": REVISION,
  "request.subscribedListings.item.productListing.glossaryTerms.shortDescription": WORDS,
  "request.subscribedListings.item.productListing.description": WORDS,
  "request.subscribedListings.item.productListing.assetListings.entityRevision": REVISION,
  "request.metadataForms.typeName": "policies know a form by its name",
  "request.metadataForms.typeRevision": REVISION,
  "listing.domainId": "it is the domain that was asked",
  "listing.createdAt": CHANGES,
  "listing.updatedAt": CHANGES,
  "listing.createdBy": CHANGES,
  "listing.updatedBy": CHANGES,
  "listing.description": WORDS,
  "listing.item.assetListing.assetRevision": REVISION,
  "listing.item.assetListing.createdAt": CHANGES,
  "listing.item.assetListing.latestTimeSeriesDataPointForms": "measurements of the data, which move by themselves",
  "listing.item.assetListing.glossaryTerms.shortDescription": WORDS,
  "listing.item.assetListing.governedGlossaryTerms.shortDescription": WORDS,
  "listing.item.dataProductListing.dataProductRevision": REVISION,
  "listing.item.dataProductListing.createdAt": CHANGES,
  "listing.item.dataProductListing.forms": "policies refer to the forms of assets; a request has none of a product",
  "listing.item.dataProductListing.glossaryTerms.shortDescription": WORDS,
  "listing.item.dataProductListing.items.listingRevision": REVISION,
  "listing.item.dataProductListing.items.glossaryTerms": "the asset's own listing has them as they are now",
  "project.domainId": "it is the domain that was asked",
  "project.id": "it is the project that was asked for",
  "project.description": WORDS,
  "project.projectStatus": "a project that goes takes its subscriptions with it",
  "project.failureReasons": "they are about its deletion",
  "project.createdBy": CHANGES,
  "project.createdAt": CHANGES,
  "project.lastUpdatedAt": CHANGES,
  "project.resourceTags.source":
    "docs/policies.md says which tags can be relied on: those that the project profile sets",
  "project.glossaryTerms": "they are ids, and whoever owns the project chooses them",
  "project.userParameters": "they are about its environments",
  "project.environmentDeploymentDetails": "they are about its environments",
  "user.domainId": "it is the domain that was asked",
  "user.id": "it is the user that was asked for",
  "user.status": "the request is the subscriber's, and stays when its maker goes",
  "user.details.iam.principalId": "the ARN says who it is",
  "user.details.iam.sessionName": "whoever assumes the role chooses it",
  "user.details.iam.groupProfileId": "policies know users by name, not their groups",
  "user.details.sso.firstName": "the user name says who it is",
  "user.details.sso.lastName": "the user name says who it is",
  "term.domainId": "it is the domain that was asked",
  "term.glossaryId": "policies know terms by name",
  "term.id": "it is the term that was asked for",
  "term.shortDescription": WORDS,
  "term.longDescription": WORDS,
  "term.termRelations": "a relation does not put a term on an asset",
  "term.status": "a term that is disabled and still on a column says what it said",
  "term.createdAt": CHANGES,
  "term.createdBy": CHANGES,
  "term.updatedAt": CHANGES,
  "term.updatedBy": CHANGES,
  "term.usageRestrictions": "they say who may put it on an asset, not what it says",
};

/** What the approver reads to decide. */
const RESPONSES: Readonly<Record<string, unknown>> = {
  request: model.GetSubscriptionRequestDetailsOutput$,
  listing: model.GetListingOutput$,
  project: model.GetProjectOutput$,
  user: model.GetUserProfileOutput$,
  term: model.GetGlossaryTermOutput$,
};

const change = (path: string, to: unknown, given: typeof ASSET): typeof ASSET => {
  const [response = "", ...rest] = path.split(".");
  return { ...given, [response]: put(given[response], rest, to) as Tree };
};

it("every member of what is read is used, or ignored with the reason", () => {
  const members = Object.entries(RESPONSES).flatMap(([name, shape]) => membersOf(shape, name));
  expect(members.length).toBeGreaterThan(100);
  const ignored = (path: string) => Object.keys(IGNORED).some((root) => path === root || path.startsWith(`${root}.`));
  expect(members.filter((path) => path in USED === ignored(path))).toEqual([]);
  const known = [...Object.keys(USED), ...Object.keys(IGNORED)];
  expect(known.filter((path) => !members.some((member) => member === path || member.startsWith(`${path}.`)))).toEqual(
    [],
  );
});

it.each([ASSET, PRODUCT, USER, GROUP, PRINCIPAL, UNNAMED])(
  "without a change the request is approved",
  async (given) => {
    expect(await decide(given)).toMatchObject({ outcome: "approved", policies: ["same"], why: [] });
  },
);

it.each(Object.entries(USED))("%s is used", async (path, [to, given = ASSET]) => {
  expect(await decide(change(path, to, given))).not.toEqual(await decide(given));
});

it.each(Object.entries(IGNORED))("%s is ignored: %s", async (path) => {
  for (const given of [ASSET, PRODUCT, USER, FILTERED]) {
    const [response = "", ...rest] = path.split(".");
    const parent = rest.slice(0, -1).reduce<unknown>((tree, key) => first(tree)?.[key], given[response]);
    if (first(parent) === undefined) continue;
    expect(await decide(change(path, "other", given))).toEqual(await decide(given));
  }
});

const first = (tree: unknown): Tree | undefined => (Array.isArray(tree) ? tree[0] : tree) as Tree | undefined;
