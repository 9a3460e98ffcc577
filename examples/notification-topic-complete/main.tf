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

# The key, the queue and the role are made in this root: nothing about them is known before the apply.
resource "aws_kms_key" "messages" {
  description         = "Encrypts messages about data access"
  enable_key_rotation = true
  policy              = data.aws_iam_policy_document.messages_key.json
}

data "aws_caller_identity" "current" {}

data "aws_iam_policy_document" "messages_key" {
  # checkov:skip=CKV_AWS_109: In a key policy * is this key, and the account must be able to administer it.
  # checkov:skip=CKV_AWS_111: In a key policy * is this key, and the account must be able to administer it.
  # checkov:skip=CKV_AWS_356: In a key policy * is this key, and the account must be able to administer it.

  statement {
    sid       = "Administration"
    actions   = ["kms:*"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = [data.aws_caller_identity.current.account_id]
    }
  }

  statement {
    sid       = "Publishers"
    actions   = ["kms:Decrypt", "kms:GenerateDataKey*"]
    resources = ["*"]

    principals {
      type        = "Service"
      identifiers = ["cloudwatch.amazonaws.com", "events.amazonaws.com"]
    }

    principals {
      type        = "AWS"
      identifiers = [aws_iam_role.publisher.arn]
    }
  }
}

resource "aws_iam_role" "publisher" {
  name               = "sales-publisher"
  assume_role_policy = data.aws_iam_policy_document.publisher.json
}

# The topic lets in nobody else; what the role may do is its own policy's to say.
resource "aws_iam_role_policy" "publisher" {
  name   = "publish"
  role   = aws_iam_role.publisher.name
  policy = data.aws_iam_policy_document.publish.json
}

data "aws_iam_policy_document" "publish" {
  statement {
    actions   = ["sns:Publish"]
    resources = [module.notification_topic.arn]
  }

  statement {
    actions   = ["kms:Decrypt", "kms:GenerateDataKey*"]
    resources = [aws_kms_key.messages.arn]
  }
}

data "aws_iam_policy_document" "publisher" {
  statement {
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

resource "aws_sqs_queue" "waiting" {
  name                    = "sales-waiting"
  sqs_managed_sse_enabled = true
}

resource "aws_sqs_queue" "undelivered" {
  name                    = "sales-undelivered"
  sqs_managed_sse_enabled = true
}

data "aws_iam_policy_document" "queues" {
  statement {
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.waiting.arn, aws_sqs_queue.undelivered.arn]

    principals {
      type        = "Service"
      identifiers = ["sns.amazonaws.com"]
    }

    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = [module.notification_topic.arn]
    }
  }
}

resource "aws_sqs_queue_policy" "queues" {
  for_each = { waiting = aws_sqs_queue.waiting.url, undelivered = aws_sqs_queue.undelivered.url }

  queue_url = each.value
  policy    = data.aws_iam_policy_document.queues.json
}

module "notification_topic" {
  source = "../../modules/notification-topic"

  name         = "sales-decisions"
  display_name = "Sales data access"
  kms_key      = { arn = aws_kms_key.messages.arn }
  publishers   = { approver = { role_arn = aws_iam_role.publisher.arn } }

  subscriptions = {
    owners = {
      protocol      = "email"
      endpoint      = "sales-data-owners@example.com"
      filter_policy = { decision = ["waiting", "failed"] }
    }
    machines = {
      protocol             = "sqs"
      endpoint             = aws_sqs_queue.waiting.arn
      raw_message_delivery = true
      dead_letter_queue    = { arn = aws_sqs_queue.undelivered.arn }
    }
  }

  tags = { team = "sales" }
}

output "topic_arn" {
  description = "ARN of the topic."
  value       = module.notification_topic.arn
}
