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

# Queues of the platform's own: their redrive policies and who may send are settled here.
resource "aws_sqs_queue" "requests" {
  name                       = "sales-requests"
  kms_master_key_id          = aws_kms_key.queues.arn
  visibility_timeout_seconds = 720

  redrive_policy = jsonencode({
    deadLetterTargetArn = aws_sqs_queue.undecided.arn
    maxReceiveCount     = 5
  })
}

resource "aws_sqs_queue" "undecided" {
  name              = "sales-undecided"
  kms_master_key_id = aws_kms_key.queues.arn
}

resource "aws_security_group" "approver" {
  # checkov:skip=CKV2_AWS_5: The module's function is in it, which the check does not see.

  name        = "sales-approver"
  description = "The approver calls AWS services, nobody calls the approver"
  vpc_id      = "vpc-0123456789abcdef0"
}

module "approver" {
  source = "../../modules/approver"

  name        = "sales-approval"
  environment = "prod"

  domain = {
    id      = "dzd_4rgxv6ns8t3knp"
    kms_key = { arn = "arn:aws:kms:us-east-1:123456789012:key/3a1b2c4d-datazone" }
  }

  publishing_projects = {
    sales   = { id = "5yw1mwl0k9d3sh" }
    pricing = { id = "8qv2nxk4c7j1mz" }
  }

  # One policy a file; a file is named like the policy's @id.
  policies = {
    for file in fileset("${path.module}/policies", "*.cedar") :
    trimsuffix(file, ".cedar") => file("${path.module}/policies/${file}")
  }

  topic     = { arn = module.decisions.arn, kms_key = { arn = module.decisions.key_arn } }
  operators = { arn = module.operators.arn, kms_key = { arn = module.operators.key_arn } }

  sweep = {
    every_minutes     = 60
    alarm_after_hours = 48
  }

  dashboard     = {}
  approver_role = {}
  queue_key     = { arn = aws_kms_key.queues.arn }

  queue = {
    arn  = aws_sqs_queue.requests.arn
    url  = aws_sqs_queue.requests.url
    name = aws_sqs_queue.requests.name
  }

  dead_letter_queue = {
    arn  = aws_sqs_queue.undecided.arn
    url  = aws_sqs_queue.undecided.url
    name = aws_sqs_queue.undecided.name
  }

  vpc = {
    subnet_ids         = ["subnet-0123456789abcdef0", "subnet-0fedcba9876543210"]
    security_group_ids = [aws_security_group.approver.id]
  }

  logs                 = { retention_days = 731 }
  role_path            = "/data-access/"
  permissions_boundary = { arn = "arn:aws:iam::123456789012:policy/boundary" }
  tags                 = { team = "sales" }
}

module "decisions" {
  source = "../../modules/notification-topic"

  name       = "sales-decisions"
  publishers = { approver = { role_arn = module.approver.function_role_arn } }
}

module "operators" {
  source = "../../modules/notification-topic"

  name       = "sales-operators"
  publishers = { approver = { role_arn = module.approver.function_role_arn } }

  subscriptions = {
    on_call = {
      protocol = "email"
      endpoint = "data-platform@example.com"
    }
  }
}

output "check" {
  description = "What the approver found out about its permissions."
  value       = module.approver.check
}
