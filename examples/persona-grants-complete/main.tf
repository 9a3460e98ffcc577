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

# The instance and its locations are here, who may do what is somewhere else: a state for each team, for example.
module "access_grants" {
  source = "../../modules/access-grants"

  name            = "product"
  identity_center = { arn = "arn:aws:sso:::instance/ssoins-0123456789abcdef" }
  locations       = { data = { scope = "s3://example-product-data/" } }
}

data "aws_caller_identity" "current" {}

resource "aws_iam_role" "analyst" {
  name               = "product-analyst"
  assume_role_policy = data.aws_iam_policy_document.sagemaker.json
}

# Who was granted something still has to be allowed to ask for it.
resource "aws_iam_role_policy" "analyst" {
  name   = "ask-for-data"
  role   = aws_iam_role.analyst.name
  policy = data.aws_iam_policy_document.ask.json
}

data "aws_iam_policy_document" "ask" {
  statement {
    actions   = ["s3:GetDataAccess"]
    resources = [module.access_grants.instance_arn]
  }
}

data "aws_iam_policy_document" "sagemaker" {
  statement {
    # A domain says in CloudTrail who works with the role.
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

locals {
  personas = {
    analyst  = { type = "IAM", id = aws_iam_role.analyst.arn }
    auditors = { type = "DIRECTORY_GROUP", id = "a1b2c3d4-5e6f-7081-92a3-b4c5d6e7f809" }
  }
}

module "persona_grants" {
  source   = "../../modules/persona-grants"
  for_each = local.personas

  account_id   = data.aws_caller_identity.current.account_id
  location_ids = module.access_grants.location_ids
  grantee      = each.value

  grants = {
    product = {
      location   = "data"
      sub_prefix = "Product/*"
      permission = "READWRITE"
    }
    report = {
      location    = "data"
      sub_prefix  = "Reports/latest.csv"
      permission  = "READ"
      prefix_type = "Object"
    }
  }

  tags = { team = "product" }
}
