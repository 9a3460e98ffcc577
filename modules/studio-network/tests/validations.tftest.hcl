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
    vpc_cidr             = "10.0.0.0/16"
    private_subnets      = { us-east-1a = "10.0.1.0/24" }
    public_subnets       = {}
    nat_gateways         = {}
    studio_endpoints     = {}
    interface_endpoints  = {}
    public_buckets       = {}
    trusted_accounts     = {}
    flow_logs            = {}
    tags                 = {}
  }
}

# name must be 1 to 40 lower-case letters, digits and hyphens, and start with a letter
run "refuses_name_1" {
  command         = plan
  expect_failures = [var.name]

  variables {
    name            = "not valid!"
    vpc_cidr        = "10.0.0.0/16"
    private_subnets = { us-east-1a = "10.0.1.0/24" }
  }
}

# tags must have keys of 1 to 128 letters, digits and _ . : / = + - @, with blanks only between them
run "refuses_tags_2" {
  command         = plan
  expect_failures = [var.tags]

  variables {
    name            = "example"
    vpc_cidr        = "10.0.0.0/16"
    private_subnets = { us-east-1a = "10.0.1.0/24" }
    tags            = { "not a key!" = "example" }
  }
}

# tags must not have keys that begin with aws:, which AWS reserves for itself
run "refuses_tags_3" {
  command         = plan
  expect_failures = [var.tags]

  variables {
    name            = "example"
    vpc_cidr        = "10.0.0.0/16"
    private_subnets = { us-east-1a = "10.0.1.0/24" }
    tags            = { "aws:example" = "example" }
  }
}

# tags must have values of at most 256 letters, digits and _ . : / = + - @, with blanks only between them
run "refuses_tags_4" {
  command         = plan
  expect_failures = [var.tags]

  variables {
    name            = "example"
    vpc_cidr        = "10.0.0.0/16"
    private_subnets = { us-east-1a = "10.0.1.0/24" }
    tags            = { example = "not valid!" }
  }
}

# tags must have at most 48 tags
run "refuses_tags_5" {
  command         = plan
  expect_failures = [var.tags]

  variables {
    name            = "example"
    vpc_cidr        = "10.0.0.0/16"
    private_subnets = { us-east-1a = "10.0.1.0/24" }
    tags            = { for i in range(51) : "example-${i}" => "example" }
  }
}

# permissionsBoundary.arn must be the ARN of a managed policy (arn:partition:iam::account:policy/…)
run "refuses_permissions_boundary_6" {
  command         = plan
  expect_failures = [var.permissions_boundary]

  variables {
    name                 = "example"
    vpc_cidr             = "10.0.0.0/16"
    private_subnets      = { us-east-1a = "10.0.1.0/24" }
    permissions_boundary = { arn = "not valid!" }
  }
}

# rolePath must begin and end with a slash
run "refuses_role_path_7" {
  command         = plan
  expect_failures = [var.role_path]

  variables {
    name            = "example"
    vpc_cidr        = "10.0.0.0/16"
    private_subnets = { us-east-1a = "10.0.1.0/24" }
    role_path       = "not valid!"
  }
}

# vpcCidr must be an IPv4 CIDR from /16 to /28 that begins with the first address of its range, e.g. 10.0.0.0/16, not 10.0.0.1/16
run "refuses_vpc_cidr_8" {
  command         = plan
  expect_failures = [var.vpc_cidr]

  variables {
    name            = "example"
    vpc_cidr        = "not valid!"
    private_subnets = { us-east-1a = "10.0.1.0/24" }
  }
}

# privateSubnets must have Availability Zones as keys, e.g. us-east-1a
run "refuses_private_subnets_9" {
  command         = plan
  expect_failures = [var.private_subnets]

  variables {
    name            = "example"
    vpc_cidr        = "10.0.0.0/16"
    private_subnets = { example = "10.0.0.0/16" }
  }
}

# privateSubnets must have at least 1 subnet
run "refuses_private_subnets_10" {
  command         = plan
  expect_failures = [var.private_subnets]

  variables {
    name            = "example"
    vpc_cidr        = "10.0.0.0/16"
    private_subnets = {}
  }
}

# privateSubnets must be an IPv4 CIDR from /16 to /28 that begins with the first address of its range, e.g. 10.0.0.0/16, not 10.0.0.1/16
run "refuses_private_subnets_11" {
  command         = plan
  expect_failures = [var.private_subnets]

  variables {
    name            = "example"
    vpc_cidr        = "10.0.0.0/16"
    private_subnets = { example = "not valid!" }
  }
}

# publicSubnets must have Availability Zones as keys, e.g. us-east-1a
run "refuses_public_subnets_12" {
  command         = plan
  expect_failures = [var.public_subnets]

  variables {
    name            = "example"
    vpc_cidr        = "10.0.0.0/16"
    private_subnets = { us-east-1a = "10.0.1.0/24" }
    public_subnets  = { example = "10.0.0.0/16" }
  }
}

# publicSubnets must be an IPv4 CIDR from /16 to /28 that begins with the first address of its range, e.g. 10.0.0.0/16, not 10.0.0.1/16
run "refuses_public_subnets_13" {
  command         = plan
  expect_failures = [var.public_subnets]

  variables {
    name            = "example"
    vpc_cidr        = "10.0.0.0/16"
    private_subnets = { us-east-1a = "10.0.1.0/24" }
    public_subnets  = { example = "not valid!" }
  }
}

