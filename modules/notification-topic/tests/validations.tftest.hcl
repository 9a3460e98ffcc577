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
    topic         = { arn = "arn:aws:sns:us-east-1:123456789012:example" }
    display_name  = "^[^\\\\r\\\\n]{1,100}$"
    kms_key       = { arn = "arn:aws:kms:us-east-1:123456789012:key/example" }
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

# tags must have keys of 1 to 128 letters, digits and _ . : / = + - @, with blanks only between them
run "refuses_tags_2" {
  command         = plan
  expect_failures = [var.tags]

  variables {
    name = "example"
    tags = { "not a key!" = "example" }
  }
}

# tags must not have keys that begin with aws:, which AWS reserves for itself
run "refuses_tags_3" {
  command         = plan
  expect_failures = [var.tags]

  variables {
    name = "example"
    tags = { "aws:example" = "example" }
  }
}

# tags must have values of at most 256 letters, digits and _ . : / = + - @, with blanks only between them
run "refuses_tags_4" {
  command         = plan
  expect_failures = [var.tags]

  variables {
    name = "example"
    tags = { example = "not valid!" }
  }
}

# tags must have at most 48 tags
run "refuses_tags_5" {
  command         = plan
  expect_failures = [var.tags]

  variables {
    name = "example"
    tags = { for i in range(51) : "example-${i}" => "example" }
  }
}

# topic.arn must be the ARN of a standard topic (arn:partition:sns:region:account:name)
run "refuses_topic_6" {
  command         = plan
  expect_failures = [var.topic]

  variables {
    name  = "example"
    topic = { arn = "not valid!" }
  }
}

# displayName must be one line of 1 to 100 characters
run "refuses_display_name_7" {
  command         = plan
  expect_failures = [var.display_name]

  variables {
    name         = "example"
    display_name = ""
  }
}

# kmsKey.arn must be the ARN of a KMS key (…:key/…), not of an alias, because IAM permissions are on keys
run "refuses_kms_key_8" {
  command         = plan
  expect_failures = [var.kms_key]

  variables {
    name    = "example"
    kms_key = { arn = "not valid!" }
  }
}

# publishers must have keys of 1 to 64 letters, digits, _ and -, because they become part of Terraform addresses
run "refuses_publishers_9" {
  command         = plan
  expect_failures = [var.publishers]

  variables {
    name       = "example"
    publishers = { "not a key!" = { role_arn = "arn:aws:iam::123456789012:role/example" } }
  }
}

# publishers must have at most 50 roles: the policies of topic and key hold 30 KB
run "refuses_publishers_10" {
  command         = plan
  expect_failures = [var.publishers]

  variables {
    name = "example"

    publishers = {
      for i in range(51) : "example-${i}" => { role_arn = "arn:aws:iam::123456789012:role/example" }
    }
  }
}

# publishers.roleArn must be the ARN of a role (arn:partition:iam::account:role/…)
run "refuses_publishers_11" {
  command         = plan
  expect_failures = [var.publishers]

  variables {
    name       = "example"
    publishers = { example = { role_arn = "not valid!" } }
  }
}

# eventRules must have keys of 1 to 64 letters, digits, _ and -, because they become part of Terraform addresses
run "refuses_event_rules_12" {
  command         = plan
  expect_failures = [var.event_rules]

  variables {
    name        = "example"
    event_rules = { "not a key!" = { arn = "arn:aws:events:us-east-1:123456789012:rule/example" } }
  }
}

# eventRules must have at most 50 rules: a topic's policy holds 30 KB
run "refuses_event_rules_13" {
  command         = plan
  expect_failures = [var.event_rules]

  variables {
    name = "example"

    event_rules = {
      for i in range(51) : "example-${i}" => {
        arn = "arn:aws:events:us-east-1:123456789012:rule/example"
      }
    }
  }
}

# eventRules.arn must be the ARN of an EventBridge rule (arn:partition:events:region:account:rule/…)
run "refuses_event_rules_14" {
  command         = plan
  expect_failures = [var.event_rules]

  variables {
    name        = "example"
    event_rules = { example = { arn = "not valid!" } }
  }
}

# subscriptions must have keys of 1 to 64 letters, digits, _ and -, because they become part of Terraform addresses
run "refuses_subscriptions_15" {
  command         = plan
  expect_failures = [var.subscriptions]

  variables {
    name = "example"

    subscriptions = {
      "not a key!" = {
        protocol = "email"
        endpoint = "someone@example.com"
      }
    }
  }
}

