resource "terraform_data" "dead_letter_queue_name" {
  count = var.dead_letter_queue == null ? 1 : 0

  input = "${var.name}-dead-letters"

  lifecycle {
    ignore_changes = [input]

    postcondition {
      condition     = self.input == ("${var.name}-dead-letters")
      error_message = "name: must stay what it was at the first apply, ${coalesce(self.input, "none")}: another name would replace the queue and lose the messages on it; deploy a second approver and move to it."
    }
  }
}

resource "aws_sqs_queue" "dead_letter_queue" {
  count = var.dead_letter_queue == null ? 1 : 0

  name                      = terraform_data.dead_letter_queue_name[count.index].input
  kms_master_key_id         = var.queue_key == null ? null : var.queue_key.arn
  message_retention_seconds = 1209600
  sqs_managed_sse_enabled   = var.queue_key == null ? true : null
  tags                      = var.tags
}

data "aws_iam_policy_document" "dead_letter_queue_document" {
  count = var.dead_letter_queue == null ? 1 : 0

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

  dynamic "statement" {
    for_each = length(var.event_rules) == 0 ? [] : [1]

    content {
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
        values   = [for k, v in var.event_rules : v.arn]
      }
    }
  }
}

resource "aws_sqs_queue_policy" "dead_letter_queue_policy" {
  count = var.dead_letter_queue == null ? 1 : 0

  policy    = data.aws_iam_policy_document.dead_letter_queue_document[count.index].json
  queue_url = local.dead_letter_queue_url

  depends_on = [aws_lambda_invocation.check]
}
