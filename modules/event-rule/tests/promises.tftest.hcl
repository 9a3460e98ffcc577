# What the README promises, against a provider that answers without AWS.

mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }

  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }

  mock_data "aws_region" {
    defaults = { id = "us-east-1" }
  }
}

variables {
  name                = "example"
  domain              = { id = "dzd_example" }
  publishing_projects = { sales = { id = "project1" }, pricing = { id = "project2" } }
  queue               = { arn = "arn:aws:sqs:us-east-1:123456789012:example" }
  dead_letter_queue   = { arn = "arn:aws:sqs:us-east-1:123456789012:example-dead-letters" }
}

run "lets_through_what_waits_for_a_decision_and_nothing_else" {
  command = plan

  assert {
    condition     = jsondecode(aws_cloudwatch_event_rule.rule.event_pattern).detail.metadata.domain == ["dzd_example"]
    error_message = "Only the one domain's events may get through."
  }

  assert {
    condition = toset(
      jsondecode(aws_cloudwatch_event_rule.rule.event_pattern).detail.data.subscribedListings.ownerProjectId
    ) == toset(["project1", "project2"])
    error_message = "Only requests to the named projects may get through."
  }

  assert {
    condition     = jsondecode(aws_cloudwatch_event_rule.rule.event_pattern).detail.data.status == ["PENDING"]
    error_message = "Only pending requests may get through."
  }

  assert {
    condition = (
      one(aws_cloudwatch_event_target.queue.retry_policy).maximum_event_age_in_seconds == 86400
      && one(aws_cloudwatch_event_target.queue.dead_letter_config).arn == var.dead_letter_queue.arn
    )
    error_message = "What cannot be delivered within a day must end in the dead-letter queue."
  }
}

run "does_not_sweep_unasked" {
  command = plan

  assert {
    condition     = length(aws_cloudwatch_event_rule.sweep) + length(aws_lambda_permission.sweep_permission) == 0
    error_message = "Without a sweep there must be neither a schedule nor a permission."
  }
}

run "lets_one_rule_invoke_one_alias" {
  variables {
    sweep = {
      every_minutes  = 60
      function_name  = "approver"
      function_alias = "live"
    }
  }

  override_resource {
    target = aws_cloudwatch_event_rule.sweep[0]
    values = { arn = "arn:aws:events:us-east-1:123456789012:rule/example-sweep" }
  }

  assert {
    condition = (
      one(aws_lambda_permission.sweep_permission).function_name == "approver"
      && one(aws_lambda_permission.sweep_permission).qualifier == "live"
      && one(aws_lambda_permission.sweep_permission).principal == "events.amazonaws.com"
    )
    error_message = "EventBridge may invoke the one alias of the one function."
  }

  assert {
    condition     = one(aws_lambda_permission.sweep_permission).source_arn == "arn:aws:events:us-east-1:123456789012:rule/example-sweep"
    error_message = "Only the sweep's rule may invoke it."
  }
}

run "refuses_more_projects_than_an_event_pattern_holds" {
  command = plan

  variables {
    domain              = { id = "dzd_an-id-of-a-usual-length" }
    publishing_projects = { for number in range(99) : "p${number}" => { id = format("%036d", number) } }
  }

  expect_failures = [aws_cloudwatch_event_rule.rule]
}
