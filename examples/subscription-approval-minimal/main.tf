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

module "subscription_approval" {
  source = "../../modules/subscription-approval"

  name                = "sales-approval"
  environment         = "dev"
  domain              = { id = "dzd_4rgxv6ns8t3knp" }
  publishing_projects = { sales = { id = "5yw1mwl0k9d3sh" } }

  # One policy a file; a file is named like the policy's @id.
  policies = {
    for file in fileset("${path.module}/policies", "*.cedar") :
    trimsuffix(file, ".cedar") => file("${path.module}/policies/${file}")
  }

  # Amazon DataZone delivers events on a best-effort basis: a sweep finds the requests whose events were lost.
  sweep = { every_minutes = 60 }

  operators = {
    subscriptions = {
      on_call = {
        protocol = "email"
        endpoint = "data-platform@example.com"
      }
    }
  }
}

output "membership_commands" {
  description = "What someone who owns the project runs, so that the approver may decide."
  value       = module.subscription_approval.membership_commands
}
