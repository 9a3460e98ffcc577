# What the README promises, against a provider that answers without AWS. What the approver's role may do is promised, and
# tested, in the module approver too.

mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }

  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }

  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }

  mock_data "aws_region" {
    defaults = { id = "us-east-1" }
  }

  mock_resource "aws_cloudwatch_event_rule" {
    defaults = { arn = "arn:aws:events:us-east-1:123456789012:rule/made" }
  }

  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws:logs:us-east-1:123456789012:log-group:/aws/lambda/example" }
  }

  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/made" }
  }

  mock_resource "aws_kms_key" {
    defaults = { arn = "arn:aws:kms:us-east-1:123456789012:key/made" }
  }

  mock_resource "aws_lambda_alias" {
    defaults = { arn = "arn:aws:lambda:us-east-1:123456789012:function:example:live" }
  }

  mock_resource "aws_sns_topic" {
    defaults = { arn = "arn:aws:sns:us-east-1:123456789012:made" }
  }

  mock_resource "aws_sqs_queue" {
    defaults = { arn = "arn:aws:sqs:us-east-1:123456789012:made", url = "https://sqs.us-east-1.amazonaws.com/123456789012/made" }
  }
}

variables {
  name                = "example"
  environment         = "prod"
  domain              = { id = "dzd_example" }
  publishing_projects = { sales = { id = "project1" } }
  policies            = { everyone = "@id(\"everyone\") permit (principal, action, resource);" }
  operators           = { subscriptions = { on_call = { protocol = "email", endpoint = "operators@example.com" } } }
}

# Applied: policies name one another's topics, queues and roles.
run "decides_nothing_but_what_the_rule_lets_through" {
  assert {
    condition = (
      jsondecode(aws_cloudwatch_event_rule.event_rule_rule.event_pattern).detail.metadata.domain == ["dzd_example"]
      && jsondecode(aws_cloudwatch_event_rule.event_rule_rule.event_pattern).detail.data.status == ["PENDING"]
      && jsondecode(aws_cloudwatch_event_rule.event_rule_rule.event_pattern).detail.data.subscribedListings.ownerProjectId == ["project1"]
    )
    error_message = "Only pending requests of the named projects in the one domain may get through."
  }

  assert {
    condition = toset(flatten([
      for statement in data.aws_iam_policy_document.approver_role_datazone_policy_document.statement : statement.resources
    ])) == toset(["arn:aws:datazone:us-east-1:123456789012:domain/dzd_example"])
    error_message = "The approver may act in the one domain only."
  }

  assert {
    condition     = length(aws_cloudwatch_event_rule.event_rule_sweep) == 0
    error_message = "A first deployment must not decide the backlog unasked."
  }

  assert {
    condition     = one(aws_kms_key.notifications_key).enable_key_rotation && one(aws_kms_key.operators_key).enable_key_rotation
    error_message = "Each topic must have a customer-managed key that rotates."
  }

  assert {
    condition = alltrue([
      for topic in [one(aws_sns_topic.notifications_topic), one(aws_sns_topic.operators_topic)] :
      topic.kms_master_key_id == "arn:aws:kms:us-east-1:123456789012:key/made"
    ])
    error_message = "Both topics must be encrypted with their keys."
  }

  assert {
    condition = alltrue([
      for document in [
        one(data.aws_iam_policy_document.notifications_topic_policy),
        one(data.aws_iam_policy_document.operators_topic_policy),
      ] :
      toset(["NoOneElse", "TlsOnly"]) == toset([for statement in document.statement : statement.sid if statement.effect == "Deny"])
    ])
    error_message = "No one but the approver, the rule and alarms may publish, and only over TLS."
  }

  assert {
    condition     = aws_lambda_alias.approver_alias.function_version == aws_lambda_invocation.approver_check.qualifier
    error_message = "Only a version whose check has passed may go live."
  }

  assert {
    condition = alltrue(flatten([
      for alarm in [
        aws_cloudwatch_metric_alarm.approver_alarm_dead_letters,
        aws_cloudwatch_metric_alarm.approver_alarm_errors,
        aws_cloudwatch_metric_alarm.approver_alarm_oldest_message,
      ] : contains(alarm.alarm_actions, one(aws_sns_topic.operators_topic).arn)
    ]))
    error_message = "Alarms must always be on, and reach the operators."
  }
}

run "sweeps_on_demand_and_makes_the_memberships" {
  variables {
    sweep      = { every_minutes = 60 }
    membership = {}
  }

  assert {
    condition     = one(aws_cloudwatch_event_rule.event_rule_sweep).schedule_expression == "rate(60 minutes)"
    error_message = "The schedule must run as often as it is asked to."
  }

  assert {
    condition = (
      jsondecode(aws_cloudformation_stack.membership_member["sales"].template_body).Resources.Membership.Properties.Designation
      == "PROJECT_CONTRIBUTOR"
    )
    error_message = "The approver must become a contributor of the publishing project, and nothing more."
  }
}
