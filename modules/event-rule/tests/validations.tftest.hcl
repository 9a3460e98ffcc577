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
    queue               = { arn = "arn:aws:sqs:us-east-1:123456789012:example" }
    dead_letter_queue   = { arn = "arn:aws:sqs:us-east-1:123456789012:example" }
    arrival_notices     = { topic_arn = "arn:aws:sns:us-east-1:123456789012:example" }
    operators           = { arn = "arn:aws:sns:us-east-1:123456789012:example" }
    after               = {}

    sweep = {
      every_minutes  = 5
      function_name  = "^[^ \\\\t\\\\r\\\\n](.*[^ \\\\t\\\\r\\\\n])?$"
      function_alias = "^[^ \\\\t\\\\r\\\\n](.*[^ \\\\t\\\\r\\\\n])?$"
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
    queue               = { arn = "arn:aws:sqs:us-east-1:123456789012:example" }
    dead_letter_queue   = { arn = "arn:aws:sqs:us-east-1:123456789012:example" }
  }
}

# tags must have keys of 1 to 128 letters, digits and _ . : / = + - @, with blanks only between them
run "refuses_tags_2" {
  command         = plan
  expect_failures = [var.tags]

  variables {
    name                = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    queue               = { arn = "arn:aws:sqs:us-east-1:123456789012:example" }
    dead_letter_queue   = { arn = "arn:aws:sqs:us-east-1:123456789012:example" }
    tags                = { "not a key!" = "example" }
  }
}

# tags must not have keys that begin with aws:, which AWS reserves for itself
run "refuses_tags_3" {
  command         = plan
  expect_failures = [var.tags]

  variables {
    name                = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    queue               = { arn = "arn:aws:sqs:us-east-1:123456789012:example" }
    dead_letter_queue   = { arn = "arn:aws:sqs:us-east-1:123456789012:example" }
    tags                = { "aws:example" = "example" }
  }
}

# tags must have values of at most 256 letters, digits and _ . : / = + - @, with blanks only between them
run "refuses_tags_4" {
  command         = plan
  expect_failures = [var.tags]

  variables {
    name                = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    queue               = { arn = "arn:aws:sqs:us-east-1:123456789012:example" }
    dead_letter_queue   = { arn = "arn:aws:sqs:us-east-1:123456789012:example" }
    tags                = { example = "not valid!" }
  }
}

# tags must have at most 48 tags
run "refuses_tags_5" {
  command         = plan
  expect_failures = [var.tags]

  variables {
    name                = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    queue               = { arn = "arn:aws:sqs:us-east-1:123456789012:example" }
    dead_letter_queue   = { arn = "arn:aws:sqs:us-east-1:123456789012:example" }
    tags                = { for i in range(51) : "example-${i}" => "example" }
  }
}

# domain.id must be the id of a DataZone domain: dzd, then - or _, then 1 to 36 letters, digits, _ or -
run "refuses_domain_6" {
  command         = plan
  expect_failures = [var.domain]

  variables {
    name                = "example"
    domain              = { id = "not valid!" }
    publishing_projects = { example = { id = "example" } }
    queue               = { arn = "arn:aws:sqs:us-east-1:123456789012:example" }
    dead_letter_queue   = { arn = "arn:aws:sqs:us-east-1:123456789012:example" }
  }
}

# publishingProjects must have keys of 1 to 40 letters, digits and hyphens that start with a letter, because they become part of addresses and names
run "refuses_publishing_projects_7" {
  command         = plan
  expect_failures = [var.publishing_projects]

  variables {
    name                = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { "not a key!" = { id = "example" } }
    queue               = { arn = "arn:aws:sqs:us-east-1:123456789012:example" }
    dead_letter_queue   = { arn = "arn:aws:sqs:us-east-1:123456789012:example" }
  }
}

# publishingProjects must have at least 1 project
run "refuses_publishing_projects_8" {
  command         = plan
  expect_failures = [var.publishing_projects]

  variables {
    name                = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = {}
    queue               = { arn = "arn:aws:sqs:us-east-1:123456789012:example" }
    dead_letter_queue   = { arn = "arn:aws:sqs:us-east-1:123456789012:example" }
  }
}

# publishingProjects must have at most 1000 projects: deploy a second approval for the rest
run "refuses_publishing_projects_9" {
  command         = plan
  expect_failures = [var.publishing_projects]

  variables {
    name                = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { for i in range(1001) : "example-${i}" => { id = "example" } }
    queue               = { arn = "arn:aws:sqs:us-east-1:123456789012:example" }
    dead_letter_queue   = { arn = "arn:aws:sqs:us-east-1:123456789012:example" }
  }
}

