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
    existing_bucket                = { bucket_name = "example" }
    existing_location              = { id = "default" }
    data_key                       = { arn = "arn:aws:kms:us-east-1:123456789012:key/example" }
    policy_documents               = {}
    existing_instance              = { arn = "arn:aws:s3:us-east-1:123456789012:access-grants/default" }
    identity_center                = { arn = "arn:aws:sso:::instance/ssoins-1" }
    personas                       = {}
    other_grantees                 = {}

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
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
    personas = {}

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
    }
  }
}

# tags must have keys of 1 to 128 letters, digits and _ . : / = + - @, with blanks only between them
run "refuses_tags_2" {
  command         = plan
  expect_failures = [var.tags]

  variables {
    name     = "example"
    personas = {}

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
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
    personas = {}

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
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
    personas = {}

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
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
    personas = {}

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
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
    personas             = {}
    permissions_boundary = { arn = "not valid!" }

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
    }
  }
}

# rolePath must begin and end with a slash
run "refuses_role_path_7" {
  command         = plan
  expect_failures = [var.role_path]

  variables {
    name      = "example"
    personas  = {}
    role_path = "not valid!"

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
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
    personas    = {}

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
    }
  }
}

# authMode must be one of IAM, SSO
run "refuses_auth_mode_9" {
  command         = plan
  expect_failures = [var.auth_mode]

  variables {
    name      = "example"
    personas  = {}
    auth_mode = "not valid!"

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
    }
  }
}

# studioKey.arn must be the ARN of a KMS key (…:key/…), not of an alias, because IAM permissions are on keys
run "refuses_studio_key_10" {
  command         = plan
  expect_failures = [var.studio_key]

  variables {
    name       = "example"
    personas   = {}
    studio_key = { arn = "not valid!" }

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
    }
  }
}

# homeFileSystem must be one of Delete, Retain
run "refuses_home_file_system_11" {
  command         = plan
  expect_failures = [var.home_file_system]

  variables {
    name             = "example"
    personas         = {}
    home_file_system = "not valid!"

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
    }
  }
}

# imageRegistries.accountIds must have at least 1 account
run "refuses_image_registries_12" {
  command         = plan
  expect_failures = [var.image_registries]

  variables {
    name             = "example"
    personas         = {}
    image_registries = { account_ids = [] }

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
    }
  }
}

# imageRegistries.accountIds must not have the same account twice
run "refuses_image_registries_13" {
  command         = plan
  expect_failures = [var.image_registries]

  variables {
    name             = "example"
    personas         = {}
    image_registries = { account_ids = ["123456789012", "123456789012"] }

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
    }
  }
}

# imageRegistries.accountIds must have at most 20 accounts: a role's policies hold 10,240 characters
run "refuses_image_registries_14" {
  command         = plan
  expect_failures = [var.image_registries]

  variables {
    name     = "example"
    personas = {}

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
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
    personas         = {}
    image_registries = { account_ids = ["not valid!"] }

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
    }
  }
}

# sharedAccessGrantsInstances must have keys of 1 to 64 letters, digits, _ and -, because they become part of Terraform addresses
run "refuses_shared_access_grants_instances_16" {
  command         = plan
  expect_failures = [var.shared_access_grants_instances]

  variables {
    name     = "example"
    personas = {}

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
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
    personas = {}

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
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
    personas                       = {}
    shared_access_grants_instances = { example = { arn = "not valid!" } }

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
    }
  }
}

# rolePrefix must be 1 to 27 letters, digits, _ and -
run "refuses_role_prefix_19" {
  command         = plan
  expect_failures = [var.role_prefix]

  variables {
    name        = "example"
    personas    = {}
    role_prefix = "not valid!"

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
    }
  }
}

# maxSessionDuration must be a whole number of seconds from 3600 to 43200
run "refuses_max_session_duration_20" {
  command         = plan
  expect_failures = [var.max_session_duration]

  variables {
    name                 = "example"
    personas             = {}
    max_session_duration = -1

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
    }
  }
}

# scratchDays must be a whole number of days from 1 to 36500
run "refuses_scratch_days_21" {
  command         = plan
  expect_failures = [var.scratch_days]

  variables {
    name         = "example"
    personas     = {}
    scratch_days = -1

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
    }
  }
}

# scratchKey.arn must be the ARN of a KMS key (…:key/…), not of an alias, because IAM permissions are on keys
run "refuses_scratch_key_22" {
  command         = plan
  expect_failures = [var.scratch_key]

  variables {
    name        = "example"
    personas    = {}
    scratch_key = { arn = "not valid!" }

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
    }
  }
}

# accessLogs.bucket must be a bucket's name: 3 to 63 lower-case letters, digits, dots and hyphens
run "refuses_access_logs_23" {
  command         = plan
  expect_failures = [var.access_logs]

  variables {
    name        = "example"
    personas    = {}
    access_logs = { bucket = "not valid!" }

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
    }
  }
}

# network must have exactly one of existing and create
run "refuses_network_24" {
  command         = plan
  expect_failures = [var.network]

  variables {
    name     = "example"
    network  = {}
    personas = {}
  }
}

# network.existing.vpcId must be the id of a VPC, vpc-…
run "refuses_network_25" {
  command         = plan
  expect_failures = [var.network]

  variables {
    name     = "example"
    personas = {}

    network = {
      existing = {
        vpc_id             = "not valid!"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
    }
  }
}

# network.existing.subnetIds must have at least 1 subnet
run "refuses_network_26" {
  command         = plan
  expect_failures = [var.network]

  variables {
    name     = "example"
    personas = {}

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = []
        security_group_ids = ["sg-1"]
      }
    }
  }
}

# network.existing.subnetIds must not have the same subnet twice
run "refuses_network_27" {
  command         = plan
  expect_failures = [var.network]

  variables {
    name     = "example"
    personas = {}

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1", "subnet-1"]
        security_group_ids = ["sg-1"]
      }
    }
  }
}

