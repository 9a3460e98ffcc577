locals {
  request_rule_names = { for k, v in aws_cloudwatch_event_rule.requests : k => v.name }

  request_patterns = {
    for digit in split("", "0123456789abcdef") : digit => jsonencode({
      source      = ["aws.datazone"]
      detail-type = ["Subscription Request Created"]
      detail = {
        metadata = { domain = [var.domain.id] }
        data = {
          status       = ["PENDING"]
          autoApproved = [{ exists = false }, false, null]
          subscribedListings = {
            ownerProjectId = coalescelist(
              [for k, v in var.publishing_projects : v.id if startswith(sha256(k), digit)],
              [""]
            )
          }
        }
      }
    })
  }
}

data "aws_partition" "current" {}

data "aws_region" "current" {}

data "aws_caller_identity" "current" {}

# Requests that wait for a decision.

resource "aws_cloudwatch_event_rule" "requests" {
  for_each = local.request_patterns

  name          = "${var.name}-requests-${each.key}"
  description   = "Amazon DataZone subscription requests that wait for a decision"
  event_pattern = each.value
  tags          = var.tags

  lifecycle {
    precondition {
      condition     = length(each.value) <= 2048
      error_message = "publishing_projects: too many projects are in one event pattern, which holds 2,048 characters by EventBridge's default quota. A project's pattern is chosen by the SHA-256 of its key: give some projects other keys, or deploy a second approval for some of them"
    }
  }

  depends_on = [var.after]
}

resource "aws_cloudwatch_event_target" "queue" {
  for_each = local.request_rule_names

  arn       = var.queue.arn
  rule      = each.value
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
  for_each = { for k, v in local.request_rule_names : k => v if var.arrival_notices != null }

  arn       = var.arrival_notices.topic_arn
  rule      = each.value
  target_id = "arrival-notices"

  dead_letter_config {
    arn = var.dead_letter_queue.arn
  }

  input_transformer {
    input_template = "\"A subscription request has arrived: project <subscriber> asks for access to listing <listing> of project <publisher> (request <request>, domain <domain>, at <at>). It is being decided by policy, and the decision will be announced in another message.\""

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

# Events after a decision.

resource "aws_cloudwatch_event_rule" "later" {
  name        = "${var.name}-later"
  description = "Events of Amazon DataZone after a decision"

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

  depends_on = [var.after]
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
  description         = "Makes the approver decide requests that are still pending"
  schedule_expression = "rate(${var.sweep.every_minutes} minutes)"
  tags                = var.tags

  depends_on = [var.after]
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

# Alarms for operators.

resource "aws_cloudwatch_metric_alarm" "undelivered" {
  for_each = {
    for k, v in merge(local.request_rule_names, { later = aws_cloudwatch_event_rule.later.name }) :
    k => v
    if var.operators != null
  }

  alarm_actions       = [var.operators.arn]
  alarm_description   = "An event rule could not deliver events: those that are not in the dead-letter queue are lost, and the next sweep finds their requests. See which rules feed the queue; the alarm has its rule's name: aws events list-rule-names-by-target --target-arn ${var.queue.arn} (all steps: the output runbook)"
  alarm_name          = "${each.value}-undelivered"
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
  ok_actions          = [var.operators.arn]
  threshold           = 0
  treat_missing_data  = "notBreaching"
  tags                = var.tags

  metric_query {
    expression  = "FILL(failed, 0) + FILL(lost, 0)"
    id          = "undelivered"
    label       = "Undelivered"
    return_data = true
  }

  metric_query {
    id = "failed"

    metric {
      dimensions  = { RuleName = each.value }
      metric_name = "FailedInvocations"
      namespace   = "AWS/Events"
      period      = 300
      stat        = "Sum"
    }
  }

  metric_query {
    id = "lost"

    metric {
      dimensions  = { RuleName = each.value }
      metric_name = "InvocationsFailedToBeSentToDlq"
      namespace   = "AWS/Events"
      period      = 300
      stat        = "Sum"
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "sweep_undelivered" {
  count = var.operators != null && var.sweep != null ? 1 : 0

  alarm_actions       = [var.operators.arn]
  alarm_description   = "An event rule could not deliver events: those that are not in the dead-letter queue are lost, and the next sweep finds their requests. See which rules feed the queue; the alarm has its rule's name: aws events list-rule-names-by-target --target-arn ${var.queue.arn} (all steps: the output runbook)"
  alarm_name          = "${one(aws_cloudwatch_event_rule.sweep[*].name)}-undelivered"
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
  ok_actions          = [var.operators.arn]
  threshold           = 0
  treat_missing_data  = "notBreaching"
  tags                = var.tags

  metric_query {
    expression  = "FILL(failed, 0) + FILL(lost, 0)"
    id          = "undelivered"
    label       = "Undelivered"
    return_data = true
  }

  metric_query {
    id = "failed"

    metric {
      dimensions  = { RuleName = one(aws_cloudwatch_event_rule.sweep[*].name) }
      metric_name = "FailedInvocations"
      namespace   = "AWS/Events"
      period      = 300
      stat        = "Sum"
    }
  }

  metric_query {
    id = "lost"

    metric {
      dimensions  = { RuleName = one(aws_cloudwatch_event_rule.sweep[*].name) }
      metric_name = "InvocationsFailedToBeSentToDlq"
      namespace   = "AWS/Events"
      period      = 300
      stat        = "Sum"
    }
  }
}
