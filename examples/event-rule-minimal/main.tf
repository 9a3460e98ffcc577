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

  name                = "sales-requests"
  domain              = { id = "dzd_4rgxv6ns8t3knp" }
  publishing_projects = { sales = { id = "5yw1mwl0k9d3sh" } }
  queue               = { arn = aws_sqs_queue.requests.arn }
  dead_letter_queue   = { arn = aws_sqs_queue.undelivered.arn }

  # Amazon DataZone delivers events on a best-effort basis: a sweep finds the requests whose events were lost.
  sweep = {
    every_minutes  = 60
    function_name  = "sales-approval"
    function_alias = "live"
  }
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