# network.existing.subnetIds must have at most 16 subnets, the limit of SageMaker and Lambda
run "refuses_network_28" {
  command         = plan
  expect_failures = [var.network]

  variables {
    name     = "example"
    personas = {}

    network = {
      existing = {
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
}

# network.existing.subnetIds must be the id of a subnet, subnet-…
run "refuses_network_29" {
  command         = plan
  expect_failures = [var.network]

  variables {
    name     = "example"
    personas = {}

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["not valid!"]
        security_group_ids = ["sg-1"]
      }
    }
  }
}

# network.existing.securityGroupIds must have at least 1 security group
run "refuses_network_30" {
  command         = plan
  expect_failures = [var.network]

  variables {
    name     = "example"
    personas = {}

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = []
      }
    }
  }
}

# network.existing.securityGroupIds must not have the same security group twice
run "refuses_network_31" {
  command         = plan
  expect_failures = [var.network]

  variables {
    name     = "example"
    personas = {}

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1", "sg-1"]
      }
    }
  }
}

# network.existing.securityGroupIds must have at most 5 security groups, the limit of SageMaker and Lambda
run "refuses_network_32" {
  command         = plan
  expect_failures = [var.network]

  variables {
    name     = "example"
    personas = {}

    network = {
      existing = {
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
}

# network.existing.securityGroupIds must be the id of a security group, sg-…
run "refuses_network_33" {
  command         = plan
  expect_failures = [var.network]

  variables {
    name     = "example"
    personas = {}

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["not valid!"]
      }
    }
  }
}

# network.create.vpcCidr must contain every subnet: take a larger CIDR, or move the subnet
run "refuses_network_34" {
  command         = plan
  expect_failures = [var.network]

  variables {
    name     = "example"
    personas = {}

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
      create = {
        vpc_cidr        = "10.0.0.0/16"
        private_subnets = { us-east-1a = "10.1.0.0/24" }
      }
    }
  }
}

# network.create.privateSubnets must not overlap one another or publicSubnets: give each subnet addresses of its own
run "refuses_network_35" {
  command         = plan
  expect_failures = [var.network]

  variables {
    name     = "example"
    personas = {}

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
      create = {
        vpc_cidr = "10.0.0.0/16"
        private_subnets = {
          us-east-1a = "10.0.0.0/20"
          us-east-1b = "10.0.1.0/24"
        }
      }
    }
  }
}

# network.create.natGateways each must have the zone of a public subnet as its key: give publicSubnets a CIDR for that zone
run "refuses_network_36" {
  command         = plan
  expect_failures = [var.network]

  variables {
    name     = "example"
    personas = {}

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
      create = {
        vpc_cidr        = "10.0.0.0/16"
        private_subnets = { us-east-1a = "10.0.1.0/24" }
        nat_gateways    = { us-east-1a = {} }
      }
    }
  }
}

# network.create.interfaceEndpoints must not be a service that studioEndpoints makes an endpoint for already, because two endpoints of one VPC cannot have the same private DNS name: leave it out
run "refuses_network_37" {
  command         = plan
  expect_failures = [var.network]

  variables {
    name     = "example"
    personas = {}

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
      create = {
        vpc_cidr            = "10.0.0.0/16"
        private_subnets     = { us-east-1a = "10.0.1.0/24" }
        studio_endpoints    = {}
        interface_endpoints = { sagemaker = { service = "sagemaker.api" } }
      }
    }
  }
}

# network.create.vpcCidr must be an IPv4 CIDR from /16 to /28 that begins with the first address of its range, e.g. 10.0.0.0/16, not 10.0.0.1/16
run "refuses_network_38" {
  command         = plan
  expect_failures = [var.network]

  variables {
    name     = "example"
    personas = {}

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
      create = {
        vpc_cidr        = "not valid!"
        private_subnets = { us-east-1a = "10.0.1.0/24" }
      }
    }
  }
}

# network.create.privateSubnets must have Availability Zones as keys, e.g. us-east-1a
run "refuses_network_39" {
  command         = plan
  expect_failures = [var.network]

  variables {
    name     = "example"
    personas = {}

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
      create = {
        vpc_cidr        = "10.0.0.0/16"
        private_subnets = { example = "10.0.0.0/16" }
      }
    }
  }
}

# network.create.privateSubnets must have at least 1 subnet
run "refuses_network_40" {
  command         = plan
  expect_failures = [var.network]

  variables {
    name     = "example"
    personas = {}

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
      create = {
        vpc_cidr        = "10.0.0.0/16"
        private_subnets = {}
      }
    }
  }
}

# network.create.privateSubnets must be an IPv4 CIDR from /16 to /28 that begins with the first address of its range, e.g. 10.0.0.0/16, not 10.0.0.1/16
run "refuses_network_41" {
  command         = plan
  expect_failures = [var.network]

  variables {
    name     = "example"
    personas = {}

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
      create = {
        vpc_cidr        = "10.0.0.0/16"
        private_subnets = { example = "not valid!" }
      }
    }
  }
}

# network.create.publicSubnets must have Availability Zones as keys, e.g. us-east-1a
run "refuses_network_42" {
  command         = plan
  expect_failures = [var.network]

  variables {
    name     = "example"
    personas = {}

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
      create = {
        vpc_cidr        = "10.0.0.0/16"
        private_subnets = { us-east-1a = "10.0.1.0/24" }
        public_subnets  = { example = "10.0.0.0/16" }
      }
    }
  }
}

# network.create.publicSubnets must be an IPv4 CIDR from /16 to /28 that begins with the first address of its range, e.g. 10.0.0.0/16, not 10.0.0.1/16
run "refuses_network_43" {
  command         = plan
  expect_failures = [var.network]

  variables {
    name     = "example"
    personas = {}

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
      create = {
        vpc_cidr        = "10.0.0.0/16"
        private_subnets = { us-east-1a = "10.0.1.0/24" }
        public_subnets  = { example = "not valid!" }
      }
    }
  }
}

# network.create.natGateways must have Availability Zones as keys, e.g. us-east-1a
run "refuses_network_44" {
  command         = plan
  expect_failures = [var.network]

  variables {
    name     = "example"
    personas = {}

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
      create = {
        vpc_cidr        = "10.0.0.0/16"
        private_subnets = { us-east-1a = "10.0.1.0/24" }
        nat_gateways    = { example = {} }
      }
    }
  }
}

