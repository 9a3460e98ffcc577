# What the README promises, against a provider that answers without AWS.

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

  mock_resource "aws_cloudwatch_log_group" {
    defaults = { arn = "arn:aws:logs:us-east-1:123456789012:log-group:/aws/lambda/example" }
  }

  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/made" }
  }

  mock_resource "aws_lambda_alias" {
    defaults = { arn = "arn:aws:lambda:us-east-1:123456789012:function:example:live" }
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
  topic               = { arn = "arn:aws:sns:us-east-1:123456789012:example" }
  operators           = { arn = "arn:aws:sns:us-east-1:123456789012:operators" }
  event_rules         = { requests = { arn = "arn:aws:events:us-east-1:123456789012:rule/example" } }
}

# Applied: what the role may do names the queue and the log group.
run "may_do_what_the_function_does" {
  assert {
    condition = length([
      for statement in data.aws_iam_policy_document.role_function_document.statement : statement
      if statement.effect != "Deny" && contains(statement.resources, "*")
    ]) == 0
    error_message = "Nothing may be allowed on every resource."
  }

  assert {
    condition = toset(flatten([
      for statement in data.aws_iam_policy_document.role_datazone_document.statement : statement.resources
    ])) == toset(["arn:aws:datazone:us-east-1:123456789012:domain/dzd_example"])
    error_message = "It may act in the one domain only."
  }

  assert {
    condition     = length(aws_iam_role.role_approver) == 0 && length(aws_iam_role_policy.role_function_datazone) == 1
    error_message = "Without a separate role, the function's role must be the one that decides."
  }

  assert {
    condition = alltrue([
      for document in [
        one(data.aws_iam_policy_document.queue_document),
        one(data.aws_iam_policy_document.dead_letter_queue_document),
      ] :
      anytrue([for statement in document.statement : statement.sid == "TlsOnly" && statement.effect == "Deny"])
      && alltrue([
        for statement in document.statement :
        one([for condition in statement.condition : condition.values if condition.variable == "aws:SourceArn"])
        == tolist(["arn:aws:events:us-east-1:123456789012:rule/example"])
        if statement.effect != "Deny"
      ])
    ])
    error_message = "Only the named event rules may send to the queues, and only over TLS."
  }

  assert {
    condition = (
      one(aws_sqs_queue.queue).sqs_managed_sse_enabled
      && one(aws_sqs_queue.dead_letter_queue).sqs_managed_sse_enabled
    )
    error_message = "Queues must be encrypted."
  }

  assert {
    condition     = aws_lambda_alias.alias.function_version == aws_lambda_invocation.check.qualifier
    error_message = "Only the version whose check has passed may go live."
  }

  assert {
    condition = alltrue(flatten([
      for alarm in [
        aws_cloudwatch_metric_alarm.alarm_dead_letters,
        aws_cloudwatch_metric_alarm.alarm_errors,
        aws_cloudwatch_metric_alarm.alarm_oldest_message,
      ] : contains(alarm.alarm_actions, "arn:aws:sns:us-east-1:123456789012:operators")
    ]))
    error_message = "Every alarm must reach the operators."
  }

  assert {
    condition     = one(one(aws_lambda_function_event_invoke_config.asynchronous.destination_config).on_failure).destination == "arn:aws:sns:us-east-1:123456789012:operators"
    error_message = "Asynchronous invocations that fail must reach the operators."
  }
}

run "a_separate_role_is_the_only_one_that_decides" {
  variables {
    approver_role = {}
  }

  assert {
    condition     = length(aws_iam_role_policy.role_function_datazone) == 0 && length(aws_iam_role_policy.role_approver_datazone) == 1
    error_message = "Only the separate role may act in Amazon DataZone."
  }

  assert {
    condition = toset(flatten([
      for statement in one(data.aws_iam_policy_document.role_approver_trust).statement :
      [for principal in statement.principals : principal.identifiers]
    ])) == toset(["arn:aws:iam::123456789012:role/made"])
    error_message = "Only the function's role may assume it."
  }
}

run "the_code_makes_no_network_interfaces" {
  command = plan

  variables {
    vpc       = { subnet_ids = ["subnet-1"], security_group_ids = ["sg-1"] }
    queue_key = { arn = "arn:aws:kms:us-east-1:123456789012:key/example" }
    logs      = { kms_key = { arn = "arn:aws:kms:us-east-1:123456789012:key/example" } }
  }

  assert {
    condition = anytrue([
      for statement in data.aws_iam_policy_document.role_function_document.statement :
      statement.effect == "Deny" && contains(statement.actions, "ec2:CreateNetworkInterface")
      && contains([for condition in statement.condition : condition.variable], "lambda:SourceFunctionArn")
    ])
    error_message = "Lambda attaches the function to the VPC, the code may not."
  }

  assert {
    condition = alltrue([
      for key in [
        one(aws_sqs_queue.queue).kms_master_key_id,
        one(aws_sqs_queue.dead_letter_queue).kms_master_key_id,
        aws_cloudwatch_log_group.log_group.kms_key_id,
      ] : key == "arn:aws:kms:us-east-1:123456789012:key/example"
    ])
    error_message = "Queues and logs must be encrypted with the key that is given."
  }
}

run "is_there" {
  command = apply
}

run "refuses_another_name" {
  command         = plan
  expect_failures = [terraform_data.queue_name, terraform_data.dead_letter_queue_name]

  variables {
    name = "another"
  }
}
