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
    permissions_boundary = { arn = "arn:aws:iam::123456789012:role/example" }
    role_path            = "/"
    environment          = "example"
    domain               = { id = "dzd_example" }
    publishing_projects  = { example = { id = "example" } }
    policies             = { example = "example" }
    sweep                = { every_minutes = 5 }
    approver_role        = {}
    role                 = { arn = "arn:aws:iam::123456789012:role/example" }
    queue_key            = { arn = "arn:aws:iam::123456789012:role/example" }
    success_topic        = { arn = "arn:aws:iam::123456789012:role/example" }
    logs                 = {}
    notifications        = {}
    operators            = {}
    arrival_notices      = {}
    membership           = {}

    queue = {
      arn  = "arn:aws:iam::123456789012:role/example"
      url  = "example"
      name = "example"
    }

    dead_letter_queue = {
      arn  = "arn:aws:iam::123456789012:role/example"
      url  = "example"
      name = "example"
    }

    vpc = {
      subnet_ids         = []
      security_group_ids = []
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
    policies            = { example = "example" }
    operators           = {}
  }
}

# name must not begin with aws or ssm, which Parameter Store refuses in the names of parameters
run "refuses_name_2" {
  command         = plan
  expect_failures = [var.name]

  variables {
    name                = "aws-example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "example" }
    operators           = {}
  }
}

# permissionsBoundary.arn must be an ARN (arn:partition:service:region:account:resource)
run "refuses_permissions_boundary_3" {
  command         = plan
  expect_failures = [var.permissions_boundary]

  variables {
    name                 = "example"
    environment          = "example"
    domain               = { id = "dzd_example" }
    publishing_projects  = { example = { id = "example" } }
    policies             = { example = "example" }
    operators            = {}
    permissions_boundary = { arn = "not valid!" }
  }
}

# rolePath must begin and end with a slash
run "refuses_role_path_4" {
  command         = plan
  expect_failures = [var.role_path]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "example" }
    operators           = {}
    role_path           = "not valid!"
  }
}

# environment must be 1 to 64 letters, digits, _ and -
run "refuses_environment_5" {
  command         = plan
  expect_failures = [var.environment]

  variables {
    name                = "example"
    environment         = "not valid!"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "example" }
    operators           = {}
  }
}

# domain.id must be the id of a DataZone domain: dzd, then - or _, then 1 to 36 letters, digits, _ or -
run "refuses_domain_6" {
  command         = plan
  expect_failures = [var.domain]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "not valid!" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "example" }
    operators           = {}
  }
}

# domain.kmsKey.arn must be an ARN (arn:partition:service:region:account:resource)
run "refuses_domain_7" {
  command         = plan
  expect_failures = [var.domain]

  variables {
    name                = "example"
    environment         = "example"
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "example" }
    operators           = {}

    domain = {
      id      = "dzd_example"
      kms_key = { arn = "not valid!" }
    }
  }
}

# publishingProjects must have keys of 1 to 40 letters, digits and hyphens that start with a letter, because they become part of addresses and names
run "refuses_publishing_projects_8" {
  command         = plan
  expect_failures = [var.publishing_projects]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { "not a key!" = { id = "example" } }
    policies            = { example = "example" }
    operators           = {}
  }
}

# publishingProjects must name at least 1 project
run "refuses_publishing_projects_9" {
  command         = plan
  expect_failures = [var.publishing_projects]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = {}
    policies            = { example = "example" }
    operators           = {}
  }
}

# publishingProjects.id must be the id of a DataZone project: 1 to 36 letters, digits, _ or -
run "refuses_publishing_projects_10" {
  command         = plan
  expect_failures = [var.publishing_projects]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "not valid!" } }
    policies            = { example = "example" }
    operators           = {}
  }
}

