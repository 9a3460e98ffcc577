/** Something that had to be read: its value, or why it is not known. A policy that refers to an unknown fact decides nothing. */
export type Fact<T> = { readonly value: T } | { readonly unknown: string };

export const known = <T>(value: T): Fact<T> => ({ value });
export const unknown = (reason: string): Fact<never> => ({ unknown: reason });
export const NOT_READ = unknown("not read, because no policy refers to it");

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

/** The fields of metadata forms, by "<Form>.<field>". */
export type Fields = Readonly<Record<string, string>>;

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

/** Everything that policies may refer to about one subscription request. */
export interface Facts {
  readonly requestId: string;
  readonly subscriber: Subscriber;
  readonly publisher: Project;
  /** One, or each asset of the data product. */
  readonly assets: readonly Asset[];
  readonly product?: { readonly id: string; readonly name: Fact<string>; readonly terms: Fact<readonly string[]> };
  readonly alreadySubscribed: boolean;
  /** The requester's answers in metadata forms. */
  readonly answers: Fact<Fields>;
}

/** A request about which so little can be told that no policy is asked: a person decides. */
export interface Unreadable {
  readonly unreadable: string;
}
