import { defineModule } from "../publishing/module";
import { GROUP, wrongGrantees, wrongGrants } from "../persona-grants/persona-grants.module";
import { StudioAccess, studioAccessInputs, type StudioAccessProps } from "./studio-access";

const ROLE = "arn:aws:iam::123456789012:role/example";
const GRANT = { subPrefix: "Product/*", permission: "READWRITE" };
const WRONG_GRANTS = wrongGrants(GRANT);
const PLACE = { vpcId: "vpc-1", subnetIds: ["subnet-1"], securityGroupIds: ["sg-1"] };
const NETWORK = { vpcCidr: "10.0.0.0/16", privateSubnets: { "us-east-1a": "10.0.1.0/24" } };

export default defineModule<Omit<StudioAccessProps, "openedPrefixes">>({
  name: "studio-access",
  summary:
    "SageMaker Studio on one data bucket, where S3 Access Grants alone decide what each person may read and write",
  construct: StudioAccess,
  inputs: studioAccessInputs,
  moved: [{ from: "module.data", to: "module.data[0]" }],
  parts: { network: "", bucket: "", domain: "", accessGrants: "" },
  readme: {
    about: `Everything for a product group that works in SageMaker Studio on one bucket: network, bucket, S3 Access Grants, a Studio domain
with a profile and a role for each persona, and the grants that say who may use which prefix. To change access, change grants; no IAM
policy has to change.

To use a bucket that exists, give it as \`existing_bucket\` and, if it is registered in S3 Access Grants already, that location as
\`existing_location\`. The bucket's settings and policies are not changed; the output \`owner_statements\` has the statements that its owner
may have to add. To grant access to users and groups of IAM Identity Center, or to roles outside Studio, use \`other_grantees\`.

This module calls four others: studio-network, data-bucket, access-grants and studio-domain. Where they are to fit together differently, call
them yourself.`,
    picture: `flowchart LR
  persona["persona in Studio"] -- GetDataAccess --> instance["S3 Access Grants"]
  instance -- "credentials for one prefix" --> persona
  persona --> bucket["data bucket"]
  loader["dataset loader"] --> bucket
  persona --> scratch["scratch bucket: own folder"]`,
    promises: [
      "No persona's role can read or write the data bucket; only credentials that S3 Access Grants issue for a grant can.",
      "Buckets are TLS only, encrypted, versioned, never public.",
      "No persona can describe or stop another's jobs, or read another's logs; jobs can run in the network only.",
      "Nothing reaches the network from outside.",
      "CloudTrail records which user profile worked with a role (source identity).",
    ],
    permissions: [
      {
        actions: ["s3:*AccessGrant*", "s3:*Bucket*", "s3:*Configuration", "s3:Get*", "s3:List*", "s3:*Resource"],
        purpose: "buckets and grants",
      },
      {
        actions: ["sagemaker:*Domain*", "sagemaker:*Space*", "sagemaker:*Tags", "sagemaker:*UserProfile*"],
        purpose: "Studio",
      },
      { actions: ["iam:*Role", "iam:*RolePolicy", "iam:List*", "iam:PassRole"], purpose: "roles" },
      { actions: ["ec2:*", "elasticfilesystem:*"], purpose: "the network and the home directories" },
      { actions: ["lambda:*Function*", "logs:*LogGroup*", "logs:PutRetentionPolicy"], purpose: "the dataset loader" },
    ],
    notes: [
      "Whoever may create presigned URLs for every profile (`sagemaker:CreatePresignedDomainUrl` on `*`) can sign in as every persona. Give each person who signs in by IAM the policy of their own profile, an entry of the output `sign_in_policies`, and nothing broader.",
      "An account has one S3 Access Grants instance in a Region: where there is one already, give it as `existing_instance`.",
      'A user profile cannot be deleted while spaces exist that its person made, nor the domain while the profile exists; the S3 Access Grants instance cannot be deleted while other grants or locations exist in it. Before a destroy, and before you remove a persona, list and delete them with `npm run studio` in this repository: see docs/operations.md, "Removing it".',
    ],
    upgrading: [
      {
        release: "Unreleased",
        note: "A data set with a public source, a URL or AWS's samples, must have a `sha256`; the default source is one of AWS's samples.",
      },
    ],
  },
  samples: {
    network: [{ existing: PLACE }, {}],
    "network.existing": [PLACE],
    "network.existing.subnetIds": [["subnet-1"]],
    "network.existing.securityGroupIds": [["sg-1"]],
    "network.create": [NETWORK],
    "network.create.privateSubnets": [NETWORK.privateSubnets],
    policyDocuments: [JSON.stringify({ Version: "2012-10-17", Statement: [] })],
    dataset: [{ prefixes: ["Product/"], sha256: "ab".repeat(32) }, { prefixes: ["Product/"] }],
    "dataset.prefixes": [["Product/"], ["Product/", "Product/"]],
    "dataset.source": [{ url: "https://example.com/data.csv", file: "data.csv" }, { file: "data.csv" }],
    "dataset.source.s3.bucket": ["example-data"],
    "dataset.source.file": ["data.csv"],
    "existingLocation.id": ["default"],
    "otherGrantees.grantee": [{ type: "IAM", id: ROLE }, ...wrongGrantees(ROLE)],
    "otherGrantees.grantee.id": [ROLE],
    "otherGrantees.grantee.group": [GROUP],
    "otherGrantees.grantee.group.identityStoreId": [GROUP.identityStoreId],
    "otherGrantees.grants": [{ product: GRANT }, { product: GRANT, again: GRANT }, ...WRONG_GRANTS],
    "otherGrantees.grants.subPrefix": ["Product/*"],
    "personas.grants": [{ product: GRANT }, { product: GRANT, again: GRANT }, ...WRONG_GRANTS],
    "personas.grants.subPrefix": ["Product/*"],
  },
});