# natGateways must have Availability Zones as keys, e.g. us-east-1a
run "refuses_nat_gateways_14" {
  command         = plan
  expect_failures = [var.nat_gateways]

  variables {
    name            = "example"
    vpc_cidr        = "10.0.0.0/16"
    private_subnets = { us-east-1a = "10.0.1.0/24" }
    nat_gateways    = { example = {} }
  }
}

# natGateways.elasticIp.allocationId must be the id of an Elastic IP, eipalloc-…
run "refuses_nat_gateways_15" {
  command         = plan
  expect_failures = [var.nat_gateways]

  variables {
    name            = "example"
    vpc_cidr        = "10.0.0.0/16"
    private_subnets = { us-east-1a = "10.0.1.0/24" }
    nat_gateways    = { example = { elastic_ip = { allocation_id = "not valid!" } } }
  }
}

# interfaceEndpoints must have keys of lower-case letters, digits, _ and -
run "refuses_interface_endpoints_16" {
  command         = plan
  expect_failures = [var.interface_endpoints]

  variables {
    name                = "example"
    vpc_cidr            = "10.0.0.0/16"
    private_subnets     = { us-east-1a = "10.0.1.0/24" }
    interface_endpoints = { "not a key!" = { service = "example" } }
  }
}

# interfaceEndpoints.service must be the name of an endpoint service: the part after com.amazonaws.<region>., e.g. sagemaker.api, or the whole name, e.g. aws.sagemaker.us-east-1.studio
run "refuses_interface_endpoints_17" {
  command         = plan
  expect_failures = [var.interface_endpoints]

  variables {
    name                = "example"
    vpc_cidr            = "10.0.0.0/16"
    private_subnets     = { us-east-1a = "10.0.1.0/24" }
    interface_endpoints = { example = { service = "not valid!" } }
  }
}

# publicBuckets must have at most 100 buckets: an endpoint's policy holds 20 KB
run "refuses_public_buckets_18" {
  command         = plan
  expect_failures = [var.public_buckets]

  variables {
    name            = "example"
    vpc_cidr        = "10.0.0.0/16"
    private_subnets = { us-east-1a = "10.0.1.0/24" }
    public_buckets  = { for i in range(101) : "example-${i}" => "example" }
  }
}

# trustedAccounts must have keys of 1 to 64 letters, digits, _ and -, because they become part of Terraform addresses
run "refuses_trusted_accounts_19" {
  command         = plan
  expect_failures = [var.trusted_accounts]

  variables {
    name             = "example"
    vpc_cidr         = "10.0.0.0/16"
    private_subnets  = { us-east-1a = "10.0.1.0/24" }
    trusted_accounts = { "not a key!" = "123456789012" }
  }
}

# trustedAccounts must be the 12 digits of an AWS account
run "refuses_trusted_accounts_20" {
  command         = plan
  expect_failures = [var.trusted_accounts]

  variables {
    name             = "example"
    vpc_cidr         = "10.0.0.0/16"
    private_subnets  = { us-east-1a = "10.0.1.0/24" }
    trusted_accounts = { example = "not valid!" }
  }
}

# flowLogs.retentionDays must be one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653
run "refuses_flow_logs_21" {
  command         = plan
  expect_failures = [var.flow_logs]

  variables {
    name            = "example"
    vpc_cidr        = "10.0.0.0/16"
    private_subnets = { us-east-1a = "10.0.1.0/24" }
    flow_logs       = { retention_days = -1 }
  }
}

# flowLogs.kmsKey.arn must be the ARN of a KMS key (…:key/…), not of an alias, because IAM permissions are on keys
run "refuses_flow_logs_22" {
  command         = plan
  expect_failures = [var.flow_logs]

  variables {
    name            = "example"
    vpc_cidr        = "10.0.0.0/16"
    private_subnets = { us-east-1a = "10.0.1.0/24" }
    flow_logs       = { kms_key = { arn = "not valid!" } }
  }
}

# vpcCidr: must contain every subnet: take a larger CIDR, or move the subnet
run "refuses_vpc_cidr_23" {
  command         = plan
  expect_failures = [var.vpc_cidr]

  variables {
    name            = "example"
    vpc_cidr        = "10.0.0.0/16"
    private_subnets = { us-east-1a = "10.1.0.0/24" }
  }
}

# privateSubnets: must not overlap one another or publicSubnets: give each subnet addresses of its own
run "refuses_private_subnets_24" {
  command         = plan
  expect_failures = [var.private_subnets]

  variables {
    name     = "example"
    vpc_cidr = "10.0.0.0/16"

    private_subnets = {
      us-east-1a = "10.0.0.0/20"
      us-east-1b = "10.0.1.0/24"
    }
  }
}

# natGateways: each must have the zone of a public subnet as its key: give publicSubnets a CIDR for that zone
run "refuses_nat_gateways_25" {
  command         = plan
  expect_failures = [var.nat_gateways]

  variables {
    name            = "example"
    vpc_cidr        = "10.0.0.0/16"
    private_subnets = { us-east-1a = "10.0.1.0/24" }
    nat_gateways    = { us-east-1a = {} }
  }
}

# interfaceEndpoints: must not be a service that studioEndpoints makes an endpoint for already, because two endpoints of one VPC cannot have the same private DNS name: leave it out
run "refuses_interface_endpoints_26" {
  command         = plan
  expect_failures = [var.interface_endpoints]

  variables {
    name                = "example"
    vpc_cidr            = "10.0.0.0/16"
    private_subnets     = { us-east-1a = "10.0.1.0/24" }
    studio_endpoints    = {}
    interface_endpoints = { sagemaker = { service = "sagemaker.api" } }
  }
}
