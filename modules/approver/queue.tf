resource "terraform_data" "queue_name" {
  count = var.queue == null ? 1 : 0

  input = var.name

  lifecycle {
    ignore_changes = [input]

    postcondition {
      condition     = self.input == (var.name)
      error_message = "name: must stay what it was at the first apply, ${coalesce(self.input, "none")}: another name would replace the queue and lose the messages on it; deploy a second approver and move to it."
    }
  }
}

resource "aws_sqs_queue" "queue" {
  count = var.queue == null ? 1 : 0

  name                       = terraform_data.queue_name[count.index].input
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

data "aws_iam_policy_document" "queue_document" {
  count = var.queue == null ? 1 : 0

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

  dynamic "statement" {
    for_each = length(var.event_rules) == 0 ? [] : [1]

    content {
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
        values   = [for k, v in var.event_rules : v.arn]
      }
    }
  }
}

resource "aws_sqs_queue_policy" "queue_policy" {
  count = var.queue == null ? 1 : 0

  policy    = data.aws_iam_policy_document.queue_document[count.index].json
  queue_url = local.queue_url

  depends_on = [aws_lambda_invocation.check]
}
