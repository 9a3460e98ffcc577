import { defineModule } from "../publishing/module";
import { GROUP, wrongGrantees, wrongGrants } from "../persona-grants/persona-grants.module";
import { AccessGrants, accessGrantsInputs, type AccessGrantsProps } from "./access-grants";

const ROLE = "arn:aws:iam::123456789012:role/example";
const GRANT = { location: "example", subPrefix: "Product/*", permission: "READWRITE" };

// `openedPrefixes` says what synth does: Terraform compares grants within a persona only.
export default defineModule<Omit<AccessGrantsProps, "openedPrefixes">>({
  name: "access-grants",
  summary: "The S3 Access Grants of an account and Region: instance, locations with their roles, and grants by persona",
  construct: AccessGrants,
  inputs: accessGrantsInputs,
  readme: {
    about: `Who may use which prefix of which bucket, as data: personas with grants, on locations. Whoever was granted something asks
S3 Access Grants for temporary credentials (GetDataAccess); nobody's role has to reach the buckets, and no IAM policy changes when
access does.

An account has one instance in a Region. Where there is one already (SageMaker Unified Studio may have made it), give it as
\`existing_instance\`, and what is registered in it already as \`existing_locations\`: a scope can be registered once. Buckets that
exist are named by their scope (\`s3://your-bucket\`); nothing is written on them, and the output \`owner_statements\` says what
their owners have to let in where IAM does not decide alone.`,
    picture: `flowchart LR
  instance --> location["location s3://bucket"]
  role["location role"] --> location
  location --> grant["grant Product/* READWRITE"]
  grantee["role, user or group"] --> grant`,
    promises: [
      "A location's role can be assumed by S3 Access Grants alone, for this account's one instance.",
      "A location's role reaches the registered scope and no further, with the location's permission and no more.",
      "Sub-prefixes that would match their siblings, permissions above a location's, and grants that say the same are refused.",
      "The instance is open to other accounts' principals only where they are named.",
    ],
    permissions: [
      {
        actions: [
          "s3:CreateAccessGrant",
          "s3:CreateAccessGrantsInstance",
          "s3:CreateAccessGrantsLocation",
          "s3:DeleteAccessGrant",
          "s3:DeleteAccessGrantsInstance",
          "s3:DeleteAccessGrantsInstanceResourcePolicy",
          "s3:DeleteAccessGrantsLocation",
          "s3:GetAccessGrant",
          "s3:GetAccessGrantsInstance",
          "s3:GetAccessGrantsInstanceResourcePolicy",
          "s3:GetAccessGrantsLocation",
          "s3:ListTagsForResource",
          "s3:PutAccessGrantsInstanceResourcePolicy",
          "s3:TagResource",
          "s3:UntagResource",
          "s3:UpdateAccessGrantsLocation",
        ],
        purpose: "the instance, its locations and grants",
      },
      {
        actions: [
          "iam:CreateRole",
          "iam:DeleteRole",
          "iam:DeleteRolePolicy",
          "iam:GetRole",
          "iam:GetRolePolicy",
          "iam:List*",
          "iam:PassRole",
          "iam:PutRolePolicy",
          "iam:TagRole",
          "iam:UpdateAssumeRolePolicy",
          "iam:UpdateRole",
        ],
        purpose: "the locations' roles, unless they are given",
      },
      {
        actions: ["identitystore:DescribeGroup", "identitystore:GetGroupId"],
        purpose: "groups by their display names",
      },
      {
        actions: ["sso:CreateApplication", "sso:DeleteApplication", "sso:PutApplicationAuthenticationMethod"],
        purpose: "the association with IAM Identity Center, if asked for",
      },
    ],
    notes: [
      "At most 1,000 locations and 100,000 grants an instance.",
      "An instance's tags are set when it is made and left alone afterwards.",
      "Whether a broader grant opens a prefix that someone else has alone is checked by the CDKTF construct, not by the module.",
    ],
  },
  samples: {
    "locations.scope": ["s3://example-data"],
    "existingLocations.scope": ["s3://example-data"],
    "existingLocations.id": ["default"],
    "personas.grantee": [{ type: "IAM", id: ROLE }, ...wrongGrantees(ROLE)],
    "personas.grantee.group": [GROUP],
    "personas.grantee.group.identityStoreId": [GROUP.identityStoreId],
    "personas.grantee.id": [ROLE],
    "personas.grants": [{ product: GRANT }, { product: GRANT, again: GRANT }, ...wrongGrants(GRANT)],
    "personas.grants.subPrefix": ["Product/*"],
    crossAccount: [{ principalArns: [ROLE] }],
    "crossAccount.principalArns": [[ROLE]],
  },
});
