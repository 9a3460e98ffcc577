# What the README promises, against a provider that answers without AWS.

mock_provider "aws" {
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }

  mock_resource "aws_sns_topic" {
    defaults = { arn = "arn:aws:sns:us-east-1:123456789012:example" }
  }
}

variables {
  name = "example"
}

run "makes_its_own_key" {
  command = plan

  assert {
    condition     = one(aws_kms_key.key[*].enable_key_rotation)
    error_message = "The key must rotate."
  }

  assert {
    condition     = anytrue([for s in data.aws_iam_policy_document.topic_policy[0].statement : s.sid == "TlsOnly" && s.effect == "Deny"])
    error_message = "Publishing without TLS must be denied."
  }

  assert {
    condition     = anytrue([for s in data.aws_iam_policy_document.topic_policy[0].statement : s.sid == "NoOne" && s.effect == "Deny"])
    error_message = "Without publishers no one may publish."
  }
}

run "takes_a_key" {
  command = plan

  variables {
    kms_key = { arn = "arn:aws:kms:us-east-1:123456789012:key/example" }
  }

  assert {
    condition     = length(aws_kms_key.key) == 0
    error_message = "A given key must not be made again."
  }

  assert {
    condition     = one(aws_sns_topic.topic[*].kms_master_key_id) == "arn:aws:kms:us-east-1:123456789012:key/example"
    error_message = "The topic must use the given key."
  }
}

run "keeps_everyone_else_out" {
  command = plan

  variables {
    publishers = { approver = { role_arn = "arn:aws:iam::123456789012:role/example" } }
  }

  assert {
    condition = anytrue([
      for s in data.aws_iam_policy_document.topic_policy[0].statement :
      s.sid == "NoOneElse" && s.effect == "Deny" && anytrue([for c in s.condition : c.test == "ArnNotEquals"])
    ])
    error_message = "Who is not named must be denied."
  }
}

run "one_subscription_an_entry" {
  command = plan

  variables {
    subscriptions = {
      owners   = { protocol = "email", endpoint = "owners@example.com" }
      function = { protocol = "lambda", endpoint = "arn:aws:lambda:us-east-1:123456789012:function:example" }
    }
  }

  assert {
    condition     = join(",", keys(aws_sns_topic_subscription.subscription)) == "function,owners"
    error_message = "Each entry must be a subscription under its key."
  }

  assert {
    condition     = join(",", keys(aws_lambda_permission.invoke)) == "function"
    error_message = "Only functions need a permission."
  }
}

run "is_there" {
  command = apply
}

run "refuses_another_name" {
  command         = plan
  expect_failures = [terraform_data.topic_name]

  variables {
    name = "another"
  }
}
