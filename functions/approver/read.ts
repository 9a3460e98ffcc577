import type {
  GetProjectCommandOutput,
  Permissions,
  SubscribedListing,
  SubscribedPrincipal,
} from "@aws-sdk/client-datazone";
import type { Domain, RequestDetails } from "./datazone";
import { describeError, isNamed, isPermanent } from "./errors";
import {
  type Asset,
  type Fact,
  type Facts,
  type Fields,
  NOT_READ,
  type Project,
  type ProjectDetails,
  type Subscriber,
  type Unreadable,
  known,
  unknown,
} from "./facts";
import { columnTermsOf, everyForm, fieldsOf, formsOfListing } from "./forms";
import type { References } from "./policies/references";

/**
 * Reads what the policies refer to about a request, and nothing else. What cannot be read for a reason that does not pass
 * (denied, not found) becomes an unknown fact; what may pass (throttling, a server error) throws, so that the request is
 * tried again.
 */
export async function readFacts(
  details: RequestDetails,
  references: References,
  domain: Domain,
): Promise<Facts | Unreadable> {
  const [listing, ...otherListings] = details.subscribedListings ?? [];
  const [principal, ...otherPrincipals] = details.subscribedPrincipals ?? [];
  if (otherListings.length > 0 || otherPrincipals.length > 0) {
    return {
      unreadable: "the request is for more than one listing or subscriber, and would be accepted for all of them",
    };
  }
  if (!details.id || !listing?.id || !listing.ownerProjectId || !principal) {
    return { unreadable: "the request has no listing, publishing project or subscriber" };
  }
  const [subscriber, publisher, assets, answers] = await Promise.all([
    readSubscriber(principal, references, domain),
    readProject("publisher", listing.ownerProjectId, listing.ownerProjectName, references, domain),
    readAssets(listing, references, domain),
    flatMap(everyForm(details.metadataForms ?? []), fieldsOf),
  ]);
  if ("unreadable" in subscriber) return subscriber;
  if ("unreadable" in assets) return assets;
  const product = listing.item?.productListing;
  if (product && !product.entityId) return { unreadable: "the data product has no id" };
  return {
    requestId: details.id,
    subscriber,
    publisher,
    assets,
    product: product && {
      id: product.entityId!,
      name: ifPresent(product.name ?? listing.name, "the data product has no name"),
      terms: namesOf(product.glossaryTerms),
    },
    alreadySubscribed: details.existingSubscriptionId !== undefined,
    answers,
  };
}

async function readSubscriber(
  principal: SubscribedPrincipal,
  references: References,
  domain: Domain,
): Promise<Subscriber | Unreadable> {
  const { project, user, group, iam } = principal;
  const given = (name: string | undefined): Fact<string> =>
    name === undefined ? unknown("the request does not name the subscriber") : known(name);
  if (project?.id) {
    return { type: "Project", ...(await readProject("principal", project.id, project.name, references, domain)) };
  }
  if (user?.id) {
    return {
      type: "User",
      id: user.id,
      name: given(user.details?.sso?.username ?? user.details?.iam?.arn),
      details: NOT_READ,
    };
  }
  if (group?.id) return { type: "Group", id: group.id, name: given(group.name), details: NOT_READ };
  if (iam?.principalArn) {
    return { type: "IamPrincipal", id: iam.principalArn, name: known(iam.principalArn), details: NOT_READ };
  }
  return { unreadable: "the subscriber is of a kind that this version does not know" };
}

async function readProject(
  owner: "principal" | "publisher",
  id: string,
  name: string | undefined,
  references: References,
  domain: Domain,
): Promise<Project> {
  const nameMissing = name === undefined && references.has(owner, "name");
  const read =
    nameMissing || references.has(owner, "details") ? await attempt("GetProject", () => domain.project(id)) : NOT_READ;
  return {
    id,
    name:
      name === undefined ? flatMap(read, (project) => ifPresent(project.name, "the project has no name")) : known(name),
    details: map(read, detailsOf),
  };
}

