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
    account_id   = "123456789012"
    location_ids = { data = "default" }

    grantee = {
      type = "IAM"
      id   = "arn:aws:iam::123456789012:role/example"
    }

    grants = {
      product = {
        location   = "data"
        sub_prefix = "Product/*"
        permission = "READWRITE"
      }
    }

    tags = {}
  }
}

# accountId must be the 12 digits of an AWS account
run "refuses_account_id_1" {
  command         = plan
  expect_failures = [var.account_id]

  variables {
    account_id   = "not valid!"
    location_ids = { data = "default" }

    grantee = {
      type = "IAM"
      id   = "arn:aws:iam::123456789012:role/example"
    }

    grants = {
      product = {
        location   = "data"
        sub_prefix = "Product/*"
        permission = "READWRITE"
      }
    }
  }
}

# grantee must have exactly one of id and group
run "refuses_grantee_2" {
  command         = plan
  expect_failures = [var.grantee]

  variables {
    account_id   = "123456789012"
    grantee      = { type = "DIRECTORY_GROUP" }
    location_ids = { data = "default" }

    grants = {
      product = {
        location   = "data"
        sub_prefix = "Product/*"
        permission = "READWRITE"
      }
    }
  }
}

# grantee must have an id that fits its type: the ARN of a role or user (arn:partition:iam::account:role/…) for IAM, otherwise the id of a directory user or group
run "refuses_grantee_3" {
  command         = plan
  expect_failures = [var.grantee]

  variables {
    account_id   = "123456789012"
    location_ids = { data = "default" }

    grantee = {
      type = "IAM"
      id   = "someone"
    }

    grants = {
      product = {
        location   = "data"
        sub_prefix = "Product/*"
        permission = "READWRITE"
      }
    }
  }
}

# grantee must have the type DIRECTORY_GROUP if it has a group
run "refuses_grantee_4" {
  command         = plan
  expect_failures = [var.grantee]

  variables {
    account_id   = "123456789012"
    location_ids = { data = "default" }

    grantee = {
      type = "DIRECTORY_USER"
      group = {
        display_name      = "Analysts"
        identity_store_id = "d-1234567890"
      }
    }

    grants = {
      product = {
        location   = "data"
        sub_prefix = "Product/*"
        permission = "READWRITE"
      }
    }
  }
}

# grantee.type must be one of IAM, DIRECTORY_USER, DIRECTORY_GROUP
run "refuses_grantee_5" {
  command         = plan
  expect_failures = [var.grantee]

  variables {
    account_id   = "123456789012"
    location_ids = { data = "default" }

    grantee = {
      type = "not valid!"
      id   = "arn:aws:iam::123456789012:role/example"
    }

    grants = {
      product = {
        location   = "data"
        sub_prefix = "Product/*"
        permission = "READWRITE"
      }
    }
  }
}

# grantee.id must not be empty, or begin or end with a blank
run "refuses_grantee_6" {
  command         = plan
  expect_failures = [var.grantee]

  variables {
    account_id   = "123456789012"
    location_ids = { data = "default" }

    grantee = {
      type = "IAM"
      id   = ""
    }

    grants = {
      product = {
        location   = "data"
        sub_prefix = "Product/*"
        permission = "READWRITE"
      }
    }
  }
}

# grantee.group.displayName must not be empty, or begin or end with a blank
run "refuses_grantee_7" {
  command         = plan
  expect_failures = [var.grantee]

  variables {
    account_id   = "123456789012"
    location_ids = { data = "default" }

    grantee = {
      type = "IAM"
      id   = "arn:aws:iam::123456789012:role/example"
      group = {
        display_name      = ""
        identity_store_id = "d-1234567890"
      }
    }

    grants = {
      product = {
        location   = "data"
        sub_prefix = "Product/*"
        permission = "READWRITE"
      }
    }
  }
}

# grantee.group.identityStoreId must be the id of an identity store, e.g. d-1234567890
run "refuses_grantee_8" {
  command         = plan
  expect_failures = [var.grantee]

  variables {
    account_id   = "123456789012"
    location_ids = { data = "default" }

    grantee = {
      type = "IAM"
      id   = "arn:aws:iam::123456789012:role/example"
      group = {
        display_name      = "Analysts"
        identity_store_id = "not valid!"
      }
    }

    grants = {
      product = {
        location   = "data"
        sub_prefix = "Product/*"
        permission = "READWRITE"
      }
    }
  }
}

# grants must have keys of 1 to 64 letters, digits, _ and -, because they become part of Terraform addresses
run "refuses_grants_9" {
  command         = plan
  expect_failures = [var.grants]

  variables {
    account_id   = "123456789012"
    location_ids = { data = "default" }

    grantee = {
      type = "IAM"
      id   = "arn:aws:iam::123456789012:role/example"
    }

    grants = {
      "not a key!" = {
        location   = "^[^ \\\\t\\\\r\\\\n](.*[^ \\\\t\\\\r\\\\n])?$"
        sub_prefix = "Product/*"
        permission = "READ"
      }
    }
  }
}