# network.create.natGateways.elasticIp.allocationId must be the id of an Elastic IP, eipalloc-…
run "refuses_network_45" {
  command         = plan
  expect_failures = [var.network]

  variables {
    name     = "example"
    personas = {}

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
      create = {
        vpc_cidr        = "10.0.0.0/16"
        private_subnets = { us-east-1a = "10.0.1.0/24" }
        nat_gateways    = { example = { elastic_ip = { allocation_id = "not valid!" } } }
      }
    }
  }
}

# network.create.interfaceEndpoints must have keys of lower-case letters, digits, _ and -
run "refuses_network_46" {
  command         = plan
  expect_failures = [var.network]

  variables {
    name     = "example"
    personas = {}

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
      create = {
        vpc_cidr            = "10.0.0.0/16"
        private_subnets     = { us-east-1a = "10.0.1.0/24" }
        interface_endpoints = { "not a key!" = { service = "example" } }
      }
    }
  }
}

# network.create.interfaceEndpoints.service must be the name of an endpoint service: the part after com.amazonaws.<region>., e.g. sagemaker.api, or the whole name, e.g. aws.sagemaker.us-east-1.studio
run "refuses_network_47" {
  command         = plan
  expect_failures = [var.network]

  variables {
    name     = "example"
    personas = {}

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
      create = {
        vpc_cidr            = "10.0.0.0/16"
        private_subnets     = { us-east-1a = "10.0.1.0/24" }
        interface_endpoints = { example = { service = "not valid!" } }
      }
    }
  }
}

# network.create.publicBuckets must have at most 100 buckets: an endpoint's policy holds 20 KB
run "refuses_network_48" {
  command         = plan
  expect_failures = [var.network]

  variables {
    name     = "example"
    personas = {}

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
      create = {
        vpc_cidr        = "10.0.0.0/16"
        private_subnets = { us-east-1a = "10.0.1.0/24" }
        public_buckets  = { for i in range(101) : "example-${i}" => "example" }
      }
    }
  }
}

# network.create.trustedAccounts must have keys of 1 to 64 letters, digits, _ and -, because they become part of Terraform addresses
run "refuses_network_49" {
  command         = plan
  expect_failures = [var.network]

  variables {
    name     = "example"
    personas = {}

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
      create = {
        vpc_cidr         = "10.0.0.0/16"
        private_subnets  = { us-east-1a = "10.0.1.0/24" }
        trusted_accounts = { "not a key!" = "123456789012" }
      }
    }
  }
}

# network.create.trustedAccounts must be the 12 digits of an AWS account
run "refuses_network_50" {
  command         = plan
  expect_failures = [var.network]

  variables {
    name     = "example"
    personas = {}

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
      create = {
        vpc_cidr         = "10.0.0.0/16"
        private_subnets  = { us-east-1a = "10.0.1.0/24" }
        trusted_accounts = { example = "not valid!" }
      }
    }
  }
}

# network.create.flowLogs.retentionDays must be one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653
run "refuses_network_51" {
  command         = plan
  expect_failures = [var.network]

  variables {
    name     = "example"
    personas = {}

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
      create = {
        vpc_cidr        = "10.0.0.0/16"
        private_subnets = { us-east-1a = "10.0.1.0/24" }
        flow_logs       = { retention_days = -1 }
      }
    }
  }
}

# network.create.flowLogs.kmsKey.arn must be the ARN of a KMS key (…:key/…), not of an alias, because IAM permissions are on keys
run "refuses_network_52" {
  command         = plan
  expect_failures = [var.network]

  variables {
    name     = "example"
    personas = {}

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
      create = {
        vpc_cidr        = "10.0.0.0/16"
        private_subnets = { us-east-1a = "10.0.1.0/24" }
        flow_logs       = { kms_key = { arn = "not valid!" } }
      }
    }
  }
}

# existingBucket.bucketName must be a bucket's name: 3 to 63 lower-case letters, digits, dots and hyphens
run "refuses_existing_bucket_53" {
  command         = plan
  expect_failures = [var.existing_bucket]

  variables {
    name            = "example"
    personas        = {}
    existing_bucket = { bucket_name = "not valid!" }

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
    }
  }
}

# existingLocation.id must be the id of a location: default, or a UUID
run "refuses_existing_location_54" {
  command         = plan
  expect_failures = [var.existing_location]

  variables {
    name              = "example"
    personas          = {}
    existing_location = { id = "not valid!" }

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
    }
  }
}

# bucketName must be a bucket's name: 3 to 63 lower-case letters, digits, dots and hyphens
run "refuses_bucket_name_55" {
  command         = plan
  expect_failures = [var.bucket_name]

  variables {
    name        = "example"
    personas    = {}
    bucket_name = "not valid!"

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
    }
  }
}

# dataKey.arn must be the ARN of a KMS key (…:key/…), not of an alias, because IAM permissions are on keys
run "refuses_data_key_56" {
  command         = plan
  expect_failures = [var.data_key]

  variables {
    name     = "example"
    personas = {}
    data_key = { arn = "not valid!" }

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
    }
  }
}

# expireNoncurrentVersions.days must be a whole number of days from 1 to 36500
run "refuses_expire_noncurrent_versions_57" {
  command         = plan
  expect_failures = [var.expire_noncurrent_versions]

  variables {
    name                       = "example"
    personas                   = {}
    expire_noncurrent_versions = { days = -1 }

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
    }
  }
}

# policyDocuments must have keys of 1 to 64 letters, digits, _ and -, because they become part of Terraform addresses
run "refuses_policy_documents_58" {
  command         = plan
  expect_failures = [var.policy_documents]

  variables {
    name             = "example"
    personas         = {}
    policy_documents = { "not a key!" = "{\"Version\":\"2012-10-17\",\"Statement\":[]}" }

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
    }
  }
}

