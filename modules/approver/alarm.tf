resource "aws_cloudwatch_metric_alarm" "alarm_dead_letters" {
  alarm_actions       = [var.operators.arn]
  alarm_description   = "Events or subscription requests could not be delivered or decided, and are in the dead-letter queue. See what is there; each message is a request's event, or names its id: aws sqs receive-message --queue-url ${local.dead_letter_queue_url} --max-number-of-messages 10 --visibility-timeout 60 --query 'Messages[].Body' (all steps: the output runbook)"
  alarm_name          = "${var.name}-dead-letters"
  comparison_operator = "GreaterThanThreshold"
  dimensions          = { QueueName = local.dead_letter_queue_name }
  evaluation_periods  = 1
  metric_name         = "ApproximateNumberOfMessagesVisible"
  namespace           = "AWS/SQS"
  ok_actions          = [var.operators.arn]
  period              = 60
  statistic           = "Maximum"
  threshold           = 0
  treat_missing_data  = "notBreaching"
  tags                = var.tags

  depends_on = [aws_lambda_invocation.check]
}

resource "aws_cloudwatch_metric_alarm" "alarm_errors" {
  alarm_actions       = [var.operators.arn]
  alarm_description   = "The approver's function failed; the messages are tried again. Read why, in the function's log of the last hour: ${local.log_command} (all steps: the output runbook)"
  alarm_name          = "${var.name}-errors"
  comparison_operator = "GreaterThanThreshold"
  dimensions          = { FunctionName = aws_lambda_function.function.function_name }
  evaluation_periods  = 1
  metric_name         = "Errors"
  namespace           = "AWS/Lambda"
  ok_actions          = [var.operators.arn]
  period              = 300
  statistic           = "Sum"
  threshold           = 0
  treat_missing_data  = "notBreaching"
  tags                = var.tags

  depends_on = [aws_lambda_invocation.check]
}

resource "aws_cloudwatch_metric_alarm" "alarm_oldest_message" {
  alarm_actions       = [var.operators.arn]
  alarm_description   = "A message has been on the queue for more than an hour: decisions fail or are throttled, or the function is not receiving messages. Read whether decisions are throttled, in the log of the last hour: ${local.log_command} (all steps: the output runbook)"
  alarm_name          = "${var.name}-oldest-message"
  comparison_operator = "GreaterThanThreshold"
  dimensions          = { QueueName = local.queue_name }
  evaluation_periods  = 1
  metric_name         = "ApproximateAgeOfOldestMessage"
  namespace           = "AWS/SQS"
  ok_actions          = [var.operators.arn]
  period              = 300
  statistic           = "Maximum"
  threshold           = 3600
  treat_missing_data  = "notBreaching"
  tags                = var.tags

  depends_on = [aws_lambda_invocation.check]
}

resource "aws_cloudwatch_metric_alarm" "alarm_failed" {
  alarm_actions       = [var.operators.arn]
  alarm_description   = "Subscription requests could not be decided, and a retry will not help. Ask the check what to repair, and repair it: ${local.check_command} (all steps: the output runbook)"
  alarm_name          = "${var.name}-failed"
  comparison_operator = "GreaterThanThreshold"
  dimensions          = { service = var.name }
  evaluation_periods  = 1
  metric_name         = "Failed"
  namespace           = "SageMakerDataAccess"
  ok_actions          = [var.operators.arn]
  period              = 300
  statistic           = "Sum"
  threshold           = 0
  treat_missing_data  = "notBreaching"
  tags                = var.tags

  depends_on = [aws_lambda_invocation.check]
}

resource "aws_cloudwatch_metric_alarm" "alarm_incomplete_sweeps" {
  alarm_actions       = [var.operators.arn]
  alarm_description   = "A sweep could not list the pending requests of every publishing project. Read which, and why: \"the sweep is not complete\": ${local.log_command} (all steps: the output runbook)"
  alarm_name          = "${var.name}-incomplete-sweeps"
  comparison_operator = "GreaterThanThreshold"
  dimensions          = { service = var.name }
  evaluation_periods  = 1
  metric_name         = "IncompleteSweeps"
  namespace           = "SageMakerDataAccess"
  ok_actions          = [var.operators.arn]
  period              = 300
  statistic           = "Sum"
  threshold           = 0
  treat_missing_data  = "notBreaching"
  tags                = var.tags

  depends_on = [aws_lambda_invocation.check]
}

resource "aws_cloudwatch_metric_alarm" "alarm_oldest_pending" {
  count = var.sweep != null ? 1 : 0

  alarm_actions       = [var.operators.arn]
  alarm_description   = "A subscription request has been waiting too long for a person. See what waits, the oldest by its date: aws datazone list-subscription-requests --domain-identifier ${var.domain.id} --status PENDING --query 'items[].[createdAt, id, subscribedListings[0].name]' --output text (all steps: the output runbook)"
  alarm_name          = "${var.name}-oldest-pending"
  comparison_operator = "GreaterThanThreshold"
  dimensions          = { service = var.name }
  evaluation_periods  = 1
  metric_name         = "OldestPendingAge"
  namespace           = "SageMakerDataAccess"
  ok_actions          = [var.operators.arn]
  period              = 300
  statistic           = "Maximum"
  threshold           = var.sweep.alarm_after_hours * 3600
  treat_missing_data  = "ignore"
  tags                = var.tags

  depends_on = [aws_lambda_invocation.check]
}
