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

resource "aws_iam_role" "approver" {
  name               = "sales-approver"
  assume_role_policy = data.aws_iam_policy_document.lambda.json
}

data "aws_iam_policy_document" "lambda" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

module "project_membership" {
  source = "../../modules/project-membership"

  name   = "sales-approver"
  domain = { id = "dzd_4rgxv6ns8t3knp" }

  members = {
    approver = {
      project_id   = "5yw1mwl0k9d3sh"
      identifier   = aws_iam_role.approver.arn
      user_profile = { key = "approver" }
    }
    stewards = {
      project_id  = "5yw1mwl0k9d3sh"
      identifier  = "0c1d2e3f-sales-stewards"
      type        = "group"
      designation = "PROJECT_CATALOG_STEWARD"
    }
  }

  # The role's profile in the domain, made before anything is granted to it.
  user_profiles = { approver = { identifier = aws_iam_role.approver.arn } }

  # Who may be added to the projects of this domain unit, and of those below it.
  member_pools = {
    sales = {
      domain_unit_id = "5zq2nxm1l8c4ti"
      identifier     = aws_iam_role.approver.arn
      user_profile   = { key = "approver" }
    }
  }

  # A role that owns the project's domain unit, for whoever deploys does not.
  cloud_formation = { role = { arn = "arn:aws:iam::123456789012:role/datazone-deployment" } }

  tags = { team = "sales" }
}
