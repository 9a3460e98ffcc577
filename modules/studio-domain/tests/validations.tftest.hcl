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
    name                           = "example"
    domain_name                    = "example"
    permissions_boundary           = { arn = "arn:aws:iam::123456789012:policy/example" }
    role_path                      = "/"
    auth_mode                      = "IAM"
    studio_key                     = { arn = "arn:aws:kms:us-east-1:123456789012:key/example" }
    home_file_system               = "Delete"
    image_registries               = { account_ids = ["123456789012"] }
    shared_access_grants_instances = {}
    role_prefix                    = "example"
    max_session_duration           = 3600
    scratch_days                   = 1
    scratch_key                    = { arn = "arn:aws:kms:us-east-1:123456789012:key/example" }
    access_logs                    = { bucket = "example" }
    delete_objects_with_bucket     = true
    profiles                       = {}
    access_grants_instance         = { arn = "arn:aws:s3:us-east-1:123456789012:access-grants/default" }
    after                          = {}

    network = {
      vpc_id             = "vpc-1"
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
    name     = "not valid!"
    profiles = {}

    network = {
      vpc_id             = "vpc-1"
      subnet_ids         = ["subnet-1"]
      security_group_ids = ["sg-1"]
    }
  }
}

# tags must have keys of 1 to 128 letters, digits and _ . : / = + - @, with blanks only between them
run "refuses_tags_2" {
  command         = plan
  expect_failures = [var.tags]

  variables {
    name     = "example"
    profiles = {}

    network = {
      vpc_id             = "vpc-1"
      subnet_ids         = ["subnet-1"]
      security_group_ids = ["sg-1"]
    }

    tags = { "not a key!" = "example" }
  }
}

# tags must not have keys that begin with aws:, which AWS reserves for itself
run "refuses_tags_3" {
  command         = plan
  expect_failures = [var.tags]

  variables {
    name     = "example"
    profiles = {}

    network = {
      vpc_id             = "vpc-1"
      subnet_ids         = ["subnet-1"]
      security_group_ids = ["sg-1"]
    }

    tags = { "aws:example" = "example" }
  }
}

# tags must have values of at most 256 letters, digits and _ . : / = + - @, with blanks only between them
run "refuses_tags_4" {
  command         = plan
  expect_failures = [var.tags]

  variables {
    name     = "example"
    profiles = {}

    network = {
      vpc_id             = "vpc-1"
      subnet_ids         = ["subnet-1"]
      security_group_ids = ["sg-1"]
    }

    tags = { example = "not valid!" }
  }
}

# tags must have at most 48 tags
run "refuses_tags_5" {
  command         = plan
  expect_failures = [var.tags]

  variables {
    name     = "example"
    profiles = {}

    network = {
      vpc_id             = "vpc-1"
      subnet_ids         = ["subnet-1"]
      security_group_ids = ["sg-1"]
    }

    tags = { for i in range(51) : "example-${i}" => "example" }
  }
}

# permissionsBoundary.arn must be the ARN of a managed policy (arn:partition:iam::account:policy/…)
run "refuses_permissions_boundary_6" {
  command         = plan
  expect_failures = [var.permissions_boundary]

  variables {
    name                 = "example"
    profiles             = {}
    permissions_boundary = { arn = "not valid!" }

    network = {
      vpc_id             = "vpc-1"
      subnet_ids         = ["subnet-1"]
      security_group_ids = ["sg-1"]
    }
  }
}

# rolePath must begin and end with a slash
run "refuses_role_path_7" {
  command         = plan
  expect_failures = [var.role_path]

  variables {
    name      = "example"
    profiles  = {}
    role_path = "not valid!"

    network = {
      vpc_id             = "vpc-1"
      subnet_ids         = ["subnet-1"]
      security_group_ids = ["sg-1"]
    }
  }
}

# domainName must be 1 to 63 letters, digits and hyphens
run "refuses_domain_name_8" {
  command         = plan
  expect_failures = [var.domain_name]

  variables {
    name        = "example"
    domain_name = "not valid!"
    profiles    = {}

    network = {
      vpc_id             = "vpc-1"
      subnet_ids         = ["subnet-1"]
      security_group_ids = ["sg-1"]
    }
  }
}

