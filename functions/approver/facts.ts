/** A value that has to be read from AWS, or the reason why it is unknown. A policy that refers to an unknown fact decides nothing. */
export type Fact<T> = { readonly value: T } | { readonly unknown: string };

export const known = <T>(value: T): Fact<T> => ({ value });
export const unknown = (reason: string): Fact<never> => ({ unknown: reason });

/** Unknown because no policy asks for it: the only unknown that is no doubt. */
export const NOT_READ = unknown("not read, because no policy refers to it");
/** Unknown until the listing is read, because the request does not have it. */
export const IN_LISTING = unknown("only the listing has it, and the listing has not been read");

export const ifPresent = <T>(value: T | null | undefined, otherwise: string): Fact<T> =>
  value === undefined || value === null ? unknown(otherwise) : known(value);

export const flatMap = <T, U>(fact: Fact<T>, change: (value: T) => Fact<U>): Fact<U> =>
  "value" in fact ? change(fact.value) : fact;

export const map = <T, U>(fact: Fact<T>, change: (value: T) => U): Fact<U> =>
  flatMap(fact, (value) => known(change(value)));

/** The values of all facts, or the first one that is unknown. */
export function all<T>(facts: readonly Fact<T>[]): Fact<T[]> {
  const missing = facts.find((fact) => "unknown" in fact);
  return missing ?? known(facts.flatMap((fact) => ("value" in fact ? [fact.value] : [])));
}

/** Details of a project, from GetProject. Field names are those of policies/datazone.cedarschema. */
export interface ProjectDetails {
  readonly profile?: string;
  readonly category?: string;
  readonly domainUnit?: string;
  /** "key=value" */
  readonly tags: readonly string[];
}

export interface Project {
  readonly id: string;
  readonly name: Fact<string>;
  readonly details: Fact<ProjectDetails>;
}

/** Who subscribes. Only a project has details; the name of an IAM principal is its ARN. */
export interface Subscriber extends Project {
  readonly type: "Project" | "User" | "Group" | "IamPrincipal";
}

/** Who made the request: a user profile of the domain. */
export interface Requester {
  readonly id: Fact<string>;
  /** From GetUserProfile: kind SSO with the user's name, or kind IAM with the ARN of the role or user as name. */
  readonly details: Fact<{ readonly kind: string; readonly name: string }>;
}

/** Fields of metadata forms that policies name, by "<Form>.<field>". A field that is not filled in is absent. */
export type Fields = Readonly<Record<string, Fact<string>>>;

export interface Asset {
  readonly id: string;
  readonly name: Fact<string>;
  readonly type: Fact<string>;
  readonly terms: Fact<readonly string[]>;
  readonly columnTerms: Fact<readonly string[]>;
  readonly governed: Fact<readonly string[]>;
  readonly fields: Fact<Fields>;
  /** Requested S3 permissions: READ, WRITE. Empty: the ordinary read access of the asset's type. */
  readonly permissions: Fact<readonly string[]>;
}

export interface Product {
  readonly id: string;
  readonly name: Fact<string>;
  readonly terms: Fact<readonly string[]>;
}

/** Everything that policies may refer to about one subscription request. */
export interface Facts {
  readonly requestId: string;
  readonly subscriber: Subscriber;
  readonly requester: Requester;
  readonly publisher: Project;
  /** The one requested asset, or all assets of the requested data product. */
  readonly assets: readonly Asset[];
  readonly product?: Product;
  readonly alreadySubscribed: boolean;
  /** Ids of the requested row and column filters. Empty: the whole asset. */
  readonly requestedFilters: Fact<readonly string[]>;
  /** The requester's answers in metadata forms. */
  readonly answers: Fact<Fields>;
  /** The current time in policies. */
  readonly now: Date;
  /** The listings that were read again, with their revisions; that of the data product first. */
  readonly listed?: readonly { readonly id: string; readonly revision?: string }[];
}

/** A request that the approver understands too little of to ask any policy: a person decides. */
export interface Unreadable {
  readonly unreadable: string;
}