const detailsOf = (project: GetProjectCommandOutput): ProjectDetails => ({
  profile: project.projectProfileId,
  category: project.projectCategory,
  domainUnit: project.domainUnitId,
  tags: (project.resourceTags ?? []).map(({ key, value }) => `${key}=${value}`),
});

async function readAssets(
  listing: SubscribedListing,
  references: References,
  domain: Domain,
): Promise<Asset[] | Unreadable> {
  const { assetListing, productListing } = listing.item ?? {};
  if (assetListing?.entityId) return [await readListedAsset(listing, references, domain)];
  if (!productListing) return { unreadable: "the listing is of a kind that this version does not know" };
  const parts = productListing.assetListings ?? [];
  if (parts.length === 0) return { unreadable: "the data product names no assets" };
  if (parts.some(({ entityId }) => !entityId)) return { unreadable: "the data product has an asset without an id" };
  return Promise.all(parts.map((part) => readPartOfProduct(part, references, domain)));
}

/** An asset that is asked for by itself: the request carries nearly everything about it. */
async function readListedAsset(listing: SubscribedListing, references: References, domain: Domain): Promise<Asset> {
  const asset = listing.item!.assetListing!;
  const looksIntoForms = references.has("resource", "tags") || references.has("resource", "columnTerms");
  const listed =
    references.has("resource", "governed") || (looksIntoForms && asset.forms === undefined)
      ? await attempt("GetListing", () => domain.listing(listing.id!))
      : NOT_READ;
  const full = flatMap(listed, ({ item }) => ifPresent(item?.assetListing, "the listing is not an asset's"));
  const forms =
    asset.forms === undefined
      ? flatMap(full, ({ forms: text }) => (text === undefined ? known({}) : formsOfListing(text)))
      : formsOfListing(asset.forms);
  const { permissions } = asset;
  const nowForms = flatMap(full, ({ forms: text }) => (text === undefined ? forms : formsOfListing(text)));
  const columnTerms = unchanged(flatMap(forms, columnTermsOf), flatMap(nowForms, columnTermsOf));
  return {
    id: asset.entityId!,
    name: ifPresent(listing.name, "the listing has no name"),
    type: ifPresent(asset.entityType, "the listing does not say the asset's type"),
    terms: unchanged(
      namesOf(asset.glossaryTerms),
      flatMap(full, ({ glossaryTerms }) => namesOf(glossaryTerms)),
    ),
    columnTerms: await readColumnTerms(columnTerms, references, domain),
    governed: flatMap(full, ({ governedGlossaryTerms }) => namesOf(governedGlossaryTerms)),
    fields: unchanged(flatMap(forms, fieldsOf), flatMap(nowForms, fieldsOf)),
    permissions: permissionsOf(asset.entityType, permissions),
  };
}

/**
 * A listing can change while a request for it waits, and the subscriber gets what is listed. So where the listing is read, what it
 * says now and what the request says have to be the same.
 */
const unchanged = <T extends readonly string[] | Fields>(then: Fact<T>, now: Fact<T>): Fact<T> =>
  "value" in then && "value" in now && canonical(then.value) !== canonical(now.value)
    ? unknown("it has changed in the listing since the request was made")
    : then;

const canonical = (value: readonly string[] | Fields): string =>
  JSON.stringify((Array.isArray(value) ? [...value] : Object.entries(value)).sort());

function permissionsOf(type: string | undefined, permissions: Permissions | undefined): Fact<readonly string[]> {
  if (permissions?.s3) return known(permissions.s3);
  if (permissions) return unknown("the permissions asked for are of a kind that this version does not know");
  return isS3(type) ? unknown("the request does not say which S3 permissions are asked for") : known([]);
}

/** Of the asset types, only S3 knows more than one kind of access. */
const isS3 = (type: string | undefined): boolean => /S3/i.test(type ?? "");

