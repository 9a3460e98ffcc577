resource "aws_sqs_queue" "approver_dead_letter_queue" {
  count = var.dead_letter_queue == null ? 1 : 0

  name                      = "${var.name}-dead-letters"
  kms_master_key_id         = var.queue_key == null ? null : var.queue_key.arn
  message_retention_seconds = 1209600
  sqs_managed_sse_enabled   = var.queue_key == null ? true : null
  tags                      = var.tags
}

data "aws_iam_policy_document" "approver_dead_letter_queue_policy_document" {
  count = var.dead_letter_queue == null ? 1 : 0

  statement {
    sid       = "EventRules"
    actions   = ["sqs:SendMessage"]
    resources = [local.dead_letter_queue_arn]

    principals {
      type        = "Service"
      identifiers = ["events.amazonaws.com"]
    }

    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = [aws_cloudwatch_event_rule.event_rule_rule.arn]
    }
  }

  statement {
    sid       = "TlsOnly"
    effect    = "Deny"
    actions   = ["sqs:*"]
    resources = [local.dead_letter_queue_arn]

    principals {
      type        = "AWS"
      identifiers = ["*"]
    }

    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }
}

resource "aws_sqs_queue_policy" "approver_dead_letter_queue_policy" {
  count = var.dead_letter_queue == null ? 1 : 0

  policy = data.aws_iam_policy_document.approver_dead_letter_queue_policy_document[count.index].json

  queue_url = (
    var.dead_letter_queue == null
    ? one(aws_sqs_queue.approver_dead_letter_queue[*].url)
    : var.dead_letter_queue.url
  )
}

resource "aws_sqs_queue" "approver_queue" {
  count = var.queue == null ? 1 : 0

  name                       = var.name
  kms_master_key_id          = var.queue_key == null ? null : var.queue_key.arn
  message_retention_seconds  = 1209600
  sqs_managed_sse_enabled    = var.queue_key == null ? true : null
  visibility_timeout_seconds = 720

  redrive_policy = jsonencode({
    deadLetterTargetArn = local.dead_letter_queue_arn
    maxReceiveCount     = 5
  })

  tags = var.tags
}

data "aws_iam_policy_document" "approver_queue_policy_document" {
  count = var.queue == null ? 1 : 0

  statement {
    sid       = "EventRules"
    actions   = ["sqs:SendMessage"]
    resources = [local.queue_arn]

    principals {
      type        = "Service"
      identifiers = ["events.amazonaws.com"]
    }

    condition {
      test     = "ArnEquals"
      variable = "aws:SourceArn"
      values   = [aws_cloudwatch_event_rule.event_rule_rule.arn]
    }
  }

  statement {
    sid       = "TlsOnly"
    effect    = "Deny"
    actions   = ["sqs:*"]
    resources = [local.queue_arn]

    principals {
      type        = "AWS"
      identifiers = ["*"]
    }

    condition {
      test     = "Bool"
      variable = "aws:SecureTransport"
      values   = ["false"]
    }
  }
}

resource "aws_sqs_queue_policy" "approver_queue_policy" {
  count = var.queue == null ? 1 : 0

  policy    = data.aws_iam_policy_document.approver_queue_policy_document[count.index].json
  queue_url = local.queue_url
}

resource "aws_cloudwatch_log_group" "approver_log_group" {
  name              = "/aws/lambda/${var.name}"
  kms_key_id        = var.logs.kms_key == null ? null : var.logs.kms_key.arn
  retention_in_days = var.logs.retention_days
  tags              = var.tags
}

data "aws_iam_policy_document" "approver_role_function_trust" {
  count = var.role == null ? 1 : 0

  statement {
    sid     = "Lambda"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "Service"
      identifiers = ["lambda.amazonaws.com"]
    }
  }
}

