# What the README promises, against a provider that answers without AWS.

mock_provider "aws" {
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }

  mock_data "aws_region" {
    defaults = { id = "us-east-1" }
  }
}

variables {
  name            = "example"
  vpc_cidr        = "10.0.0.0/16"
  private_subnets = { "us-east-1a" = "10.0.0.0/20" }
}

run "closed_by_default" {
  command = plan

  assert {
    condition     = length(aws_internet_gateway.internet_gateway) + length(aws_nat_gateway.nat_gateway) + length(aws_route.private_route) == 0
    error_message = "Without public subnets there must be no way to the internet."
  }

  assert {
    condition     = aws_vpc_security_group_ingress_rule.from_one_another.cidr_ipv4 == null
    error_message = "Only members of the group may come in."
  }

  assert {
    condition     = !aws_subnet.private_subnet["us-east-1a"].map_public_ip_on_launch
    error_message = "Nothing in a private subnet may get a public address."
  }
}

run "one_nat_gateway" {
  command = plan

  variables {
    public_subnets = { "us-east-1a" = "10.0.240.0/24" }
    nat_gateways   = { "us-east-1a" = {} }
  }

  assert {
    condition     = length(aws_nat_gateway.nat_gateway) == 1 && length(aws_eip.nat_address) == 1 && length(aws_route.private_route) == 1
    error_message = "The private subnet must reach the internet by the NAT gateway."
  }
}

run "is_there" {
  command = apply

  variables {
    public_subnets = { "us-east-1a" = "10.0.100.0/24" }
  }
}

run "refuses_other_addresses" {
  command         = plan
  expect_failures = [terraform_data.vpc_cidr]

  variables {
    vpc_cidr       = "10.0.0.0/17"
    public_subnets = { "us-east-1a" = "10.0.100.0/24" }
  }
}

run "refuses_other_addresses_of_a_private_subnet" {
  command         = plan
  expect_failures = [terraform_data.private_subnet_cidr]

  variables {
    private_subnets = { "us-east-1a" = "10.0.16.0/20" }
    public_subnets  = { "us-east-1a" = "10.0.100.0/24" }
  }
}

run "refuses_other_addresses_of_a_public_subnet" {
  command         = plan
  expect_failures = [terraform_data.public_subnet_cidr]

  variables {
    public_subnets = { "us-east-1a" = "10.0.101.0/24" }
  }
}

run "refuses_another_name" {
  command         = plan
  expect_failures = [terraform_data.security_group_name]

  variables {
    name           = "another"
    public_subnets = { "us-east-1a" = "10.0.100.0/24" }
  }
}

run "stays_in_its_region_where_that_is_read_anew" {
  command = plan

  variables {
    public_subnets = { "us-east-1a" = "10.0.100.0/24" }
  }

  override_data {
    target = data.aws_region.current
    values = { id = "eu-west-1" }
  }

  assert {
    condition     = aws_vpc_endpoint.s3_endpoint.service_name == "com.amazonaws.us-east-1.s3"
    error_message = "The service of an endpoint must stay what it is where the Region is read late."
  }
}