# subscriptions must not have the same protocol and endpoint under two keys: SNS keeps one subscription for both, so leave one out
run "refuses_subscriptions_16" {
  command         = plan
  expect_failures = [var.subscriptions]

  variables {
    name = "example"

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

# subscriptions must have at most 200 subscriptions with a filterPolicy, SNS's quota for a topic: subscribe machines without one and filter there
run "refuses_subscriptions_17" {
  command         = plan
  expect_failures = [var.subscriptions]

  variables {
    name = "example"

    subscriptions = {
      for i in range(201) : "example-${i}" => {
        protocol      = "email"
        endpoint      = "someone0@example.com"
        filter_policy = { decision = ["waiting"] }
      }
    }
  }
}

# subscriptions must have an e-mail address as endpoint when protocol is email or email-json
run "refuses_subscriptions_18" {
  command         = plan
  expect_failures = [var.subscriptions]

  variables {
    name = "example"

    subscriptions = {
      example = {
        protocol = "email"
        endpoint = "someone"
      }
    }
  }
}

# subscriptions must have the ARN of a standard queue as endpoint when protocol is sqs
run "refuses_subscriptions_19" {
  command         = plan
  expect_failures = [var.subscriptions]

  variables {
    name = "example"

    subscriptions = {
      example = {
        protocol = "sqs"
        endpoint = "arn:aws:sqs:us-east-1:123456789012:example.fifo"
      }
    }
  }
}

# subscriptions must have the ARN of a function as endpoint when protocol is lambda
run "refuses_subscriptions_20" {
  command         = plan
  expect_failures = [var.subscriptions]

  variables {
    name = "example"

    subscriptions = {
      example = {
        protocol = "lambda"
        endpoint = "arn:aws:sqs:us-east-1:123456789012:example"
      }
    }
  }
}

# subscriptions must have a URL that begins with https:// as endpoint when protocol is https
run "refuses_subscriptions_21" {
  command         = plan
  expect_failures = [var.subscriptions]

  variables {
    name = "example"

    subscriptions = {
      example = {
        protocol = "https"
        endpoint = "someone@example.com"
      }
    }
  }
}

# subscriptions must have rawMessageDelivery only with the protocol sqs or https: leave it out for the others
run "refuses_subscriptions_22" {
  command         = plan
  expect_failures = [var.subscriptions]

  variables {
    name = "example"

    subscriptions = {
      example = {
        protocol             = "email"
        endpoint             = "someone@example.com"
        raw_message_delivery = true
      }
    }
  }
}

# subscriptions.protocol must be one of email, email-json, sqs, https, lambda
run "refuses_subscriptions_23" {
  command         = plan
  expect_failures = [var.subscriptions]

  variables {
    name = "example"

    subscriptions = {
      example = {
        protocol = "not valid!"
        endpoint = "someone@example.com"
      }
    }
  }
}

# subscriptions.endpoint must not be empty, or begin or end with a blank
run "refuses_subscriptions_24" {
  command         = plan
  expect_failures = [var.subscriptions]

  variables {
    name = "example"

    subscriptions = {
      example = {
        protocol = "email"
        endpoint = ""
      }
    }
  }
}

# subscriptions.filterPolicy must filter only on decision, event, project, environment and severity, the attributes of announcements
run "refuses_subscriptions_25" {
  command         = plan
  expect_failures = [var.subscriptions]

  variables {
    name = "example"

    subscriptions = {
      example = {
        protocol      = "email"
        endpoint      = "someone@example.com"
        filter_policy = { example = [] }
      }
    }
  }
}

# subscriptions.filterPolicy must list at least one value for each attribute: an empty list lets no message through
run "refuses_subscriptions_26" {
  command         = plan
  expect_failures = [var.subscriptions]

  variables {
    name = "example"

    subscriptions = {
      example = {
        protocol      = "email"
        endpoint      = "someone@example.com"
        filter_policy = { decision = [] }
      }
    }
  }
}

# subscriptions.filterPolicy must use only approved, rejected, waiting, failed as values of decision: no message has another
run "refuses_subscriptions_27" {
  command         = plan
  expect_failures = [var.subscriptions]

  variables {
    name = "example"

    subscriptions = {
      example = {
        protocol      = "email"
        endpoint      = "someone@example.com"
        filter_policy = { decision = ["pending"] }
      }
    }
  }
}

# subscriptions.filterPolicy must use only granted, grant-failed, revoked as values of event: no message has another
run "refuses_subscriptions_28" {
  command         = plan
  expect_failures = [var.subscriptions]

  variables {
    name = "example"

    subscriptions = {
      example = {
        protocol      = "email"
        endpoint      = "someone@example.com"
        filter_policy = { event = ["pending"] }
      }
    }
  }
}

# subscriptions.filterPolicy must use only low, medium, high, critical as values of severity: no message has another
run "refuses_subscriptions_29" {
  command         = plan
  expect_failures = [var.subscriptions]

  variables {
    name = "example"

    subscriptions = {
      example = {
        protocol      = "email"
        endpoint      = "someone@example.com"
        filter_policy = { severity = ["pending"] }
      }
    }
  }
}

# subscriptions.filterPolicy must not filter on both decision and event: no message has both, so use two subscriptions
run "refuses_subscriptions_30" {
  command         = plan
  expect_failures = [var.subscriptions]

  variables {
    name = "example"

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

# subscriptions.filterPolicy must have at most 150 combinations of values (3 decisions and 4 projects are 12): filter on fewer attributes, or use two subscriptions
run "refuses_subscriptions_31" {
  command         = plan
  expect_failures = [var.subscriptions]

  variables {
    name = "example"

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

# subscriptions.filterPolicy must not be empty, or begin or end with a blank
run "refuses_subscriptions_32" {
  command         = plan
  expect_failures = [var.subscriptions]

  variables {
    name = "example"

    subscriptions = {
      example = {
        protocol      = "email"
        endpoint      = "someone@example.com"
        filter_policy = { example = [""] }
      }
    }
  }
}

# subscriptions.deadLetterQueue.arn must be the ARN of a standard queue (arn:partition:sqs:region:account:name)
run "refuses_subscriptions_33" {
  command         = plan
  expect_failures = [var.subscriptions]

  variables {
    name = "example"

    subscriptions = {
      example = {
        protocol          = "email"
        endpoint          = "someone@example.com"
        dead_letter_queue = { arn = "not valid!" }
      }
    }
  }
}
