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
    name                 = "example"
    permissions_boundary = { arn = "arn:aws:iam::123456789012:policy/example" }
    role_path            = "/"
    environment          = "example"
    domain               = { id = "dzd_example" }
    publishing_projects  = { example = { id = "example" } }
    policies             = { example = "@id(\"example\")\npermit (principal, action, resource);" }
    sweep                = { every_minutes = 5 }
    dashboard            = {}
    approver_role        = {}
    role                 = { arn = "arn:aws:iam::123456789012:role/example" }
    queue_key            = { arn = "arn:aws:kms:us-east-1:123456789012:key/example" }
    success_topic        = { arn = "arn:aws:sns:us-east-1:123456789012:example" }
    logs                 = {}
    topic                = { arn = "arn:aws:sns:us-east-1:123456789012:example" }
    operators            = { arn = "arn:aws:sns:us-east-1:123456789012:example" }
    event_rules          = {}

    queue = {
      arn  = "arn:aws:sqs:us-east-1:123456789012:example"
      url  = "https://sqs.us-east-1.amazonaws.com/123456789012/example"
      name = "example"
    }

    dead_letter_queue = {
      arn  = "arn:aws:sqs:us-east-1:123456789012:example"
      url  = "https://sqs.us-east-1.amazonaws.com/123456789012/example"
      name = "example"
    }

    vpc = {
      subnet_ids         = ["subnet-1"]
      security_group_ids = ["sg-1"]
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
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }
    topic               = { arn = "arn:aws:sns:us-east-1:123456789012:example" }
    operators           = { arn = "arn:aws:sns:us-east-1:123456789012:example" }
  }
}

# name must not begin with aws or ssm: SSM parameters get this name, and Parameter Store refuses such names
run "refuses_name_2" {
  command         = plan
  expect_failures = [var.name]

  variables {
    name                = "aws-example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }
    topic               = { arn = "arn:aws:sns:us-east-1:123456789012:example" }
    operators           = { arn = "arn:aws:sns:us-east-1:123456789012:example" }
  }
}

# tags must have keys of 1 to 128 letters, digits and _ . : / = + - @, with blanks only between them
run "refuses_tags_3" {
  command         = plan
  expect_failures = [var.tags]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }
    topic               = { arn = "arn:aws:sns:us-east-1:123456789012:example" }
    operators           = { arn = "arn:aws:sns:us-east-1:123456789012:example" }
    tags                = { "not a key!" = "example" }
  }
}

# tags must not have keys that begin with aws:, which AWS reserves for itself
run "refuses_tags_4" {
  command         = plan
  expect_failures = [var.tags]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }
    topic               = { arn = "arn:aws:sns:us-east-1:123456789012:example" }
    operators           = { arn = "arn:aws:sns:us-east-1:123456789012:example" }
    tags                = { "aws:example" = "example" }
  }
}

# tags must have values of at most 256 letters, digits and _ . : / = + - @, with blanks only between them
run "refuses_tags_5" {
  command         = plan
  expect_failures = [var.tags]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }
    topic               = { arn = "arn:aws:sns:us-east-1:123456789012:example" }
    operators           = { arn = "arn:aws:sns:us-east-1:123456789012:example" }
    tags                = { example = "not valid!" }
  }
}

# tags must have at most 48 tags
run "refuses_tags_6" {
  command         = plan
  expect_failures = [var.tags]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }
    topic               = { arn = "arn:aws:sns:us-east-1:123456789012:example" }
    operators           = { arn = "arn:aws:sns:us-east-1:123456789012:example" }
    tags                = { for i in range(51) : "example-${i}" => "example" }
  }
}

# permissionsBoundary.arn must be the ARN of a managed policy (arn:partition:iam::account:policy/…)
run "refuses_permissions_boundary_7" {
  command         = plan
  expect_failures = [var.permissions_boundary]

  variables {
    name                 = "example"
    environment          = "example"
    domain               = { id = "dzd_example" }
    publishing_projects  = { example = { id = "example" } }
    policies             = { example = "@id(\"example\")\npermit (principal, action, resource);" }
    topic                = { arn = "arn:aws:sns:us-east-1:123456789012:example" }
    operators            = { arn = "arn:aws:sns:us-east-1:123456789012:example" }
    permissions_boundary = { arn = "not valid!" }
  }
}

