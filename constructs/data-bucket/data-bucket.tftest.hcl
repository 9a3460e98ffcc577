# What the README promises, against a provider that answers without AWS.

mock_provider "aws" {
  mock_data "aws_iam_policy_document" {
    defaults = { json = "{}" }
  }
}

variables {
  name        = "example"
  bucket_name = "example-data"
}

run "nobody_by_accident" {
  command = plan

  assert {
    condition = alltrue([
      aws_s3_bucket_public_access_block.bucket_public_access.block_public_acls,
      aws_s3_bucket_public_access_block.bucket_public_access.block_public_policy,
      aws_s3_bucket_public_access_block.bucket_public_access.ignore_public_acls,
      aws_s3_bucket_public_access_block.bucket_public_access.restrict_public_buckets,
    ])
    error_message = "Public access must be blocked."
  }

  assert {
    condition     = one(aws_s3_bucket_versioning.bucket_versioning.versioning_configuration).status == "Enabled"
    error_message = "Versions must be kept."
  }

  assert {
    condition     = !aws_s3_bucket.bucket.force_destroy
    error_message = "Objects must outlive the bucket unless it is asked otherwise."
  }
}

run "without_a_data_set_no_function" {
  command = plan

  assert {
    condition     = length(aws_lambda_function.loader) + length(aws_iam_role.loader_role) + length(aws_lambda_invocation.load) == 0
    error_message = "What is not asked for must not be made."
  }
}

run "loads_a_data_set" {
  command = plan

  variables {
    dataset = { prefixes = ["Product/"] }
  }

  assert {
    condition     = length(aws_lambda_invocation.load) == 1
    error_message = "The data set must be loaded at the apply."
  }
}

run "the_default_data_set_is_read_in_its_partition_only" {
  command = plan

  override_data {
    target = data.aws_partition.current
    values = { partition = "aws-cn" }
  }

  variables {
    dataset = { prefixes = ["Product/"] }
  }

  expect_failures = [aws_lambda_invocation.load]
}

run "a_data_set_of_ones_own_in_any" {
  command = plan

  override_data {
    target = data.aws_partition.current
    values = { partition = "aws-cn" }
  }

  variables {
    dataset = {
      prefixes = ["Product/"]
      source   = { url = "https://example.com/data.csv", file = "data.csv" }
    }
  }

  assert {
    condition     = length(aws_lambda_invocation.load) == 1
    error_message = "The data set must be loaded at the apply."
  }
}