resource "aws_iam_role" "approver_role_function" {
  count = var.role == null ? 1 : 0

  name                 = "${var.name}-function"
  description          = "Runs the function ${var.name}"
  assume_role_policy   = data.aws_iam_policy_document.approver_role_function_trust[count.index].json
  path                 = var.role_path
  permissions_boundary = var.permissions_boundary == null ? null : var.permissions_boundary.arn
  tags                 = var.tags
}

data "aws_iam_policy_document" "approver_role_approver_trust" {
  count = var.approver_role != null && local.given_approver_role == null ? 1 : 0

  statement {
    sid     = "Function"
    actions = ["sts:AssumeRole"]

    principals {
      type        = "AWS"
      identifiers = [local.role_arn]
    }
  }
}

resource "aws_iam_role" "approver_role_approver" {
  count = var.approver_role != null && local.given_approver_role == null ? 1 : 0

  name                 = "${var.name}-approver"
  description          = "Accepts and rejects subscription requests for ${var.name}"
  assume_role_policy   = data.aws_iam_policy_document.approver_role_approver_trust[count.index].json
  path                 = var.role_path
  permissions_boundary = var.permissions_boundary == null ? null : var.permissions_boundary.arn
  tags                 = var.tags
}

data "aws_iam_policy_document" "approver_role_function_policy_document" {
  statement {
    sid       = "Announce"
    actions   = ["sns:Publish"]
    resources = [local.notifications_topic_arn]
  }

  statement {
    sid       = "ReportFailures"
    actions   = ["sns:Publish"]
    resources = [local.operators_topic_arn]
  }

  statement {
    sid = "Queue"

    actions = [
      "sqs:DeleteMessage",
      "sqs:GetQueueAttributes",
      "sqs:ReceiveMessage",
      "sqs:SendMessage",
    ]

    resources = [local.queue_arn]
  }

  statement {
    sid     = "Policies"
    actions = ["ssm:GetParametersByPath"]

    resources = [
      "arn:${local.partition}:ssm:${local.region}:${local.account_id}:parameter/${var.name}/policies/*",
    ]
  }

  statement {
    sid     = "Projects"
    actions = ["ssm:GetParameter"]

    resources = [
      "arn:${local.partition}:ssm:${local.region}:${local.account_id}:parameter/${var.name}/projects/*",
    ]
  }

  statement {
    sid       = "Log"
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["${aws_cloudwatch_log_group.approver_log_group.arn}:*"]
  }

  dynamic "statement" {
    for_each = (
      (
        var.notifications.kms_key != null
        ? var.notifications.kms_key
        : length(aws_kms_key.notifications_key) == 0
        ? null
        : { arn = one(aws_kms_key.notifications_key[*].arn) }
      ) == null
      ? []
      : [1]
    )

    content {
      sid     = "AnnounceKey"
      actions = ["kms:Decrypt", "kms:GenerateDataKey"]

      resources = [
        (
          var.notifications.kms_key != null
          ? var.notifications.kms_key
          : length(aws_kms_key.notifications_key) == 0
          ? null
          : { arn = one(aws_kms_key.notifications_key[*].arn) }
        ).arn,
      ]
    }
  }

  dynamic "statement" {
    for_each = (
      (
        var.operators.kms_key != null
        ? var.operators.kms_key
        : length(aws_kms_key.operators_key) == 0
        ? null
        : { arn = one(aws_kms_key.operators_key[*].arn) }
      ) == null
      ? []
      : [1]
    )

    content {
      sid     = "ReportFailuresKey"
      actions = ["kms:Decrypt", "kms:GenerateDataKey"]

      resources = [
        (
          var.operators.kms_key != null
          ? var.operators.kms_key
          : length(aws_kms_key.operators_key) == 0
          ? null
          : { arn = one(aws_kms_key.operators_key[*].arn) }
        ).arn,
      ]
    }
  }

  dynamic "statement" {
    for_each = var.success_topic == null ? [] : [1]

    content {
      sid       = "ReportSuccesses"
      actions   = ["sns:Publish"]
      resources = [var.success_topic.arn]
    }
  }

  dynamic "statement" {
    for_each = local.given_success_topic_kms_key == null ? [] : [1]

    content {
      sid       = "ReportSuccessesKey"
      actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
      resources = [local.given_success_topic_kms_key.arn]
    }
  }

  dynamic "statement" {
    for_each = var.queue_key == null ? [] : [1]

    content {
      sid       = "QueueKey"
      actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
      resources = [var.queue_key.arn]
    }
  }

  dynamic "statement" {
    for_each = var.approver_role == null ? [] : [1]

    content {
      sid       = "ActAsApprover"
      actions   = ["sts:AssumeRole"]
      resources = [local.approver_role_arn]
    }
  }

  dynamic "statement" {
    for_each = var.vpc == null ? [] : [1]

    content {
      sid = "NetworkInterfaces"

      actions = [
        "ec2:AssignPrivateIpAddresses",
        "ec2:CreateNetworkInterface",
        "ec2:DeleteNetworkInterface",
        "ec2:DescribeNetworkInterfaces",
        "ec2:DescribeSubnets",
        "ec2:UnassignPrivateIpAddresses",
      ]

      resources = ["*"]
    }
  }

  dynamic "statement" {
    for_each = var.vpc == null ? [] : [1]

    content {
      sid    = "NoNetworkInterfacesForTheCode"
      effect = "Deny"

      actions = [
        "ec2:AssignPrivateIpAddresses",
        "ec2:CreateNetworkInterface",
        "ec2:DeleteNetworkInterface",
        "ec2:DescribeNetworkInterfaces",
        "ec2:DescribeSubnets",
        "ec2:UnassignPrivateIpAddresses",
      ]

      resources = ["*"]

      condition {
        test     = "ArnEquals"
        variable = "lambda:SourceFunctionArn"

        values = [
          "arn:${local.partition}:lambda:${local.region}:${local.account_id}:function:${var.name}",
        ]
      }
    }
  }
}