# rolePath must begin and end with a slash
run "refuses_role_path_8" {
  command         = plan
  expect_failures = [var.role_path]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }
    topic               = { arn = "arn:aws:sns:us-east-1:123456789012:example" }
    operators           = { arn = "arn:aws:sns:us-east-1:123456789012:example" }
    role_path           = "not valid!"
  }
}

# environment must be 1 to 64 letters, digits, _ and -
run "refuses_environment_9" {
  command         = plan
  expect_failures = [var.environment]

  variables {
    name                = "example"
    environment         = "not valid!"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }
    topic               = { arn = "arn:aws:sns:us-east-1:123456789012:example" }
    operators           = { arn = "arn:aws:sns:us-east-1:123456789012:example" }
  }
}

# domain.id must be the id of a DataZone domain: dzd, then - or _, then 1 to 36 letters, digits, _ or -
run "refuses_domain_10" {
  command         = plan
  expect_failures = [var.domain]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "not valid!" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }
    topic               = { arn = "arn:aws:sns:us-east-1:123456789012:example" }
    operators           = { arn = "arn:aws:sns:us-east-1:123456789012:example" }
  }
}

# domain.kmsKey.arn must be the ARN of a KMS key (…:key/…), not of an alias, because IAM permissions are on keys
run "refuses_domain_11" {
  command         = plan
  expect_failures = [var.domain]

  variables {
    name                = "example"
    environment         = "example"
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }
    topic               = { arn = "arn:aws:sns:us-east-1:123456789012:example" }
    operators           = { arn = "arn:aws:sns:us-east-1:123456789012:example" }

    domain = {
      id      = "dzd_example"
      kms_key = { arn = "not valid!" }
    }
  }
}

# publishingProjects must have keys of 1 to 40 letters, digits and hyphens that start with a letter, because they become part of addresses and names
run "refuses_publishing_projects_12" {
  command         = plan
  expect_failures = [var.publishing_projects]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { "not a key!" = { id = "example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }
    topic               = { arn = "arn:aws:sns:us-east-1:123456789012:example" }
    operators           = { arn = "arn:aws:sns:us-east-1:123456789012:example" }
  }
}

# publishingProjects must have at least 1 project
run "refuses_publishing_projects_13" {
  command         = plan
  expect_failures = [var.publishing_projects]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = {}
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }
    topic               = { arn = "arn:aws:sns:us-east-1:123456789012:example" }
    operators           = { arn = "arn:aws:sns:us-east-1:123456789012:example" }
  }
}

# publishingProjects must have at most 1000 projects: deploy a second approval for the rest
run "refuses_publishing_projects_14" {
  command         = plan
  expect_failures = [var.publishing_projects]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { for i in range(1001) : "example-${i}" => { id = "example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }
    topic               = { arn = "arn:aws:sns:us-east-1:123456789012:example" }
    operators           = { arn = "arn:aws:sns:us-east-1:123456789012:example" }
  }
}

# publishingProjects must not have the same project under two keys
run "refuses_publishing_projects_15" {
  command         = plan
  expect_failures = [var.publishing_projects]

  variables {
    name        = "example"
    environment = "example"
    domain      = { id = "dzd_example" }
    policies    = { example = "@id(\"example\")\npermit (principal, action, resource);" }
    topic       = { arn = "arn:aws:sns:us-east-1:123456789012:example" }
    operators   = { arn = "arn:aws:sns:us-east-1:123456789012:example" }

    publishing_projects = {
      example-0 = { id = "example" }
      example-1 = { id = "example" }
    }
  }
}

# publishingProjects.id must be the id of a DataZone project: 1 to 36 letters, digits, _ or -
run "refuses_publishing_projects_16" {
  command         = plan
  expect_failures = [var.publishing_projects]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "not valid!" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }
    topic               = { arn = "arn:aws:sns:us-east-1:123456789012:example" }
    operators           = { arn = "arn:aws:sns:us-east-1:123456789012:example" }
  }
}

