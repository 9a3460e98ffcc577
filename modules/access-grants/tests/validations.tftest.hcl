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
    existing_instance    = { arn = "arn:aws:s3:us-east-1:123456789012:access-grants/default" }
    identity_center      = { arn = "arn:aws:sso:::instance/ssoins-1" }
    locations            = {}
    existing_locations   = {}
    personas             = {}
    after                = {}
    tags                 = {}
  }
}

# name must be 1 to 40 lower-case letters, digits and hyphens, and start with a letter
run "refuses_name_1" {
  command         = plan
  expect_failures = [var.name]

  variables {
    name      = "not valid!"
    locations = {}
  }
}

# tags must have keys of 1 to 128 letters, digits and _ . : / = + - @, with blanks only between them
run "refuses_tags_2" {
  command         = plan
  expect_failures = [var.tags]

  variables {
    name      = "example"
    locations = {}
    tags      = { "not a key!" = "example" }
  }
}

# tags must not have keys that begin with aws:, which AWS reserves for itself
run "refuses_tags_3" {
  command         = plan
  expect_failures = [var.tags]

  variables {
    name      = "example"
    locations = {}
    tags      = { "aws:example" = "example" }
  }
}

# tags must have values of at most 256 letters, digits and _ . : / = + - @, with blanks only between them
run "refuses_tags_4" {
  command         = plan
  expect_failures = [var.tags]

  variables {
    name      = "example"
    locations = {}
    tags      = { example = "not valid!" }
  }
}

# tags must have at most 48 tags
run "refuses_tags_5" {
  command         = plan
  expect_failures = [var.tags]

  variables {
    name      = "example"
    locations = {}
    tags      = { for i in range(51) : "example-${i}" => "example" }
  }
}

# permissionsBoundary.arn must be the ARN of a managed policy (arn:partition:iam::account:policy/…)
run "refuses_permissions_boundary_6" {
  command         = plan
  expect_failures = [var.permissions_boundary]

  variables {
    name                 = "example"
    locations            = {}
    permissions_boundary = { arn = "not valid!" }
  }
}

# rolePath must begin and end with a slash
run "refuses_role_path_7" {
  command         = plan
  expect_failures = [var.role_path]

  variables {
    name      = "example"
    locations = {}
    role_path = "not valid!"
  }
}

# existingInstance.arn must be the ARN of an S3 Access Grants instance (…:access-grants/default)
run "refuses_existing_instance_8" {
  command         = plan
  expect_failures = [var.existing_instance]

  variables {
    name              = "example"
    locations         = {}
    existing_instance = { arn = "not valid!" }
  }
}

# identityCenter.arn must be the ARN of an IAM Identity Center instance (arn:partition:sso:::instance/ssoins-…)
run "refuses_identity_center_9" {
  command         = plan
  expect_failures = [var.identity_center]

  variables {
    name            = "example"
    locations       = {}
    identity_center = { arn = "not valid!" }
  }
}

# crossAccount.principalArns must have at least 1 principal
run "refuses_cross_account_10" {
  command         = plan
  expect_failures = [var.cross_account]

  variables {
    name          = "example"
    locations     = {}
    cross_account = { principal_arns = [] }
  }
}

# crossAccount.principalArns must not have the same principal twice
run "refuses_cross_account_11" {
  command         = plan
  expect_failures = [var.cross_account]

  variables {
    name      = "example"
    locations = {}

    cross_account = {
      principal_arns = [
        "arn:aws:iam::123456789012:role/example",
        "arn:aws:iam::123456789012:role/example",
      ]
    }
  }
}

# crossAccount.principalArns must be the ARN of an account, a role or a user (arn:partition:iam::account:…)
run "refuses_cross_account_12" {
  command         = plan
  expect_failures = [var.cross_account]

  variables {
    name          = "example"
    locations     = {}
    cross_account = { principal_arns = ["not valid!"] }
  }
}

# locations must have keys of 1 to 64 letters, digits, _ and -, because they become part of Terraform addresses
run "refuses_locations_13" {
  command         = plan
  expect_failures = [var.locations]

  variables {
    name      = "example"
    locations = { "not a key!" = { scope = "s3://example-data" } }
  }
}

# locations must have at most 1000 locations
run "refuses_locations_14" {
  command         = plan
  expect_failures = [var.locations]

  variables {
    name      = "example"
    locations = { for i in range(1001) : "example-${i}" => { scope = "s3://example-data" } }
  }
}

