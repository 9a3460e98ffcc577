# What the README promises, against a provider that answers without AWS.

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
  target = aws_s3_bucket.data_bucket
  values = { arn = "arn:aws:s3:::data" }
}

override_resource {
  target = aws_s3_bucket.studio_scratch
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
    condition = alltrue(flatten([
      for document in data.aws_iam_policy_document.studio_role_policy_document : [
        for statement in document.statement : [for resource in statement.resources : !startswith(resource, "arn:aws:s3:::data")]
      ]
    ]))
    error_message = "No persona's role may reach the data bucket."
  }

  assert {
    condition = alltrue(flatten([
      for document in data.aws_iam_policy_document.studio_role_policy_document : [
        for statement in document.statement : !contains(statement.resources, "*")
        if anytrue([for action in statement.actions : startswith(action, "s3:") || action == "iam:PassRole"])
      ]
    ]))
    error_message = "No persona's role may reach every bucket, or pass every role."
  }

  assert {
    condition = alltrue([
      for statement in data.aws_iam_policy_document.access_location_policy_data_document.statement :
      contains([for condition in statement.condition : condition.variable], "s3:AccessGrantsInstanceArn")
      if anytrue([for action in statement.actions : startswith(action, "s3:")])
    ])
    error_message = "The location's role may be used by S3 Access Grants only."
  }

  assert {
    condition = alltrue(flatten([
      for block in [
        aws_s3_bucket_public_access_block.data_bucket_public_access,
        aws_s3_bucket_public_access_block.studio_scratch_public_access,
      ] : [block.block_public_acls, block.block_public_policy, block.ignore_public_acls, block.restrict_public_buckets]
    ]))
    error_message = "Buckets must never be public."
  }

  assert {
    condition = alltrue([
      for document in [
        data.aws_iam_policy_document.data_bucket_policy_document,
        data.aws_iam_policy_document.studio_scratch_policy_document,
      ] : anytrue([for statement in document.statement : statement.sid == "TlsOnly" && statement.effect == "Deny"])
    ])
    error_message = "Buckets must deny everything without TLS."
  }

  assert {
    condition = alltrue([
      for versioning in [aws_s3_bucket_versioning.data_bucket_versioning, aws_s3_bucket_versioning.studio_scratch_versioning] :
      one(versioning.versioning_configuration).status == "Enabled"
    ])
    error_message = "Buckets must be versioned."
  }

  assert {
    condition = (
      one(aws_sagemaker_domain.studio_domain.domain_settings).execution_role_identity_config == "USER_PROFILE_NAME"
      && strcontains(jsonencode(data.aws_iam_policy_document.studio_trust.statement), "sts:SetSourceIdentity")
    )
    error_message = "CloudTrail must be able to show who worked with a role."
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
    condition     = length(module.network) == 1 && aws_sagemaker_domain.studio_domain.app_network_access_type == "VpcOnly"
    error_message = "Studio must stay in the network that is made."
  }
}