# publishingProjects.id must be the id of a project, not of a domain
run "refuses_publishing_projects_17" {
  command         = plan
  expect_failures = [var.publishing_projects]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "dzd_example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }
    topic               = { arn = "arn:aws:sns:us-east-1:123456789012:example" }
    operators           = { arn = "arn:aws:sns:us-east-1:123456789012:example" }
  }
}

# policies must have at least 1 policy
run "refuses_policies_18" {
  command         = plan
  expect_failures = [var.policies]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = {}
    topic               = { arn = "arn:aws:sns:us-east-1:123456789012:example" }
    operators           = { arn = "arn:aws:sns:us-east-1:123456789012:example" }
  }
}

# policies must have at most 500 policies: the function reads all of them, ten at a time, whenever a process starts
run "refuses_policies_19" {
  command         = plan
  expect_failures = [var.policies]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { for i in range(1001) : "example-${i}" => "example" }
    topic               = { arn = "arn:aws:sns:us-east-1:123456789012:example" }
    operators           = { arn = "arn:aws:sns:us-east-1:123456789012:example" }
  }
}

# policies must be keyed by the policies' @id: 1 to 64 lower-case letters, digits and hyphens
run "refuses_policies_20" {
  command         = plan
  expect_failures = [var.policies]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { "not a key!" = "example" }
    topic               = { arn = "arn:aws:sns:us-east-1:123456789012:example" }
    operators           = { arn = "arn:aws:sns:us-east-1:123456789012:example" }
  }
}

# policies must be at most 4,096 bytes each, the size of an SSM parameter: split a longer policy
run "refuses_policies_21" {
  command         = plan
  expect_failures = [var.policies]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = format("%05000d", 0) }
    topic               = { arn = "arn:aws:sns:us-east-1:123456789012:example" }
    operators           = { arn = "arn:aws:sns:us-east-1:123456789012:example" }
  }
}

# policies must not hold {{…}}, which Parameter Store refuses: put a space between the braces
run "refuses_policies_22" {
  command         = plan
  expect_failures = [var.policies]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "{{example}}" }
    topic               = { arn = "arn:aws:sns:us-east-1:123456789012:example" }
    operators           = { arn = "arn:aws:sns:us-east-1:123456789012:example" }
  }
}

# sweep.everyMinutes must be a whole number of minutes from 5 to 1440
run "refuses_sweep_23" {
  command         = plan
  expect_failures = [var.sweep]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }
    topic               = { arn = "arn:aws:sns:us-east-1:123456789012:example" }
    operators           = { arn = "arn:aws:sns:us-east-1:123456789012:example" }
    sweep               = { every_minutes = -1 }
  }
}

# sweep.minimumAgeMinutes must be a whole number of minutes from 0 to 1440
run "refuses_sweep_24" {
  command         = plan
  expect_failures = [var.sweep]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }
    topic               = { arn = "arn:aws:sns:us-east-1:123456789012:example" }
    operators           = { arn = "arn:aws:sns:us-east-1:123456789012:example" }

    sweep = {
      every_minutes       = 5
      minimum_age_minutes = -1
    }
  }
}

# sweep.alarmAfterHours must be a whole number of hours from 1 to 8760
run "refuses_sweep_25" {
  command         = plan
  expect_failures = [var.sweep]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }
    topic               = { arn = "arn:aws:sns:us-east-1:123456789012:example" }
    operators           = { arn = "arn:aws:sns:us-east-1:123456789012:example" }

    sweep = {
      every_minutes     = 5
      alarm_after_hours = -1
    }
  }
}

# approverRole.role.arn must be the ARN of a role (arn:partition:iam::account:role/…)
run "refuses_approver_role_26" {
  command         = plan
  expect_failures = [var.approver_role]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }
    topic               = { arn = "arn:aws:sns:us-east-1:123456789012:example" }
    operators           = { arn = "arn:aws:sns:us-east-1:123456789012:example" }
    approver_role       = { role = { arn = "not valid!" } }
  }
}