# policyDocuments must be an IAM policy document as JSON: { "Version": "2012-10-17", "Statement": [ … ] }
run "refuses_policy_documents_59" {
  command         = plan
  expect_failures = [var.policy_documents]

  variables {
    name             = "example"
    personas         = {}
    policy_documents = { example = "not valid!" }

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
    }
  }
}

# objectsOnlyFor.roles must have keys of 1 to 64 letters, digits, _ and -, because they become part of Terraform addresses
run "refuses_objects_only_for_60" {
  command         = plan
  expect_failures = [var.objects_only_for]

  variables {
    name             = "example"
    personas         = {}
    objects_only_for = { roles = { "not a key!" = "arn:aws:iam::123456789012:role/example" } }

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
    }
  }
}

# objectsOnlyFor.roles must have at most 100 roles: a bucket's policy holds 20 KB
run "refuses_objects_only_for_61" {
  command         = plan
  expect_failures = [var.objects_only_for]

  variables {
    name     = "example"
    personas = {}

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
    }

    objects_only_for = {
      roles = { for i in range(101) : "example-${i}" => "arn:aws:iam::123456789012:role/example" }
    }
  }
}

# objectsOnlyFor.roles must be the ARN of a role (arn:partition:iam::account:role/…)
run "refuses_objects_only_for_62" {
  command         = plan
  expect_failures = [var.objects_only_for]

  variables {
    name             = "example"
    personas         = {}
    objects_only_for = { roles = { example = "not valid!" } }

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
    }
  }
}

# dataset must have a sha256 when its source is public (a URL, or an object in sagemaker-sample-files): look at the file, then compute the digest, e.g. aws s3 cp s3://… - | sha256sum
run "refuses_dataset_63" {
  command         = plan
  expect_failures = [var.dataset]

  variables {
    name     = "example"
    personas = {}
    dataset  = { prefixes = ["Product/"] }

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
    }
  }
}

# dataset.prefixes must have at least 1 prefix
run "refuses_dataset_64" {
  command         = plan
  expect_failures = [var.dataset]

  variables {
    name     = "example"
    personas = {}

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
    }

    dataset = {
      prefixes = []
      sha256   = "abababababababababababababababababababababababababababababababab"
    }
  }
}

# dataset.prefixes must have at most 100 prefixes
run "refuses_dataset_65" {
  command         = plan
  expect_failures = [var.dataset]

  variables {
    name     = "example"
    personas = {}

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
    }

    dataset = {
      prefixes = [
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
        "example",
      ]
      sha256 = "abababababababababababababababababababababababababababababababab"
    }
  }
}

# dataset.prefixes must be prefixes that end with a slash and do not begin with one, without blanks around names and without * ? $, which mean something else in the IAM policy of the loader's role
run "refuses_dataset_66" {
  command         = plan
  expect_failures = [var.dataset]

  variables {
    name     = "example"
    personas = {}

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
    }

    dataset = {
      prefixes = ["example"]
      sha256   = "abababababababababababababababababababababababababababababababab"
    }
  }
}

# dataset.prefixes must not name a prefix twice
run "refuses_dataset_67" {
  command         = plan
  expect_failures = [var.dataset]

  variables {
    name     = "example"
    personas = {}

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
    }

    dataset = {
      prefixes = ["Product/", "Product/"]
      sha256   = "abababababababababababababababababababababababababababababababab"
    }
  }
}

# dataset.source must have exactly one of s3 and url
run "refuses_dataset_68" {
  command         = plan
  expect_failures = [var.dataset]

  variables {
    name     = "example"
    personas = {}

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
    }

    dataset = {
      prefixes = ["Product/"]
      sha256   = "abababababababababababababababababababababababababababababababab"
      source   = { file = "data.csv" }
    }
  }
}

# dataset.source.s3.bucket must be the name of a bucket, without s3:// and prefix
run "refuses_dataset_69" {
  command         = plan
  expect_failures = [var.dataset]

  variables {
    name     = "example"
    personas = {}

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
    }

    dataset = {
      prefixes = ["Product/"]
      sha256   = "abababababababababababababababababababababababababababababababab"
      source = {
        url  = "https://example.com/data.csv"
        file = "data.csv"
        s3 = {
          bucket = "not valid!"
          key    = "example"
        }
      }
    }
  }
}

# dataset.source.s3.key must not be empty, or begin or end with a blank
run "refuses_dataset_70" {
  command         = plan
  expect_failures = [var.dataset]

  variables {
    name     = "example"
    personas = {}

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
    }

    dataset = {
      prefixes = ["Product/"]
      sha256   = "abababababababababababababababababababababababababababababababab"
      source = {
        url  = "https://example.com/data.csv"
        file = "data.csv"
        s3 = {
          bucket = "example-data"
          key    = ""
        }
      }
    }
  }
}

# dataset.source.s3.key must not have * ? or $ in it, which mean something else in the IAM policy of the loader's role
run "refuses_dataset_71" {
  command         = plan
  expect_failures = [var.dataset]

  variables {
    name     = "example"
    personas = {}

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
    }

    dataset = {
      prefixes = ["Product/"]
      sha256   = "abababababababababababababababababababababababababababababababab"
      source = {
        url  = "https://example.com/data.csv"
        file = "data.csv"
        s3 = {
          bucket = "example-data"
          key    = "*"
        }
      }
    }
  }
}

# dataset.source.url must begin with https:// and a host, and have a path without blanks
run "refuses_dataset_72" {
  command         = plan
  expect_failures = [var.dataset]

  variables {
    name     = "example"
    personas = {}

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
    }

    dataset = {
      prefixes = ["Product/"]
      sha256   = "abababababababababababababababababababababababababababababababab"
      source = {
        url  = "not valid!"
        file = "data.csv"
      }
    }
  }
}

# dataset.source.file must not be empty, or begin or end with a blank
run "refuses_dataset_73" {
  command         = plan
  expect_failures = [var.dataset]

  variables {
    name     = "example"
    personas = {}

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
    }

    dataset = {
      prefixes = ["Product/"]
      sha256   = "abababababababababababababababababababababababababababababababab"
      source = {
        url  = "https://example.com/data.csv"
        file = " "
      }
    }
  }
}

