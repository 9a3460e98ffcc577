import { defineModule } from "../publishing/module";
import { PersonaGrants, personaGrantsInputs, type PersonaGrantsProps } from "./persona-grants";

const ROLE = "arn:aws:iam::123456789012:role/example";
const GRANT = { location: "data", subPrefix: "Product/*", permission: "READWRITE" };

export const GROUP = { displayName: "Analysts", identityStoreId: "d-1234567890" };

/** A grantee that breaks each rule on grantees. */
export const wrongGrantees = (role: string): object[] => [
  { type: "IAM", id: "someone" },
  { type: "DIRECTORY_GROUP" },
  { type: "DIRECTORY_USER", group: GROUP },
  { type: "IAM", id: role, group: GROUP },
];

/** A grant that breaks each rule on grants. */
export const wrongGrants = (grant: object): object[] => [
  { ...grant, subPrefix: "/Product/*" },
  { ...grant, subPrefix: "Product /*" },
  { ...grant, subPrefix: "Pro*duct/*" },
  { ...grant, subPrefix: "UserA*" },
  { ...grant, prefixType: "Object" },
];

export default defineModule<PersonaGrantsProps>({
  name: "persona-grants",
  summary: "All grants of one grantee (a role, user or group) in S3 Access Grants",
  construct: PersonaGrants,
  inputs: personaGrantsInputs,
  readme: {
    about: `One grantee (an IAM role or user, or a user or group of IAM Identity Center) and a map of grants in locations that exist already.
The module access-grants calls this module once for each persona. Call it yourself when the S3 Access Grants instance and its locations
belong to someone else, or to another Terraform state.

Terraform plans many calls with few grants each faster than one call with thousands of grants.`,
    promises: [
      "A sub-prefix that would also match its siblings (`UserA*`) is refused unless `matches_siblings` says so.",
      "A change of one grant replaces that grant and touches no other.",
    ],
    permissions: [
      {
        actions: [
          "s3:CreateAccessGrant",
          "s3:DeleteAccessGrant",
          "s3:GetAccessGrant",
          "s3:ListTagsForResource",
          "s3:TagResource",
          "s3:UntagResource",
        ],
        purpose: "the grants",
      },
      {
        actions: ["identitystore:DescribeGroup", "identitystore:GetGroupId"],
        purpose: "looking up a group by its display name",
      },
    ],
    notes: [
      "A group's display name is looked up once. If the group is deleted and created again under the same name, it has a new id: run `terraform apply -replace` with the address of `terraform_data.group_id` to look it up again.",
      "Changing a grant deletes it and creates a new one: for a moment there is none. Credentials that were issued before stay valid until they expire.",
    ],
  },
  samples: {
    locationIds: [{ data: "default" }],
    grantee: [{ type: "IAM", id: ROLE }, ...wrongGrantees(ROLE)],
    "grantee.group": [GROUP],
    "grantee.group.identityStoreId": [GROUP.identityStoreId],
    "grantee.id": [ROLE],
    grants: [{ product: GRANT }, { product: GRANT, again: GRANT }, ...wrongGrants(GRANT)],
    "grants.subPrefix": ["Product/*"],
  },
});
