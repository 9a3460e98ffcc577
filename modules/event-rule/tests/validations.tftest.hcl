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
    name                = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    queue               = { arn = "arn:aws:iam::123456789012:role/example" }
    dead_letter_queue   = { arn = "arn:aws:iam::123456789012:role/example" }
    arrival_notices     = { topic_arn = "arn:aws:iam::123456789012:role/example" }

    sweep = {
      every_minutes  = 5
      function_name  = "example"
      function_alias = "example"
    }

    tags = {}
  }
}

# name must be 1 to 40 lower-case letters, digits and hyphens, and start with a letter
run "refuses_name_1" {
  command         = plan
  expect_failures = [var.name]

  variables {
    name                = "not valid!"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    queue               = { arn = "arn:aws:iam::123456789012:role/example" }
    dead_letter_queue   = { arn = "arn:aws:iam::123456789012:role/example" }
  }
}

# domain.id must be the id of a DataZone domain: dzd, then - or _, then 1 to 36 letters, digits, _ or -
run "refuses_domain_2" {
  command         = plan
  expect_failures = [var.domain]

  variables {
    name                = "example"
    domain              = { id = "not valid!" }
    publishing_projects = { example = { id = "example" } }
    queue               = { arn = "arn:aws:iam::123456789012:role/example" }
    dead_letter_queue   = { arn = "arn:aws:iam::123456789012:role/example" }
  }
}

# publishingProjects must have keys of 1 to 40 letters, digits and hyphens that start with a letter, because they become part of addresses and names
run "refuses_publishing_projects_3" {
  command         = plan
  expect_failures = [var.publishing_projects]

  variables {
    name                = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { "not a key!" = { id = "example" } }
    queue               = { arn = "arn:aws:iam::123456789012:role/example" }
    dead_letter_queue   = { arn = "arn:aws:iam::123456789012:role/example" }
  }
}

# publishingProjects must name at least 1 project
run "refuses_publishing_projects_4" {
  command         = plan
  expect_failures = [var.publishing_projects]

  variables {
    name                = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = {}
    queue               = { arn = "arn:aws:iam::123456789012:role/example" }
    dead_letter_queue   = { arn = "arn:aws:iam::123456789012:role/example" }
  }
}

# publishingProjects.id must be the id of a DataZone project: 1 to 36 letters, digits, _ or -
run "refuses_publishing_projects_5" {
  command         = plan
  expect_failures = [var.publishing_projects]

  variables {
    name                = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "not valid!" } }
    queue               = { arn = "arn:aws:iam::123456789012:role/example" }
    dead_letter_queue   = { arn = "arn:aws:iam::123456789012:role/example" }
  }
}

# queue.arn must be an ARN (arn:partition:service:region:account:resource)
run "refuses_queue_6" {
  command         = plan
  expect_failures = [var.queue]

  variables {
    name                = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    queue               = { arn = "not valid!" }
    dead_letter_queue   = { arn = "arn:aws:iam::123456789012:role/example" }
  }
}

# deadLetterQueue.arn must be an ARN (arn:partition:service:region:account:resource)
run "refuses_dead_letter_queue_7" {
  command         = plan
  expect_failures = [var.dead_letter_queue]

  variables {
    name                = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    queue               = { arn = "arn:aws:iam::123456789012:role/example" }
    dead_letter_queue   = { arn = "not valid!" }
  }
}

# arrivalNotices.topicArn must be an ARN (arn:partition:service:region:account:resource)
run "refuses_arrival_notices_8" {
  command         = plan
  expect_failures = [var.arrival_notices]

  variables {
    name                = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    queue               = { arn = "arn:aws:iam::123456789012:role/example" }
    dead_letter_queue   = { arn = "arn:aws:iam::123456789012:role/example" }
    arrival_notices     = { topic_arn = "not valid!" }
  }
}

# sweep.everyMinutes must be a whole number of minutes from 5 to 1440
run "refuses_sweep_9" {
  command         = plan
  expect_failures = [var.sweep]

  variables {
    name                = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    queue               = { arn = "arn:aws:iam::123456789012:role/example" }
    dead_letter_queue   = { arn = "arn:aws:iam::123456789012:role/example" }

    sweep = {
      every_minutes  = -1
      function_name  = "example"
      function_alias = "example"
    }
  }
}
