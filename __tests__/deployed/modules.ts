import type { World } from "../../sandbox/walkthrough/world";
import { callExamples, fillExample } from "../modules/support/examples";

const APPROVAL = "subscription-approval-complete";
export const STUDIO = "studio-access-complete";

/** What an account has before it calls the modules. */
const BOUNDARY = `
resource "aws_iam_policy" "boundary" {
  name_prefix = "boundary-"
  policy      = jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "*", Resource = "*" }] })
}
`;
const LOGS = `
resource "aws_s3_bucket" "logs" {
  bucket_prefix = "access-logs-"
  force_destroy = true
}

resource "aws_s3_bucket_policy" "logs" {
  bucket = aws_s3_bucket.logs.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "logging.s3.amazonaws.com" }
      Action    = "s3:PutObject"
      Resource  = "\${aws_s3_bucket.logs.arn}/*"
    }]
  })
}
`;
const NETWORK = `
data "aws_vpc" "default" {
  default = true
}

data "aws_subnets" "default" {
  filter {
    name   = "vpc-id"
    values = [data.aws_vpc.default.id]
  }
}

data "aws_security_group" "default" {
  name   = "default"
  vpc_id = data.aws_vpc.default.id
}
`;

/** An account and Region have one S3 Access Grants instance: the environment's. */
const INSTANCE = `
variable "instance_arn" {
  type = string
}
`;

/**
 * Calls the complete examples of both compositions beside the environment, as someone would who has never heard of CDKTF: with the
 * sandbox's ids in place of the examples', and names that are not the environment's.
 */
export function callModules(folder: string, { catalog, settings }: World): void {
  callExamples(folder, {
    [APPROVAL]: {},
    [STUDIO]: {
      instance_arn: "${aws_s3control_access_grants_instance.data_access_access_instance.access_grants_instance_arn}",
    },
  });
  fillExample(folder, APPROVAL, BOUNDARY, {
    '"dzd_4rgxv6ns8t3knp"': JSON.stringify(catalog.domain),
    '"5yw1mwl0k9d3sh"': JSON.stringify(catalog.projects.marketing),
    '"8qv2nxk4c7j1mz"': JSON.stringify(catalog.projects["dev-forecasting"]),
    '    role         = { arn = "arn:aws:iam::123456789012:role/datazone-deployment" }\n': "",
    '"5zq2nxm1l8c4ti"': JSON.stringify(catalog.domainUnit),
    '"arn:aws:iam::123456789012:policy/boundary"': "aws_iam_policy.boundary.arn",
  });
  fillExample(folder, STUDIO, BOUNDARY + LOGS + NETWORK + INSTANCE, {
    '"product"': '"outside"',
    '"sagemaker"': '"outside"\n  domain_name = "Outside"\n  delete_objects_with_bucket = true',
    '"arn:aws:s3:us-east-1:123456789012:access-grants/default"': "var.instance_arn",
    '"vpc-0123456789abcdef0"': "data.aws_vpc.default.id",
    '["subnet-0123456789abcdef0", "subnet-0fedcba9876543210"]': "slice(sort(data.aws_subnets.default.ids), 0, 2)",
    '"sg-0123456789abcdef0"': "data.aws_security_group.default.id",
    '"example-access-logs"': "aws_s3_bucket_policy.logs.bucket",
    '"example-raw-data"': JSON.stringify(settings["SANDBOX_DATASET_BUCKET"]),
    '"arn:aws:iam::123456789012:policy/boundary"': "aws_iam_policy.boundary.arn",
  });
}
