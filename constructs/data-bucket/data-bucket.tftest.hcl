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
    dataset = { prefixes = ["Product/"], sha256 = "de37cdcdcaaa50c309d514f248f7c2302a5f1f88c168905eba23fe2fbc78449f" }
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
    dataset = { prefixes = ["Product/"], sha256 = "de37cdcdcaaa50c309d514f248f7c2302a5f1f88c168905eba23fe2fbc78449f" }
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
      sha256   = "de37cdcdcaaa50c309d514f248f7c2302a5f1f88c168905eba23fe2fbc78449f"
    }
  }

  assert {
    condition     = length(aws_lambda_invocation.load) == 1
    error_message = "The data set must be loaded at the apply."
  }
}

run "who_invokes_the_loader_has_no_say" {
  command = plan

  variables {
    dataset = {
      prefixes = ["Product/"]
      source   = { s3 = { bucket = "raw", key = "data.csv" }, file = "data.csv" }
    }
  }

  assert {
    condition     = one(aws_lambda_invocation.load).input == "{}"
    error_message = "What to load must not be the input."
  }

  assert {
    condition = jsondecode(one(one(aws_lambda_function.loader).environment).variables.DATASET).source == {
      s3  = { bucket = "raw", key = "data.csv" }
      url = null
    }
    error_message = "What to load must be the function's configuration."
  }
}

run "what_lambda_cannot_keep_is_refused" {
  command = plan

  variables {
    dataset = {
      prefixes = [for n in range(90) : "a-rather-long-name-of-a-prefix-number-${n}/"]
      source   = { s3 = { bucket = "raw", key = "data.csv" }, file = "data.csv" }
    }
  }

  expect_failures = [aws_lambda_invocation.load]
}

run "is_there" {
  command = apply
}

run "refuses_another_name" {
  command         = plan
  expect_failures = [terraform_data.bucket_name]

  variables {
    bucket_name = "another-bucket"
  }
}