# authMode must be one of IAM, SSO
run "refuses_auth_mode_9" {
  command         = plan
  expect_failures = [var.auth_mode]

  variables {
    name      = "example"
    profiles  = {}
    auth_mode = "not valid!"

    network = {
      vpc_id             = "vpc-1"
      subnet_ids         = ["subnet-1"]
      security_group_ids = ["sg-1"]
    }
  }
}

# studioKey.arn must be the ARN of a KMS key (…:key/…), not of an alias, because IAM permissions are on keys
run "refuses_studio_key_10" {
  command         = plan
  expect_failures = [var.studio_key]

  variables {
    name       = "example"
    profiles   = {}
    studio_key = { arn = "not valid!" }

    network = {
      vpc_id             = "vpc-1"
      subnet_ids         = ["subnet-1"]
      security_group_ids = ["sg-1"]
    }
  }
}

# homeFileSystem must be one of Delete, Retain
run "refuses_home_file_system_11" {
  command         = plan
  expect_failures = [var.home_file_system]

  variables {
    name             = "example"
    profiles         = {}
    home_file_system = "not valid!"

    network = {
      vpc_id             = "vpc-1"
      subnet_ids         = ["subnet-1"]
      security_group_ids = ["sg-1"]
    }
  }
}

# imageRegistries.accountIds must have at least 1 account
run "refuses_image_registries_12" {
  command         = plan
  expect_failures = [var.image_registries]

  variables {
    name             = "example"
    profiles         = {}
    image_registries = { account_ids = [] }

    network = {
      vpc_id             = "vpc-1"
      subnet_ids         = ["subnet-1"]
      security_group_ids = ["sg-1"]
    }
  }
}

# imageRegistries.accountIds must not have the same account twice
run "refuses_image_registries_13" {
  command         = plan
  expect_failures = [var.image_registries]

  variables {
    name             = "example"
    profiles         = {}
    image_registries = { account_ids = ["123456789012", "123456789012"] }

    network = {
      vpc_id             = "vpc-1"
      subnet_ids         = ["subnet-1"]
      security_group_ids = ["sg-1"]
    }
  }
}

# imageRegistries.accountIds must have at most 20 accounts: a role's policies hold 10,240 characters
run "refuses_image_registries_14" {
  command         = plan
  expect_failures = [var.image_registries]

  variables {
    name     = "example"
    profiles = {}

    network = {
      vpc_id             = "vpc-1"
      subnet_ids         = ["subnet-1"]
      security_group_ids = ["sg-1"]
    }

    image_registries = {
      account_ids = [
        "123456789012",
        "123456789012",
        "123456789012",
        "123456789012",
        "123456789012",
        "123456789012",
        "123456789012",
        "123456789012",
        "123456789012",
        "123456789012",
        "123456789012",
        "123456789012",
        "123456789012",
        "123456789012",
        "123456789012",
        "123456789012",
        "123456789012",
        "123456789012",
        "123456789012",
        "123456789012",
        "123456789012",
        "123456789012",
        "123456789012",
        "123456789012",
        "123456789012",
        "123456789012",
        "123456789012",
        "123456789012",
        "123456789012",
        "123456789012",
        "123456789012",
        "123456789012",
        "123456789012",
        "123456789012",
        "123456789012",
        "123456789012",
        "123456789012",
        "123456789012",
        "123456789012",
        "123456789012",
        "123456789012",
        "123456789012",
        "123456789012",
        "123456789012",
        "123456789012",
        "123456789012",
        "123456789012",
        "123456789012",
        "123456789012",
        "123456789012",
        "123456789012",
      ]
    }
  }
}

# imageRegistries.accountIds must be the 12 digits of an AWS account
run "refuses_image_registries_15" {
  command         = plan
  expect_failures = [var.image_registries]

  variables {
    name             = "example"
    profiles         = {}
    image_registries = { account_ids = ["not valid!"] }

    network = {
      vpc_id             = "vpc-1"
      subnet_ids         = ["subnet-1"]
      security_group_ids = ["sg-1"]
    }
  }
}