# role.arn must be the ARN of a role (arn:partition:iam::account:role/…)
run "refuses_role_27" {
  command         = plan
  expect_failures = [var.role]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }
    topic               = { arn = "arn:aws:sns:us-east-1:123456789012:example" }
    operators           = { arn = "arn:aws:sns:us-east-1:123456789012:example" }
    role                = { arn = "not valid!" }
  }
}

# queue must have the arn, url and name of one and the same queue: copy all three from one aws_sqs_queue
run "refuses_queue_28" {
  command         = plan
  expect_failures = [var.queue]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }
    topic               = { arn = "arn:aws:sns:us-east-1:123456789012:example" }
    operators           = { arn = "arn:aws:sns:us-east-1:123456789012:example" }

    queue = {
      arn  = "arn:aws:sqs:us-east-1:123456789012:example"
      url  = "https://sqs.us-east-1.amazonaws.com/123456789012/example"
      name = "another"
    }
  }
}

# queue.arn must be the ARN of a standard queue (arn:partition:sqs:region:account:name)
run "refuses_queue_29" {
  command         = plan
  expect_failures = [var.queue]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }
    topic               = { arn = "arn:aws:sns:us-east-1:123456789012:example" }
    operators           = { arn = "arn:aws:sns:us-east-1:123456789012:example" }

    queue = {
      arn  = "not valid!"
      url  = "https://sqs.us-east-1.amazonaws.com/123456789012/example"
      name = "example"
    }
  }
}

# queue.url must not be empty, or begin or end with a blank
run "refuses_queue_30" {
  command         = plan
  expect_failures = [var.queue]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }
    topic               = { arn = "arn:aws:sns:us-east-1:123456789012:example" }
    operators           = { arn = "arn:aws:sns:us-east-1:123456789012:example" }

    queue = {
      arn  = "arn:aws:sqs:us-east-1:123456789012:example"
      url  = ""
      name = "example"
    }
  }
}

# queue.name must not be empty, or begin or end with a blank
run "refuses_queue_31" {
  command         = plan
  expect_failures = [var.queue]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }
    topic               = { arn = "arn:aws:sns:us-east-1:123456789012:example" }
    operators           = { arn = "arn:aws:sns:us-east-1:123456789012:example" }

    queue = {
      arn  = "arn:aws:sqs:us-east-1:123456789012:example"
      url  = "https://sqs.us-east-1.amazonaws.com/123456789012/example"
      name = ""
    }
  }
}

# deadLetterQueue must have the arn, url and name of one and the same queue: copy all three from one aws_sqs_queue
run "refuses_dead_letter_queue_32" {
  command         = plan
  expect_failures = [var.dead_letter_queue]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }
    topic               = { arn = "arn:aws:sns:us-east-1:123456789012:example" }
    operators           = { arn = "arn:aws:sns:us-east-1:123456789012:example" }

    dead_letter_queue = {
      arn  = "arn:aws:sqs:us-east-1:123456789012:example"
      url  = "https://sqs.us-east-1.amazonaws.com/123456789012/example"
      name = "another"
    }
  }
}

# deadLetterQueue.arn must be the ARN of a standard queue (arn:partition:sqs:region:account:name)
run "refuses_dead_letter_queue_33" {
  command         = plan
  expect_failures = [var.dead_letter_queue]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }
    topic               = { arn = "arn:aws:sns:us-east-1:123456789012:example" }
    operators           = { arn = "arn:aws:sns:us-east-1:123456789012:example" }

    dead_letter_queue = {
      arn  = "not valid!"
      url  = "https://sqs.us-east-1.amazonaws.com/123456789012/example"
      name = "example"
    }
  }
}

# deadLetterQueue.url must not be empty, or begin or end with a blank
run "refuses_dead_letter_queue_34" {
  command         = plan
  expect_failures = [var.dead_letter_queue]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }
    topic               = { arn = "arn:aws:sns:us-east-1:123456789012:example" }
    operators           = { arn = "arn:aws:sns:us-east-1:123456789012:example" }

    dead_letter_queue = {
      arn  = "arn:aws:sqs:us-east-1:123456789012:example"
      url  = ""
      name = "example"
    }
  }
}

