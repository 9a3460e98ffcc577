terraform {
  required_version = ">= 1.9"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100.0, < 7.0.0"
    }
  }
}

provider "aws" {
  region = "us-east-1"
}

resource "aws_eip" "nat" {
  # checkov:skip=CKV2_AWS_19: It belongs to a NAT gateway of the module, which the check does not know.

  domain = "vpc"
}

resource "aws_kms_key" "flow_logs" {
  description         = "Encrypts the flow logs"
  enable_key_rotation = true
  policy              = data.aws_iam_policy_document.flow_logs_key.json
}

data "aws_caller_identity" "current" {}

data "aws_iam_policy_document" "flow_logs_key" {
  # checkov:skip=CKV_AWS_109: In a key policy * is this key, and the account must be able to administer it.
  # checkov:skip=CKV_AWS_111: In a key policy * is this key, and the account must be able to administer it.
  # checkov:skip=CKV_AWS_356: In a key policy * is this key, and the account must be able to administer it.

  statement {
    actions   = ["kms:*"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::${data.aws_caller_identity.current.account_id}:root"]
    }
  }

  # CloudWatch Logs encrypts with it, this account's log groups only.
  statement {
    actions   = ["kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"]
    resources = ["*"]

    principals {
      type        = "Service"
      identifiers = ["logs.us-east-1.amazonaws.com"]
    }

    condition {
      test     = "ArnLike"
      variable = "kms:EncryptionContext:aws:logs:arn"
      values   = ["arn:aws:logs:us-east-1:${data.aws_caller_identity.current.account_id}:log-group:*"]
    }
  }
}

module "studio_network" {
  source = "../../modules/studio-network"

  name     = "product"
  vpc_cidr = "10.0.0.0/16"

  private_subnets = {
    "us-east-1a" = "10.0.0.0/20"
    "us-east-1b" = "10.0.16.0/20"
  }

  public_subnets = {
    "us-east-1a" = "10.0.240.0/24"
    "us-east-1b" = "10.0.241.0/24"
  }

  nat_gateways = {
    "us-east-1a" = { elastic_ip = { allocation_id = aws_eip.nat.allocation_id } }
    "us-east-1b" = {}
  }

  # Studio works without its way over the NAT gateways, which are for package registries.
  studio_endpoints = {}

  # S3 for whoever comes by VPN or Direct Connect; a service whose name begins otherwise.
  interface_endpoints = {
    kms      = { service = "kms" }
    s3       = { service = "s3" }
    notebook = { service = "aws.sagemaker.us-east-1.notebook" }
  }

  # Shares data with this account by an S3 Access Grants instance of its own.
  trusted_accounts = { data_lake = "210987654321" }

  flow_logs = {
    retention_days = 365
    kms_key        = { arn = aws_kms_key.flow_logs.arn }
  }

  permissions_boundary = { arn = "arn:aws:iam::123456789012:policy/boundary" }
  role_path            = "/data-access/"
  tags                 = { team = "product" }
}