# publishingProjects must not have the same project under two keys
run "refuses_publishing_projects_10" {
  command         = plan
  expect_failures = [var.publishing_projects]

  variables {
    name              = "example"
    domain            = { id = "dzd_example" }
    queue             = { arn = "arn:aws:sqs:us-east-1:123456789012:example" }
    dead_letter_queue = { arn = "arn:aws:sqs:us-east-1:123456789012:example" }

    publishing_projects = {
      example-0 = { id = "example" }
      example-1 = { id = "example" }
    }
  }
}

# publishingProjects.id must be the id of a DataZone project: 1 to 36 letters, digits, _ or -
run "refuses_publishing_projects_11" {
  command         = plan
  expect_failures = [var.publishing_projects]

  variables {
    name                = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "not valid!" } }
    queue               = { arn = "arn:aws:sqs:us-east-1:123456789012:example" }
    dead_letter_queue   = { arn = "arn:aws:sqs:us-east-1:123456789012:example" }
  }
}

# publishingProjects.id must be the id of a project, not of a domain
run "refuses_publishing_projects_12" {
  command         = plan
  expect_failures = [var.publishing_projects]

  variables {
    name                = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "dzd_example" } }
    queue               = { arn = "arn:aws:sqs:us-east-1:123456789012:example" }
    dead_letter_queue   = { arn = "arn:aws:sqs:us-east-1:123456789012:example" }
  }
}

# queue.arn must be the ARN of a standard queue (arn:partition:sqs:region:account:name)
run "refuses_queue_13" {
  command         = plan
  expect_failures = [var.queue]

  variables {
    name                = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    queue               = { arn = "not valid!" }
    dead_letter_queue   = { arn = "arn:aws:sqs:us-east-1:123456789012:example" }
  }
}

# deadLetterQueue.arn must be the ARN of a standard queue (arn:partition:sqs:region:account:name)
run "refuses_dead_letter_queue_14" {
  command         = plan
  expect_failures = [var.dead_letter_queue]

  variables {
    name                = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    queue               = { arn = "arn:aws:sqs:us-east-1:123456789012:example" }
    dead_letter_queue   = { arn = "not valid!" }
  }
}

# arrivalNotices.topicArn must be the ARN of a standard topic (arn:partition:sns:region:account:name)
run "refuses_arrival_notices_15" {
  command         = plan
  expect_failures = [var.arrival_notices]

  variables {
    name                = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    queue               = { arn = "arn:aws:sqs:us-east-1:123456789012:example" }
    dead_letter_queue   = { arn = "arn:aws:sqs:us-east-1:123456789012:example" }
    arrival_notices     = { topic_arn = "not valid!" }
  }
}

# sweep.everyMinutes must be a whole number of minutes from 5 to 1440
run "refuses_sweep_16" {
  command         = plan
  expect_failures = [var.sweep]

  variables {
    name                = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    queue               = { arn = "arn:aws:sqs:us-east-1:123456789012:example" }
    dead_letter_queue   = { arn = "arn:aws:sqs:us-east-1:123456789012:example" }

    sweep = {
      every_minutes  = -1
      function_name  = "^[^ \\\\t\\\\r\\\\n](.*[^ \\\\t\\\\r\\\\n])?$"
      function_alias = "^[^ \\\\t\\\\r\\\\n](.*[^ \\\\t\\\\r\\\\n])?$"
    }
  }
}

# sweep.functionName must not be empty, or begin or end with a blank
run "refuses_sweep_17" {
  command         = plan
  expect_failures = [var.sweep]

  variables {
    name                = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    queue               = { arn = "arn:aws:sqs:us-east-1:123456789012:example" }
    dead_letter_queue   = { arn = "arn:aws:sqs:us-east-1:123456789012:example" }

    sweep = {
      every_minutes  = 5
      function_name  = ""
      function_alias = "^[^ \\\\t\\\\r\\\\n](.*[^ \\\\t\\\\r\\\\n])?$"
    }
  }
}

# sweep.functionAlias must not be empty, or begin or end with a blank
run "refuses_sweep_18" {
  command         = plan
  expect_failures = [var.sweep]

  variables {
    name                = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    queue               = { arn = "arn:aws:sqs:us-east-1:123456789012:example" }
    dead_letter_queue   = { arn = "arn:aws:sqs:us-east-1:123456789012:example" }

    sweep = {
      every_minutes  = 5
      function_name  = "^[^ \\\\t\\\\r\\\\n](.*[^ \\\\t\\\\r\\\\n])?$"
      function_alias = ""
    }
  }
}

# operators.arn must be the ARN of a standard topic (arn:partition:sns:region:account:name)
run "refuses_operators_19" {
  command         = plan
  expect_failures = [var.operators]

  variables {
    name                = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    queue               = { arn = "arn:aws:sqs:us-east-1:123456789012:example" }
    dead_letter_queue   = { arn = "arn:aws:sqs:us-east-1:123456789012:example" }
    operators           = { arn = "not valid!" }
  }
}
