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
    condition = alltrue([
      for rule in aws_cloudwatch_event_rule.requests :
      jsondecode(rule.event_pattern).detail.metadata.domain == ["dzd_example"]
    ])
    error_message = "Only the one domain's events may get through."
  }

  assert {
    condition = toset(flatten([
      for rule in aws_cloudwatch_event_rule.requests :
      jsondecode(rule.event_pattern).detail.data.subscribedListings.ownerProjectId
    ])) == toset(["project1", "project2", ""])
    error_message = "Only requests to the named projects may get through."
  }

  assert {
    condition = alltrue([
      for rule in aws_cloudwatch_event_rule.requests : jsondecode(rule.event_pattern).detail.data.status == ["PENDING"]
    ])
    error_message = "Only pending requests may get through."
  }

  assert {
    condition = alltrue([
      for target in aws_cloudwatch_event_target.queue :
      one(target.retry_policy).maximum_event_age_in_seconds == 86400
      && one(target.dead_letter_config).arn == var.dead_letter_queue.arn
    ])
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

run "tells_operators_of_what_cannot_be_delivered" {
  command = plan

  variables {
    operators = { arn = "arn:aws:sns:us-east-1:123456789012:operators" }
  }

  assert {
    condition = (
      length(aws_cloudwatch_metric_alarm.undelivered) == 17
      && alltrue([for alarm in aws_cloudwatch_metric_alarm.undelivered : alarm.alarm_actions == toset([var.operators.arn])])
    )
    error_message = "Each rule must have its alarm."
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

run "takes_a_thousand_projects" {
  command = plan

  variables {
    # As long as the ids that DataZone gives.
    publishing_projects = { for number in range(1000) : "p${number}" => { id = format("%014d", number) } }
  }

  assert {
    condition = sum([
      for rule in aws_cloudwatch_event_rule.requests :
      length(jsondecode(rule.event_pattern).detail.data.subscribedListings.ownerProjectId)
    ]) == 1000
    error_message = "Every project must be in one rule's pattern."
  }
}

run "refuses_more_projects_than_an_event_pattern_holds" {
  command = plan

  variables {
    # Keys whose SHA-256 begins with the same digit.
    publishing_projects = {
      for pair in setproduct(range(44), range(44)) :
      "p${pair[0]}-${pair[1]}" => { id = format("%018d%018d", pair[0], pair[1]) }
      if startswith(sha256("p${pair[0]}-${pair[1]}"), "0")
    }
  }

  expect_failures = [aws_cloudwatch_event_rule.requests["0"]]
}
