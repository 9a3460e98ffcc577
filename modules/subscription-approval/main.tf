locals {
  policies_digest             = sha256(join("\n", [for id, text in var.policies : "${id}:${sha256(text)}"]))
  publishing_project_ids      = join(",", [for k, v in var.publishing_projects : v.id])
  partition                   = data.aws_partition.current.partition
  region                      = data.aws_region.current.id
  account_id                  = data.aws_caller_identity.current.account_id
  given_approver_role         = var.approver_role == null ? null : var.approver_role.role
  given_success_topic_kms_key = var.success_topic == null ? null : var.success_topic.kms_key
  given_membership_role       = var.membership == null ? null : var.membership.role
  role_arn                    = var.role == null ? one(aws_iam_role.approver_role_function[*].arn) : var.role.arn
  queue_arn                   = var.queue == null ? one(aws_sqs_queue.approver_queue[*].arn) : var.queue.arn
  queue_url                   = var.queue == null ? one(aws_sqs_queue.approver_queue[*].url) : var.queue.url

  event_pattern = jsonencode({
    source      = ["aws.datazone"]
    detail-type = ["Subscription Request Created"]
    detail = {
      metadata = { domain = [var.domain.id] }
      data = {
        status             = ["PENDING"]
        autoApproved       = [{ exists = false }, false]
        subscribedListings = { ownerProjectId = [for k, v in var.publishing_projects : v.id] }
      }
    }
  })

  members = {
    for key, entry in var.publishing_projects : key => {
      project_id  = entry.id
      identifier  = var.approver_role == null ? local.role_arn : local.approver_role_arn
      type        = "user"
      designation = "PROJECT_CONTRIBUTOR"
    }
  }

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

  approver_role_arn = (
    local.given_approver_role == null
    ? one(aws_iam_role.approver_role_approver[*].arn)
    : local.given_approver_role.arn
  )
}

data "aws_partition" "current" {}

data "aws_caller_identity" "current" {}

data "aws_region" "current" {}
