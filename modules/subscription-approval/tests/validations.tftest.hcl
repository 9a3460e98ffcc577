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
    notifications        = {}
    operators            = {}
    arrival_notices      = {}
    membership           = {}

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

# name must be 1 to 30 lower-case letters, digits and hyphens, and start with a letter
run "refuses_name_1" {
  command         = plan
  expect_failures = [var.name]

  variables {
    name                = "not valid!"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }
    operators           = {}
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
    operators           = {}
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
    operators           = {}
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
    operators           = {}
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
    operators           = {}
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
    operators           = {}
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
    operators            = {}
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
    operators           = {}
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
    operators           = {}
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
    operators           = {}
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
    operators           = {}

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
    operators           = {}
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
    operators           = {}
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
    operators           = {}
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
    operators   = {}

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
    operators           = {}
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
    operators           = {}
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
    operators           = {}
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
    operators           = {}
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
    operators           = {}
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
    operators           = {}
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
    operators           = {}
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
    operators           = {}
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
    operators           = {}

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
    operators           = {}

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
    operators           = {}
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
    operators           = {}
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
    operators           = {}

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
    operators           = {}

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
    operators           = {}

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
    operators           = {}

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
    operators           = {}

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
    operators           = {}

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
    operators           = {}

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
    operators           = {}

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
    operators           = {}
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
    operators           = {}
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
    operators           = {}

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
    operators           = {}

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
    operators           = {}

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
    operators           = {}

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
    operators           = {}

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
    operators           = {}

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
    operators           = {}

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
    operators           = {}

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
    operators           = {}

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
    operators           = {}
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
    operators           = {}
    logs                = { kms_key = { arn = "not valid!" } }
  }
}

# notifications.subscriptions must have keys of 1 to 64 letters, digits, _ and -, because they become part of Terraform addresses
run "refuses_notifications_49" {
  command         = plan
  expect_failures = [var.notifications]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }
    operators           = {}

    notifications = {
      subscriptions = {
        "not a key!" = {
          protocol = "email"
          endpoint = "someone@example.com"
        }
      }
    }
  }
}

# notifications.subscriptions must not have the same protocol and endpoint under two keys: SNS keeps one subscription for both, so leave one out
run "refuses_notifications_50" {
  command         = plan
  expect_failures = [var.notifications]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }
    operators           = {}

    notifications = {
      subscriptions = {
        example = {
          protocol = "email"
          endpoint = "someone@example.com"
        }
        again = {
          protocol = "email"
          endpoint = "someone@example.com"
        }
      }
    }
  }
}

# notifications.subscriptions must have at most 200 subscriptions with a filterPolicy, SNS's quota for a topic: subscribe machines without one and filter there
run "refuses_notifications_51" {
  command         = plan
  expect_failures = [var.notifications]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }
    operators           = {}

    notifications = {
      subscriptions = {
        for i in range(201) : "example-${i}" => {
          protocol      = "email"
          endpoint      = "someone0@example.com"
          filter_policy = { decision = ["waiting"] }
        }
      }
    }
  }
}

# notifications.subscriptions must have an e-mail address as endpoint when protocol is email or email-json
run "refuses_notifications_52" {
  command         = plan
  expect_failures = [var.notifications]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }
    operators           = {}

    notifications = {
      subscriptions = {
        example = {
          protocol = "email"
          endpoint = "someone"
        }
      }
    }
  }
}

# notifications.subscriptions must have the ARN of a standard queue as endpoint when protocol is sqs
run "refuses_notifications_53" {
  command         = plan
  expect_failures = [var.notifications]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }
    operators           = {}

    notifications = {
      subscriptions = {
        example = {
          protocol = "sqs"
          endpoint = "arn:aws:sqs:us-east-1:123456789012:example.fifo"
        }
      }
    }
  }
}

# notifications.subscriptions must have the ARN of a function as endpoint when protocol is lambda
run "refuses_notifications_54" {
  command         = plan
  expect_failures = [var.notifications]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }
    operators           = {}

    notifications = {
      subscriptions = {
        example = {
          protocol = "lambda"
          endpoint = "arn:aws:sqs:us-east-1:123456789012:example"
        }
      }
    }
  }
}

