# Every validation of the variables, hit by an input that it must refuse. No AWS account is needed.

mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }

  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }

  mock_data "aws_partition" {
    defaults = {
      partition  = "aws"
      dns_suffix = "amazonaws.com"
    }
  }

  mock_data "aws_region" {
    defaults = {
      id   = "us-east-1"
      name = "us-east-1"
    }
  }
}

run "accepts_what_is_right" {
  command = plan

  variables {
    name          = "example"
    topic         = { arn = "arn:aws:iam::123456789012:role/example" }
    display_name  = "^[^\\\\r\\\\n]{1,100}$"
    kms_key       = { arn = "arn:aws:iam::123456789012:role/example" }
    publishers    = {}
    event_rules   = {}
    subscriptions = {}
    tags          = {}
  }
}

# name must be 1 to 40 lower-case letters, digits and hyphens, and start with a letter
run "refuses_name_1" {
  command         = plan
  expect_failures = [var.name]

  variables {
    name = "not valid!"
  }
}

# topic.arn must be an ARN (arn:partition:service:region:account:resource)
run "refuses_topic_2" {
  command         = plan
  expect_failures = [var.topic]

  variables {
    name  = "example"
    topic = { arn = "not valid!" }
  }
}

# displayName must be one line of 1 to 100 characters
run "refuses_display_name_3" {
  command         = plan
  expect_failures = [var.display_name]

  variables {
    name         = "example"
    display_name = ""
  }
}

# kmsKey.arn must be an ARN (arn:partition:service:region:account:resource)
run "refuses_kms_key_4" {
  command         = plan
  expect_failures = [var.kms_key]

  variables {
    name    = "example"
    kms_key = { arn = "not valid!" }
  }
}

# publishers must have keys of 1 to 64 letters, digits, _ and -, because they become part of addresses
run "refuses_publishers_5" {
  command         = plan
  expect_failures = [var.publishers]

  variables {
    name       = "example"
    publishers = { "not a key!" = { role_arn = "arn:aws:iam::123456789012:role/example" } }
  }
}

# publishers.roleArn must be an ARN (arn:partition:service:region:account:resource)
run "refuses_publishers_6" {
  command         = plan
  expect_failures = [var.publishers]

  variables {
    name       = "example"
    publishers = { example = { role_arn = "not valid!" } }
  }
}

# eventRules must have keys of 1 to 64 letters, digits, _ and -, because they become part of addresses
run "refuses_event_rules_7" {
  command         = plan
  expect_failures = [var.event_rules]

  variables {
    name        = "example"
    event_rules = { "not a key!" = { arn = "arn:aws:iam::123456789012:role/example" } }
  }
}

# eventRules.arn must be an ARN (arn:partition:service:region:account:resource)
run "refuses_event_rules_8" {
  command         = plan
  expect_failures = [var.event_rules]

  variables {
    name        = "example"
    event_rules = { example = { arn = "not valid!" } }
  }
}

# subscriptions must have keys of 1 to 64 letters, digits, _ and -, because they become part of addresses
run "refuses_subscriptions_9" {
  command         = plan
  expect_failures = [var.subscriptions]

  variables {
    name = "example"

    subscriptions = {
      "not a key!" = {
        protocol = "email"
        endpoint = "example"
      }
    }
  }
}

# subscriptions.protocol must be one of email, email-json, sqs, https, lambda
run "refuses_subscriptions_10" {
  command         = plan
  expect_failures = [var.subscriptions]

  variables {
    name = "example"

    subscriptions = {
      example = {
        protocol = "not valid!"
        endpoint = "example"
      }
    }
  }
}

# subscriptions.filterPolicy may filter on decision, project and environment
run "refuses_subscriptions_11" {
  command         = plan
  expect_failures = [var.subscriptions]

  variables {
    name = "example"

    subscriptions = {
      example = {
        protocol      = "email"
        endpoint      = "example"
        filter_policy = { example = [] }
      }
    }
  }
}

# subscriptions.deadLetterQueue.arn must be an ARN (arn:partition:service:region:account:resource)
run "refuses_subscriptions_12" {
  command         = plan
  expect_failures = [var.subscriptions]

  variables {
    name = "example"

    subscriptions = {
      example = {
        protocol          = "email"
        endpoint          = "example"
        dead_letter_queue = { arn = "not valid!" }
      }
    }
  }
}