/** An asset of a data product: the request has only its id, revision and type. */
async function readPartOfProduct(
  part: { entityId?: string; entityRevision?: string; entityType?: string },
  references: References,
  domain: Domain,
): Promise<Asset> {
  const attributes = ["name", "terms", "columnTerms", "governed", "tags"];
  const asset = attributes.some((attribute) => references.has("resource", attribute))
    ? await attempt("GetAsset", () => domain.asset(part.entityId!, part.entityRevision))
    : NOT_READ;
  const forms = flatMap(asset, ({ formsOutput = [], readOnlyFormsOutput = [] }) =>
    everyForm([...formsOutput, ...readOnlyFormsOutput]),
  );
  const terms = async (attribute: "terms" | "governed", ids: Fact<string[]>): Promise<Fact<string[]>> =>
    references.has("resource", attribute) ? termNames(ids, (id) => termName(id, domain)) : NOT_READ;
  const type = ifPresent(part.entityType, "the data product does not say the asset's type");
  return {
    id: part.entityId!,
    name: flatMap(asset, ({ name }) => ifPresent(name, "the asset has no name")),
    type,
    terms: await terms(
      "terms",
      map(asset, ({ glossaryTerms }) => glossaryTerms ?? []),
    ),
    columnTerms: await readColumnTerms(flatMap(forms, columnTermsOf), references, domain),
    governed: await terms(
      "governed",
      map(asset, ({ governedGlossaryTerms }) => governedGlossaryTerms ?? []),
    ),
    fields: flatMap(forms, fieldsOf),
    permissions: flatMap(type, (text) =>
      isS3(text) ? unknown("a data product does not say which S3 permissions were asked for") : known([]),
    ),
  };
}

const readColumnTerms = async (
  terms: Fact<string[]>,
  references: References,
  domain: Domain,
): Promise<Fact<string[]>> =>
  references.has("resource", "columnTerms") ? termNames(terms, (term) => columnTermName(term, domain)) : NOT_READ;

async function termNames(
  terms: Fact<string[]>,
  nameOf: (term: string) => Promise<Fact<string>>,
): Promise<Fact<string[]>> {
  if ("unknown" in terms) return terms;
  const names = await Promise.all(terms.value.map(nameOf));
  const missing = names.find((name) => "unknown" in name);
  return missing ?? known(names.flatMap((name) => ("value" in name ? [name.value] : [])));
}

const termName = async (id: string, domain: Domain): Promise<Fact<string>> =>
  flatMap(await attempt("GetGlossaryTerm", () => domain.term(id)), ({ name }) =>
    ifPresent(name, "a glossary term has no name"),
  );

/** Ids that the service makes: 13 or more lower-case letters and digits, both. */
const GENERATED_ID = /^(?=.*\d)(?=.*[a-z])[a-z0-9]{13,36}$/;

/**
 * The name of a column's term. Whether these come as ids or as names is not documented, so what is no term's id is taken for a
 * name, unless it looks like an id.
 */
async function columnTermName(idOrName: string, domain: Domain): Promise<Fact<string>> {
  if (!/^[a-zA-Z0-9_-]{1,36}$/.test(idOrName)) return known(idOrName);
  const noTerm = await domain.term(idOrName).then(
    () => false,
    (error: unknown) => isNamed(error, "ResourceNotFoundException"),
  );
  return noTerm && !GENERATED_ID.test(idOrName) ? known(idOrName) : termName(idOrName, domain);
}

/** The names of terms; unknown where one has none. */
function namesOf(terms: readonly { name?: string }[] | undefined): Fact<string[]> {
  const names = (terms ?? []).flatMap(({ name }) => name ?? []);
  return names.length === (terms ?? []).length ? known(names) : unknown("a glossary term has no name");
}

/** Reads a fact; a failure that does not pass by itself makes it unknown. */
async function attempt<T>(operation: string, read: () => Promise<T>): Promise<Fact<T>> {
  try {
    return known(await read());
  } catch (error) {
    if (!isPermanent(error)) throw error;
    return unknown(`${operation} failed with ${describeError(error)}`);
  }
}

const ifPresent = <T>(value: T | undefined, otherwise: string): Fact<T> =>
  value === undefined ? unknown(otherwise) : known(value);

const flatMap = <T, U>(fact: Fact<T>, change: (value: T) => Fact<U>): Fact<U> =>
  "value" in fact ? change(fact.value) : fact;

const map = <T, U>(fact: Fact<T>, change: (value: T) => U): Fact<U> => flatMap(fact, (value) => known(change(value)));
