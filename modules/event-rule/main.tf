locals {
  event_pattern = jsonencode({
    source      = ["aws.datazone"]
    detail-type = ["Subscription Request Created"]
    detail = {
      metadata = { domain = [var.domain.id] }
      data = {
        status             = ["PENDING"]
        autoApproved       = [{ exists = false }, false, null]
        subscribedListings = { ownerProjectId = [for k, v in var.publishing_projects : v.id] }
      }
    }
  })
}

data "aws_partition" "current" {}

data "aws_region" "current" {}

data "aws_caller_identity" "current" {}

# Requests that wait for a decision.

resource "aws_cloudwatch_event_rule" "rule" {
  name          = var.name
  description   = "Amazon DataZone subscription requests that wait for a decision"
  event_pattern = local.event_pattern
  tags          = var.tags

  lifecycle {
    precondition {
      condition     = length(local.event_pattern) <= 4096
      error_message = "publishing_projects: too many for one event pattern (EventBridge allows 4,096 characters): deploy a second approval for some of the projects"
    }
  }
}

resource "aws_cloudwatch_event_target" "queue" {
  arn       = var.queue.arn
  rule      = aws_cloudwatch_event_rule.rule.name
  target_id = "queue"

  dead_letter_config {
    arn = var.dead_letter_queue.arn
  }

  retry_policy {
    maximum_event_age_in_seconds = 86400
    maximum_retry_attempts       = 185
  }
}

resource "aws_cloudwatch_event_target" "arrival_notices" {
  count = var.arrival_notices != null ? 1 : 0

  arn       = var.arrival_notices.topic_arn
  rule      = aws_cloudwatch_event_rule.rule.name
  target_id = "arrival-notices"

  dead_letter_config {
    arn = var.dead_letter_queue.arn
  }

  input_transformer {
    input_template = "\"A subscription request has arrived: project <subscriber> asks for access to listing <listing> of project <publisher> (request <request>, domain <domain>, at <at>). It is being decided by policy; what is decided is announced separately.\""

    input_paths = {
      at         = "$.time"
      domain     = "$.detail.metadata.domain"
      request    = "$.detail.metadata.id"
      subscriber = "$.detail.metadata.owningProjectId"
      listing    = "$.detail.data.subscribedListings[0].id"
      publisher  = "$.detail.data.subscribedListings[0].ownerProjectId"
    }
  }

  retry_policy {
    maximum_event_age_in_seconds = 86400
    maximum_retry_attempts       = 185
  }
}

# What the service tells after a decision.

resource "aws_cloudwatch_event_rule" "later" {
  name        = "${var.name}-later"
  description = "What Amazon DataZone tells after a decision"

  event_pattern = jsonencode({
    source = ["aws.datazone"]
    detail-type = [
      "Subscription Request Accepted",
      "Subscription Request Rejected",
      "Subscription Grant Completed",
      "Subscription Grant Failed",
      "Subscription Revoked",
      "Project Member Removal Succeeded",
      "Project Member Role Change Succeeded",
      "Policy Grant Removed",
    ]
    detail = { metadata = { domain = [var.domain.id] } }
  })

  tags = var.tags
}

resource "aws_cloudwatch_event_target" "later_target" {
  arn       = var.queue.arn
  rule      = aws_cloudwatch_event_rule.later.name
  target_id = "queue"

  dead_letter_config {
    arn = var.dead_letter_queue.arn
  }

  retry_policy {
    maximum_event_age_in_seconds = 86400
    maximum_retry_attempts       = 185
  }
}

# The schedule.

resource "aws_cloudwatch_event_rule" "sweep" {
  count = var.sweep != null ? 1 : 0

  name                = "${var.name}-sweep"
  description         = "Makes the approver decide what is still pending"
  schedule_expression = "rate(${var.sweep.every_minutes} minutes)"
  tags                = var.tags
}

resource "aws_cloudwatch_event_target" "sweep_function" {
  count = var.sweep != null ? 1 : 0

  arn       = "arn:${data.aws_partition.current.partition}:lambda:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:function:${var.sweep.function_name}:${var.sweep.function_alias}"
  rule      = one(aws_cloudwatch_event_rule.sweep[*].name)
  target_id = "approver"

  input_transformer {
    input_paths    = { at = "$.time" }
    input_template = "{\"operation\":\"sweep\",\"scheduled\":{\"at\":<at>,\"everyMinutes\":${var.sweep.every_minutes}}}"
  }

  retry_policy {
    maximum_event_age_in_seconds = 300
    maximum_retry_attempts       = 3
  }
}

resource "aws_lambda_permission" "sweep_permission" {
  count = var.sweep != null ? 1 : 0

  function_name = var.sweep.function_name
  action        = "lambda:InvokeFunction"
  principal     = "events.amazonaws.com"
  qualifier     = var.sweep.function_alias
  source_arn    = one(aws_cloudwatch_event_rule.sweep[*].arn)
}
