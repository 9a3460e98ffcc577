/** READ, WRITE or both, as S3 Access Grants names them. */
export type Permission = "READ" | "WRITE" | "READWRITE";

/** Who is granted something: a person, a role, or a directory's user or group. */
export interface Persona {
  /** The user profile in Studio; of others the name of the role, or the id in the directory. */
  readonly name: string;
  readonly type: "IAM" | "DIRECTORY_USER" | "DIRECTORY_GROUP";
  /** ARN of the role or user, or id in the directory; not there where only an apply will know it. */
  readonly id?: string;
  /** Where it is in Terraform, of one without id: two roots may have a persona of the same name. */
  readonly at?: string;
}

/** One grant of S3 Access Grants. */
export interface Grant {
  /** Its id in AWS, or its address in Terraform where it has none yet. */
  readonly id: string;
  /** Its address in Terraform, where that is the source. */
  readonly address?: string;
  readonly persona: Persona;
  readonly permission: Permission;
  /** What it reaches: `s3://bucket/prefix*` or, without the `*`, one object. */
  readonly scope: string;
  /** Scope of its location. */
  readonly location: string;
  /** The application of IAM Identity Center that alone may use it. */
  readonly application?: string;
}

/** A grant that is not in the answers, because its location is not known before the apply. */
export interface Unplaced {
  readonly id: string;
  readonly persona: Persona;
  readonly permission: Permission;
  readonly subPrefix: string;
  /** Scopes of the locations that it may be in. */
  readonly locations: readonly string[];
}

/** What a role reaches by its own policy, without S3 Access Grants. */
export interface Own {
  /** Who works with the role: a persona's name, or what the role is for. */
  readonly who: string;
  readonly permission: Permission;
  /** As a grant's. */
  readonly scope: string;
  /** What says so. */
  readonly by: string;
}

/** Who can reach what, as far as one source says it. */
export interface Access {
  readonly source: string;
  /** Everyone there is, also those who are granted nothing. */
  readonly personas: readonly Persona[];
  /** The oldest first, where the source knows it. */
  readonly grants: readonly Grant[];
  /** Grants of which only the apply will know what they reach. */
  readonly unplaced: readonly Unplaced[];
  readonly own: readonly Own[];
  /** What the source does not say, a sentence each. */
  readonly unknown: readonly string[];
}

/** Two of the same identity are the same. */
export const identity = ({ type, id, at, name }: Persona): string => `${type} ${id ?? at ?? name}`;

/** What is not in S3 Access Grants, and so in none of the answers. */
export const NOT_LOOKED_AT =
  "Not looked at: bucket policies, what administrators may do, and who is in which directory group.";