# dataset.source.file must be a file name without a slash
run "refuses_dataset_74" {
  command         = plan
  expect_failures = [var.dataset]

  variables {
    name     = "example"
    personas = {}

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
    }

    dataset = {
      prefixes = ["Product/"]
      sha256   = "abababababababababababababababababababababababababababababababab"
      source = {
        url  = "https://example.com/data.csv"
        file = "../"
      }
    }
  }
}

# dataset.source.file must not have * ? or $ in it, which mean something else in the IAM policy of the loader's role
run "refuses_dataset_75" {
  command         = plan
  expect_failures = [var.dataset]

  variables {
    name     = "example"
    personas = {}

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
    }

    dataset = {
      prefixes = ["Product/"]
      sha256   = "abababababababababababababababababababababababababababababababab"
      source = {
        url  = "https://example.com/data.csv"
        file = "*"
      }
    }
  }
}

# dataset.source.kmsKey.arn must be the ARN of a KMS key (…:key/…), not of an alias, because IAM permissions are on keys
run "refuses_dataset_76" {
  command         = plan
  expect_failures = [var.dataset]

  variables {
    name     = "example"
    personas = {}

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
    }

    dataset = {
      prefixes = ["Product/"]
      sha256   = "abababababababababababababababababababababababababababababababab"
      source = {
        url     = "https://example.com/data.csv"
        file    = "data.csv"
        kms_key = { arn = "not valid!" }
      }
    }
  }
}

# dataset.sha256 must be 64 hexadecimal digits, as sha256sum prints them
run "refuses_dataset_77" {
  command         = plan
  expect_failures = [var.dataset]

  variables {
    name     = "example"
    personas = {}

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
    }

    dataset = {
      prefixes = ["Product/"]
      sha256   = "not valid!"
    }
  }
}

# dataset.vpc.subnetIds must have at least 1 subnet
run "refuses_dataset_78" {
  command         = plan
  expect_failures = [var.dataset]

  variables {
    name     = "example"
    personas = {}

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
    }

    dataset = {
      prefixes = ["Product/"]
      sha256   = "abababababababababababababababababababababababababababababababab"
      vpc = {
        subnet_ids         = []
        security_group_ids = ["sg-1"]
      }
    }
  }
}

# dataset.vpc.subnetIds must not have the same subnet twice
run "refuses_dataset_79" {
  command         = plan
  expect_failures = [var.dataset]

  variables {
    name     = "example"
    personas = {}

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
    }

    dataset = {
      prefixes = ["Product/"]
      sha256   = "abababababababababababababababababababababababababababababababab"
      vpc = {
        subnet_ids         = ["subnet-1", "subnet-1"]
        security_group_ids = ["sg-1"]
      }
    }
  }
}

# dataset.vpc.subnetIds must have at most 16 subnets, the limit of SageMaker and Lambda
run "refuses_dataset_80" {
  command         = plan
  expect_failures = [var.dataset]

  variables {
    name     = "example"
    personas = {}

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
    }

    dataset = {
      prefixes = ["Product/"]
      sha256   = "abababababababababababababababababababababababababababababababab"
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
}

# dataset.vpc.subnetIds must be the id of a subnet, subnet-…
run "refuses_dataset_81" {
  command         = plan
  expect_failures = [var.dataset]

  variables {
    name     = "example"
    personas = {}

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
    }

    dataset = {
      prefixes = ["Product/"]
      sha256   = "abababababababababababababababababababababababababababababababab"
      vpc = {
        subnet_ids         = ["not valid!"]
        security_group_ids = ["sg-1"]
      }
    }
  }
}

# dataset.vpc.securityGroupIds must have at least 1 security group
run "refuses_dataset_82" {
  command         = plan
  expect_failures = [var.dataset]

  variables {
    name     = "example"
    personas = {}

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
    }

    dataset = {
      prefixes = ["Product/"]
      sha256   = "abababababababababababababababababababababababababababababababab"
      vpc = {
        subnet_ids         = ["subnet-1"]
        security_group_ids = []
      }
    }
  }
}

# dataset.vpc.securityGroupIds must not have the same security group twice
run "refuses_dataset_83" {
  command         = plan
  expect_failures = [var.dataset]

  variables {
    name     = "example"
    personas = {}

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
    }

    dataset = {
      prefixes = ["Product/"]
      sha256   = "abababababababababababababababababababababababababababababababab"
      vpc = {
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1", "sg-1"]
      }
    }
  }
}

# dataset.vpc.securityGroupIds must have at most 5 security groups, the limit of SageMaker and Lambda
run "refuses_dataset_84" {
  command         = plan
  expect_failures = [var.dataset]

  variables {
    name     = "example"
    personas = {}

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
    }

    dataset = {
      prefixes = ["Product/"]
      sha256   = "abababababababababababababababababababababababababababababababab"
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
}

# dataset.vpc.securityGroupIds must be the id of a security group, sg-…
run "refuses_dataset_85" {
  command         = plan
  expect_failures = [var.dataset]

  variables {
    name     = "example"
    personas = {}

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
    }

    dataset = {
      prefixes = ["Product/"]
      sha256   = "abababababababababababababababababababababababababababababababab"
      vpc = {
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["not valid!"]
      }
    }
  }
}

# dataset.logs.retentionDays must be one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653
run "refuses_dataset_86" {
  command         = plan
  expect_failures = [var.dataset]

  variables {
    name     = "example"
    personas = {}

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
    }

    dataset = {
      prefixes = ["Product/"]
      sha256   = "abababababababababababababababababababababababababababababababab"
      logs     = { retention_days = -1 }
    }
  }
}

# dataset.logs.kmsKey.arn must be the ARN of a KMS key (…:key/…), not of an alias, because IAM permissions are on keys
run "refuses_dataset_87" {
  command         = plan
  expect_failures = [var.dataset]

  variables {
    name     = "example"
    personas = {}

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
    }

    dataset = {
      prefixes = ["Product/"]
      sha256   = "abababababababababababababababababababababababababababababababab"
      logs     = { kms_key = { arn = "not valid!" } }
    }
  }
}

