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

module "approver" {
  source = "../../modules/approver"

  name                = "sales-approval"
  environment         = "dev"
  domain              = { id = "dzd_4rgxv6ns8t3knp" }
  publishing_projects = { sales = { id = "5yw1mwl0k9d3sh" } }
  topic               = { arn = "arn:aws:sns:us-east-1:123456789012:sales-decisions" }
  operators           = { arn = "arn:aws:sns:us-east-1:123456789012:sales-operators" }

  # One policy a file; a file is named like the policy's @id.
  policies = {
    for file in fileset("${path.module}/policies", "*.cedar") :
    trimsuffix(file, ".cedar") => file("${path.module}/policies/${file}")
  }

  # Amazon DataZone delivers events on a best-effort basis. The module event-rule has the schedule; here, what a sweep goes by.
  sweep = { every_minutes = 60 }
}