data "aws_iam_policy_document" "approver_role_datazone_policy_document" {
  statement {
    sid = "SubscriptionRequests"

    actions = [
      "datazone:AcceptSubscriptionRequest",
      "datazone:GetSubscriptionRequestDetails",
      "datazone:ListSubscriptionRequests",
      "datazone:RejectSubscriptionRequest",
    ]

    resources = [
      "arn:${local.partition}:datazone:${local.region}:${local.account_id}:domain/${var.domain.id}",
    ]
  }

  statement {
    sid = "WhatPoliciesReferTo"

    actions = [
      "datazone:GetAsset",
      "datazone:GetGlossaryTerm",
      "datazone:GetListing",
      "datazone:GetProject",
      "datazone:GetUserProfile",
      "datazone:ListProjectMemberships",
    ]

    resources = [
      "arn:${local.partition}:datazone:${local.region}:${local.account_id}:domain/${var.domain.id}",
    ]
  }

  dynamic "statement" {
    for_each = var.domain.kms_key == null ? [] : [1]

    content {
      sid       = "DomainKey"
      actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
      resources = [var.domain.kms_key.arn]
    }
  }
}

resource "aws_iam_role_policy" "approver_role_function_policy" {
  count = var.role == null ? 1 : 0

  name   = "function"
  policy = data.aws_iam_policy_document.approver_role_function_policy_document.json
  role   = one(aws_iam_role.approver_role_function[*].name)
}

resource "aws_iam_role_policy" "approver_role_function_datazone_policy" {
  count = var.role == null && var.approver_role == null ? 1 : 0

  name   = "datazone"
  policy = data.aws_iam_policy_document.approver_role_datazone_policy_document.json
  role   = one(aws_iam_role.approver_role_function[*].name)
}

resource "aws_iam_role_policy" "approver_role_approver_datazone_policy" {
  count = var.approver_role != null && local.given_approver_role == null ? 1 : 0

  name   = "datazone"
  policy = data.aws_iam_policy_document.approver_role_datazone_policy_document.json
  role   = one(aws_iam_role.approver_role_approver[*].name)
}

