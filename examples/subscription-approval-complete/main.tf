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

data "aws_caller_identity" "current" {}

resource "aws_kms_key" "queues" {
  description         = "Encrypts subscription requests on their way to the approver"
  enable_key_rotation = true
  policy              = data.aws_iam_policy_document.queue_key.json
}

data "aws_iam_policy_document" "queue_key" {
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

  # The event rules encrypt what they put on the queues.
  statement {
    actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
    resources = ["*"]

    principals {
      type        = "Service"
      identifiers = ["events.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [data.aws_caller_identity.current.account_id]
    }
  }
}

resource "aws_sqs_queue" "decisions" {
  name                    = "sales-decisions"
  sqs_managed_sse_enabled = true
}

module "subscription_approval" {
  source = "../../modules/subscription-approval"

  name        = "sales-approval"
  environment = "prod"
  domain      = { id = "dzd_4rgxv6ns8t3knp" }

  publishing_projects = {
    sales   = { id = "5yw1mwl0k9d3sh" }
    pricing = { id = "8qv2nxk4c7j1mz" }
  }

  # One policy a file; a file is named like the policy's @id.
  policies = {
    for file in fileset("${path.module}/policies", "*.cedar") :
    trimsuffix(file, ".cedar") => file("${path.module}/policies/${file}")
  }

  sweep = {
    every_minutes     = 60
    alarm_after_hours = 48
  }

  dashboard = {}

  notifications = {
    display_name = "Sales data access"

    subscriptions = {
      owners = {
        protocol      = "email"
        endpoint      = "sales-data-owners@example.com"
        filter_policy = { decision = ["waiting", "failed"] }
      }
      machines = {
        protocol             = "sqs"
        endpoint             = aws_sqs_queue.decisions.arn
        raw_message_delivery = true
      }
    }
  }

  operators = {
    subscriptions = {
      on_call = {
        protocol = "email"
        endpoint = "data-platform@example.com"
      }
    }
  }

  arrival_notices = {}
  approver_role   = {}
  membership = {
    role         = { arn = "arn:aws:iam::123456789012:role/datazone-deployment" }
    user_profile = {}
    member_pools = { sales = { domain_unit_id = "5zq2nxm1l8c4ti" } }
  }
  queue_key            = { arn = aws_kms_key.queues.arn }
  logs                 = { retention_days = 731 }
  role_path            = "/data-access/"
  permissions_boundary = { arn = "arn:aws:iam::123456789012:policy/boundary" }
  tags                 = { team = "sales" }
}

output "check" {
  description = "What the approver found out about its permissions."
  value       = module.subscription_approval.check
}
