import type { Construct } from "constructs";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import {
  block,
  choose,
  each,
  filled,
  given,
  Heading,
  here,
  keep,
  lookup,
  policyDocument,
  type Statements,
  values,
} from "../hosting";
import { roleCommons, type RoleOptions } from "../shared/roles";
import { viaService } from "../shared/via-service";
import type { Location } from "./props";
import { bucket, listing, objects } from "./scopes";

/** Permissions that a location's role needs to read, write and list (Amazon S3 User Guide, "Register a location"). */
const READ = [
  "s3:GetObject",
  "s3:GetObjectVersion",
  "s3:GetObjectAcl",
  "s3:GetObjectVersionAcl",
  "s3:ListMultipartUploadParts",
];
const WRITE = [
  "s3:PutObject",
  "s3:PutObjectAcl",
  "s3:PutObjectVersionAcl",
  "s3:DeleteObject",
  "s3:DeleteObjectVersion",
  "s3:AbortMultipartUpload",
];
export const OBJECT_ACTIONS = { READ, WRITE, READWRITE: [...READ, ...WRITE] };
/** Reading includes listing versions and multipart uploads, which is needed to undelete an object or to clean up. */
const LISTS = ["s3:ListBucket", "s3:ListBucketMultipartUploads", "s3:ListBucketVersions"];
export const LIST_ACTIONS = { READ: LISTS, WRITE: ["s3:ListBucket"], READWRITE: LISTS };
export const KEY_ACTIONS = {
  READ: ["kms:Decrypt"],
  // Decrypt, because the parts of a multipart upload are read back.
  WRITE: ["kms:GenerateDataKey", "kms:Decrypt"],
  READWRITE: ["kms:Decrypt", "kms:GenerateDataKey"],
};

export interface LocationRolesProps extends RoleOptions {
  readonly locations: Readonly<Record<string, Location>>;
  readonly instanceArn: string;
  readonly trust: string;
  readonly name: string;
}

export interface LocationRoles {
  /** ARN of a location's role, existing or created here. */
  readonly arn: (location: Pick<Location, "role">, key: string) => string;
  /** Names of the roles created here, by the location's key. */
  readonly names: Readonly<Record<string, string>>;
  /** The role's policies, which must be in place before the role is used. */
  readonly policies: (key: string) => readonly IamRolePolicy[];
}

/**
 * A role for each location that has no existing one. It reaches the location's scope only, and only S3 Access Grants of the one instance
 * may assume it. Use a role only after its policies.
 */
export function locationRoles(scope: Construct, props: LocationRolesProps): LocationRoles {
  const without = keep(props.locations, ({ role }) => given(role).not);
  new Heading(scope, "Roles of the locations");
  const roles = each(without, "location_role", (location, key, id, forEach) => {
    return new IamRole(scope, id, {
      name: `${props.name}-${key}-location`,
      description: `S3 Access Grants: makes credentials for the location ${key} of ${props.name}`,
      assumeRolePolicy: props.trust,
      maxSessionDuration: location.maxSessionDuration,
      ...roleCommons(props),
      forEach,
    });
  });
  new Heading(scope, "What a location's role may do");
  const policies = each(without, "location_policy", (location, key, id, forEach) => {
    const policy = policyDocument(scope, `${id}_document`, statements(scope, location, props.instanceArn), { forEach });
    return new IamRolePolicy(scope, id, { name: "location", role: roles.at(key, "name"), policy, forEach });
  });
  const arn = ({ role }: Pick<Location, "role">, key: string): string =>
    choose(
      given(role),
      ({ arn }) => arn,
      () => roles.at(key, "arn"),
    );
  return { arn, names: roles.attribute("name"), policies: (key) => policies.of(key) };
}

function statements(scope: Construct, location: Location, instanceArn: string): Statements {
  const { accountId, partition } = here(scope);
  const s3 = `arn:${partition}:s3:::`;
  const condition = [
    { test: "StringEquals", variable: "aws:ResourceAccount", values: [accountId] },
    { test: "ArnEquals", variable: "s3:AccessGrantsInstanceArn", values: [instanceArn] },
  ];
  return [
    {
      sid: "Objects",
      actions: lookup(OBJECT_ACTIONS, location.permission),
      resources: [`${s3}${objects(location.scope)}`],
      condition,
    },
    {
      sid: "List",
      actions: lookup(LIST_ACTIONS, location.permission),
      resources: [`${s3}${bucket(location.scope)}`],
      condition: [...condition, listing(location.scope)],
    },
    block(filled(location.kmsKeys), {
      sid: "Keys",
      actions: lookup(KEY_ACTIONS, location.permission),
      resources: values(location.kmsKeys, "arn"),
      condition: [viaService(scope, "s3")],
    }),
  ];
}
