import { defineModule } from "../publishing/module";
import { GROUP, wrongGrantees, wrongGrants } from "../persona-grants/persona-grants.module";
import { AccessGrants, accessGrantsInputs, type AccessGrantsProps } from "./access-grants";

const ROLE = "arn:aws:iam::123456789012:role/example";
const GRANT = { location: "example", subPrefix: "Product/*", permission: "READWRITE" };

// Without `openedPrefixes`: only synth compares the scopes of different personas' grants.
export default defineModule<Omit<AccessGrantsProps, "openedPrefixes">>({
  name: "access-grants",
  summary:
    "The S3 Access Grants of an account and Region: the instance, locations with their roles, and each persona's grants",
  construct: AccessGrants,
  inputs: accessGrantsInputs,
  readme: {
    about: `Says who may use which prefix of which bucket: personas, each a grantee with grants, in locations. A grantee asks S3 Access
Grants for temporary credentials (GetDataAccess). Nobody's own role needs access to the buckets, and to change access you change grants,
not IAM policies.

An account has one S3 Access Grants instance in a Region. If there is one already (SageMaker Unified Studio may have created it), give it
as \`existing_instance\`, and the locations that are registered in it as \`existing_locations\`: a scope can be registered only once. A bucket
that exists is named by its scope (\`s3://your-bucket\`) and is not changed; the output \`owner_statements\` has the policy statements that
its owner may have to add.`,
    picture: `flowchart LR
  instance --> location["location s3://bucket"]
  role["location role"] --> location
  location --> grant["grant Product/* READWRITE"]
  grantee["role, user or group"] --> grant`,
    promises: [
      "Only S3 Access Grants can assume a location's role, and only for this account's one instance.",
      "A location's role reaches the registered scope and no further, with the location's permission and no more.",
      "Refused are sub-prefixes that would also match siblings (`UserA*`), permissions above the location's, and duplicate grants.",
      "Principals of other accounts can ask the instance for credentials only where they are named.",
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
        purpose: "the locations' roles, unless you give existing ones",
      },
      {
        actions: ["identitystore:DescribeGroup", "identitystore:GetGroupId"],
        purpose: "looking up groups by their display names",
      },
      {
        actions: ["sso:CreateApplication", "sso:DeleteApplication", "sso:PutApplicationAuthenticationMethod"],
        purpose: "the association with IAM Identity Center, with `identity_center`",
      },
    ],
    notes: [
      "An instance holds at most 1,000 locations and 100,000 grants.",
      "The tags of an instance are set when it is created, and later changes of `tags` do not reach it.",
      "The module does not warn when a broad grant (`*`) of one persona covers a prefix that is granted to another persona alone; the CDKTF construct does.",
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