# notifications.subscriptions must have a URL that begins with https:// as endpoint when protocol is https
run "refuses_notifications_55" {
  command         = plan
  expect_failures = [var.notifications]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }
    operators           = {}

    notifications = {
      subscriptions = {
        example = {
          protocol = "https"
          endpoint = "someone@example.com"
        }
      }
    }
  }
}

# notifications.subscriptions must have rawMessageDelivery only with the protocol sqs or https: leave it out for the others
run "refuses_notifications_56" {
  command         = plan
  expect_failures = [var.notifications]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }
    operators           = {}

    notifications = {
      subscriptions = {
        example = {
          protocol             = "email"
          endpoint             = "someone@example.com"
          raw_message_delivery = true
        }
      }
    }
  }
}

# notifications.subscriptions.protocol must be one of email, email-json, sqs, https, lambda
run "refuses_notifications_57" {
  command         = plan
  expect_failures = [var.notifications]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }
    operators           = {}

    notifications = {
      subscriptions = {
        example = {
          protocol = "not valid!"
          endpoint = "someone@example.com"
        }
      }
    }
  }
}

# notifications.subscriptions.endpoint must not be empty, or begin or end with a blank
run "refuses_notifications_58" {
  command         = plan
  expect_failures = [var.notifications]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }
    operators           = {}

    notifications = {
      subscriptions = {
        example = {
          protocol = "email"
          endpoint = ""
        }
      }
    }
  }
}

# notifications.subscriptions.filterPolicy must filter only on decision, event, project, environment and severity, the attributes of announcements
run "refuses_notifications_59" {
  command         = plan
  expect_failures = [var.notifications]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }
    operators           = {}

    notifications = {
      subscriptions = {
        example = {
          protocol      = "email"
          endpoint      = "someone@example.com"
          filter_policy = { example = [] }
        }
      }
    }
  }
}

# notifications.subscriptions.filterPolicy must list at least one value for each attribute: an empty list lets no message through
run "refuses_notifications_60" {
  command         = plan
  expect_failures = [var.notifications]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }
    operators           = {}

    notifications = {
      subscriptions = {
        example = {
          protocol      = "email"
          endpoint      = "someone@example.com"
          filter_policy = { decision = [] }
        }
      }
    }
  }
}

# notifications.subscriptions.filterPolicy must use only approved, rejected, waiting, failed as values of decision: no message has another
run "refuses_notifications_61" {
  command         = plan
  expect_failures = [var.notifications]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }
    operators           = {}

    notifications = {
      subscriptions = {
        example = {
          protocol      = "email"
          endpoint      = "someone@example.com"
          filter_policy = { decision = ["pending"] }
        }
      }
    }
  }
}

# notifications.subscriptions.filterPolicy must use only granted, grant-failed, revoked as values of event: no message has another
run "refuses_notifications_62" {
  command         = plan
  expect_failures = [var.notifications]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }
    operators           = {}

    notifications = {
      subscriptions = {
        example = {
          protocol      = "email"
          endpoint      = "someone@example.com"
          filter_policy = { event = ["pending"] }
        }
      }
    }
  }
}

# notifications.subscriptions.filterPolicy must use only low, medium, high, critical as values of severity: no message has another
run "refuses_notifications_63" {
  command         = plan
  expect_failures = [var.notifications]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }
    operators           = {}

    notifications = {
      subscriptions = {
        example = {
          protocol      = "email"
          endpoint      = "someone@example.com"
          filter_policy = { severity = ["pending"] }
        }
      }
    }
  }
}

# notifications.subscriptions.filterPolicy must not filter on both decision and event: no message has both, so use two subscriptions
run "refuses_notifications_64" {
  command         = plan
  expect_failures = [var.notifications]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }
    operators           = {}

    notifications = {
      subscriptions = {
        example = {
          protocol = "email"
          endpoint = "someone@example.com"
          filter_policy = {
            decision = ["waiting"]
            event    = ["granted"]
          }
        }
      }
    }
  }
}