# existingInstance.arn must be the ARN of an S3 Access Grants instance (…:access-grants/default)
run "refuses_existing_instance_88" {
  command         = plan
  expect_failures = [var.existing_instance]

  variables {
    name              = "example"
    personas          = {}
    existing_instance = { arn = "not valid!" }

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
    }
  }
}

# identityCenter.arn must be the ARN of an IAM Identity Center instance (arn:partition:sso:::instance/ssoins-…)
run "refuses_identity_center_89" {
  command         = plan
  expect_failures = [var.identity_center]

  variables {
    name            = "example"
    personas        = {}
    identity_center = { arn = "not valid!" }

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
    }
  }
}

# personas must have keys of 1 to 31 letters, digits and hyphens, because they name user profiles and roles
run "refuses_personas_90" {
  command         = plan
  expect_failures = [var.personas]

  variables {
    name = "example"

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
    }

    personas = {
      "not a key!" = {
        grants = {
          product = {
            sub_prefix = "Product/*"
            permission = "READWRITE"
          }
        }
      }
    }
  }
}

# personas must have at most 1000 people: an account has 1,000 roles by default, so put the rest into another account
run "refuses_personas_91" {
  command         = plan
  expect_failures = [var.personas]

  variables {
    name = "example"

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
    }

    personas = {
      for i in range(1001) : "example-${i}" => {
        grants = {
          product = {
            sub_prefix = "Product/*"
            permission = "READWRITE"
          }
        }
      }
    }
  }
}

# personas.role.arn must be the ARN of a role (arn:partition:iam::account:role/…)
run "refuses_personas_92" {
  command         = plan
  expect_failures = [var.personas]

  variables {
    name = "example"

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
    }

    personas = {
      example = {
        grants = {
          product = {
            sub_prefix = "Product/*"
            permission = "READWRITE"
          }
        }
        role = { arn = "not valid!" }
      }
    }
  }
}

# personas.singleSignOn.userName must not be empty, or begin or end with a blank
run "refuses_personas_93" {
  command         = plan
  expect_failures = [var.personas]

  variables {
    name = "example"

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
    }

    personas = {
      example = {
        grants = {
          product = {
            sub_prefix = "Product/*"
            permission = "READWRITE"
          }
        }
        single_sign_on = { user_name = "" }
      }
    }
  }
}

# personas.space.instanceType must be a SageMaker instance type, e.g. ml.t3.medium
run "refuses_personas_94" {
  command         = plan
  expect_failures = [var.personas]

  variables {
    name = "example"

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
    }

    personas = {
      example = {
        grants = {
          product = {
            sub_prefix = "Product/*"
            permission = "READWRITE"
          }
        }
        space = { instance_type = "not valid!" }
      }
    }
  }
}

# personas.space.volumeSizeInGb must be a whole number of GB from 5 to 16384
run "refuses_personas_95" {
  command         = plan
  expect_failures = [var.personas]

  variables {
    name = "example"

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
    }

    personas = {
      example = {
        grants = {
          product = {
            sub_prefix = "Product/*"
            permission = "READWRITE"
          }
        }
        space = { volume_size_in_gb = -1 }
      }
    }
  }
}

# personas.autoMountHomeEfs must be one of Enabled, Disabled
run "refuses_personas_96" {
  command         = plan
  expect_failures = [var.personas]

  variables {
    name = "example"

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
    }

    personas = {
      example = {
        grants = {
          product = {
            sub_prefix = "Product/*"
            permission = "READWRITE"
          }
        }
        auto_mount_home_efs = "not valid!"
      }
    }
  }
}

# personas.grants must have keys of 1 to 64 letters, digits, _ and -, because they become part of Terraform addresses
run "refuses_personas_97" {
  command         = plan
  expect_failures = [var.personas]

  variables {
    name = "example"

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
    }

    personas = {
      example = {
        grants = {
          "not a key!" = {
            sub_prefix = "Product/*"
            permission = "READ"
          }
        }
      }
    }
  }
}

# personas.grants must not have two grants with the same subPrefix, permission, prefixType: leave one out
run "refuses_personas_98" {
  command         = plan
  expect_failures = [var.personas]

  variables {
    name = "example"

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
    }

    personas = {
      example = {
        grants = {
          product = {
            sub_prefix = "Product/*"
            permission = "READWRITE"
          }
          again = {
            sub_prefix = "Product/*"
            permission = "READWRITE"
          }
        }
      }
    }
  }
}

# personas.grants must have a subPrefix that is relative to the location's scope, e.g. Product/*: 1 to 2,000 characters, without s3:// and without a slash at the start
run "refuses_personas_99" {
  command         = plan
  expect_failures = [var.personas]

  variables {
    name = "example"

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
    }

    personas = {
      example = {
        grants = {
          example = {
            sub_prefix = "/Product/*"
            permission = "READWRITE"
          }
        }
      }
    }
  }
}

# personas.grants must have a subPrefix without blanks around the names in it and without empty names (//)
run "refuses_personas_100" {
  command         = plan
  expect_failures = [var.personas]

  variables {
    name = "example"

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
    }

    personas = {
      example = {
        grants = {
          example = {
            sub_prefix = "Product /*"
            permission = "READWRITE"
          }
        }
      }
    }
  }
}

# personas.grants must not have a * before the end of its subPrefix: there S3 Access Grants takes it as a character of a name
run "refuses_personas_101" {
  command         = plan
  expect_failures = [var.personas]

  variables {
    name = "example"

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
    }

    personas = {
      example = {
        grants = {
          example = {
            sub_prefix = "Pro*duct/*"
            permission = "READWRITE"
          }
        }
      }
    }
  }
}

# personas.grants must have a subPrefix that is * or ends in /*, because UserA* would match UserAdmin/ too: if you mean that, set matchesSiblings
run "refuses_personas_102" {
  command         = plan
  expect_failures = [var.personas]

  variables {
    name = "example"

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
    }

    personas = {
      example = {
        grants = {
          example = {
            sub_prefix = "UserA*"
            permission = "READWRITE"
          }
        }
      }
    }
  }
}