resource "terraform_data" "approver_set_generation" {
  triggers_replace = {
    policies = local.policies_digest
    projects = local.publishing_project_ids
  }

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_ssm_parameter" "approver_set_policy" {
  for_each = var.policies

  name           = "/${var.name}/policies/${terraform_data.approver_set_generation.id}/${local.policies_digest}/${each.key}"
  description    = "Approval policy (Cedar)"
  type           = "String"
  insecure_value = each.value
  tags           = var.tags

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_ssm_parameter" "approver_set_projects" {
  name           = "/${var.name}/projects/${terraform_data.approver_set_generation.id}/${sha256(local.publishing_project_ids)}"
  description    = "Publishing projects that the approver decides for"
  type           = "StringList"
  insecure_value = local.publishing_project_ids
  tags           = var.tags

  lifecycle {
    create_before_destroy = true
  }
}

resource "aws_lambda_function" "approver_function" {
  function_name    = var.name
  description      = "Decides Amazon DataZone subscription requests by policy"
  architectures    = ["arm64"]
  filename         = "${path.module}/../approver/approver.zip"
  handler          = "index.handler"
  memory_size      = 1024
  publish          = true
  role             = local.role_arn
  runtime          = "nodejs22.x"
  source_code_hash = filebase64sha256("${path.module}/../approver/approver.zip")
  timeout          = 120
  tags             = var.tags

  environment {
    variables = {
      APPROVER_NAME                = var.name
      ENVIRONMENT                  = var.environment
      DOMAIN_ID                    = var.domain.id
      PROJECTS_PARAMETER           = aws_ssm_parameter.approver_set_projects.name
      POLICIES_PATH                = "/${var.name}/policies/${terraform_data.approver_set_generation.id}/${local.policies_digest}"
      QUEUE_URL                    = local.queue_url
      TOPIC_ARN                    = local.notifications_topic_arn
      ASSUME_ROLE_ARN              = var.approver_role == null ? "" : local.approver_role_arn
      MINIMUM_AGE_MINUTES          = var.sweep == null ? "15" : var.sweep.minimum_age_minutes
      POWERTOOLS_SERVICE_NAME      = var.name
      POWERTOOLS_METRICS_NAMESPACE = "SageMakerDataAccess"
      POWERTOOLS_LOG_LEVEL         = "INFO"
    }
  }

  dynamic "vpc_config" {
    for_each = var.vpc == null ? [] : [1]

    content {
      subnet_ids         = var.vpc.subnet_ids
      security_group_ids = var.vpc.security_group_ids
    }
  }

  depends_on = [
    aws_cloudwatch_log_group.approver_log_group,
    aws_iam_role_policy.approver_role_function_policy,
    aws_iam_role_policy.approver_role_function_datazone_policy,
    aws_iam_role_policy.approver_role_approver_datazone_policy,
  ]
}

resource "aws_lambda_invocation" "approver_check" {
  function_name = aws_lambda_function.approver_function.function_name
  input         = "{\"operation\":\"check\"}"
  qualifier     = aws_lambda_function.approver_function.version
  triggers      = { version = aws_lambda_function.approver_function.version }

  depends_on = [
    aws_ssm_parameter.approver_set_policy,
    aws_ssm_parameter.approver_set_projects,
    aws_iam_role_policy.approver_role_function_policy,
    aws_iam_role_policy.approver_role_function_datazone_policy,
    aws_iam_role_policy.approver_role_approver_datazone_policy,
  ]
}

resource "aws_lambda_alias" "approver_alias" {
  name             = "live"
  function_name    = aws_lambda_function.approver_function.function_name
  description      = "The version whose check has passed"
  function_version = aws_lambda_function.approver_function.version

  depends_on = [
    aws_lambda_invocation.approver_check,
    aws_ssm_parameter.approver_set_policy,
    aws_ssm_parameter.approver_set_projects,
  ]
}

