locals {
  member_pools                  = var.membership == null ? {} : var.membership.member_pools
  given_membership_user_profile = var.membership == null ? null : var.membership.user_profile
}

module "event_rule" {
  source = "../event-rule"

  name                = var.name
  domain              = { id = var.domain.id }
  publishing_projects = var.publishing_projects
  queue               = { arn = module.approver.queue_arn }
  dead_letter_queue   = { arn = module.approver.dead_letter_queue_arn }
  arrival_notices     = var.arrival_notices == null ? null : { topic_arn = module.notifications.arn }
  operators           = { arn = module.operators.arn }
  after               = { approver = module.approver.alias_arn }

  sweep = var.sweep == null ? null : {
    every_minutes  = var.sweep.every_minutes
    function_name  = module.approver.function_name
    function_alias = module.approver.alias_name
  }

  tags = var.tags
}

module "notifications" {
  source = "../notification-topic"

  name          = var.name
  subscriptions = var.notifications.subscriptions
  display_name  = var.notifications.display_name
  kms_key       = var.notifications.kms_key
  topic         = var.notifications.topic
  publishers    = { approver = { role_arn = module.approver.function_role_arn } }
  event_rules   = module.event_rule.request_rules
  tags          = var.tags
}

module "operators" {
  source = "../notification-topic"

  name          = "${var.name}-operators"
  subscriptions = var.operators.subscriptions
  display_name  = var.operators.display_name
  kms_key       = var.operators.kms_key
  topic         = var.operators.topic
  publishers    = { approver = { role_arn = module.approver.function_role_arn } }
  tags          = var.tags
}

module "approver" {
  source = "../approver"

  name                 = var.name
  permissions_boundary = var.permissions_boundary
  role_path            = var.role_path
  environment          = var.environment
  domain               = var.domain
  publishing_projects  = var.publishing_projects
  policies             = var.policies
  sweep                = var.sweep
  dashboard            = var.dashboard
  approver_role        = var.approver_role
  role                 = var.role
  queue                = var.queue
  dead_letter_queue    = var.dead_letter_queue
  queue_key            = var.queue_key
  success_topic        = var.success_topic
  vpc                  = var.vpc
  logs                 = var.logs
  event_rules          = module.event_rule.rules

  topic = {
    arn     = module.notifications.arn
    kms_key = module.notifications.kms_key
  }

  operators = {
    arn     = module.operators.arn
    kms_key = module.operators.kms_key
  }

  tags = var.tags
}

module "membership" {
  source = "../project-membership"

  name            = var.name
  domain          = { id = var.domain.id }
  cloud_formation = var.membership == null ? null : { role = var.membership.role }

  user_profiles = (
    local.given_membership_user_profile == null
    ? {}
    : { approver = { identifier = module.approver.member_role_arn } }
  )

  member_pools = {
    for key, entry in local.member_pools : key => {
      domain_unit_id = entry.domain_unit_id
      identifier     = module.approver.member_role_arn
      user_profile   = local.given_membership_user_profile == null ? null : { key = "approver" }
    }
  }

  members = {
    for key, entry in var.publishing_projects : key => {
      project_id   = entry.id
      identifier   = module.approver.member_role_arn
      user_profile = local.given_membership_user_profile == null ? null : { key = "approver" }
      type         = "user"
    }
  }

  tags = var.tags
}
