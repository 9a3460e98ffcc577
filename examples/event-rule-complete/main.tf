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

module "event_rule" {
  source = "../../modules/event-rule"

  name              = "sales-requests"
  domain            = { id = "dzd_4rgxv6ns8t3knp" }
  tags              = { team = "sales" }
  queue             = { arn = aws_sqs_queue.requests.arn }
  dead_letter_queue = { arn = aws_sqs_queue.undelivered.arn }
  arrival_notices   = { topic_arn = module.notification_topic.arn }

  publishing_projects = {
    sales   = { id = "5yw1mwl0k9d3sh" }
    pricing = { id = "8qv2nxk4c7j1mz" }
  }
}

module "notification_topic" {
  source = "../../modules/notification-topic"

  name        = "sales-decisions"
  event_rules = module.event_rule.request_rules
}

resource "aws_sqs_queue" "requests" {
  name                    = "sales-requests"
  sqs_managed_sse_enabled = true
}

resource "aws_sqs_queue" "undelivered" {
  name                    = "sales-requests-undelivered"
  sqs_managed_sse_enabled = true
}

data "aws_iam_policy_document" "queues" {
  statement {
    actions   = ["sqs:SendMessage"]
    resources = [aws_sqs_queue.requests.arn, aws_sqs_queue.undelivered.arn]

    principals {
      type        = "Service"
      identifiers = ["events.amazonaws.com"]
    }

    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = [for rule in module.event_rule.rules : rule.arn]
    }
  }
}

resource "aws_sqs_queue_policy" "queues" {
  for_each = { requests = aws_sqs_queue.requests.url, undelivered = aws_sqs_queue.undelivered.url }

  queue_url = each.value
  policy    = data.aws_iam_policy_document.queues.json
}
