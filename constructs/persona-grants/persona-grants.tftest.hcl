# What the README promises, against a provider that answers without AWS.

mock_provider "aws" {
  mock_data "aws_region" {
    defaults = { id = "us-east-1" }
  }

  mock_resource "aws_s3control_access_grant" {
    defaults = { grant_scope = "s3://example/Team's data/*" }
  }
}

variables {
  account_id   = "123456789012"
  location_ids = { data = "location1" }
  grantee      = { type = "IAM", id = "arn:aws:iam::123456789012:role/analyst" }

  grants = {
    product = { location = "data", sub_prefix = "Product/*", permission = "READ" }
    own     = { location = "data", sub_prefix = "Analyst/*", permission = "READWRITE" }
  }
}

# Applied, so that the next run finds the grants there.
run "one_grant_an_entry" {
  assert {
    condition     = keys(aws_s3control_access_grant.grant) == ["own", "product"]
    error_message = "Each entry must be one grant under its key."
  }

  assert {
    condition = (
      aws_s3control_access_grant.grant["product"].permission == "READ"
      && one(aws_s3control_access_grant.grant["product"].access_grants_location_configuration).s3_sub_prefix == "Product/*"
    )
    error_message = "A grant must give what its entry says and no more."
  }

  assert {
    condition = alltrue([
      for grant in aws_s3control_access_grant.grant :
      one(grant.grantee).grantee_identifier == "arn:aws:iam::123456789012:role/analyst"
    ])
    error_message = "All grants must be the one grantee's."
  }

  assert {
    condition = output.aws_profiles["product"] == join("\n", [
      "[profile product]",
      "region = us-east-1",
      "credential_process = python3 /home/sagemaker-user/grant_credentials.py --target 's3://example/Team'\\''s data/*' --permission READ --account-id 123456789012 --region us-east-1",
      "",
    ])
    error_message = "Each grant must have a profile that names its target as one word."
  }
}

run "a_change_of_one_grant_leaves_the_others" {
  variables {
    grants = {
      product = { location = "data", sub_prefix = "Product/*", permission = "READWRITE" }
      own     = { location = "data", sub_prefix = "Analyst/*", permission = "READWRITE" }
    }
  }

  assert {
    condition     = output.grant_arns["own"] == run.one_grant_an_entry.grant_arns["own"]
    error_message = "A change of one grant must not replace another."
  }
}

run "refuses_a_prefix_that_matches_its_siblings" {
  command = plan

  variables {
    grants = {
      own = { location = "data", sub_prefix = "UserA*", permission = "READ" }
    }
  }

  expect_failures = [var.grants]
}

run "takes_such_a_prefix_where_it_is_meant" {
  command = plan

  variables {
    grants = {
      own = { location = "data", sub_prefix = "logs/2026-*", permission = "READ", matches_siblings = true }
    }
  }

  assert {
    condition     = one(aws_s3control_access_grant.grant["own"].access_grants_location_configuration).s3_sub_prefix == "logs/2026-*"
    error_message = "Who says that siblings are meant must get the grant."
  }
}