# locations.scope must be s3://, s3://bucket or s3://bucket/prefix/. End a prefix with a slash, because s3://bucket/prefix would also cover prefix-2; and use no blanks around names and none of * ? $, which mean something else in the IAM policy of the location's role
run "refuses_locations_15" {
  command         = plan
  expect_failures = [var.locations]

  variables {
    name      = "example"
    locations = { example = { scope = "not valid!" } }
  }
}

# locations.permission must be one of READ, WRITE, READWRITE
run "refuses_locations_16" {
  command         = plan
  expect_failures = [var.locations]

  variables {
    name = "example"

    locations = {
      example = {
        scope      = "s3://example-data"
        permission = "not valid!"
      }
    }
  }
}

# locations.role.arn must be the ARN of a role (arn:partition:iam::account:role/…)
run "refuses_locations_17" {
  command         = plan
  expect_failures = [var.locations]

  variables {
    name = "example"

    locations = {
      example = {
        scope = "s3://example-data"
        role  = { arn = "not valid!" }
      }
    }
  }
}

# locations.kmsKeys must have keys of 1 to 64 letters, digits, _ and -, because they become part of Terraform addresses
run "refuses_locations_18" {
  command         = plan
  expect_failures = [var.locations]

  variables {
    name = "example"

    locations = {
      example = {
        scope    = "s3://example-data"
        kms_keys = { "not a key!" = { arn = "arn:aws:kms:us-east-1:123456789012:key/example" } }
      }
    }
  }
}

# locations.kmsKeys must have at most 50 keys: a role's policies hold 10,240 characters
run "refuses_locations_19" {
  command         = plan
  expect_failures = [var.locations]

  variables {
    name = "example"

    locations = {
      example = {
        scope = "s3://example-data"
        kms_keys = {
          for i in range(51) : "example-${i}" => {
            arn = "arn:aws:kms:us-east-1:123456789012:key/example"
          }
        }
      }
    }
  }
}

# locations.kmsKeys.arn must be the ARN of a KMS key (…:key/…), not of an alias, because IAM permissions are on keys
run "refuses_locations_20" {
  command         = plan
  expect_failures = [var.locations]

  variables {
    name = "example"

    locations = {
      example = {
        scope    = "s3://example-data"
        kms_keys = { example = { arn = "not valid!" } }
      }
    }
  }
}

# locations.maxSessionDuration must be a whole number of seconds from 3600 to 43200
run "refuses_locations_21" {
  command         = plan
  expect_failures = [var.locations]

  variables {
    name = "example"

    locations = {
      example = {
        scope                = "s3://example-data"
        max_session_duration = -1
      }
    }
  }
}

# existingLocations must have keys of 1 to 64 letters, digits, _ and -, because they become part of Terraform addresses
run "refuses_existing_locations_22" {
  command         = plan
  expect_failures = [var.existing_locations]

  variables {
    name      = "example"
    locations = {}

    existing_locations = {
      "not a key!" = {
        id    = "default"
        scope = "s3://example-data"
      }
    }
  }
}

# existingLocations.id must be the id of a location: default, or a UUID
run "refuses_existing_locations_23" {
  command         = plan
  expect_failures = [var.existing_locations]

  variables {
    name      = "example"
    locations = {}

    existing_locations = {
      example = {
        id    = "not valid!"
        scope = "s3://example-data"
      }
    }
  }
}

# existingLocations.scope must be s3://, s3://bucket or s3://bucket/prefix/. End a prefix with a slash, because s3://bucket/prefix would also cover prefix-2; and use no blanks around names and none of * ? $, which mean something else in the IAM policy of the location's role
run "refuses_existing_locations_24" {
  command         = plan
  expect_failures = [var.existing_locations]

  variables {
    name      = "example"
    locations = {}

    existing_locations = {
      example = {
        id    = "default"
        scope = "not valid!"
      }
    }
  }
}

# personas must have keys of 1 to 64 letters, digits, _ and -, because they become part of Terraform addresses
run "refuses_personas_25" {
  command         = plan
  expect_failures = [var.personas]

  variables {
    name      = "example"
    locations = {}

    personas = {
      "not a key!" = {
        grantee = {
          type = "IAM"
          id   = "arn:aws:iam::123456789012:role/example"
        }
        grants = {
          product = {
            location   = "example"
            sub_prefix = "Product/*"
            permission = "READWRITE"
          }
        }
      }
    }
  }
}

