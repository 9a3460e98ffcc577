# The decisions of the same group.

module "approval" {
  source     = "./modules/subscription-approval"
  depends_on = [aws_ssm_parameter.neighbour]

  name                = "called"
  environment         = "prod"
  domain              = { id = var.settings.domain }
  publishing_projects = var.settings.projects
  policies            = var.settings.policies
  sweep               = { every_minutes = 60 }
  membership          = {}
  tags                = var.settings.tags
  logs                = { retention_days = var.settings.retention_days }

  notifications = { subscriptions = var.settings.subscriptions }
  operators     = { subscriptions = { on_call = { protocol = "email", endpoint = "data-platform@example.com" } } }
}