# sharedAccessGrantsInstances must have keys of 1 to 64 letters, digits, _ and -, because they become part of Terraform addresses
run "refuses_shared_access_grants_instances_16" {
  command         = plan
  expect_failures = [var.shared_access_grants_instances]

  variables {
    name     = "example"
    profiles = {}

    network = {
      vpc_id             = "vpc-1"
      subnet_ids         = ["subnet-1"]
      security_group_ids = ["sg-1"]
    }

    shared_access_grants_instances = {
      "not a key!" = { arn = "arn:aws:s3:us-east-1:123456789012:access-grants/default" }
    }
  }
}

# sharedAccessGrantsInstances must have at most 20 instances: a role's policies hold 10,240 characters
run "refuses_shared_access_grants_instances_17" {
  command         = plan
  expect_failures = [var.shared_access_grants_instances]

  variables {
    name     = "example"
    profiles = {}

    network = {
      vpc_id             = "vpc-1"
      subnet_ids         = ["subnet-1"]
      security_group_ids = ["sg-1"]
    }

    shared_access_grants_instances = {
      for i in range(51) : "example-${i}" => {
        arn = "arn:aws:s3:us-east-1:123456789012:access-grants/default"
      }
    }
  }
}

# sharedAccessGrantsInstances.arn must be the ARN of an S3 Access Grants instance (…:access-grants/default)
run "refuses_shared_access_grants_instances_18" {
  command         = plan
  expect_failures = [var.shared_access_grants_instances]

  variables {
    name                           = "example"
    profiles                       = {}
    shared_access_grants_instances = { example = { arn = "not valid!" } }

    network = {
      vpc_id             = "vpc-1"
      subnet_ids         = ["subnet-1"]
      security_group_ids = ["sg-1"]
    }
  }
}

# rolePrefix must be 1 to 27 letters, digits, _ and -
run "refuses_role_prefix_19" {
  command         = plan
  expect_failures = [var.role_prefix]

  variables {
    name        = "example"
    profiles    = {}
    role_prefix = "not valid!"

    network = {
      vpc_id             = "vpc-1"
      subnet_ids         = ["subnet-1"]
      security_group_ids = ["sg-1"]
    }
  }
}

# maxSessionDuration must be a whole number of seconds from 3600 to 43200
run "refuses_max_session_duration_20" {
  command         = plan
  expect_failures = [var.max_session_duration]

  variables {
    name                 = "example"
    profiles             = {}
    max_session_duration = -1

    network = {
      vpc_id             = "vpc-1"
      subnet_ids         = ["subnet-1"]
      security_group_ids = ["sg-1"]
    }
  }
}

# scratchDays must be a whole number of days from 1 to 36500
run "refuses_scratch_days_21" {
  command         = plan
  expect_failures = [var.scratch_days]

  variables {
    name         = "example"
    profiles     = {}
    scratch_days = -1

    network = {
      vpc_id             = "vpc-1"
      subnet_ids         = ["subnet-1"]
      security_group_ids = ["sg-1"]
    }
  }
}

# scratchKey.arn must be the ARN of a KMS key (…:key/…), not of an alias, because IAM permissions are on keys
run "refuses_scratch_key_22" {
  command         = plan
  expect_failures = [var.scratch_key]

  variables {
    name        = "example"
    profiles    = {}
    scratch_key = { arn = "not valid!" }

    network = {
      vpc_id             = "vpc-1"
      subnet_ids         = ["subnet-1"]
      security_group_ids = ["sg-1"]
    }
  }
}

# accessLogs.bucket must be a bucket's name: 3 to 63 lower-case letters, digits, dots and hyphens
run "refuses_access_logs_23" {
  command         = plan
  expect_failures = [var.access_logs]

  variables {
    name        = "example"
    profiles    = {}
    access_logs = { bucket = "not valid!" }

    network = {
      vpc_id             = "vpc-1"
      subnet_ids         = ["subnet-1"]
      security_group_ids = ["sg-1"]
    }
  }
}