# grants must not have two grants with the same location, subPrefix, permission, prefixType: leave one out
run "refuses_grants_10" {
  command         = plan
  expect_failures = [var.grants]

  variables {
    account_id   = "123456789012"
    location_ids = { data = "default" }

    grantee = {
      type = "IAM"
      id   = "arn:aws:iam::123456789012:role/example"
    }

    grants = {
      product = {
        location   = "data"
        sub_prefix = "Product/*"
        permission = "READWRITE"
      }
      again = {
        location   = "data"
        sub_prefix = "Product/*"
        permission = "READWRITE"
      }
    }
  }
}

# grants must have a subPrefix that is relative to the location's scope, e.g. Product/*: 1 to 2,000 characters, without s3:// and without a slash at the start
run "refuses_grants_11" {
  command         = plan
  expect_failures = [var.grants]

  variables {
    account_id   = "123456789012"
    location_ids = { data = "default" }

    grantee = {
      type = "IAM"
      id   = "arn:aws:iam::123456789012:role/example"
    }

    grants = {
      example = {
        location   = "data"
        sub_prefix = "/Product/*"
        permission = "READWRITE"
      }
    }
  }
}

# grants must have a subPrefix without blanks around the names in it and without empty names (//)
run "refuses_grants_12" {
  command         = plan
  expect_failures = [var.grants]

  variables {
    account_id   = "123456789012"
    location_ids = { data = "default" }

    grantee = {
      type = "IAM"
      id   = "arn:aws:iam::123456789012:role/example"
    }

    grants = {
      example = {
        location   = "data"
        sub_prefix = "Product /*"
        permission = "READWRITE"
      }
    }
  }
}

# grants must not have a * before the end of its subPrefix: there S3 Access Grants takes it as a character of a name
run "refuses_grants_13" {
  command         = plan
  expect_failures = [var.grants]

  variables {
    account_id   = "123456789012"
    location_ids = { data = "default" }

    grantee = {
      type = "IAM"
      id   = "arn:aws:iam::123456789012:role/example"
    }

    grants = {
      example = {
        location   = "data"
        sub_prefix = "Pro*duct/*"
        permission = "READWRITE"
      }
    }
  }
}

# grants must have a subPrefix that is * or ends in /*, because UserA* would match UserAdmin/ too: if you mean that, set matchesSiblings
run "refuses_grants_14" {
  command         = plan
  expect_failures = [var.grants]

  variables {
    account_id   = "123456789012"
    location_ids = { data = "default" }

    grantee = {
      type = "IAM"
      id   = "arn:aws:iam::123456789012:role/example"
    }

    grants = {
      example = {
        location   = "data"
        sub_prefix = "UserA*"
        permission = "READWRITE"
      }
    }
  }
}

# grants must have a subPrefix that is one object's key if prefixType is Object: without * and without a slash at the end
run "refuses_grants_15" {
  command         = plan
  expect_failures = [var.grants]

  variables {
    account_id   = "123456789012"
    location_ids = { data = "default" }

    grantee = {
      type = "IAM"
      id   = "arn:aws:iam::123456789012:role/example"
    }

    grants = {
      example = {
        location    = "data"
        sub_prefix  = "Product/*"
        permission  = "READWRITE"
        prefix_type = "Object"
      }
    }
  }
}

# grants.location must not be empty, or begin or end with a blank
run "refuses_grants_16" {
  command         = plan
  expect_failures = [var.grants]

  variables {
    account_id   = "123456789012"
    location_ids = { data = "default" }

    grantee = {
      type = "IAM"
      id   = "arn:aws:iam::123456789012:role/example"
    }

    grants = {
      example = {
        location   = ""
        sub_prefix = "Product/*"
        permission = "READ"
      }
    }
  }
}

# grants.permission must be one of READ, WRITE, READWRITE
run "refuses_grants_17" {
  command         = plan
  expect_failures = [var.grants]

  variables {
    account_id   = "123456789012"
    location_ids = { data = "default" }

    grantee = {
      type = "IAM"
      id   = "arn:aws:iam::123456789012:role/example"
    }

    grants = {
      example = {
        location   = "^[^ \\\\t\\\\r\\\\n](.*[^ \\\\t\\\\r\\\\n])?$"
        sub_prefix = "Product/*"
        permission = "not valid!"
      }
    }
  }
}

# grants.prefixType must be one of Object
run "refuses_grants_18" {
  command         = plan
  expect_failures = [var.grants]

  variables {
    account_id   = "123456789012"
    location_ids = { data = "default" }

    grantee = {
      type = "IAM"
      id   = "arn:aws:iam::123456789012:role/example"
    }

    grants = {
      example = {
        location    = "^[^ \\\\t\\\\r\\\\n](.*[^ \\\\t\\\\r\\\\n])?$"
        sub_prefix  = "Product/*"
        permission  = "READ"
        prefix_type = "not valid!"
      }
    }
  }
}

# grants: each grant's location must be a key of locationIds
run "refuses_grants_19" {
  command         = plan
  expect_failures = [var.grants]

  variables {
    account_id   = "123456789012"
    location_ids = {}

    grantee = {
      type = "IAM"
      id   = "arn:aws:iam::123456789012:role/example"
    }

    grants = {
      example = {
        location   = "data"
        sub_prefix = "Product/*"
        permission = "READ"
      }
    }
  }
}