resource "aws_lambda_event_source_mapping" "approver_queue_to_function" {
  function_name           = aws_lambda_alias.approver_alias.arn
  batch_size              = 10
  event_source_arn        = local.queue_arn
  function_response_types = ["ReportBatchItemFailures"]
  tags                    = var.tags

  scaling_config {
    maximum_concurrency = 2
  }
}

resource "aws_lambda_function_event_invoke_config" "approver_asynchronous" {
  function_name          = aws_lambda_alias.approver_alias.function_name
  maximum_retry_attempts = 2
  qualifier              = aws_lambda_alias.approver_alias.name

  destination_config {
    on_failure {
      destination = local.operators_topic_arn
    }

    dynamic "on_success" {
      for_each = var.success_topic == null ? [] : [1]

      content {
        destination = var.success_topic.arn
      }
    }
  }
}

resource "aws_cloudwatch_metric_alarm" "approver_alarm_dead_letters" {
  alarm_actions       = [local.operators_topic_arn]
  alarm_description   = "Events or subscription requests that could not be delivered or decided. Once the cause is gone: aws sqs start-message-move-task --source-arn ${local.dead_letter_queue_arn} --destination-arn ${local.queue_arn}"
  alarm_name          = "${var.name}-dead-letters"
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
  metric_name         = "ApproximateNumberOfMessagesVisible"
  namespace           = "AWS/SQS"
  ok_actions          = [local.operators_topic_arn]
  period              = 60
  statistic           = "Maximum"
  threshold           = 0
  treat_missing_data  = "notBreaching"

  dimensions = {
    QueueName = (
      var.dead_letter_queue == null
      ? one(aws_sqs_queue.approver_dead_letter_queue[*].name)
      : var.dead_letter_queue.name
    )
  }

  tags = var.tags
}

resource "aws_cloudwatch_metric_alarm" "approver_alarm_errors" {
  alarm_actions       = [local.operators_topic_arn]
  alarm_description   = "The approver's function failed: its log says why"
  alarm_name          = "${var.name}-errors"
  comparison_operator = "GreaterThanThreshold"
  dimensions          = { FunctionName = aws_lambda_function.approver_function.function_name }
  evaluation_periods  = 1
  metric_name         = "Errors"
  namespace           = "AWS/Lambda"
  ok_actions          = [local.operators_topic_arn]
  period              = 300
  statistic           = "Sum"
  threshold           = 0
  treat_missing_data  = "notBreaching"
  tags                = var.tags
}

resource "aws_cloudwatch_metric_alarm" "approver_alarm_oldest_message" {
  alarm_actions       = [local.operators_topic_arn]
  alarm_description   = "A subscription request has been on the queue for more than half an hour: decisions are failing or throttled"
  alarm_name          = "${var.name}-oldest-message"
  comparison_operator = "GreaterThanThreshold"
  evaluation_periods  = 1
  metric_name         = "ApproximateAgeOfOldestMessage"
  namespace           = "AWS/SQS"
  ok_actions          = [local.operators_topic_arn]
  period              = 300
  statistic           = "Maximum"
  threshold           = 1800
  treat_missing_data  = "notBreaching"

  dimensions = {
    QueueName = var.queue == null ? one(aws_sqs_queue.approver_queue[*].name) : var.queue.name
  }

  tags = var.tags
}

resource "aws_cloudwatch_metric_alarm" "approver_alarm_oldest_pending" {
  count = var.sweep != null ? 1 : 0

  alarm_actions       = [local.operators_topic_arn]
  alarm_description   = "A subscription request has been waiting too long for a person's decision"
  alarm_name          = "${var.name}-oldest-pending"
  comparison_operator = "GreaterThanThreshold"
  dimensions          = { service = var.name }
  evaluation_periods  = 1
  metric_name         = "OldestPendingAge"
  namespace           = "SageMakerDataAccess"
  ok_actions          = [local.operators_topic_arn]
  period              = 300
  statistic           = "Maximum"
  threshold           = var.sweep.alarm_after_hours * 3600
  treat_missing_data  = "ignore"
  tags                = var.tags
}
