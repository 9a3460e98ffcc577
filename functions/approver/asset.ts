import type { DetailedGlossaryTerm, Permissions } from "@aws-sdk/client-datazone";
import { type Asset, type Fact, NOT_READ, flatMap, ifPresent, known, map, unknown } from "./facts";
import { type Forms, columnTermsOf, fieldsOf, formsOfListing } from "./forms";
import type { References } from "./policies/references";
import { type ColumnTerms, namesOf } from "./terms";

/** An asset as a request or a listing describes it. */
export interface Description {
  readonly id: string;
  readonly name?: string;
  readonly type?: string;
  readonly glossaryTerms?: readonly DetailedGlossaryTerm[];
  readonly governed: Fact<readonly string[]>;
  readonly forms: unknown;
  /** What it means that there are no forms. */
  readonly withoutForms: Fact<Forms>;
  /** The request's. */
  readonly permissions?: Permissions;
}

/** The facts about an asset; of its forms what the policies refer to. */
export async function assetOf(given: Description, references: References, terms: ColumnTerms): Promise<Asset> {
  const named = references.tags("resource");
  const columns = references.has("resource", "columnTerms");
  const forms = (): Fact<Forms> => (given.forms === undefined ? given.withoutForms : formsOfListing(given.forms));
  const read = named.size > 0 || columns ? forms() : NOT_READ;
  const type = ifPresent(given.type, "the asset's type is not said");
  return {
    id: given.id,
    name: ifPresent(given.name, "the listing has no name"),
    type,
    terms: namesOf(given.glossaryTerms),
    columnTerms: columns ? await terms.namesOf(flatMap(read, columnTermsOf)) : NOT_READ,
    governed: given.governed,
    fields: map(read, (all) => fieldsOf(all, named)),
    permissions: permissionsOf(type, given.permissions),
  };
}

/** What was asked for: S3 data knows more than one kind of access, the other asset types one, which goes without saying. */
export function permissionsOf(type: Fact<string>, permissions: Permissions | undefined): Fact<readonly string[]> {
  if (permissions?.s3 && permissions.s3.length > 0) return known(permissions.s3);
  if (permissions)
    return unknown("the request asks for permissions, and not for which in a way that this version knows");
  return flatMap(type, (name) =>
    bare(name) === S3 ? unknown("the request does not say which S3 permissions are asked for") : known([]),
  );
}

/** The managed asset type of S3 data. */
const S3 = "S3ObjectCollectionAssetType";

/** A managed type's name: assets have it with the service's prefix, listings without. */
export const bare = (type: string): string => type.replace(/^amazon\.datazone\./, "");
