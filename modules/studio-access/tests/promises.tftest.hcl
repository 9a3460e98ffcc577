# What the README promises, against a provider that answers without AWS: what the parts are told of one another. What each
# part then does is promised, and tested, in its own module.

mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }

  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }

  mock_data "aws_partition" {
    defaults = { partition = "aws" }
  }

  mock_data "aws_region" {
    defaults = { id = "us-east-1" }
  }

  mock_resource "aws_iam_role" {
    defaults = { arn = "arn:aws:iam::123456789012:role/made" }
  }

  mock_resource "aws_s3control_access_grants_instance" {
    defaults = { access_grants_instance_arn = "arn:aws:s3:us-east-1:123456789012:access-grants/default" }
  }
}

override_resource {
  target = module.data[0].aws_s3_bucket.bucket
  values = { arn = "arn:aws:s3:::data" }
}

override_resource {
  target = module.studio.aws_s3_bucket.scratch
  values = { arn = "arn:aws:s3:::scratch" }
}

variables {
  name = "example"

  network = {
    existing = { vpc_id = "vpc-1", subnet_ids = ["subnet-1"], security_group_ids = ["sg-1"] }
  }

  personas = {
    userA = { grants = { product = { sub_prefix = "Product/*", permission = "READ" } } }
    userB = { grants = { own = { sub_prefix = "UserB/*", permission = "READWRITE" } } }
  }
}

# Applied: what a role may do names the buckets.
run "only_a_grant_reaches_the_data" {
  assert {
    condition     = output.bucket_arn == "arn:aws:s3:::data" && output.scratch_bucket_name != output.bucket_name
    error_message = "SageMaker's own files must be in another bucket than the data."
  }

  assert {
    condition     = keys(output.location_ids) == ["data"] && output.location_role_arns.data == "arn:aws:iam::123456789012:role/made"
    error_message = "The data bucket must be the one place that can be granted."
  }

  assert {
    condition     = output.vpc_id == "vpc-1" && output.vpc_cidr == null && length(module.network) == 0
    error_message = "A network that is given must be used, and none be made."
  }

  assert {
    condition     = output.role_arns == { userA = "arn:aws:iam::123456789012:role/made", userB = "arn:aws:iam::123456789012:role/made" }
    error_message = "Each persona must have a role."
  }

  assert {
    condition     = { for persona, grants in output.grant_arns : persona => keys(grants) } == { userA = ["product"], userB = ["own"] }
    error_message = "Each persona must be granted what is asked for, and nothing more."
  }
}

run "nothing_reaches_the_network_from_outside" {
  command = plan

  variables {
    network = {
      create = { vpc_cidr = "10.0.0.0/16", private_subnets = { "us-east-1a" = "10.0.0.0/20" } }
    }
  }

  assert {
    condition     = length(module.network) == 1 && output.vpc_cidr == "10.0.0.0/16" && keys(output.private_subnet_ids) == ["us-east-1a"]
    error_message = "Studio must stay in the network that is made."
  }
}

run "a_bucket_that_exists_is_left_alone" {
  command = plan

  variables {
    existing_bucket   = { bucket_name = "their-lake" }
    existing_location = { id = "0f9d8c7b-6a5e-4d3c-8b2a-1f0e9d8c7b6a" }
    other_grantees = {
      etl = {
        grantee = { type = "IAM", id = "arn:aws:iam::123456789012:role/etl" }
        grants  = { product = { sub_prefix = "Product/*", permission = "READ" } }
      }
    }
  }

  assert {
    condition     = output.bucket_name == "their-lake" && output.bucket_arn == null
    error_message = "What exists must be used, and no bucket made."
  }

  assert {
    condition     = output.location_ids == { data = "0f9d8c7b-6a5e-4d3c-8b2a-1f0e9d8c7b6a" } && output.location_arns == {}
    error_message = "What is registered already must be used, and nothing registered."
  }

  assert {
    condition     = contains(keys(output.grant_arns), "other_etl")
    error_message = "Who is not in Studio must be granted what is asked."
  }
}