# personas.grants must have a subPrefix that is one object's key if prefixType is Object: without * and without a slash at the end
run "refuses_personas_103" {
  command         = plan
  expect_failures = [var.personas]

  variables {
    name = "example"

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
    }

    personas = {
      example = {
        grants = {
          example = {
            sub_prefix  = "Product/*"
            permission  = "READWRITE"
            prefix_type = "Object"
          }
        }
      }
    }
  }
}

# personas.grants.permission must be one of READ, WRITE, READWRITE
run "refuses_personas_104" {
  command         = plan
  expect_failures = [var.personas]

  variables {
    name = "example"

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
    }

    personas = {
      example = {
        grants = {
          example = {
            sub_prefix = "Product/*"
            permission = "not valid!"
          }
        }
      }
    }
  }
}

# personas.grants.prefixType must be one of Object
run "refuses_personas_105" {
  command         = plan
  expect_failures = [var.personas]

  variables {
    name = "example"

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
    }

    personas = {
      example = {
        grants = {
          example = {
            sub_prefix  = "Product/*"
            permission  = "READ"
            prefix_type = "not valid!"
          }
        }
      }
    }
  }
}

# otherGrantees must have keys of 1 to 64 letters, digits, _ and -, because they become part of Terraform addresses
run "refuses_other_grantees_106" {
  command         = plan
  expect_failures = [var.other_grantees]

  variables {
    name     = "example"
    personas = {}

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
    }

    other_grantees = {
      "not a key!" = {
        grantee = {
          type = "IAM"
          id   = "arn:aws:iam::123456789012:role/example"
        }
        grants = {
          product = {
            sub_prefix = "Product/*"
            permission = "READWRITE"
          }
        }
      }
    }
  }
}

# otherGrantees.grantee must have exactly one of id and group
run "refuses_other_grantees_107" {
  command         = plan
  expect_failures = [var.other_grantees]

  variables {
    name     = "example"
    personas = {}

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
    }

    other_grantees = {
      example = {
        grantee = { type = "DIRECTORY_GROUP" }
        grants = {
          product = {
            sub_prefix = "Product/*"
            permission = "READWRITE"
          }
        }
      }
    }
  }
}

# otherGrantees.grantee must have an id that fits its type: the ARN of a role or user (arn:partition:iam::account:role/…) for IAM, otherwise the id of a directory user or group
run "refuses_other_grantees_108" {
  command         = plan
  expect_failures = [var.other_grantees]

  variables {
    name     = "example"
    personas = {}

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
    }

    other_grantees = {
      example = {
        grantee = {
          type = "IAM"
          id   = "someone"
        }
        grants = {
          product = {
            sub_prefix = "Product/*"
            permission = "READWRITE"
          }
        }
      }
    }
  }
}

# otherGrantees.grantee must have the type DIRECTORY_GROUP if it has a group
run "refuses_other_grantees_109" {
  command         = plan
  expect_failures = [var.other_grantees]

  variables {
    name     = "example"
    personas = {}

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
    }

    other_grantees = {
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
            sub_prefix = "Product/*"
            permission = "READWRITE"
          }
        }
      }
    }
  }
}

# otherGrantees.grantee.type must be one of IAM, DIRECTORY_USER, DIRECTORY_GROUP
run "refuses_other_grantees_110" {
  command         = plan
  expect_failures = [var.other_grantees]

  variables {
    name     = "example"
    personas = {}

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
    }

    other_grantees = {
      example = {
        grantee = {
          type = "not valid!"
          id   = "arn:aws:iam::123456789012:role/example"
        }
        grants = {
          product = {
            sub_prefix = "Product/*"
            permission = "READWRITE"
          }
        }
      }
    }
  }
}

# otherGrantees.grantee.id must not be empty, or begin or end with a blank
run "refuses_other_grantees_111" {
  command         = plan
  expect_failures = [var.other_grantees]

  variables {
    name     = "example"
    personas = {}

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
    }

    other_grantees = {
      example = {
        grantee = {
          type = "IAM"
          id   = ""
        }
        grants = {
          product = {
            sub_prefix = "Product/*"
            permission = "READWRITE"
          }
        }
      }
    }
  }
}

# otherGrantees.grantee.group.displayName must not be empty, or begin or end with a blank
run "refuses_other_grantees_112" {
  command         = plan
  expect_failures = [var.other_grantees]

  variables {
    name     = "example"
    personas = {}

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
    }

    other_grantees = {
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
            sub_prefix = "Product/*"
            permission = "READWRITE"
          }
        }
      }
    }
  }
}

# otherGrantees.grantee.group.identityStoreId must be the id of an identity store, e.g. d-1234567890
run "refuses_other_grantees_113" {
  command         = plan
  expect_failures = [var.other_grantees]

  variables {
    name     = "example"
    personas = {}

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
    }

    other_grantees = {
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
            sub_prefix = "Product/*"
            permission = "READWRITE"
          }
        }
      }
    }
  }
}

# otherGrantees.grants must have keys of 1 to 64 letters, digits, _ and -, because they become part of Terraform addresses
run "refuses_other_grantees_114" {
  command         = plan
  expect_failures = [var.other_grantees]

  variables {
    name     = "example"
    personas = {}

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
    }

    other_grantees = {
      example = {
        grantee = {
          type = "IAM"
          id   = "arn:aws:iam::123456789012:role/example"
        }
        grants = {
          "not a key!" = {
            sub_prefix = "Product/*"
            permission = "READ"
          }
        }
      }
    }
  }
}

# otherGrantees.grants must not have two grants with the same subPrefix, permission, prefixType: leave one out
run "refuses_other_grantees_115" {
  command         = plan
  expect_failures = [var.other_grantees]

  variables {
    name     = "example"
    personas = {}

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
    }

    other_grantees = {
      example = {
        grantee = {
          type = "IAM"
          id   = "arn:aws:iam::123456789012:role/example"
        }
        grants = {
          product = {
            sub_prefix = "Product/*"
            permission = "READWRITE"
          }
          again = {
            sub_prefix = "Product/*"
            permission = "READWRITE"
          }
        }
      }
    }
  }
}

