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

resource "aws_kms_key" "studio" {
  # checkov:skip=CKV2_AWS_64: The default key policy lets the account's IAM policies decide, which the roles made here need.

  description         = "Encrypts the volumes and the file system of Studio"
  enable_key_rotation = true
}

resource "aws_iam_role" "user_b" {
  name               = "product-user-b"
  assume_role_policy = data.aws_iam_policy_document.sagemaker.json
}

data "aws_caller_identity" "current" {}

data "aws_iam_policy_document" "sagemaker" {
  statement {
    # The domain says in CloudTrail who works with the role.
    actions = ["sts:AssumeRole", "sts:SetSourceIdentity"]

    principals {
      type        = "Service"
      identifiers = ["sagemaker.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [data.aws_caller_identity.current.account_id]
    }
  }
}

module "studio_network" {
  source = "../../modules/studio-network"

  name            = "product"
  vpc_cidr        = "10.0.0.0/16"
  private_subnets = { "us-east-1a" = "10.0.0.0/20" }
  public_subnets  = { "us-east-1a" = "10.0.240.0/24" }
  nat_gateways    = { "us-east-1a" = {} }
}

module "studio_domain" {
  source = "../../modules/studio-domain"

  name                   = "product"
  domain_name            = "Product-Domain"
  role_prefix            = "sagemaker"
  home_file_system       = "Retain"
  max_session_duration   = 28800
  scratch_days           = 14
  studio_key             = { arn = aws_kms_key.studio.arn }
  access_grants_instance = { arn = "arn:aws:s3:us-east-1:123456789012:access-grants/default" }

  network = {
    vpc_id             = module.studio_network.vpc_id
    subnet_ids         = module.studio_network.subnet_ids
    security_group_ids = module.studio_network.security_group_ids
  }

  profiles = {
    userA = { space = { instance_type = "ml.t3.large", volume_size_in_gb = 20 } }
    userB = { role = { arn = aws_iam_role.user_b.arn } }
  }

  permissions_boundary = { arn = "arn:aws:iam::123456789012:policy/boundary" }
  role_path            = "/data-access/"
  tags                 = { team = "product" }
}

output "url" {
  description = "Where people come in."
  value       = module.studio_domain.url
}
