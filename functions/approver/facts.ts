/** Something that had to be read: its value, or why it is not known. A policy that refers to an unknown fact decides nothing. */
export type Fact<T> = { readonly value: T } | { readonly unknown: string };

export const known = <T>(value: T): Fact<T> => ({ value });
export const unknown = (reason: string): Fact<never> => ({ unknown: reason });

/** The only unknown that may give way to what is known: nobody asked. */
export const NOT_READ = unknown("not read, because no policy refers to it");
/** What the request does not carry: it is known once the listing has been read. */
export const IN_LISTING = unknown("only the listing says it, and the listing has not been read");

export const ifPresent = <T>(value: T | null | undefined, otherwise: string): Fact<T> =>
  value === undefined || value === null ? unknown(otherwise) : known(value);

export const flatMap = <T, U>(fact: Fact<T>, change: (value: T) => Fact<U>): Fact<U> =>
  "value" in fact ? change(fact.value) : fact;

export const map = <T, U>(fact: Fact<T>, change: (value: T) => U): Fact<U> =>
  flatMap(fact, (value) => known(change(value)));

/** All of them, or the first that is unknown. */
export function all<T>(facts: readonly Fact<T>[]): Fact<T[]> {
  const missing = facts.find((fact) => "unknown" in fact);
  return missing ?? known(facts.flatMap((fact) => ("value" in fact ? [fact.value] : [])));
}

/** What GetProject says. The names are those of policies/datazone.cedarschema. */
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
  /** What GetUserProfile says: kind SSO with the user's name, or IAM with the role's or user's ARN as name. */
  readonly details: Fact<{ readonly kind: string; readonly name: string }>;
}

/** Fields of metadata forms that policies name, by "<Form>.<field>"; one that is not there is absent. */
export type Fields = Readonly<Record<string, Fact<string>>>;

export interface Asset {
  readonly id: string;
  readonly name: Fact<string>;
  readonly type: Fact<string>;
  readonly terms: Fact<readonly string[]>;
  readonly columnTerms: Fact<readonly string[]>;
  readonly governed: Fact<readonly string[]>;
  readonly fields: Fact<Fields>;
  /** What was asked for on S3 data: READ, WRITE; empty: the asset type's ordinary read access. */
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
  /** One, or each asset of the data product. */
  readonly assets: readonly Asset[];
  readonly product?: Product;
  readonly alreadySubscribed: boolean;
  /** Ids of the row and column filters that the requester asks for; empty: the whole asset. */
  readonly requestedFilters: Fact<readonly string[]>;
  /** The requester's answers in metadata forms. */
  readonly answers: Fact<Fields>;
  /** What policies take for the time. */
  readonly now: Date;
  /** The listings that were read again, with their revisions then; a data product's own first. */
  readonly listed?: readonly { readonly id: string; readonly revision?: string }[];
}

/** A request about which so little can be told that no policy is asked: a person decides. */
export interface Unreadable {
  readonly unreadable: string;
}
