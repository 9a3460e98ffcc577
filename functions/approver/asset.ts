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
  /** The value of the forms where the description has none. */
  readonly withoutForms: Fact<Forms>;
  /** The S3 permissions that are requested; a listing has none. */
  readonly permissions?: Permissions;
}

/** The facts about an asset. Of its metadata forms, only the fields that policies refer to. */
export async function assetOf(given: Description, references: References, terms: ColumnTerms): Promise<Asset> {
  const named = references.tags("resource");
  const columns = references.has("resource", "columnTerms");
  const forms = (): Fact<Forms> => (given.forms === undefined ? given.withoutForms : formsOfListing(given.forms));
  const read = named.size > 0 || columns ? forms() : NOT_READ;
  const type = ifPresent(given.type, "the asset's type is missing");
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

/** The permissions that are requested. Only S3 data has more than one kind of access; other asset types have read access alone. */
export function permissionsOf(type: Fact<string>, permissions: Permissions | undefined): Fact<readonly string[]> {
  if (permissions?.s3 && permissions.s3.length > 0) return known(permissions.s3);
  if (permissions)
    return unknown("the request asks for permissions in a form that this version of the approver does not know");
  return flatMap(type, (name) =>
    bare(name) === S3 ? unknown("the request does not say which S3 permissions it asks for") : known([]),
  );
}

/** The managed asset type of S3 data. */
const S3 = "S3ObjectCollectionAssetType";

/** The name of a managed asset type without the prefix `amazon.datazone.`, which assets have and listings do not. */
export const bare = (type: string): string => type.replace(/^amazon\.datazone\./, "");