# deadLetterQueue.name must not be empty, or begin or end with a blank
run "refuses_dead_letter_queue_35" {
  command         = plan
  expect_failures = [var.dead_letter_queue]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }
    topic               = { arn = "arn:aws:sns:us-east-1:123456789012:example" }
    operators           = { arn = "arn:aws:sns:us-east-1:123456789012:example" }

    dead_letter_queue = {
      arn  = "arn:aws:sqs:us-east-1:123456789012:example"
      url  = "https://sqs.us-east-1.amazonaws.com/123456789012/example"
      name = ""
    }
  }
}

# queueKey.arn must be the ARN of a KMS key (…:key/…), not of an alias, because IAM permissions are on keys
run "refuses_queue_key_36" {
  command         = plan
  expect_failures = [var.queue_key]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }
    topic               = { arn = "arn:aws:sns:us-east-1:123456789012:example" }
    operators           = { arn = "arn:aws:sns:us-east-1:123456789012:example" }
    queue_key           = { arn = "not valid!" }
  }
}

# successTopic.arn must be the ARN of a standard topic (arn:partition:sns:region:account:name)
run "refuses_success_topic_37" {
  command         = plan
  expect_failures = [var.success_topic]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }
    topic               = { arn = "arn:aws:sns:us-east-1:123456789012:example" }
    operators           = { arn = "arn:aws:sns:us-east-1:123456789012:example" }
    success_topic       = { arn = "not valid!" }
  }
}

# successTopic.kmsKey.arn must be the ARN of a KMS key (…:key/…), not of an alias, because IAM permissions are on keys
run "refuses_success_topic_38" {
  command         = plan
  expect_failures = [var.success_topic]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }
    topic               = { arn = "arn:aws:sns:us-east-1:123456789012:example" }
    operators           = { arn = "arn:aws:sns:us-east-1:123456789012:example" }

    success_topic = {
      arn     = "arn:aws:sns:us-east-1:123456789012:example"
      kms_key = { arn = "not valid!" }
    }
  }
}

# vpc.subnetIds must have at least 1 subnet
run "refuses_vpc_39" {
  command         = plan
  expect_failures = [var.vpc]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }
    topic               = { arn = "arn:aws:sns:us-east-1:123456789012:example" }
    operators           = { arn = "arn:aws:sns:us-east-1:123456789012:example" }

    vpc = {
      subnet_ids         = []
      security_group_ids = ["sg-1"]
    }
  }
}

# vpc.subnetIds must not have the same subnet twice
run "refuses_vpc_40" {
  command         = plan
  expect_failures = [var.vpc]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }
    topic               = { arn = "arn:aws:sns:us-east-1:123456789012:example" }
    operators           = { arn = "arn:aws:sns:us-east-1:123456789012:example" }

    vpc = {
      subnet_ids         = ["subnet-1", "subnet-1"]
      security_group_ids = ["sg-1"]
    }
  }
}

# vpc.subnetIds must have at most 16 subnets, the limit of SageMaker and Lambda
run "refuses_vpc_41" {
  command         = plan
  expect_failures = [var.vpc]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }
    topic               = { arn = "arn:aws:sns:us-east-1:123456789012:example" }
    operators           = { arn = "arn:aws:sns:us-east-1:123456789012:example" }

    vpc = {
      subnet_ids = [
        "subnet-1",
        "subnet-1",
        "subnet-1",
        "subnet-1",
        "subnet-1",
        "subnet-1",
        "subnet-1",
        "subnet-1",
        "subnet-1",
        "subnet-1",
        "subnet-1",
        "subnet-1",
        "subnet-1",
        "subnet-1",
        "subnet-1",
        "subnet-1",
        "subnet-1",
        "subnet-1",
        "subnet-1",
        "subnet-1",
        "subnet-1",
        "subnet-1",
        "subnet-1",
        "subnet-1",
        "subnet-1",
        "subnet-1",
        "subnet-1",
        "subnet-1",
        "subnet-1",
        "subnet-1",
        "subnet-1",
        "subnet-1",
        "subnet-1",
        "subnet-1",
        "subnet-1",
        "subnet-1",
        "subnet-1",
        "subnet-1",
        "subnet-1",
        "subnet-1",
        "subnet-1",
        "subnet-1",
        "subnet-1",
        "subnet-1",
        "subnet-1",
        "subnet-1",
        "subnet-1",
        "subnet-1",
        "subnet-1",
        "subnet-1",
        "subnet-1",
      ]
      security_group_ids = ["sg-1"]
    }
  }
}