# network.vpcId must be the id of a VPC, vpc-…
run "refuses_network_24" {
  command         = plan
  expect_failures = [var.network]

  variables {
    name     = "example"
    profiles = {}

    network = {
      vpc_id             = "not valid!"
      subnet_ids         = ["subnet-1"]
      security_group_ids = ["sg-1"]
    }
  }
}

# network.subnetIds must have at least 1 subnet
run "refuses_network_25" {
  command         = plan
  expect_failures = [var.network]

  variables {
    name     = "example"
    profiles = {}

    network = {
      vpc_id             = "vpc-1"
      subnet_ids         = []
      security_group_ids = ["sg-1"]
    }
  }
}

# network.subnetIds must not have the same subnet twice
run "refuses_network_26" {
  command         = plan
  expect_failures = [var.network]

  variables {
    name     = "example"
    profiles = {}

    network = {
      vpc_id             = "vpc-1"
      subnet_ids         = ["subnet-1", "subnet-1"]
      security_group_ids = ["sg-1"]
    }
  }
}

# network.subnetIds must have at most 16 subnets, the limit of SageMaker and Lambda
run "refuses_network_27" {
  command         = plan
  expect_failures = [var.network]

  variables {
    name     = "example"
    profiles = {}

    network = {
      vpc_id = "vpc-1"
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

# network.subnetIds must be the id of a subnet, subnet-…
run "refuses_network_28" {
  command         = plan
  expect_failures = [var.network]

  variables {
    name     = "example"
    profiles = {}

    network = {
      vpc_id             = "vpc-1"
      subnet_ids         = ["not valid!"]
      security_group_ids = ["sg-1"]
    }
  }
}

# network.securityGroupIds must have at least 1 security group
run "refuses_network_29" {
  command         = plan
  expect_failures = [var.network]

  variables {
    name     = "example"
    profiles = {}

    network = {
      vpc_id             = "vpc-1"
      subnet_ids         = ["subnet-1"]
      security_group_ids = []
    }
  }
}

# network.securityGroupIds must not have the same security group twice
run "refuses_network_30" {
  command         = plan
  expect_failures = [var.network]

  variables {
    name     = "example"
    profiles = {}

    network = {
      vpc_id             = "vpc-1"
      subnet_ids         = ["subnet-1"]
      security_group_ids = ["sg-1", "sg-1"]
    }
  }
}

# network.securityGroupIds must have at most 5 security groups, the limit of SageMaker and Lambda
run "refuses_network_31" {
  command         = plan
  expect_failures = [var.network]

  variables {
    name     = "example"
    profiles = {}

    network = {
      vpc_id     = "vpc-1"
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

# network.securityGroupIds must be the id of a security group, sg-…
run "refuses_network_32" {
  command         = plan
  expect_failures = [var.network]

  variables {
    name     = "example"
    profiles = {}

    network = {
      vpc_id             = "vpc-1"
      subnet_ids         = ["subnet-1"]
      security_group_ids = ["not valid!"]
    }
  }
}

# profiles must have keys of 1 to 31 letters, digits and hyphens, because they name user profiles and roles
run "refuses_profiles_33" {
  command         = plan
  expect_failures = [var.profiles]

  variables {
    name     = "example"
    profiles = { "not a key!" = {} }

    network = {
      vpc_id             = "vpc-1"
      subnet_ids         = ["subnet-1"]
      security_group_ids = ["sg-1"]
    }
  }
}

# profiles must have at most 1000 people: an account has 1,000 roles by default, so put the rest into another account
run "refuses_profiles_34" {
  command         = plan
  expect_failures = [var.profiles]

  variables {
    name     = "example"
    profiles = { for i in range(1001) : "example-${i}" => {} }

    network = {
      vpc_id             = "vpc-1"
      subnet_ids         = ["subnet-1"]
      security_group_ids = ["sg-1"]
    }
  }
}

# profiles.role.arn must be the ARN of a role (arn:partition:iam::account:role/…)
run "refuses_profiles_35" {
  command         = plan
  expect_failures = [var.profiles]

  variables {
    name     = "example"
    profiles = { example = { role = { arn = "not valid!" } } }

    network = {
      vpc_id             = "vpc-1"
      subnet_ids         = ["subnet-1"]
      security_group_ids = ["sg-1"]
    }
  }
}

# profiles.singleSignOn.userName must not be empty, or begin or end with a blank
run "refuses_profiles_36" {
  command         = plan
  expect_failures = [var.profiles]

  variables {
    name     = "example"
    profiles = { example = { single_sign_on = { user_name = "" } } }

    network = {
      vpc_id             = "vpc-1"
      subnet_ids         = ["subnet-1"]
      security_group_ids = ["sg-1"]
    }
  }
}

# profiles.space.instanceType must be a SageMaker instance type, e.g. ml.t3.medium
run "refuses_profiles_37" {
  command         = plan
  expect_failures = [var.profiles]

  variables {
    name     = "example"
    profiles = { example = { space = { instance_type = "not valid!" } } }

    network = {
      vpc_id             = "vpc-1"
      subnet_ids         = ["subnet-1"]
      security_group_ids = ["sg-1"]
    }
  }
}

# profiles.space.volumeSizeInGb must be a whole number of GB from 5 to 16384
run "refuses_profiles_38" {
  command         = plan
  expect_failures = [var.profiles]

  variables {
    name     = "example"
    profiles = { example = { space = { volume_size_in_gb = -1 } } }

    network = {
      vpc_id             = "vpc-1"
      subnet_ids         = ["subnet-1"]
      security_group_ids = ["sg-1"]
    }
  }
}

# profiles.autoMountHomeEfs must be one of Enabled, Disabled
run "refuses_profiles_39" {
  command         = plan
  expect_failures = [var.profiles]

  variables {
    name     = "example"
    profiles = { example = { auto_mount_home_efs = "not valid!" } }

    network = {
      vpc_id             = "vpc-1"
      subnet_ids         = ["subnet-1"]
      security_group_ids = ["sg-1"]
    }
  }
}

# accessGrantsInstance.arn must be the ARN of an S3 Access Grants instance (…:access-grants/default)
run "refuses_access_grants_instance_40" {
  command         = plan
  expect_failures = [var.access_grants_instance]

  variables {
    name                   = "example"
    profiles               = {}
    access_grants_instance = { arn = "not valid!" }

    network = {
      vpc_id             = "vpc-1"
      subnet_ids         = ["subnet-1"]
      security_group_ids = ["sg-1"]
    }
  }
}

# profiles: names must differ in more than case, and none may begin with another name and a hyphen (user and user-a): names of jobs and logs begin with the profile's name and a hyphen, and would be taken for the other's
run "refuses_profiles_41" {
  command         = plan
  expect_failures = [var.profiles]

  variables {
    name = "example"

    network = {
      vpc_id             = "vpc-1"
      subnet_ids         = ["subnet-1"]
      security_group_ids = ["sg-1"]
    }

    profiles = {
      user   = {}
      user-a = {}
    }
  }
}

# profiles: each one without a role gets a role named <role prefix>-<key>-role, which must have at most 64 characters: give a shorter rolePrefix
run "refuses_profiles_42" {
  command         = plan
  expect_failures = [var.profiles]

  variables {
    name     = "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn"
    profiles = { ppppppppppppppppppppppppppppppp = {} }

    network = {
      vpc_id             = "vpc-1"
      subnet_ids         = ["subnet-1"]
      security_group_ids = ["sg-1"]
    }
  }
}

# profiles: each must have singleSignOn if authMode is SSO, and must not have it otherwise
run "refuses_profiles_43" {
  command         = plan
  expect_failures = [var.profiles]

  variables {
    name     = "example"
    profiles = { userA = { single_sign_on = { user_name = "someone" } } }

    network = {
      vpc_id             = "vpc-1"
      subnet_ids         = ["subnet-1"]
      security_group_ids = ["sg-1"]
    }
  }
}