# personas.grantee must have exactly one of id and group
run "refuses_personas_26" {
  command         = plan
  expect_failures = [var.personas]

  variables {
    name      = "example"
    locations = {}

    personas = {
      example = {
        grantee = { type = "DIRECTORY_GROUP" }
        grants = {
          product = {
            location   = "example"
            sub_prefix = "Product/*"
            permission = "READWRITE"
          }
        }
      }
    }
  }
}

# personas.grantee must have an id that fits its type: the ARN of a role or user (arn:partition:iam::account:role/…) for IAM, otherwise the id of a directory user or group
run "refuses_personas_27" {
  command         = plan
  expect_failures = [var.personas]

  variables {
    name      = "example"
    locations = {}

    personas = {
      example = {
        grantee = {
          type = "IAM"
          id   = "someone"
        }
        grants = {
          product = {
            location   = "example"
            sub_prefix = "Product/*"
            permission = "READWRITE"
          }
        }
      }
    }
  }
}

# personas.grantee must have the type DIRECTORY_GROUP if it has a group
run "refuses_personas_28" {
  command         = plan
  expect_failures = [var.personas]

  variables {
    name      = "example"
    locations = {}

    personas = {
      example = {
        grantee = {
          type = "DIRECTORY_USER"
          group = {
            display_name      = "Analysts"
            identity_store_id = "d-1234567890"
          }
        }
        grants = {
          product = {
            location   = "example"
            sub_prefix = "Product/*"
            permission = "READWRITE"
          }
        }
      }
    }
  }
}

# personas.grantee.type must be one of IAM, DIRECTORY_USER, DIRECTORY_GROUP
run "refuses_personas_29" {
  command         = plan
  expect_failures = [var.personas]

  variables {
    name      = "example"
    locations = {}

    personas = {
      example = {
        grantee = {
          type = "not valid!"
          id   = "arn:aws:iam::123456789012:role/example"
        }
        grants = {
          product = {
            location   = "example"
            sub_prefix = "Product/*"
            permission = "READWRITE"
          }
        }
      }
    }
  }
}

# personas.grantee.id must not be empty, or begin or end with a blank
run "refuses_personas_30" {
  command         = plan
  expect_failures = [var.personas]

  variables {
    name      = "example"
    locations = {}

    personas = {
      example = {
        grantee = {
          type = "IAM"
          id   = ""
        }
        grants = {
          product = {
            location   = "example"
            sub_prefix = "Product/*"
            permission = "READWRITE"
          }
        }
      }
    }
  }
}

# personas.grantee.group.displayName must not be empty, or begin or end with a blank
run "refuses_personas_31" {
  command         = plan
  expect_failures = [var.personas]

  variables {
    name      = "example"
    locations = {}

    personas = {
      example = {
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
            location   = "example"
            sub_prefix = "Product/*"
            permission = "READWRITE"
          }
        }
      }
    }
  }
}

# personas.grantee.group.identityStoreId must be the id of an identity store, e.g. d-1234567890
run "refuses_personas_32" {
  command         = plan
  expect_failures = [var.personas]

  variables {
    name      = "example"
    locations = {}

    personas = {
      example = {
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
            location   = "example"
            sub_prefix = "Product/*"
            permission = "READWRITE"
          }
        }
      }
    }
  }
}