# vpc.subnetIds must be the id of a subnet, subnet-…
run "refuses_vpc_42" {
  command         = plan
  expect_failures = [var.vpc]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }
    topic               = { arn = "arn:aws:sns:us-east-1:123456789012:example" }
    operators           = { arn = "arn:aws:sns:us-east-1:123456789012:example" }

    vpc = {
      subnet_ids         = ["not valid!"]
      security_group_ids = ["sg-1"]
    }
  }
}

# vpc.securityGroupIds must have at least 1 security group
run "refuses_vpc_43" {
  command         = plan
  expect_failures = [var.vpc]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }
    topic               = { arn = "arn:aws:sns:us-east-1:123456789012:example" }
    operators           = { arn = "arn:aws:sns:us-east-1:123456789012:example" }

    vpc = {
      subnet_ids         = ["subnet-1"]
      security_group_ids = []
    }
  }
}

# vpc.securityGroupIds must not have the same security group twice
run "refuses_vpc_44" {
  command         = plan
  expect_failures = [var.vpc]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }
    topic               = { arn = "arn:aws:sns:us-east-1:123456789012:example" }
    operators           = { arn = "arn:aws:sns:us-east-1:123456789012:example" }

    vpc = {
      subnet_ids         = ["subnet-1"]
      security_group_ids = ["sg-1", "sg-1"]
    }
  }
}

# vpc.securityGroupIds must have at most 5 security groups, the limit of SageMaker and Lambda
run "refuses_vpc_45" {
  command         = plan
  expect_failures = [var.vpc]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }
    topic               = { arn = "arn:aws:sns:us-east-1:123456789012:example" }
    operators           = { arn = "arn:aws:sns:us-east-1:123456789012:example" }

    vpc = {
      subnet_ids = ["subnet-1"]
      security_group_ids = [
        "sg-1",
        "sg-1",
        "sg-1",
        "sg-1",
        "sg-1",
        "sg-1",
        "sg-1",
        "sg-1",
        "sg-1",
        "sg-1",
        "sg-1",
        "sg-1",
        "sg-1",
        "sg-1",
        "sg-1",
        "sg-1",
        "sg-1",
        "sg-1",
        "sg-1",
        "sg-1",
        "sg-1",
        "sg-1",
        "sg-1",
        "sg-1",
        "sg-1",
        "sg-1",
        "sg-1",
        "sg-1",
        "sg-1",
        "sg-1",
        "sg-1",
        "sg-1",
        "sg-1",
        "sg-1",
        "sg-1",
        "sg-1",
        "sg-1",
        "sg-1",
        "sg-1",
        "sg-1",
        "sg-1",
        "sg-1",
        "sg-1",
        "sg-1",
        "sg-1",
        "sg-1",
        "sg-1",
        "sg-1",
        "sg-1",
        "sg-1",
        "sg-1",
      ]
    }
  }
}

# vpc.securityGroupIds must be the id of a security group, sg-…
run "refuses_vpc_46" {
  command         = plan
  expect_failures = [var.vpc]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }
    topic               = { arn = "arn:aws:sns:us-east-1:123456789012:example" }
    operators           = { arn = "arn:aws:sns:us-east-1:123456789012:example" }

    vpc = {
      subnet_ids         = ["subnet-1"]
      security_group_ids = ["not valid!"]
    }
  }
}

# logs.retentionDays must be one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653
run "refuses_logs_47" {
  command         = plan
  expect_failures = [var.logs]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }
    topic               = { arn = "arn:aws:sns:us-east-1:123456789012:example" }
    operators           = { arn = "arn:aws:sns:us-east-1:123456789012:example" }
    logs                = { retention_days = -1 }
  }
}

