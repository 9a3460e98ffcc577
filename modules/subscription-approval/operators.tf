data "aws_iam_policy_document" "operators_key_policy" {
  count = var.operators.kms_key == null && var.operators.topic == null ? 1 : 0

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

resource "aws_kms_key" "operators_key" {
  count = var.operators.kms_key == null && var.operators.topic == null ? 1 : 0

  description         = "Encrypts the messages of the topic ${var.name}-operators"
  enable_key_rotation = true
  policy              = data.aws_iam_policy_document.operators_key_policy[count.index].json
  tags                = var.tags
}

resource "aws_sns_topic" "operators_topic" {
  count = var.operators.topic == null ? 1 : 0

  name         = "${var.name}-operators"
  display_name = var.operators.display_name

  kms_master_key_id = (
    var.operators.kms_key == null
    ? one(aws_kms_key.operators_key[*].arn)
    : var.operators.kms_key.arn
  )

  tags = var.tags
}

data "aws_iam_policy_document" "operators_topic_policy" {
  count = var.operators.topic == null ? 1 : 0

  statement {
    sid       = "Publishers"
    actions   = ["sns:Publish"]
    resources = [local.operators_topic_arn]

    principals {
      type        = "AWS"
      identifiers = [local.role_arn]
    }
  }

  statement {
    sid       = "Alarms"
    actions   = ["sns:Publish"]
    resources = [local.operators_topic_arn]

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
    resources = [local.operators_topic_arn]

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
    resources = [local.operators_topic_arn]

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

resource "aws_sns_topic_policy" "operators_policy" {
  count = var.operators.topic == null ? 1 : 0

  arn    = local.operators_topic_arn
  policy = data.aws_iam_policy_document.operators_topic_policy[count.index].json
}

resource "aws_lambda_permission" "operators_invoke" {
  for_each = { for k, v in var.operators.subscriptions : k => v if v.protocol == "lambda" }

  function_name = each.value.endpoint
  action        = "lambda:InvokeFunction"
  principal     = "sns.amazonaws.com"
  source_arn    = local.operators_topic_arn
}

resource "aws_sns_topic_subscription" "operators_subscription" {
  for_each = var.operators.subscriptions

  endpoint             = each.value.endpoint
  filter_policy        = each.value.filter_policy == null ? null : jsonencode(each.value.filter_policy)
  protocol             = each.value.protocol
  raw_message_delivery = each.value.raw_message_delivery
  topic_arn            = local.operators_topic_arn

  redrive_policy = (
    each.value.dead_letter_queue == null
    ? null
    : jsonencode({ deadLetterTargetArn = each.value.dead_letter_queue.arn })
  )

  depends_on = [aws_lambda_permission.operators_invoke]
}