# notifications.subscriptions.filterPolicy must have at most 150 combinations of values (3 decisions and 4 projects are 12): filter on fewer attributes, or use two subscriptions
run "refuses_notifications_65" {
  command         = plan
  expect_failures = [var.notifications]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }
    operators           = {}

    notifications = {
      subscriptions = {
        example = {
          protocol = "email"
          endpoint = "someone@example.com"
          filter_policy = {
            project = [
              "project0",
              "project1",
              "project2",
              "project3",
              "project4",
              "project5",
              "project6",
              "project7",
              "project8",
              "project9",
              "project10",
              "project11",
              "project12",
              "project13",
              "project14",
              "project15",
              "project16",
              "project17",
              "project18",
              "project19",
              "project20",
              "project21",
              "project22",
              "project23",
              "project24",
              "project25",
              "project26",
              "project27",
              "project28",
              "project29",
              "project30",
              "project31",
              "project32",
              "project33",
              "project34",
              "project35",
              "project36",
              "project37",
              "project38",
              "project39",
              "project40",
              "project41",
              "project42",
              "project43",
              "project44",
              "project45",
              "project46",
              "project47",
              "project48",
              "project49",
              "project50",
              "project51",
              "project52",
              "project53",
              "project54",
              "project55",
              "project56",
              "project57",
              "project58",
              "project59",
              "project60",
              "project61",
              "project62",
              "project63",
              "project64",
              "project65",
              "project66",
              "project67",
              "project68",
              "project69",
              "project70",
              "project71",
              "project72",
              "project73",
              "project74",
              "project75",
              "project76",
              "project77",
              "project78",
              "project79",
              "project80",
              "project81",
              "project82",
              "project83",
              "project84",
              "project85",
              "project86",
              "project87",
              "project88",
              "project89",
              "project90",
              "project91",
              "project92",
              "project93",
              "project94",
              "project95",
              "project96",
              "project97",
              "project98",
              "project99",
              "project100",
              "project101",
              "project102",
              "project103",
              "project104",
              "project105",
              "project106",
              "project107",
              "project108",
              "project109",
              "project110",
              "project111",
              "project112",
              "project113",
              "project114",
              "project115",
              "project116",
              "project117",
              "project118",
              "project119",
              "project120",
              "project121",
              "project122",
              "project123",
              "project124",
              "project125",
              "project126",
              "project127",
              "project128",
              "project129",
              "project130",
              "project131",
              "project132",
              "project133",
              "project134",
              "project135",
              "project136",
              "project137",
              "project138",
              "project139",
              "project140",
              "project141",
              "project142",
              "project143",
              "project144",
              "project145",
              "project146",
              "project147",
              "project148",
              "project149",
              "project150",
            ]
          }
        }
      }
    }
  }
}

# notifications.subscriptions.filterPolicy must not be empty, or begin or end with a blank
run "refuses_notifications_66" {
  command         = plan
  expect_failures = [var.notifications]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }
    operators           = {}

    notifications = {
      subscriptions = {
        example = {
          protocol      = "email"
          endpoint      = "someone@example.com"
          filter_policy = { example = [""] }
        }
      }
    }
  }
}

# notifications.subscriptions.deadLetterQueue.arn must be the ARN of a standard queue (arn:partition:sqs:region:account:name)
run "refuses_notifications_67" {
  command         = plan
  expect_failures = [var.notifications]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }
    operators           = {}

    notifications = {
      subscriptions = {
        example = {
          protocol          = "email"
          endpoint          = "someone@example.com"
          dead_letter_queue = { arn = "not valid!" }
        }
      }
    }
  }
}

# notifications.displayName must be one line of 1 to 100 characters
run "refuses_notifications_68" {
  command         = plan
  expect_failures = [var.notifications]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }
    operators           = {}
    notifications       = { display_name = "" }
  }
}

# notifications.kmsKey.arn must be the ARN of a KMS key (…:key/…), not of an alias, because IAM permissions are on keys
run "refuses_notifications_69" {
  command         = plan
  expect_failures = [var.notifications]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }
    operators           = {}
    notifications       = { kms_key = { arn = "not valid!" } }
  }
}

