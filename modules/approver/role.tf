# The function's role.

data "aws_iam_policy_document" "role_function_trust" {
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

resource "aws_iam_role" "role_function" {
  count = var.role == null ? 1 : 0

  name                 = "${var.name}-function"
  description          = "Runs the function ${var.name}"
  assume_role_policy   = data.aws_iam_policy_document.role_function_trust[count.index].json
  path                 = var.role_path
  permissions_boundary = var.permissions_boundary == null ? null : var.permissions_boundary.arn
  tags                 = var.tags
}

# The separate approver role.

data "aws_iam_policy_document" "role_approver_trust" {
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

resource "aws_iam_role" "role_approver" {
  count = var.approver_role != null && local.given_approver_role == null ? 1 : 0

  name                 = "${var.name}-approver"
  description          = "Accepts and rejects subscription requests for ${var.name}"
  assume_role_policy   = data.aws_iam_policy_document.role_approver_trust[count.index].json
  path                 = var.role_path
  permissions_boundary = var.permissions_boundary == null ? null : var.permissions_boundary.arn
  tags                 = var.tags
}

# What the function's role may do.

data "aws_iam_policy_document" "role_function_document" {
  statement {
    sid       = "Announce"
    actions   = ["sns:Publish"]
    resources = [var.topic.arn]
  }

  statement {
    sid       = "ReportFailures"
    actions   = ["sns:Publish"]
    resources = [var.operators.arn]
  }

  statement {
    sid = "Queue"

    actions = [
      "sqs:ChangeMessageVisibility",
      "sqs:DeleteMessage",
      "sqs:GetQueueAttributes",
      "sqs:ReceiveMessage",
      "sqs:SendMessage",
    ]

    resources = [local.queue_arn]
  }

  statement {
    sid       = "DeadLetterQueue"
    actions   = ["sqs:GetQueueAttributes"]
    resources = [local.dead_letter_queue_arn]
  }

  statement {
    sid       = "Topics"
    actions   = ["sns:GetTopicAttributes"]
    resources = [var.topic.arn, var.operators.arn]
  }

  statement {
    sid     = "PoliciesAndProjects"
    actions = ["ssm:GetParametersByPath"]

    resources = [
      "arn:${local.partition}:ssm:${local.region}:${local.account_id}:parameter/${var.name}/policies/*",
      "arn:${local.partition}:ssm:${local.region}:${local.account_id}:parameter/${var.name}/projects/*",
    ]
  }

  statement {
    sid       = "Log"
    actions   = ["logs:CreateLogStream", "logs:PutLogEvents"]
    resources = ["${aws_cloudwatch_log_group.log_group.arn}:*"]
  }

  dynamic "statement" {
    for_each = var.topic.kms_key == null ? [] : [1]

    content {
      sid       = "AnnounceKey"
      actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
      resources = [var.topic.kms_key.arn]

      condition {
        test     = "StringEquals"
        variable = "kms:ViaService"
        values   = ["sns.${local.region}.amazonaws.com", "sns.${local.region}.amazonaws.com.cn"]
      }
    }
  }

  dynamic "statement" {
    for_each = var.operators.kms_key == null ? [] : [1]

    content {
      sid       = "ReportFailuresKey"
      actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
      resources = [var.operators.kms_key.arn]

      condition {
        test     = "StringEquals"
        variable = "kms:ViaService"
        values   = ["sns.${local.region}.amazonaws.com", "sns.${local.region}.amazonaws.com.cn"]
      }
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

      condition {
        test     = "StringEquals"
        variable = "kms:ViaService"
        values   = ["sns.${local.region}.amazonaws.com", "sns.${local.region}.amazonaws.com.cn"]
      }
    }
  }

  dynamic "statement" {
    for_each = var.queue_key == null ? [] : [1]

    content {
      sid       = "QueueKey"
      actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
      resources = [var.queue_key.arn]

      condition {
        test     = "StringEquals"
        variable = "kms:ViaService"
        values   = ["sqs.${local.region}.amazonaws.com", "sqs.${local.region}.amazonaws.com.cn"]
      }
    }
  }

  dynamic "statement" {
    for_each = var.queue_key == null ? [] : [1]

    content {
      sid       = "KeyOfQueues"
      actions   = ["kms:DescribeKey", "kms:GetKeyPolicy"]
      resources = [var.queue_key.arn]
    }
  }

  dynamic "statement" {
    for_each = var.topic.kms_key == null ? [] : [1]

    content {
      sid       = "KeyOfTopic"
      actions   = ["kms:DescribeKey", "kms:GetKeyPolicy"]
      resources = [var.topic.kms_key.arn]
    }
  }

  dynamic "statement" {
    for_each = var.operators.kms_key == null ? [] : [1]

    content {
      sid       = "KeyOfOperators"
      actions   = ["kms:DescribeKey", "kms:GetKeyPolicy"]
      resources = [var.operators.kms_key.arn]
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

# What the project's member may do.

data "aws_iam_policy_document" "role_datazone_document" {
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

# The policies, attached to the roles created here.

resource "aws_iam_role_policy" "role_function_policy" {
  count = var.role == null ? 1 : 0

  name   = "function"
  policy = data.aws_iam_policy_document.role_function_document.json
  role   = one(aws_iam_role.role_function[*].name)
}

resource "aws_iam_role_policy" "role_function_datazone" {
  count = var.role == null && var.approver_role == null ? 1 : 0

  name   = "datazone"
  policy = data.aws_iam_policy_document.role_datazone_document.json
  role   = one(aws_iam_role.role_function[*].name)
}

resource "aws_iam_role_policy" "role_approver_datazone" {
  count = var.approver_role != null && local.given_approver_role == null ? 1 : 0

  name   = "datazone"
  policy = data.aws_iam_policy_document.role_datazone_document.json
  role   = one(aws_iam_role.role_approver[*].name)
}