# otherGrantees.grants must have a subPrefix that is relative to the location's scope, e.g. Product/*: 1 to 2,000 characters, without s3:// and without a slash at the start
run "refuses_other_grantees_116" {
  command         = plan
  expect_failures = [var.other_grantees]

  variables {
    name     = "example"
    personas = {}

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
    }

    other_grantees = {
      example = {
        grantee = {
          type = "IAM"
          id   = "arn:aws:iam::123456789012:role/example"
        }
        grants = {
          example = {
            sub_prefix = "/Product/*"
            permission = "READWRITE"
          }
        }
      }
    }
  }
}

# otherGrantees.grants must have a subPrefix without blanks around the names in it and without empty names (//)
run "refuses_other_grantees_117" {
  command         = plan
  expect_failures = [var.other_grantees]

  variables {
    name     = "example"
    personas = {}

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
    }

    other_grantees = {
      example = {
        grantee = {
          type = "IAM"
          id   = "arn:aws:iam::123456789012:role/example"
        }
        grants = {
          example = {
            sub_prefix = "Product /*"
            permission = "READWRITE"
          }
        }
      }
    }
  }
}

# otherGrantees.grants must not have a * before the end of its subPrefix: there S3 Access Grants takes it as a character of a name
run "refuses_other_grantees_118" {
  command         = plan
  expect_failures = [var.other_grantees]

  variables {
    name     = "example"
    personas = {}

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
    }

    other_grantees = {
      example = {
        grantee = {
          type = "IAM"
          id   = "arn:aws:iam::123456789012:role/example"
        }
        grants = {
          example = {
            sub_prefix = "Pro*duct/*"
            permission = "READWRITE"
          }
        }
      }
    }
  }
}

# otherGrantees.grants must have a subPrefix that is * or ends in /*, because UserA* would match UserAdmin/ too: if you mean that, set matchesSiblings
run "refuses_other_grantees_119" {
  command         = plan
  expect_failures = [var.other_grantees]

  variables {
    name     = "example"
    personas = {}

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
    }

    other_grantees = {
      example = {
        grantee = {
          type = "IAM"
          id   = "arn:aws:iam::123456789012:role/example"
        }
        grants = {
          example = {
            sub_prefix = "UserA*"
            permission = "READWRITE"
          }
        }
      }
    }
  }
}

# otherGrantees.grants must have a subPrefix that is one object's key if prefixType is Object: without * and without a slash at the end
run "refuses_other_grantees_120" {
  command         = plan
  expect_failures = [var.other_grantees]

  variables {
    name     = "example"
    personas = {}

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
    }

    other_grantees = {
      example = {
        grantee = {
          type = "IAM"
          id   = "arn:aws:iam::123456789012:role/example"
        }
        grants = {
          example = {
            sub_prefix  = "Product/*"
            permission  = "READWRITE"
            prefix_type = "Object"
          }
        }
      }
    }
  }
}

# otherGrantees.grants.permission must be one of READ, WRITE, READWRITE
run "refuses_other_grantees_121" {
  command         = plan
  expect_failures = [var.other_grantees]

  variables {
    name     = "example"
    personas = {}

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
    }

    other_grantees = {
      example = {
        grantee = {
          type = "IAM"
          id   = "arn:aws:iam::123456789012:role/example"
        }
        grants = {
          example = {
            sub_prefix = "Product/*"
            permission = "not valid!"
          }
        }
      }
    }
  }
}

# otherGrantees.grants.prefixType must be one of Object
run "refuses_other_grantees_122" {
  command         = plan
  expect_failures = [var.other_grantees]

  variables {
    name     = "example"
    personas = {}

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
    }

    other_grantees = {
      example = {
        grantee = {
          type = "IAM"
          id   = "arn:aws:iam::123456789012:role/example"
        }
        grants = {
          example = {
            sub_prefix  = "Product/*"
            permission  = "READ"
            prefix_type = "not valid!"
          }
        }
      }
    }
  }
}

# personas: names must differ in more than case, and none may begin with another name and a hyphen (user and user-a): names of jobs and logs begin with the profile's name and a hyphen, and would be taken for the other's
run "refuses_personas_123" {
  command         = plan
  expect_failures = [var.personas]

  variables {
    name = "example"

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
    }

    personas = {
      user   = { grants = {} }
      user-a = { grants = {} }
    }
  }
}

# personas: each one without a role gets a role named <role prefix>-<key>-role, which must have at most 64 characters: give a shorter rolePrefix
run "refuses_personas_124" {
  command         = plan
  expect_failures = [var.personas]

  variables {
    name     = "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn"
    personas = { ppppppppppppppppppppppppppppppp = { grants = {} } }

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
    }
  }
}

# personas: each must have singleSignOn if authMode is SSO, and must not have it otherwise
run "refuses_personas_125" {
  command         = plan
  expect_failures = [var.personas]

  variables {
    name = "example"

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
    }

    personas = {
      userA = {
        single_sign_on = { user_name = "someone" }
        grants         = {}
      }
    }
  }
}

# existingBucket: must not be given together with bucketName, dataset, expireNoncurrentVersions, objectsOnlyFor, policyDocuments: an existing bucket is left as it is, so leave these out
run "refuses_existing_bucket_126" {
  command         = plan
  expect_failures = [var.existing_bucket]

  variables {
    name            = "example"
    personas        = {}
    existing_bucket = { bucket_name = "example-lake" }
    bucket_name     = "example-data"

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
    }
  }
}

# existingLocation: must be given together with existingBucket: a bucket that is created here is not registered yet
run "refuses_existing_location_127" {
  command         = plan
  expect_failures = [var.existing_location]

  variables {
    name              = "example"
    personas          = {}
    existing_location = { id = "default" }

    network = {
      existing = {
        vpc_id             = "vpc-1"
        subnet_ids         = ["subnet-1"]
        security_group_ids = ["sg-1"]
      }
    }
  }
}
