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

  mock_resource "aws_s3_bucket" {
    defaults = { arn = "arn:aws:s3:::scratch" }
  }

  mock_resource "aws_sagemaker_domain" {
    defaults = { id = "d-example" }
  }

  mock_resource "aws_sagemaker_user_profile" {
    defaults = { arn = "arn:aws:sagemaker:us-east-1:123456789012:user-profile/d-example/usera" }
  }
}

variables {
  name       = "example"
  studio_key = { arn = "arn:aws:kms:us-east-1:123456789012:key/studio" }
  network    = { vpc_id = "vpc-1", subnet_ids = ["subnet-1"], security_group_ids = ["sg-1"] }
  auth_mode  = "SSO"
  profiles   = { userA = { single_sign_on = { user_name = "ada" } } }
}

run "whoever_signs_in_is_one_profile" {
  assert {
    condition = jsondecode(output.sign_in_policies["userA"]).Statement == [{
      Sid      = "SignIn"
      Effect   = "Allow"
      Action   = "sagemaker:CreatePresignedDomainUrl"
      Resource = "arn:aws:sagemaker:us-east-1:123456789012:user-profile/d-example/usera"
    }]
    error_message = "A sign-in policy must allow a presigned URL of its profile and nothing else."
  }
}

# Applied: what a role may do names the bucket, the domain and the role itself.
run "a_role_reaches_its_own_folder_and_no_other_bucket" {
  assert {
    condition = toset(flatten([
      for statement in data.aws_iam_policy_document.role_policy_document["userA"].statement : statement.resources
      if anytrue([for action in statement.actions : endswith(action, "Object")])
    ])) == toset(["arn:aws:s3:::scratch/userA/*"])
    error_message = "A role may use no objects but those of its folder of the scratch bucket."
  }

  assert {
    condition = toset(flatten([
      for statement in data.aws_iam_policy_document.role_policy_document["userA"].statement : statement.resources
      if contains(statement.actions, "iam:PassRole")
    ])) == toset(["arn:aws:iam::123456789012:role/made"])
    error_message = "A role may be passed by itself only."
  }

  assert {
    condition = alltrue([
      for statement in data.aws_iam_policy_document.role_policy_document["userA"].statement :
      contains([for condition in statement.condition : condition.variable], "sagemaker:OwnerUserProfileArn")
      if contains(statement.actions, "sagemaker:UpdateSpace")
    ])
    error_message = "People may change their own spaces only."
  }

  assert {
    condition = alltrue([
      for statement in data.aws_iam_policy_document.role_policy_document["userA"].statement : alltrue([
        for resource in statement.resources : can(regex("processing-job/user[aA]-[*]$", resource))
      ]) if anytrue([for action in statement.actions : endswith(action, "ProcessingJob")])
    ])
    error_message = "A role may reach jobs only that are called after its profile."
  }

  assert {
    condition = alltrue([
      for statement in data.aws_iam_policy_document.role_policy_document["userA"].statement : toset([
        for condition in statement.condition : "${condition.test} ${condition.variable}"
        ]) == toset([
        "ForAllValues:StringEquals sagemaker:VpcSecurityGroupIds", "ForAllValues:StringEquals sagemaker:VpcSubnets",
        "Null sagemaker:VpcSecurityGroupIds", "Null sagemaker:VpcSubnets",
      ]) if contains(statement.actions, "sagemaker:CreateProcessingJob")
    ])
    error_message = "Jobs must be in the network."
  }

  assert {
    condition = alltrue([
      for statement in data.aws_iam_policy_document.role_policy_document["userA"].statement : alltrue([
        for resource in statement.resources : can(regex("log-stream:(d-example/)?user[aA](-|/)[*]$", resource))
      ]) if contains(statement.actions, "logs:GetLogEvents")
    ])
    error_message = "A role may read logs only that are called after its profile."
  }

  assert {
    condition     = one(aws_sagemaker_user_profile.profile["userA"].user_settings).auto_mount_home_efs == "Disabled"
    error_message = "The home file system must not be mounted where nobody asks for it."
  }

  assert {
    condition     = strcontains(jsonencode(data.aws_iam_policy_document.trust.statement), "sts:SetSourceIdentity")
    error_message = "CloudTrail must be able to show who worked with a role."
  }

  assert {
    condition = (
      aws_sagemaker_domain.domain.app_network_access_type == "VpcOnly"
      && one(aws_sagemaker_domain.domain.domain_settings).execution_role_identity_config == "USER_PROFILE_NAME"
    )
    error_message = "Studio must stay in the VPC, with the profile as the source identity."
  }

  assert {
    condition = alltrue([
      aws_s3_bucket_public_access_block.scratch_public_access.block_public_acls,
      aws_s3_bucket_public_access_block.scratch_public_access.block_public_policy,
      aws_s3_bucket_public_access_block.scratch_public_access.ignore_public_acls,
      aws_s3_bucket_public_access_block.scratch_public_access.restrict_public_buckets,
      one(aws_s3_bucket_versioning.scratch_versioning.versioning_configuration).status == "Enabled",
      length(aws_s3_bucket_server_side_encryption_configuration.scratch_encryption.rule) == 1,
    ])
    error_message = "The scratch bucket must be encrypted, versioned and never public."
  }

  assert {
    condition = anytrue([
      for statement in data.aws_iam_policy_document.scratch_policy_document.statement :
      statement.sid == "TlsOnly" && statement.effect == "Deny"
    ])
    error_message = "The scratch bucket must deny everything without TLS."
  }
}

