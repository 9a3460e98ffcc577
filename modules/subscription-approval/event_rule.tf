resource "aws_cloudwatch_event_rule" "event_rule_rule" {
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

resource "aws_cloudwatch_event_target" "event_rule_queue" {
  arn       = local.queue_arn
  rule      = aws_cloudwatch_event_rule.event_rule_rule.name
  target_id = "queue"

  dead_letter_config {
    arn = local.dead_letter_queue_arn
  }

  retry_policy {
    maximum_event_age_in_seconds = 86400
    maximum_retry_attempts       = 185
  }
}

resource "aws_cloudwatch_event_target" "event_rule_arrival_notices" {
  count = var.arrival_notices != null ? 1 : 0

  arn       = local.notifications_topic_arn
  rule      = aws_cloudwatch_event_rule.event_rule_rule.name
  target_id = "arrival-notices"

  dead_letter_config {
    arn = local.dead_letter_queue_arn
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

resource "aws_cloudwatch_event_rule" "event_rule_sweep" {
  count = var.sweep != null ? 1 : 0

  name                = "${var.name}-sweep"
  description         = "Makes the approver decide what is still pending"
  schedule_expression = "rate(${var.sweep.every_minutes} minutes)"
  tags                = var.tags
}

resource "aws_cloudwatch_event_target" "event_rule_sweep_function" {
  count = var.sweep != null ? 1 : 0

  arn       = "arn:${local.partition}:lambda:${local.region}:${local.account_id}:function:${aws_lambda_function.approver_function.function_name}:${aws_lambda_alias.approver_alias.name}"
  rule      = one(aws_cloudwatch_event_rule.event_rule_sweep[*].name)
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

resource "aws_lambda_permission" "event_rule_sweep_permission" {
  count = var.sweep != null ? 1 : 0

  function_name = aws_lambda_function.approver_function.function_name
  action        = "lambda:InvokeFunction"
  principal     = "events.amazonaws.com"
  qualifier     = aws_lambda_alias.approver_alias.name
  source_arn    = one(aws_cloudwatch_event_rule.event_rule_sweep[*].arn)
}