# policies must name at least 1 policy
run "refuses_policies_11" {
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

# policies must be keyed by the policies' @id: 1 to 64 lower-case letters, digits and hyphens
run "refuses_policies_12" {
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

# policies must be at most 4,096 bytes each: split a longer policy
run "refuses_policies_13" {
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
run "refuses_policies_14" {
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
run "refuses_sweep_15" {
  command         = plan
  expect_failures = [var.sweep]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "example" }
    operators           = {}
    sweep               = { every_minutes = -1 }
  }
}

# sweep.minimumAgeMinutes must be a whole number of minutes from 0 to 1440
run "refuses_sweep_16" {
  command         = plan
  expect_failures = [var.sweep]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "example" }
    operators           = {}

    sweep = {
      every_minutes       = 5
      minimum_age_minutes = -1
    }
  }
}

# sweep.alarmAfterHours must be a whole number of hours from 1 to 8760
run "refuses_sweep_17" {
  command         = plan
  expect_failures = [var.sweep]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "example" }
    operators           = {}

    sweep = {
      every_minutes     = 5
      alarm_after_hours = -1
    }
  }
}

# approverRole.role.arn must be an ARN (arn:partition:service:region:account:resource)
run "refuses_approver_role_18" {
  command         = plan
  expect_failures = [var.approver_role]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "example" }
    operators           = {}
    approver_role       = { role = { arn = "not valid!" } }
  }
}

# role.arn must be an ARN (arn:partition:service:region:account:resource)
run "refuses_role_19" {
  command         = plan
  expect_failures = [var.role]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "example" }
    operators           = {}
    role                = { arn = "not valid!" }
  }
}

# queue.arn must be an ARN (arn:partition:service:region:account:resource)
run "refuses_queue_20" {
  command         = plan
  expect_failures = [var.queue]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "example" }
    operators           = {}

    queue = {
      arn  = "not valid!"
      url  = "example"
      name = "example"
    }
  }
}

# deadLetterQueue.arn must be an ARN (arn:partition:service:region:account:resource)
run "refuses_dead_letter_queue_21" {
  command         = plan
  expect_failures = [var.dead_letter_queue]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "example" }
    operators           = {}

    dead_letter_queue = {
      arn  = "not valid!"
      url  = "example"
      name = "example"
    }
  }
}

# queueKey.arn must be an ARN (arn:partition:service:region:account:resource)
run "refuses_queue_key_22" {
  command         = plan
  expect_failures = [var.queue_key]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "example" }
    operators           = {}
    queue_key           = { arn = "not valid!" }
  }
}

# successTopic.arn must be an ARN (arn:partition:service:region:account:resource)
run "refuses_success_topic_23" {
  command         = plan
  expect_failures = [var.success_topic]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "example" }
    operators           = {}
    success_topic       = { arn = "not valid!" }
  }
}

# successTopic.kmsKey.arn must be an ARN (arn:partition:service:region:account:resource)
run "refuses_success_topic_24" {
  command         = plan
  expect_failures = [var.success_topic]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "example" }
    operators           = {}

    success_topic = {
      arn     = "arn:aws:iam::123456789012:role/example"
      kms_key = { arn = "not valid!" }
    }
  }
}

# logs.retentionDays must be one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653
run "refuses_logs_25" {
  command         = plan
  expect_failures = [var.logs]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "example" }
    operators           = {}
    logs                = { retention_days = -1 }
  }
}

# logs.kmsKey.arn must be an ARN (arn:partition:service:region:account:resource)
run "refuses_logs_26" {
  command         = plan
  expect_failures = [var.logs]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "example" }
    operators           = {}
    logs                = { kms_key = { arn = "not valid!" } }
  }
}

# notifications.subscriptions must have keys of 1 to 64 letters, digits, _ and -, because they become part of addresses
run "refuses_notifications_27" {
  command         = plan
  expect_failures = [var.notifications]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "example" }
    operators           = {}

    notifications = {
      subscriptions = {
        "not a key!" = {
          protocol = "email"
          endpoint = "example"
        }
      }
    }
  }
}

# notifications.subscriptions.protocol must be one of email, email-json, sqs, https, lambda
run "refuses_notifications_28" {
  command         = plan
  expect_failures = [var.notifications]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "example" }
    operators           = {}

    notifications = {
      subscriptions = {
        example = {
          protocol = "not valid!"
          endpoint = "example"
        }
      }
    }
  }
}

