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
      project_id = "5yw1mwl0k9d3sh"
      identifier = aws_iam_role.approver.arn
    }
    stewards = {
      project_id  = "5yw1mwl0k9d3sh"
      identifier  = "0c1d2e3f-sales-stewards"
      type        = "group"
      designation = "PROJECT_CATALOG_STEWARD"
    }
  }

  # A role that owns the project's domain unit, for whoever deploys does not.
  cloud_formation = { role = { arn = "arn:aws:iam::123456789012:role/datazone-deployment" } }

  tags = { team = "sales" }
}
