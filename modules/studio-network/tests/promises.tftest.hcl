# What the README promises, against a provider that answers without AWS.

mock_provider "aws" {
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
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
