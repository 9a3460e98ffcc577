locals {
  approver_role_role    = var.approver_role == null ? null : var.approver_role.role
  success_topic_kms_key = var.success_topic == null ? null : var.success_topic.kms_key
  membership_role       = var.membership == null ? null : var.membership.role
  role_arn              = var.role == null ? one(aws_iam_role.approver_role_function[*].arn) : var.role.arn
  queue_arn             = var.queue == null ? one(aws_sqs_queue.approver_queue[*].arn) : var.queue.arn
  queue_url             = var.queue == null ? one(aws_sqs_queue.approver_queue[*].url) : var.queue.url

  notifications_topic_arn = (
    var.notifications.topic == null
    ? one(aws_sns_topic.notifications_topic[*].arn)
    : var.notifications.topic.arn
  )

  operators_topic_arn = (
    var.operators.topic == null
    ? one(aws_sns_topic.operators_topic[*].arn)
    : var.operators.topic.arn
  )

  dead_letter_queue_arn = (
    var.dead_letter_queue == null
    ? one(aws_sqs_queue.approver_dead_letter_queue[*].arn)
    : var.dead_letter_queue.arn
  )

  approver_role_role_arn = (
    local.approver_role_role == null
    ? one(aws_iam_role.approver_role_approver[*].arn)
    : local.approver_role_role.arn
  )
}

data "aws_partition" "current" {}

data "aws_caller_identity" "current" {}

data "aws_region" "current" {}
