data "aws_iam_policy_document" "notifications_key_policy" {
  count = var.notifications.kms_key == null && var.notifications.topic == null ? 1 : 0

  statement {
    sid = "AdministerWithoutUsing"

    actions = [
      "kms:CancelKeyDeletion",
      "kms:CreateAlias",
      "kms:Delete*",
      "kms:Describe*",
      "kms:Disable*",
      "kms:Enable*",
      "kms:Get*",
      "kms:List*",
      "kms:Put*",
      "kms:Revoke*",
      "kms:ScheduleKeyDeletion",
      "kms:TagResource",
      "kms:UntagResource",
      "kms:Update*",
    ]

    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = ["arn:${local.partition}:iam::${local.account_id}:root"]
    }
  }

  statement {
    sid       = "PublishingServices"
    actions   = ["kms:Decrypt", "kms:GenerateDataKey*"]
    resources = ["*"]

    principals {
      type        = "Service"
      identifiers = ["cloudwatch.amazonaws.com", "events.amazonaws.com"]
    }
  }

  statement {
    sid       = "PublishingRoles"
    actions   = ["kms:Decrypt", "kms:GenerateDataKey*"]
    resources = ["*"]

    principals {
      type        = "AWS"
      identifiers = [local.role_arn]
    }
  }
}

resource "aws_kms_key" "notifications_key" {
  count = var.notifications.kms_key == null && var.notifications.topic == null ? 1 : 0

  description         = "Encrypts the messages of the topic ${var.name}"
  enable_key_rotation = true
  policy              = data.aws_iam_policy_document.notifications_key_policy[count.index].json
  tags                = var.tags
}

resource "aws_sns_topic" "notifications_topic" {
  count = var.notifications.topic == null ? 1 : 0

  name         = var.name
  display_name = var.notifications.display_name

  kms_master_key_id = (
    var.notifications.kms_key == null
    ? one(aws_kms_key.notifications_key[*].arn)
    : var.notifications.kms_key.arn
  )

  tags = var.tags
}

data "aws_iam_policy_document" "notifications_topic_policy" {
  count = var.notifications.topic == null ? 1 : 0

  statement {
    sid       = "Publishers"
    actions   = ["sns:Publish"]
    resources = [local.notifications_topic_arn]

    principals {
      type        = "AWS"
      identifiers = [local.role_arn]
    }
  }

  statement {
    sid       = "EventRules"
    actions   = ["sns:Publish"]
    resources = [local.notifications_topic_arn]

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
    sid       = "Alarms"
    actions   = ["sns:Publish"]
    resources = [local.notifications_topic_arn]

    principals {
      type        = "Service"
      identifiers = ["cloudwatch.amazonaws.com"]
    }

    condition {
      test     = "ArnLike"
      variable = "aws:SourceArn"
      values   = ["arn:${local.partition}:cloudwatch:${local.region}:${local.account_id}:alarm:*"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [local.account_id]
    }
  }

  statement {
    sid       = "NoOneElse"
    effect    = "Deny"
    actions   = ["sns:Publish"]
    resources = [local.notifications_topic_arn]

    principals {
      type        = "AWS"
      identifiers = ["*"]
    }

    condition {
      test     = "Bool"
      variable = "aws:PrincipalIsAWSService"
      values   = ["false"]
    }

    condition {
      test     = "ArnNotEquals"
      variable = "aws:PrincipalArn"
      values   = [local.role_arn]
    }
  }

  statement {
    sid       = "TlsOnly"
    effect    = "Deny"
    actions   = ["sns:Publish"]
    resources = [local.notifications_topic_arn]

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

resource "aws_sns_topic_policy" "notifications_policy" {
  count = var.notifications.topic == null ? 1 : 0

  arn    = local.notifications_topic_arn
  policy = data.aws_iam_policy_document.notifications_topic_policy[count.index].json
}

resource "aws_lambda_permission" "notifications_invoke" {
  for_each = { for k, v in var.notifications.subscriptions : k => v if v.protocol == "lambda" }

  function_name = each.value.endpoint
  action        = "lambda:InvokeFunction"
  principal     = "sns.amazonaws.com"
  source_arn    = local.notifications_topic_arn
}

resource "aws_sns_topic_subscription" "notifications_subscription" {
  for_each = var.notifications.subscriptions

  endpoint             = each.value.endpoint
  filter_policy        = each.value.filter_policy == null ? null : jsonencode(each.value.filter_policy)
  protocol             = each.value.protocol
  raw_message_delivery = each.value.raw_message_delivery
  topic_arn            = local.notifications_topic_arn

  redrive_policy = (
    each.value.dead_letter_queue == null
    ? null
    : jsonencode({ deadLetterTargetArn = each.value.dead_letter_queue.arn })
  )

  depends_on = [aws_lambda_permission.notifications_invoke]
}
