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
    name            = "example"
    domain          = { id = "dzd_example" }
    members         = {}
    user_profiles   = {}
    member_pools    = {}
    cloud_formation = {}
    tags            = {}
  }
}

# name must be 1 to 40 lower-case letters, digits and hyphens, and start with a letter
run "refuses_name_1" {
  command         = plan
  expect_failures = [var.name]

  variables {
    name    = "not valid!"
    domain  = { id = "dzd_example" }
    members = {}
  }
}

# tags must have keys of 1 to 128 letters, digits and _ . : / = + - @, with blanks only between them
run "refuses_tags_2" {
  command         = plan
  expect_failures = [var.tags]

  variables {
    name    = "example"
    domain  = { id = "dzd_example" }
    members = {}
    tags    = { "not a key!" = "example" }
  }
}

# tags must not have keys that begin with aws:, which AWS reserves for itself
run "refuses_tags_3" {
  command         = plan
  expect_failures = [var.tags]

  variables {
    name    = "example"
    domain  = { id = "dzd_example" }
    members = {}
    tags    = { "aws:example" = "example" }
  }
}

# tags must have values of at most 256 letters, digits and _ . : / = + - @, with blanks only between them
run "refuses_tags_4" {
  command         = plan
  expect_failures = [var.tags]

  variables {
    name    = "example"
    domain  = { id = "dzd_example" }
    members = {}
    tags    = { example = "not valid!" }
  }
}

# tags must have at most 48 tags
run "refuses_tags_5" {
  command         = plan
  expect_failures = [var.tags]

  variables {
    name    = "example"
    domain  = { id = "dzd_example" }
    members = {}
    tags    = { for i in range(51) : "example-${i}" => "example" }
  }
}

# domain.id must be the id of a DataZone domain: dzd, then - or _, then 1 to 36 letters, digits, _ or -
run "refuses_domain_6" {
  command         = plan
  expect_failures = [var.domain]

  variables {
    name    = "example"
    domain  = { id = "not valid!" }
    members = {}
  }
}

# members must have keys of 1 to 60 letters, digits and hyphens, because they become part of stack names
run "refuses_members_7" {
  command         = plan
  expect_failures = [var.members]

  variables {
    name   = "example"
    domain = { id = "dzd_example" }

    members = {
      "not a key!" = {
        project_id = "example"
        identifier = "^\\\\S+$"
      }
    }
  }
}

# members.projectId must be the id of a DataZone project: 1 to 36 letters, digits, _ or -
run "refuses_members_8" {
  command         = plan
  expect_failures = [var.members]

  variables {
    name   = "example"
    domain = { id = "dzd_example" }

    members = {
      example = {
        project_id = "not valid!"
        identifier = "^\\\\S+$"
      }
    }
  }
}

# members.projectId must be the id of a project, not of a domain
run "refuses_members_9" {
  command         = plan
  expect_failures = [var.members]

  variables {
    name   = "example"
    domain = { id = "dzd_example" }

    members = {
      example = {
        project_id = "dzd_example"
        identifier = "^\\\\S+$"
      }
    }
  }
}

# members.identifier must be an ARN or an id without blanks
run "refuses_members_10" {
  command         = plan
  expect_failures = [var.members]

  variables {
    name   = "example"
    domain = { id = "dzd_example" }

    members = {
      example = {
        project_id = "example"
        identifier = "not valid!"
      }
    }
  }
}

# members.type must be one of user, group
run "refuses_members_11" {
  command         = plan
  expect_failures = [var.members]

  variables {
    name   = "example"
    domain = { id = "dzd_example" }

    members = {
      example = {
        project_id = "example"
        identifier = "^\\\\S+$"
        type       = "not valid!"
      }
    }
  }
}

# members.designation must be one of PROJECT_OWNER, PROJECT_CONTRIBUTOR, PROJECT_CATALOG_VIEWER, PROJECT_CATALOG_CONSUMER, PROJECT_CATALOG_STEWARD
run "refuses_members_12" {
  command         = plan
  expect_failures = [var.members]

  variables {
    name   = "example"
    domain = { id = "dzd_example" }

    members = {
      example = {
        project_id  = "example"
        identifier  = "^\\\\S+$"
        designation = "not valid!"
      }
    }
  }
}

# members.userCreatedDesignation.id must be the id of a designation: 1 to 36 letters, digits, _ and -
run "refuses_members_13" {
  command         = plan
  expect_failures = [var.members]

  variables {
    name   = "example"
    domain = { id = "dzd_example" }

    members = {
      example = {
        project_id               = "example"
        identifier               = "^\\\\S+$"
        user_created_designation = { id = "not valid!" }
      }
    }
  }
}

# userProfiles must have keys of 1 to 60 letters, digits and hyphens
run "refuses_user_profiles_14" {
  command         = plan
  expect_failures = [var.user_profiles]

  variables {
    name          = "example"
    domain        = { id = "dzd_example" }
    members       = {}
    user_profiles = { "not a key!" = { identifier = "^\\\\S+$" } }
  }
}