# notifications.subscriptions.filterPolicy may filter on decision, project and environment
run "refuses_notifications_29" {
  command         = plan
  expect_failures = [var.notifications]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "example" }
    operators           = {}

    notifications = {
      subscriptions = {
        example = {
          protocol      = "email"
          endpoint      = "example"
          filter_policy = { example = [] }
        }
      }
    }
  }
}

# notifications.subscriptions.deadLetterQueue.arn must be an ARN (arn:partition:service:region:account:resource)
run "refuses_notifications_30" {
  command         = plan
  expect_failures = [var.notifications]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "example" }
    operators           = {}

    notifications = {
      subscriptions = {
        example = {
          protocol          = "email"
          endpoint          = "example"
          dead_letter_queue = { arn = "not valid!" }
        }
      }
    }
  }
}

# notifications.displayName must be one line of 1 to 100 characters
run "refuses_notifications_31" {
  command         = plan
  expect_failures = [var.notifications]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "example" }
    operators           = {}
    notifications       = { display_name = "" }
  }
}

# notifications.kmsKey.arn must be an ARN (arn:partition:service:region:account:resource)
run "refuses_notifications_32" {
  command         = plan
  expect_failures = [var.notifications]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "example" }
    operators           = {}
    notifications       = { kms_key = { arn = "not valid!" } }
  }
}

# notifications.topic.arn must be an ARN (arn:partition:service:region:account:resource)
run "refuses_notifications_33" {
  command         = plan
  expect_failures = [var.notifications]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "example" }
    operators           = {}
    notifications       = { topic = { arn = "not valid!" } }
  }
}

# operators.subscriptions must have keys of 1 to 64 letters, digits, _ and -, because they become part of addresses
run "refuses_operators_34" {
  command         = plan
  expect_failures = [var.operators]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "example" }

    operators = {
      subscriptions = {
        "not a key!" = {
          protocol = "email"
          endpoint = "example"
        }
      }
    }
  }
}

# operators.subscriptions.protocol must be one of email, email-json, sqs, https, lambda
run "refuses_operators_35" {
  command         = plan
  expect_failures = [var.operators]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "example" }

    operators = {
      subscriptions = {
        example = {
          protocol = "not valid!"
          endpoint = "example"
        }
      }
    }
  }
}

# operators.subscriptions.filterPolicy may filter on decision, project and environment
run "refuses_operators_36" {
  command         = plan
  expect_failures = [var.operators]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "example" }

    operators = {
      subscriptions = {
        example = {
          protocol      = "email"
          endpoint      = "example"
          filter_policy = { example = [] }
        }
      }
    }
  }
}

# operators.subscriptions.deadLetterQueue.arn must be an ARN (arn:partition:service:region:account:resource)
run "refuses_operators_37" {
  command         = plan
  expect_failures = [var.operators]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "example" }

    operators = {
      subscriptions = {
        example = {
          protocol          = "email"
          endpoint          = "example"
          dead_letter_queue = { arn = "not valid!" }
        }
      }
    }
  }
}

# operators.displayName must be one line of 1 to 100 characters
run "refuses_operators_38" {
  command         = plan
  expect_failures = [var.operators]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "example" }
    operators           = { display_name = "" }
  }
}

# operators.kmsKey.arn must be an ARN (arn:partition:service:region:account:resource)
run "refuses_operators_39" {
  command         = plan
  expect_failures = [var.operators]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "example" }
    operators           = { kms_key = { arn = "not valid!" } }
  }
}

# operators.topic.arn must be an ARN (arn:partition:service:region:account:resource)
run "refuses_operators_40" {
  command         = plan
  expect_failures = [var.operators]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "example" }
    operators           = { topic = { arn = "not valid!" } }
  }
}

# membership.role.arn must be an ARN (arn:partition:service:region:account:resource)
run "refuses_membership_41" {
  command         = plan
  expect_failures = [var.membership]

  variables {
    name                = "example"
    environment         = "example"
    domain              = { id = "dzd_example" }
    publishing_projects = { example = { id = "example" } }
    policies            = { example = "example" }
    operators           = {}
    membership          = { role = { arn = "not valid!" } }
  }
}
