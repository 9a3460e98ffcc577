import { defineModule } from "../publishing/module";
import { StudioNetwork, studioNetworkInputs, type StudioNetworkProps } from "./studio-network";

export default defineModule<StudioNetworkProps>({
  name: "studio-network",
  summary: "A VPC for SageMaker Studio that nothing reaches from outside",
  construct: StudioNetwork,
  inputs: studioNetworkInputs,
  readme: {
    about: `Private subnets by Availability Zone, an S3 gateway endpoint (which costs nothing), and as many NAT gateways as you want: none,
one for all zones, or one in each zone. Adding a zone touches that zone only. Use it for Studio in VPC-only mode and its processing jobs, or
give studio-domain a network of your own.

Without a NAT gateway Studio needs endpoints: \`studio_endpoints = {}\` makes them. Studio needs the first three of this table by the
SageMaker AI Developer Guide ("Connect Amazon SageMaker Studio in a VPC to External Resources", "Connect to Amazon SageMaker Studio and
Studio Classic Through an Interface VPC Endpoint"); jobs and the scripts of examples/studio need the others. In China most names begin
with \`cn.com.amazonaws.\`.

| endpoint | service | for |
|---|---|---|
| \`sagemaker_api\` | \`com.amazonaws.<region>.sagemaker.api\` | Studio itself, spaces, jobs |
| \`sagemaker_runtime\` | \`com.amazonaws.<region>.sagemaker.runtime\` | Studio itself, calls of model endpoints |
| \`studio\` | \`aws.sagemaker.<region>.studio\` | opening Studio from inside the VPC |
| (always) | \`com.amazonaws.<region>.s3\` | data and scratch files, by the gateway endpoint |
| \`sts\` | \`com.amazonaws.<region>.sts\` | AWS tools that ask who they are |
| \`logs\` | \`com.amazonaws.<region>.logs\` | reading the log of a job |
| \`ecr_api\`, \`ecr_dkr\` | \`com.amazonaws.<region>.ecr.api\`, \`….ecr.dkr\` | container images of your own |

Add what else you use as \`interface_endpoints\`: \`servicecatalog\` for SageMaker Projects, \`kms\` for notebooks that call KMS themselves.
Package registries such as PyPI cannot be reached by endpoints.`,
    picture: `flowchart LR
  studio["private subnets"] --> s3["S3 gateway endpoint"]
  studio --> nat["NAT gateways (optional)"] --> internet
  studio --> services["interface endpoints (optional)"]`,
    promises: [
      "No security group lets anything in from outside. Members of the one group may talk to one another, and to the outside with TLS only.",
      "The VPC's default security group lets nothing in or out.",
      "Instances in the subnets get no public addresses.",
      "The S3 gateway endpoint works for this account's principals only; the exceptions are ECR's image layers, the buckets in `public_buckets`, and data of `trusted_accounts`.",
    ],
    permissions: [
      {
        actions: [
          "ec2:*Address*",
          "ec2:*FlowLogs",
          "ec2:*InternetGateway",
          "ec2:*NatGateway",
          "ec2:*Route*",
          "ec2:*SecurityGroup*",
          "ec2:*Subnet*",
          "ec2:*Tags",
          "ec2:*Vpc*",
          "ec2:Describe*",
        ],
        purpose: "the network",
      },
      {
        actions: ["iam:*Role", "iam:*RolePolicy", "iam:PassRole", "logs:*LogGroup*", "logs:PutRetentionPolicy"],
        purpose: "flow logs, if asked for",
      },
    ],
    notes: [
      "A NAT gateway, an Elastic IP and each interface endpoint cost money while they exist.",
      "GetDataAccess calls S3's control endpoint (`<account>.s3-control.<region>.amazonaws.com`). That the gateway endpoint serves it too is not proven: if you have no NAT gateway, try it first.",
    ],
  },
  accepted: [
    {
      check: "CKV2_AWS_19",
      at: "aws_eip.nat_address",
      why: "It belongs to a NAT gateway, which the check does not know",
    },
    {
      check: "CKV_AWS_283",
      at: "data.aws_iam_policy_document.s3_endpoint_policy",
      why: "Every statement is limited: to this account's principals, or to reading named public buckets, which jobs do without credentials",
    },
  ],
  samples: {
    privateSubnets: [{ "us-east-1a": "10.0.1.0/24" }],
  },
});