run "the_key_is_used_through_services_only" {
  assert {
    condition = alltrue([
      for statement in data.aws_iam_policy_document.role_policy_document["userA"].statement :
      contains(statement.condition[*].variable, "kms:ViaService")
      && contains(statement.condition[*].variable, "kms:GrantIsForAWSResource") == contains(statement.actions, "kms:CreateGrant")
      if anytrue([for action in statement.actions : startswith(action, "kms:")])
    ])
    error_message = "A role may use the key through services only, and grant it to AWS resources only."
  }
}

run "a_given_role_is_left_alone" {
  command = plan

  variables {
    profiles = {
      userA = {
        role           = { arn = "arn:aws:iam::123456789012:role/given" }
        single_sign_on = { user_name = "ada" }
      }
    }
  }

  assert {
    condition     = length(aws_iam_role.role) + length(aws_iam_role_policy.role_policy) == 0
    error_message = "A given role must neither be made again nor get a policy."
  }

  assert {
    condition     = output.role_arns["userA"] == "arn:aws:iam::123456789012:role/given"
    error_message = "The profile must work as the given role."
  }
}

run "refuses_another_way_to_sign_in" {
  command         = plan
  expect_failures = [terraform_data.auth_mode]

  variables {
    auth_mode = "IAM"
    profiles  = {}
  }
}

run "refuses_another_key" {
  command         = plan
  expect_failures = [terraform_data.studio_key]

  variables {
    studio_key = { arn = "arn:aws:kms:us-east-1:123456789012:key/other" }
  }
}

run "refuses_another_name_of_the_domain" {
  command         = plan
  expect_failures = [aws_sagemaker_domain.domain]

  variables {
    domain_name = "Another-Domain"
  }
}

run "refuses_another_network" {
  command         = plan
  expect_failures = [terraform_data.vpc_id]

  variables {
    network = { vpc_id = "vpc-2", subnet_ids = ["subnet-2"], security_group_ids = ["sg-2"] }
  }
}

# The domain's name is settled by a name of its own.
run "refuses_another_name_of_the_scratch_bucket" {
  command         = plan
  expect_failures = [terraform_data.scratch_name]

  variables {
    name        = "another"
    domain_name = "example"
  }
}

run "stays_in_its_account_where_that_is_read_anew" {
  command = plan

  override_data {
    target = data.aws_caller_identity.current
    values = { account_id = "210987654321" }
  }

  assert {
    condition     = aws_s3_bucket.scratch.bucket == "example-scratch-123456789012"
    error_message = "What is named after the account must keep its name where the account is read late."
  }
}

run "other_subnets_leave_the_domain_where_it_is" {
  command = plan

  variables {
    network = { vpc_id = "vpc-1", subnet_ids = ["subnet-1", "subnet-2"], security_group_ids = ["sg-1"] }
  }

  assert {
    condition     = aws_sagemaker_domain.domain.subnet_ids == toset(["subnet-1"])
    error_message = "Subnets must not be changed by Terraform, which would replace the domain."
  }
}

run "refuses_another_user_of_a_profile" {
  command         = plan
  expect_failures = [terraform_data.profile_user]

  variables {
    profiles = { userA = { single_sign_on = { user_name = "grace" } } }
  }
}
