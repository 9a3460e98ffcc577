# What the README promises, against a provider that answers without AWS.

mock_provider "aws" {
  mock_data "aws_caller_identity" {
    defaults = { account_id = "123456789012" }
  }

  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }
}

variables {
  name      = "example"
  locations = { data = { scope = "s3://example-data/" } }
}

run "makes_the_instance_once" {
  command = plan

  assert {
    condition     = length(aws_s3control_access_grants_instance.instance) == 1
    error_message = "Without an instance one must be made."
  }

  assert {
    condition     = length(aws_s3control_access_grants_instance_resource_policy.resource_policy) == 0
    error_message = "Other accounts are let in only where that is asked for."
  }
}

run "uses_the_instance_that_is_there" {
  command = plan

  variables {
    existing_instance = { arn = "arn:aws:s3:us-east-1:123456789012:access-grants/default" }
  }

  assert {
    condition     = length(aws_s3control_access_grants_instance.instance) == 0
    error_message = "There can be only one instance."
  }
}

run "uses_a_given_role" {
  command = plan

  variables {
    locations = {
      data = { scope = "s3://example-data/", role = { arn = "arn:aws:iam::123456789012:role/example" } }
    }
  }

  assert {
    condition     = length(aws_iam_role.location_role) == 0
    error_message = "A given role must not be made again."
  }

  assert {
    condition     = aws_s3control_access_grants_location.location["data"].iam_role_arn == "arn:aws:iam::123456789012:role/example"
    error_message = "The location must use the given role."
  }
}