# userProfiles.identifier must be an ARN or an id without blanks
run "refuses_user_profiles_15" {
  command         = plan
  expect_failures = [var.user_profiles]

  variables {
    name          = "example"
    domain        = { id = "dzd_example" }
    members       = {}
    user_profiles = { example = { identifier = "not valid!" } }
  }
}

# userProfiles.type must be one of IAM_ROLE, IAM_USER
run "refuses_user_profiles_16" {
  command         = plan
  expect_failures = [var.user_profiles]

  variables {
    name    = "example"
    domain  = { id = "dzd_example" }
    members = {}

    user_profiles = {
      example = {
        identifier = "^\\\\S+$"
        type       = "not valid!"
      }
    }
  }
}

# memberPools must have keys of 1 to 60 letters, digits and hyphens, because they become part of stack names
run "refuses_member_pools_17" {
  command         = plan
  expect_failures = [var.member_pools]

  variables {
    name    = "example"
    domain  = { id = "dzd_example" }
    members = {}

    member_pools = {
      "not a key!" = {
        domain_unit_id = "example"
        identifier     = "^\\\\S+$"
      }
    }
  }
}

# memberPools.domainUnitId must be the id of a DataZone domain unit: 1 to 256 lower-case letters, digits, _ or -
run "refuses_member_pools_18" {
  command         = plan
  expect_failures = [var.member_pools]

  variables {
    name    = "example"
    domain  = { id = "dzd_example" }
    members = {}

    member_pools = {
      example = {
        domain_unit_id = "not valid!"
        identifier     = "^\\\\S+$"
      }
    }
  }
}

# memberPools.identifier must be an ARN or an id without blanks
run "refuses_member_pools_19" {
  command         = plan
  expect_failures = [var.member_pools]

  variables {
    name    = "example"
    domain  = { id = "dzd_example" }
    members = {}

    member_pools = {
      example = {
        domain_unit_id = "example"
        identifier     = "not valid!"
      }
    }
  }
}

# memberPools.type must be one of user, group
run "refuses_member_pools_20" {
  command         = plan
  expect_failures = [var.member_pools]

  variables {
    name    = "example"
    domain  = { id = "dzd_example" }
    members = {}

    member_pools = {
      example = {
        domain_unit_id = "example"
        identifier     = "^\\\\S+$"
        type           = "not valid!"
      }
    }
  }
}

# cloudFormation.role.arn must be the ARN of a role (arn:partition:iam::account:role/…)
run "refuses_cloud_formation_21" {
  command         = plan
  expect_failures = [var.cloud_formation]

  variables {
    name            = "example"
    domain          = { id = "dzd_example" }
    members         = {}
    cloud_formation = { role = { arn = "not valid!" } }
  }
}

# members: CloudFormation has no property for a user-created designation: leave out cloudFormation, and run the output commands
run "refuses_members_22" {
  command         = plan
  expect_failures = [var.members]

  variables {
    name            = "example"
    domain          = { id = "dzd_example" }
    cloud_formation = {}

    members = {
      example = {
        project_id               = "5yw1mwl0k9d3sh"
        identifier               = "someone"
        user_created_designation = { id = "steward" }
      }
    }
  }
}

# members: userProfile.key must be a key of userProfiles, and only where type is user: groups have no profile
run "refuses_members_23" {
  command         = plan
  expect_failures = [var.members]

  variables {
    name   = "example"
    domain = { id = "dzd_example" }

    members = {
      example = {
        project_id   = "5yw1mwl0k9d3sh"
        identifier   = "x"
        user_profile = { key = "other" }
      }
    }
  }
}

# memberPools: userProfile.key must be a key of userProfiles, and only where type is user: groups have no profile
run "refuses_member_pools_24" {
  command         = plan
  expect_failures = [var.member_pools]

  variables {
    name            = "example"
    domain          = { id = "dzd_example" }
    members         = {}
    cloud_formation = {}

    member_pools = {
      example = {
        domain_unit_id = "unit1"
        identifier     = "x"
        user_profile   = { key = "other" }
      }
    }
  }
}

# memberPools: must be left out without cloudFormation, which makes these policy grants: give cloudFormation, or grant them by hand
run "refuses_member_pools_25" {
  command         = plan
  expect_failures = [var.member_pools]

  variables {
    name    = "example"
    domain  = { id = "dzd_example" }
    members = {}

    member_pools = {
      example = {
        domain_unit_id = "unit1"
        identifier     = "x"
      }
    }
  }
}

# members: must be at most 2000 with memberPools, for each is a stack and an account has 2000 stacks by default: leave out cloudFormation and run what commands says, or make the rest from another account's state
run "refuses_members_26" {
  command         = plan
  expect_failures = [var.members]

  variables {
    name            = "example"
    domain          = { id = "dzd_example" }
    cloud_formation = {}

    members = {
      for i in setproduct(range(3), range(1000)) : "example-${i[0]}-${i[1]}" => {
        project_id = "5yw1mwl0k9d3sh"
        identifier = "x"
      }
    }
  }
}