# notifications.topic.arn must be the ARN of a standard topic (arn:partition:sns:region:account:name)
run "refuses_notifications_70" {
  command         = plan
  expect_failures = [var.notifications]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }
    operators           = {}
    notifications       = { topic = { arn = "not valid!" } }
  }
}

# operators must not have subscriptions with a filterPolicy, because alarms have no attributes and none would pass: leave filterPolicy out
run "refuses_operators_71" {
  command         = plan
  expect_failures = [var.operators]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }

    operators = {
      subscriptions = {
        example = {
          protocol      = "email"
          endpoint      = "someone@example.com"
          filter_policy = { decision = ["waiting"] }
        }
      }
    }
  }
}

# operators.subscriptions must have keys of 1 to 64 letters, digits, _ and -, because they become part of Terraform addresses
run "refuses_operators_72" {
  command         = plan
  expect_failures = [var.operators]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }

    operators = {
      subscriptions = {
        "not a key!" = {
          protocol = "email"
          endpoint = "someone@example.com"
        }
      }
    }
  }
}

# operators.subscriptions must not have the same protocol and endpoint under two keys: SNS keeps one subscription for both, so leave one out
run "refuses_operators_73" {
  command         = plan
  expect_failures = [var.operators]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }

    operators = {
      subscriptions = {
        example = {
          protocol = "email"
          endpoint = "someone@example.com"
        }
        again = {
          protocol = "email"
          endpoint = "someone@example.com"
        }
      }
    }
  }
}

# operators.subscriptions must have at most 200 subscriptions with a filterPolicy, SNS's quota for a topic: subscribe machines without one and filter there
run "refuses_operators_74" {
  command         = plan
  expect_failures = [var.operators]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }

    operators = {
      subscriptions = {
        for i in range(201) : "example-${i}" => {
          protocol      = "email"
          endpoint      = "someone0@example.com"
          filter_policy = { decision = ["waiting"] }
        }
      }
    }
  }
}

# operators.subscriptions must have an e-mail address as endpoint when protocol is email or email-json
run "refuses_operators_75" {
  command         = plan
  expect_failures = [var.operators]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }

    operators = {
      subscriptions = {
        example = {
          protocol = "email"
          endpoint = "someone"
        }
      }
    }
  }
}

# operators.subscriptions must have the ARN of a standard queue as endpoint when protocol is sqs
run "refuses_operators_76" {
  command         = plan
  expect_failures = [var.operators]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }

    operators = {
      subscriptions = {
        example = {
          protocol = "sqs"
          endpoint = "arn:aws:sqs:us-east-1:123456789012:example.fifo"
        }
      }
    }
  }
}

# operators.subscriptions must have the ARN of a function as endpoint when protocol is lambda
run "refuses_operators_77" {
  command         = plan
  expect_failures = [var.operators]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }

    operators = {
      subscriptions = {
        example = {
          protocol = "lambda"
          endpoint = "arn:aws:sqs:us-east-1:123456789012:example"
        }
      }
    }
  }
}

# operators.subscriptions must have a URL that begins with https:// as endpoint when protocol is https
run "refuses_operators_78" {
  command         = plan
  expect_failures = [var.operators]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }

    operators = {
      subscriptions = {
        example = {
          protocol = "https"
          endpoint = "someone@example.com"
        }
      }
    }
  }
}

# operators.subscriptions must have rawMessageDelivery only with the protocol sqs or https: leave it out for the others
run "refuses_operators_79" {
  command         = plan
  expect_failures = [var.operators]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }

    operators = {
      subscriptions = {
        example = {
          protocol             = "email"
          endpoint             = "someone@example.com"
          raw_message_delivery = true
        }
      }
    }
  }
}

# operators.subscriptions.protocol must be one of email, email-json, sqs, https, lambda
run "refuses_operators_80" {
  command         = plan
  expect_failures = [var.operators]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }

    operators = {
      subscriptions = {
        example = {
          protocol = "not valid!"
          endpoint = "someone@example.com"
        }
      }
    }
  }
}

