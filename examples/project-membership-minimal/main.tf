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

module "project_membership" {
  source = "../../modules/project-membership"

  name   = "sales-approver"
  domain = { id = "dzd_4rgxv6ns8t3knp" }

  members = {
    approver = {
      project_id = "5yw1mwl0k9d3sh"
      identifier = "arn:aws:iam::123456789012:role/sales-approval-function"
    }
  }
}

output "commands" {
  description = "What someone who owns the project runs."
  value       = module.project_membership.commands
}