# personas.grants must have keys of 1 to 64 letters, digits, _ and -, because they become part of Terraform addresses
run "refuses_personas_33" {
  command         = plan
  expect_failures = [var.personas]

  variables {
    name      = "example"
    locations = {}

    personas = {
      example = {
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
  }
}

# personas.grants must not have two grants with the same location, subPrefix, permission, prefixType: leave one out
run "refuses_personas_34" {
  command         = plan
  expect_failures = [var.personas]

  variables {
    name      = "example"
    locations = {}

    personas = {
      example = {
        grantee = {
          type = "IAM"
          id   = "arn:aws:iam::123456789012:role/example"
        }
        grants = {
          product = {
            location   = "example"
            sub_prefix = "Product/*"
            permission = "READWRITE"
          }
          again = {
            location   = "example"
            sub_prefix = "Product/*"
            permission = "READWRITE"
          }
        }
      }
    }
  }
}

# personas.grants must have a subPrefix that is relative to the location's scope, e.g. Product/*: 1 to 2,000 characters, without s3:// and without a slash at the start
run "refuses_personas_35" {
  command         = plan
  expect_failures = [var.personas]

  variables {
    name      = "example"
    locations = {}

    personas = {
      example = {
        grantee = {
          type = "IAM"
          id   = "arn:aws:iam::123456789012:role/example"
        }
        grants = {
          example = {
            location   = "example"
            sub_prefix = "/Product/*"
            permission = "READWRITE"
          }
        }
      }
    }
  }
}

# personas.grants must have a subPrefix without blanks around the names in it and without empty names (//)
run "refuses_personas_36" {
  command         = plan
  expect_failures = [var.personas]

  variables {
    name      = "example"
    locations = {}

    personas = {
      example = {
        grantee = {
          type = "IAM"
          id   = "arn:aws:iam::123456789012:role/example"
        }
        grants = {
          example = {
            location   = "example"
            sub_prefix = "Product /*"
            permission = "READWRITE"
          }
        }
      }
    }
  }
}

# personas.grants must not have a * before the end of its subPrefix: there S3 Access Grants takes it as a character of a name
run "refuses_personas_37" {
  command         = plan
  expect_failures = [var.personas]

  variables {
    name      = "example"
    locations = {}

    personas = {
      example = {
        grantee = {
          type = "IAM"
          id   = "arn:aws:iam::123456789012:role/example"
        }
        grants = {
          example = {
            location   = "example"
            sub_prefix = "Pro*duct/*"
            permission = "READWRITE"
          }
        }
      }
    }
  }
}

# personas.grants must have a subPrefix that is * or ends in /*, because UserA* would match UserAdmin/ too: if you mean that, set matchesSiblings
run "refuses_personas_38" {
  command         = plan
  expect_failures = [var.personas]

  variables {
    name      = "example"
    locations = {}

    personas = {
      example = {
        grantee = {
          type = "IAM"
          id   = "arn:aws:iam::123456789012:role/example"
        }
        grants = {
          example = {
            location   = "example"
            sub_prefix = "UserA*"
            permission = "READWRITE"
          }
        }
      }
    }
  }
}

# personas.grants must have a subPrefix that is one object's key if prefixType is Object: without * and without a slash at the end
run "refuses_personas_39" {
  command         = plan
  expect_failures = [var.personas]

  variables {
    name      = "example"
    locations = {}

    personas = {
      example = {
        grantee = {
          type = "IAM"
          id   = "arn:aws:iam::123456789012:role/example"
        }
        grants = {
          example = {
            location    = "example"
            sub_prefix  = "Product/*"
            permission  = "READWRITE"
            prefix_type = "Object"
          }
        }
      }
    }
  }
}

# personas.grants.location must not be empty, or begin or end with a blank
run "refuses_personas_40" {
  command         = plan
  expect_failures = [var.personas]

  variables {
    name      = "example"
    locations = {}

    personas = {
      example = {
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
  }
}

# personas.grants.permission must be one of READ, WRITE, READWRITE
run "refuses_personas_41" {
  command         = plan
  expect_failures = [var.personas]

  variables {
    name      = "example"
    locations = {}

    personas = {
      example = {
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
  }
}

# personas.grants.prefixType must be one of Object
run "refuses_personas_42" {
  command         = plan
  expect_failures = [var.personas]

  variables {
    name      = "example"
    locations = {}

    personas = {
      example = {
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
  }
}

# personas: each grant's location must be a key of locations or existingLocations
run "refuses_personas_43" {
  command         = plan
  expect_failures = [var.personas]

  variables {
    name      = "example"
    locations = {}

    personas = {
      example = {
        grantee = {
          type = "IAM"
          id   = "arn:aws:iam::123456789012:role/example"
        }
        grants = {
          example = {
            location   = "elsewhere"
            sub_prefix = "Product/*"
            permission = "READ"
          }
        }
      }
    }
  }
}

# personas: each grant's permission must not allow more than its location's permission: lower it, or raise the location's
run "refuses_personas_44" {
  command         = plan
  expect_failures = [var.personas]

  variables {
    name = "example"

    locations = {
      data = {
        scope      = "s3://example-data"
        permission = "READ"
      }
    }

    personas = {
      example = {
        grantee = {
          type = "IAM"
          id   = "arn:aws:iam::123456789012:role/example"
        }
        grants = {
          example = {
            location   = "data"
            sub_prefix = "Product/*"
            permission = "READWRITE"
          }
        }
      }
    }
  }
}

# personas: each grant's subPrefix must begin with a bucket if its location's scope is s3://, e.g. my-bucket/Product/*
run "refuses_personas_45" {
  command         = plan
  expect_failures = [var.personas]

  variables {
    name      = "example"
    locations = { all = { scope = "s3://" } }

    personas = {
      example = {
        grantee = {
          type = "IAM"
          id   = "arn:aws:iam::123456789012:role/example"
        }
        grants = {
          example = {
            location   = "all"
            sub_prefix = "Product/*"
            permission = "READ"
          }
        }
      }
    }
  }
}

# existingLocations: must not use a key that locations uses too, because grants name a location by its key: rename one
run "refuses_existing_locations_46" {
  command         = plan
  expect_failures = [var.existing_locations]

  variables {
    name      = "example"
    locations = { data = { scope = "s3://example-data" } }

    existing_locations = {
      data = {
        id    = "default"
        scope = "s3://"
      }
    }
  }
}

# locations: keys must differ in more than case, because IAM ignores case in role names: rename one
run "refuses_locations_47" {
  command         = plan
  expect_failures = [var.locations]

  variables {
    name = "example"

    locations = {
      data = { scope = "s3://example-data" }
      Data = { scope = "s3://example-logs" }
    }
  }
}

# locations: each location without a role gets a role named <name>-<key>-location, which must have at most 64 characters: give a shorter name or key
run "refuses_locations_48" {
  command         = plan
  expect_failures = [var.locations]

  variables {
    name      = "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnn"
    locations = { kkkkkkkkkkkkkkkkkkkkkkkkkkkkkk = { scope = "s3://example-data" } }
  }
}

# locations: no two may have the same scope, which S3 Access Grants registers once: leave one out
run "refuses_locations_49" {
  command         = plan
  expect_failures = [var.locations]

  variables {
    name = "example"

    locations = {
      one = { scope = "s3://example-data" }
      two = { scope = "s3://example-data/" }
    }
  }
}

# existingLocations: none may have the same scope as another one, or as one of locations: leave one out
run "refuses_existing_locations_50" {
  command         = plan
  expect_failures = [var.existing_locations]

  variables {
    name      = "example"
    locations = { one = { scope = "s3://example-data" } }

    existing_locations = {
      two = {
        id    = "default"
        scope = "s3://example-data/"
      }
    }
  }
}

# personas: each grantee of type DIRECTORY_USER or DIRECTORY_GROUP needs identityCenter, the IAM Identity Center instance that it is in
run "refuses_personas_51" {
  command         = plan
  expect_failures = [var.personas]

  variables {
    name      = "example"
    locations = {}

    personas = {
      group = {
        grantee = {
          type = "DIRECTORY_GROUP"
          id   = "0123abcd-4567-89ab-cdef-0123456789ab"
        }
        grants = {}
      }
    }
  }
}

# personas: no grantee may have the same permission on the same prefix twice, in one persona or in two: leave one out
run "refuses_personas_52" {
  command         = plan
  expect_failures = [var.personas]

  variables {
    name      = "example"
    locations = { data = { scope = "s3://example-data" } }

    personas = {
      one = {
        grantee = {
          type = "IAM"
          id   = "arn:aws:iam::123456789012:role/example"
        }
        grants = {
          product = {
            location   = "data"
            sub_prefix = "Product/*"
            permission = "READ"
          }
        }
      }
      two = {
        grantee = {
          type = "IAM"
          id   = "arn:aws:iam::123456789012:role/example"
        }
        grants = {
          product = {
            location   = "data"
            sub_prefix = "Product/*"
            permission = "READ"
          }
        }
      }
    }
  }
}

# crossAccount: must not be given together with existingInstance: the instance has one resource policy, which would be overwritten; let its owner add the principals
run "refuses_cross_account_53" {
  command         = plan
  expect_failures = [var.cross_account]

  variables {
    name              = "example"
    locations         = {}
    existing_instance = { arn = "arn:aws:s3:us-east-1:123456789012:access-grants/default" }
    cross_account     = { principal_arns = ["arn:aws:iam::210987654321:role/example"] }
  }
}