# operators.subscriptions.endpoint must not be empty, or begin or end with a blank
run "refuses_operators_81" {
  command         = plan
  expect_failures = [var.operators]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }

    operators = {
      subscriptions = {
        example = {
          protocol = "email"
          endpoint = ""
        }
      }
    }
  }
}

# operators.subscriptions.filterPolicy must filter only on decision, event, project, environment and severity, the attributes of announcements
run "refuses_operators_82" {
  command         = plan
  expect_failures = [var.operators]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }

    operators = {
      subscriptions = {
        example = {
          protocol      = "email"
          endpoint      = "someone@example.com"
          filter_policy = { example = [] }
        }
      }
    }
  }
}

# operators.subscriptions.filterPolicy must list at least one value for each attribute: an empty list lets no message through
run "refuses_operators_83" {
  command         = plan
  expect_failures = [var.operators]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }

    operators = {
      subscriptions = {
        example = {
          protocol      = "email"
          endpoint      = "someone@example.com"
          filter_policy = { decision = [] }
        }
      }
    }
  }
}

# operators.subscriptions.filterPolicy must use only approved, rejected, waiting, failed as values of decision: no message has another
run "refuses_operators_84" {
  command         = plan
  expect_failures = [var.operators]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }

    operators = {
      subscriptions = {
        example = {
          protocol      = "email"
          endpoint      = "someone@example.com"
          filter_policy = { decision = ["pending"] }
        }
      }
    }
  }
}

# operators.subscriptions.filterPolicy must use only granted, grant-failed, revoked as values of event: no message has another
run "refuses_operators_85" {
  command         = plan
  expect_failures = [var.operators]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }

    operators = {
      subscriptions = {
        example = {
          protocol      = "email"
          endpoint      = "someone@example.com"
          filter_policy = { event = ["pending"] }
        }
      }
    }
  }
}

# operators.subscriptions.filterPolicy must use only low, medium, high, critical as values of severity: no message has another
run "refuses_operators_86" {
  command         = plan
  expect_failures = [var.operators]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }

    operators = {
      subscriptions = {
        example = {
          protocol      = "email"
          endpoint      = "someone@example.com"
          filter_policy = { severity = ["pending"] }
        }
      }
    }
  }
}

# operators.subscriptions.filterPolicy must not filter on both decision and event: no message has both, so use two subscriptions
run "refuses_operators_87" {
  command         = plan
  expect_failures = [var.operators]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }

    operators = {
      subscriptions = {
        example = {
          protocol = "email"
          endpoint = "someone@example.com"
          filter_policy = {
            decision = ["waiting"]
            event    = ["granted"]
          }
        }
      }
    }
  }
}

# operators.subscriptions.filterPolicy must have at most 150 combinations of values (3 decisions and 4 projects are 12): filter on fewer attributes, or use two subscriptions
run "refuses_operators_88" {
  command         = plan
  expect_failures = [var.operators]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }

    operators = {
      subscriptions = {
        example = {
          protocol = "email"
          endpoint = "someone@example.com"
          filter_policy = {
            project = [
              "project0",
              "project1",
              "project2",
              "project3",
              "project4",
              "project5",
              "project6",
              "project7",
              "project8",
              "project9",
              "project10",
              "project11",
              "project12",
              "project13",
              "project14",
              "project15",
              "project16",
              "project17",
              "project18",
              "project19",
              "project20",
              "project21",
              "project22",
              "project23",
              "project24",
              "project25",
              "project26",
              "project27",
              "project28",
              "project29",
              "project30",
              "project31",
              "project32",
              "project33",
              "project34",
              "project35",
              "project36",
              "project37",
              "project38",
              "project39",
              "project40",
              "project41",
              "project42",
              "project43",
              "project44",
              "project45",
              "project46",
              "project47",
              "project48",
              "project49",
              "project50",
              "project51",
              "project52",
              "project53",
              "project54",
              "project55",
              "project56",
              "project57",
              "project58",
              "project59",
              "project60",
              "project61",
              "project62",
              "project63",
              "project64",
              "project65",
              "project66",
              "project67",
              "project68",
              "project69",
              "project70",
              "project71",
              "project72",
              "project73",
              "project74",
              "project75",
              "project76",
              "project77",
              "project78",
              "project79",
              "project80",
              "project81",
              "project82",
              "project83",
              "project84",
              "project85",
              "project86",
              "project87",
              "project88",
              "project89",
              "project90",
              "project91",
              "project92",
              "project93",
              "project94",
              "project95",
              "project96",
              "project97",
              "project98",
              "project99",
              "project100",
              "project101",
              "project102",
              "project103",
              "project104",
              "project105",
              "project106",
              "project107",
              "project108",
              "project109",
              "project110",
              "project111",
              "project112",
              "project113",
              "project114",
              "project115",
              "project116",
              "project117",
              "project118",
              "project119",
              "project120",
              "project121",
              "project122",
              "project123",
              "project124",
              "project125",
              "project126",
              "project127",
              "project128",
              "project129",
              "project130",
              "project131",
              "project132",
              "project133",
              "project134",
              "project135",
              "project136",
              "project137",
              "project138",
              "project139",
              "project140",
              "project141",
              "project142",
              "project143",
              "project144",
              "project145",
              "project146",
              "project147",
              "project148",
              "project149",
              "project150",
            ]
          }
        }
      }
    }
  }
}

