# What the README promises, against a provider that answers without AWS: what the parts are told of one another. What each
# part then does is promised, and tested, in its own module.

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
run "starts_with_what_is_asked_for_and_nothing_more" {
  assert {
    condition     = output.membership_commands == { sales = "aws datazone create-project-membership --domain-identifier dzd_example --project-identifier project1 --designation PROJECT_CONTRIBUTOR --member '{\"userIdentifier\":\"arn:aws:iam::123456789012:role/made\"}'" }
    error_message = "The function's role must be what becomes a contributor, of the named projects in the one domain only."
  }

  assert {
    condition     = output.event_rule_sweep_name == null && output.alarm_names.oldest_pending == null
    error_message = "A first deployment must not decide the backlog unasked."
  }

  assert {
    condition     = length(output.membership_stack_ids) == 0 && output.approver_role_name == null
    error_message = "Neither a membership nor a separate role may be made unasked."
  }

  assert {
    condition     = output.alarm_names.dead_letters != null && output.alarm_names.errors != null && output.alarm_names.oldest_message != null
    error_message = "Alarms must always be on."
  }

  assert {
    condition     = output.function_role_arn == "arn:aws:iam::123456789012:role/made" && output.member_role_arn == output.function_role_arn
    error_message = "Without a separate role, the function's own must be the member."
  }

  assert {
    condition = alltrue([
      for topic in [module.notifications, module.operators] :
      topic.arn == "arn:aws:sns:us-east-1:123456789012:made" && topic.kms_key == { arn = "arn:aws:kms:us-east-1:123456789012:key/made" }
    ])
    error_message = "Each topic must have a customer-managed key, and hand it on to whoever publishes."
  }

  assert {
    condition     = length(output.policies_digest) == 64 && output.check == module.approver.check
    error_message = "Only a version whose check has passed may go live."
  }
}

run "sweeps_on_demand_and_makes_the_memberships" {
  variables {
    sweep      = { every_minutes = 60 }
    membership = {}
  }

  assert {
    condition     = output.event_rule_sweep_name == "example-sweep" && output.alarm_names.oldest_pending != null
    error_message = "The schedule must be there where it is asked for, and its alarm with it."
  }

  assert {
    condition     = keys(output.membership_stack_ids) == ["sales"]
    error_message = "There must be a membership for each publishing project."
  }
}

run "takes_topics_of_ones_own" {
  variables {
    operators = { topic = { arn = "arn:aws:sns:us-east-1:123456789012:own" } }
  }

  assert {
    condition     = output.operators_topic_arn == "arn:aws:sns:us-east-1:123456789012:own" && module.operators.kms_key == null
    error_message = "A topic that is given must be the operators', and no key be made for it."
  }
}

run "acts_by_a_role_of_ones_own" {
  variables {
    approver_role = { role = { arn = "arn:aws:iam::123456789012:role/own" } }
    membership    = {}
  }

  assert {
    condition     = output.member_role_arn == "arn:aws:iam::123456789012:role/own" && strcontains(output.membership_commands.sales, "role/own")
    error_message = "The role that acts must be the one that becomes a contributor."
  }
}