# logs.kmsKey.arn must be the ARN of a KMS key (…:key/…), not of an alias, because IAM permissions are on keys
run "refuses_logs_48" {
  command         = plan
  expect_failures = [var.logs]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }
    topic               = { arn = "arn:aws:sns:us-east-1:123456789012:example" }
    operators           = { arn = "arn:aws:sns:us-east-1:123456789012:example" }
    logs                = { kms_key = { arn = "not valid!" } }
  }
}

# topic.arn must be the ARN of a standard topic (arn:partition:sns:region:account:name)
run "refuses_topic_49" {
  command         = plan
  expect_failures = [var.topic]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }
    topic               = { arn = "not valid!" }
    operators           = { arn = "arn:aws:sns:us-east-1:123456789012:example" }
  }
}

# topic.kmsKey.arn must be the ARN of a KMS key (…:key/…), not of an alias, because IAM permissions are on keys
run "refuses_topic_50" {
  command         = plan
  expect_failures = [var.topic]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }
    operators           = { arn = "arn:aws:sns:us-east-1:123456789012:example" }

    topic = {
      arn     = "arn:aws:sns:us-east-1:123456789012:example"
      kms_key = { arn = "not valid!" }
    }
  }
}

# operators.arn must be the ARN of a standard topic (arn:partition:sns:region:account:name)
run "refuses_operators_51" {
  command         = plan
  expect_failures = [var.operators]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }
    topic               = { arn = "arn:aws:sns:us-east-1:123456789012:example" }
    operators           = { arn = "not valid!" }
  }
}

# operators.kmsKey.arn must be the ARN of a KMS key (…:key/…), not of an alias, because IAM permissions are on keys
run "refuses_operators_52" {
  command         = plan
  expect_failures = [var.operators]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }
    topic               = { arn = "arn:aws:sns:us-east-1:123456789012:example" }

    operators = {
      arn     = "arn:aws:sns:us-east-1:123456789012:example"
      kms_key = { arn = "not valid!" }
    }
  }
}

# eventRules must have keys of 1 to 64 letters, digits, _ and -, because they become part of Terraform addresses
run "refuses_event_rules_53" {
  command         = plan
  expect_failures = [var.event_rules]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }
    topic               = { arn = "arn:aws:sns:us-east-1:123456789012:example" }
    operators           = { arn = "arn:aws:sns:us-east-1:123456789012:example" }
    event_rules         = { "not a key!" = { arn = "arn:aws:events:us-east-1:123456789012:rule/example" } }
  }
}

# eventRules must have at most 50 rules: a queue's policy holds 8 KB
run "refuses_event_rules_54" {
  command         = plan
  expect_failures = [var.event_rules]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }
    topic               = { arn = "arn:aws:sns:us-east-1:123456789012:example" }
    operators           = { arn = "arn:aws:sns:us-east-1:123456789012:example" }

    event_rules = {
      for i in range(51) : "example-${i}" => {
        arn = "arn:aws:events:us-east-1:123456789012:rule/example"
      }
    }
  }
}

# eventRules.arn must be the ARN of an EventBridge rule (arn:partition:events:region:account:rule/…)
run "refuses_event_rules_55" {
  command         = plan
  expect_failures = [var.event_rules]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }
    topic               = { arn = "arn:aws:sns:us-east-1:123456789012:example" }
    operators           = { arn = "arn:aws:sns:us-east-1:123456789012:example" }
    event_rules         = { example = { arn = "not valid!" } }
  }
}

# policies: each policy must have its key as its id
run "refuses_policies_56" {
  command         = plan
  expect_failures = [var.policies]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"another\") permit (principal, action, resource);" }
    topic               = { arn = "arn:aws:sns:us-east-1:123456789012:example" }
    operators           = { arn = "arn:aws:sns:us-east-1:123456789012:example" }
  }
}

# policies: each must be one policy, permit (…) or forbid (…), with all of its brackets closed and a ; at its end
run "refuses_policies_57" {
  command         = plan
  expect_failures = [var.policies]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"example\") permit (principal, action, resource)" }
    topic               = { arn = "arn:aws:sns:us-east-1:123456789012:example" }
    operators           = { arn = "arn:aws:sns:us-east-1:123456789012:example" }
  }
}