# operators.subscriptions.filterPolicy must not be empty, or begin or end with a blank
run "refuses_operators_89" {
  command         = plan
  expect_failures = [var.operators]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }

    operators = {
      subscriptions = {
        example = {
          protocol      = "email"
          endpoint      = "someone@example.com"
          filter_policy = { example = [""] }
        }
      }
    }
  }
}

# operators.subscriptions.deadLetterQueue.arn must be the ARN of a standard queue (arn:partition:sqs:region:account:name)
run "refuses_operators_90" {
  command         = plan
  expect_failures = [var.operators]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }

    operators = {
      subscriptions = {
        example = {
          protocol          = "email"
          endpoint          = "someone@example.com"
          dead_letter_queue = { arn = "not valid!" }
        }
      }
    }
  }
}

# operators.displayName must be one line of 1 to 100 characters
run "refuses_operators_91" {
  command         = plan
  expect_failures = [var.operators]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }
    operators           = { display_name = "" }
  }
}

# operators.kmsKey.arn must be the ARN of a KMS key (…:key/…), not of an alias, because IAM permissions are on keys
run "refuses_operators_92" {
  command         = plan
  expect_failures = [var.operators]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }
    operators           = { kms_key = { arn = "not valid!" } }
  }
}

# operators.topic.arn must be the ARN of a standard topic (arn:partition:sns:region:account:name)
run "refuses_operators_93" {
  command         = plan
  expect_failures = [var.operators]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }
    operators           = { topic = { arn = "not valid!" } }
  }
}

# membership.role.arn must be the ARN of a role (arn:partition:iam::account:role/…)
run "refuses_membership_94" {
  command         = plan
  expect_failures = [var.membership]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }
    operators           = {}
    membership          = { role = { arn = "not valid!" } }
  }
}

# membership.memberPools must have keys of 1 to 60 letters, digits and hyphens, because they become part of stack names
run "refuses_membership_95" {
  command         = plan
  expect_failures = [var.membership]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }
    operators           = {}
    membership          = { member_pools = { "not a key!" = { domain_unit_id = "example" } } }
  }
}

# membership.memberPools.domainUnitId must be the id of a DataZone domain unit: 1 to 256 lower-case letters, digits, _ or -
run "refuses_membership_96" {
  command         = plan
  expect_failures = [var.membership]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"example\")\npermit (principal, action, resource);" }
    operators           = {}
    membership          = { member_pools = { example = { domain_unit_id = "not valid!" } } }
  }
}

# policies: each policy must have its key as its id
run "refuses_policies_97" {
  command         = plan
  expect_failures = [var.policies]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"another\") permit (principal, action, resource);" }
    operators           = {}
  }
}

# policies: each must be one policy, permit (…) or forbid (…), with all of its brackets closed and a ; at its end
run "refuses_policies_98" {
  command         = plan
  expect_failures = [var.policies]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "@id(\"example\") permit (principal, action, resource)" }
    operators           = {}
  }
}
