locals {
  partition   = data.aws_partition.current.partition
  region      = data.aws_region.current.id
  account_id  = data.aws_caller_identity.current.account_id
  topic_arn   = var.topic == null ? one(aws_sns_topic.topic[*].arn) : var.topic.arn
  kms_key_arn = var.kms_key == null ? one(aws_kms_key.key[*].arn) : var.kms_key.arn
}

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

data "aws_region" "current" {}

# The key.

data "aws_iam_policy_document" "key_policy" {
  # checkov:skip=CKV_AWS_109: In a key policy * is this key, and the account must be able to administer it.
  # checkov:skip=CKV_AWS_111: In a key policy * is this key, and the account must be able to administer it.
  # checkov:skip=CKV_AWS_356: In a key policy * is this key, and the account must be able to administer it.

  count = var.kms_key == null && var.topic == null ? 1 : 0

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

  dynamic "statement" {
    for_each = length(var.publishers) == 0 ? [] : [1]

    content {
      sid       = "PublishingRoles"
      actions   = ["kms:Decrypt", "kms:GenerateDataKey*"]
      resources = ["*"]

      principals {
        type        = "AWS"
        identifiers = [for k, v in var.publishers : v.role_arn]
      }

      condition {
        test     = "StringEquals"
        variable = "kms:ViaService"
        values   = ["sns.${local.region}.amazonaws.com", "sns.${local.region}.amazonaws.com.cn"]
      }
    }
  }
}

resource "aws_kms_key" "key" {
  count = var.kms_key == null && var.topic == null ? 1 : 0

  description         = "Encrypts the messages of the topic ${var.name}"
  enable_key_rotation = true
  policy              = data.aws_iam_policy_document.key_policy[count.index].json
  tags                = var.tags
}

# The topic, and who may publish.

resource "terraform_data" "topic_name" {
  count = var.topic == null ? 1 : 0

  input = var.name

  lifecycle {
    ignore_changes = [input]

    postcondition {
      condition     = self.input == (var.name)
      error_message = "name: must stay what it was at the first apply, ${coalesce(self.input, "none")}: another name would replace the topic, and its subscribers would have to confirm again; create a second topic and move to it."
    }
  }
}

resource "aws_sns_topic" "topic" {
  count = var.topic == null ? 1 : 0

  name              = terraform_data.topic_name[count.index].input
  display_name      = var.display_name
  kms_master_key_id = local.kms_key_arn
  tags              = var.tags
}

data "aws_iam_policy_document" "topic_policy" {
  count = var.topic == null ? 1 : 0

  statement {
    sid       = "Alarms"
    actions   = ["sns:Publish"]
    resources = [local.topic_arn]

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
    sid       = "TlsOnly"
    effect    = "Deny"
    actions   = ["sns:Publish"]
    resources = [local.topic_arn]

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

  dynamic "statement" {
    for_each = length(var.publishers) == 0 ? [] : [1]

    content {
      sid       = "Publishers"
      actions   = ["sns:Publish"]
      resources = [local.topic_arn]

      principals {
        type        = "AWS"
        identifiers = [for k, v in var.publishers : v.role_arn]
      }
    }
  }

  dynamic "statement" {
    for_each = length(var.event_rules) == 0 ? [] : [1]

    content {
      sid       = "EventRules"
      actions   = ["sns:Publish"]
      resources = [local.topic_arn]

      principals {
        type        = "Service"
        identifiers = ["events.amazonaws.com"]
      }

      condition {
        test     = "ArnEquals"
        variable = "aws:SourceArn"
        values   = [for k, v in var.event_rules : v.arn]
      }
    }
  }

  dynamic "statement" {
    for_each = length(var.publishers) == 0 ? [] : [1]

    content {
      sid       = "NoOneElse"
      effect    = "Deny"
      actions   = ["sns:Publish"]
      resources = [local.topic_arn]

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
        values   = [for k, v in var.publishers : v.role_arn]
      }
    }
  }

  dynamic "statement" {
    for_each = length(var.publishers) == 0 ? [1] : []

    content {
      sid       = "NoOne"
      effect    = "Deny"
      actions   = ["sns:Publish"]
      resources = [local.topic_arn]

      principals {
        type        = "AWS"
        identifiers = ["*"]
      }

      condition {
        test     = "Bool"
        variable = "aws:PrincipalIsAWSService"
        values   = ["false"]
      }
    }
  }
}

resource "aws_sns_topic_policy" "policy" {
  count = var.topic == null ? 1 : 0

  arn    = local.topic_arn
  policy = data.aws_iam_policy_document.topic_policy[count.index].json
}

# Subscriptions.

resource "aws_lambda_permission" "invoke" {
  for_each = { for k, v in var.subscriptions : k => v if v.protocol == "lambda" }

  function_name = each.value.endpoint
  action        = "lambda:InvokeFunction"
  principal     = "sns.amazonaws.com"
  source_arn    = local.topic_arn
}

resource "aws_sns_topic_subscription" "subscription" {
  for_each = var.subscriptions

  endpoint             = each.value.endpoint
  filter_policy        = each.value.filter_policy == null ? null : jsonencode(each.value.filter_policy)
  protocol             = each.value.protocol
  raw_message_delivery = each.value.raw_message_delivery
  topic_arn            = local.topic_arn

  redrive_policy = (
    each.value.dead_letter_queue == null
    ? null
    : jsonencode({ deadLetterTargetArn = each.value.dead_letter_queue.arn })
  )

  depends_on = [aws_lambda_permission.invoke]
}
