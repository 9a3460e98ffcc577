locals {
  role_names            = { for k, v in aws_iam_role.role : k => v.name }
  profile_user_inputs   = { for k, v in terraform_data.profile_user : k => v.input }
  role_arns             = { for k, v in aws_iam_role.role : k => v.arn }
  partition             = data.aws_partition.current.partition
  region                = data.aws_region.current.id
  account_id            = data.aws_caller_identity.current.account_id
  profiles_without_role = { for k, v in var.profiles : k => v if v.role == null }

  role_policy_document_jsons = {
    for k, v in data.aws_iam_policy_document.role_policy_document : k => v.json
  }

  profile_user_profile_names = {
    for k, v in aws_sagemaker_user_profile.profile : k => v.user_profile_name
  }
}

data "aws_caller_identity" "current" {}

resource "terraform_data" "account" {
  input = local.account_id

  lifecycle {
    ignore_changes = [input]
  }
}

data "aws_partition" "current" {}

data "aws_region" "current" {}

# The domain, and its own role, which may do nothing.

data "aws_iam_policy_document" "trust" {
  statement {
    sid     = "SageMaker"
    actions = ["sts:AssumeRole", "sts:SetSourceIdentity"]

    principals {
      type        = "Service"
      identifiers = ["sagemaker.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [local.account_id]
    }
  }
}

resource "aws_iam_role" "domain_role" {
  name                 = "${coalesce(var.role_prefix, var.name)}-domain-role"
  description          = "SageMaker domain ${coalesce(var.domain_name, var.name)}: whoever has no role of their own may do nothing"
  assume_role_policy   = data.aws_iam_policy_document.trust.json
  path                 = var.role_path
  permissions_boundary = var.permissions_boundary == null ? null : var.permissions_boundary.arn
  tags                 = var.tags
}

resource "terraform_data" "auth_mode" {
  input = var.auth_mode

  lifecycle {
    ignore_changes = [input]

    postcondition {
      condition     = self.input == (var.auth_mode)
      error_message = "auth_mode: must stay what it was at the first apply, ${coalesce(self.input, "none")}: another value would replace the domain and lose everyone's home directory; create a second domain and move to it."
    }
  }
}

resource "terraform_data" "vpc_id" {
  input = var.network.vpc_id

  lifecycle {
    ignore_changes = [input]

    postcondition {
      condition     = self.input == (var.network.vpc_id)
      error_message = "network: vpc_id: must stay what it was at the first apply, ${coalesce(self.input, "none")}: another value would replace the domain and lose everyone's home directory; create a second domain and move to it."
    }
  }
}

resource "terraform_data" "studio_key" {
  input = var.studio_key == null ? null : var.studio_key.arn

  lifecycle {
    ignore_changes = [input]

    postcondition {
      condition     = self.input == (var.studio_key == null ? null : var.studio_key.arn)
      error_message = "studio_key: must stay what it was at the first apply, ${coalesce(self.input, "none")}: another value would replace the domain and lose everyone's home directory; create a second domain and move to it."
    }
  }
}

resource "aws_sagemaker_domain" "domain" {
  domain_name             = coalesce(var.domain_name, var.name)
  app_network_access_type = "VpcOnly"
  auth_mode               = terraform_data.auth_mode.input
  kms_key_id              = terraform_data.studio_key.input
  subnet_ids              = var.network.subnet_ids
  vpc_id                  = terraform_data.vpc_id.input
  tags                    = var.tags

  default_user_settings {
    auto_mount_home_efs = "Disabled"
    execution_role      = aws_iam_role.domain_role.arn
    security_groups     = var.network.security_group_ids
  }

  domain_settings {
    execution_role_identity_config = "USER_PROFILE_NAME"
  }

  retention_policy {
    home_efs_file_system = var.home_file_system
  }

  lifecycle {
    ignore_changes = [domain_name, subnet_ids, default_user_settings[0].auto_mount_home_efs]

    postcondition {
      condition     = self.domain_name == (coalesce(var.domain_name, var.name))
      error_message = "domain_name: must be ${self.domain_name}, the value that it has: another value would replace the domain and lose everyone's home directory; create a second domain and move to it."
    }
  }

  depends_on = [aws_s3_bucket_policy.scratch_policy, var.after]
}

# Roles of the profiles: they get to data by S3 Access Grants only.

resource "aws_iam_role" "role" {
  for_each = local.profiles_without_role

  name                 = "${coalesce(var.role_prefix, var.name)}-${lower(each.key)}-role"
  description          = "SageMaker Studio: ${each.key} asks S3 Access Grants for data"
  assume_role_policy   = data.aws_iam_policy_document.trust.json
  max_session_duration = var.max_session_duration
  path                 = var.role_path
  permissions_boundary = var.permissions_boundary == null ? null : var.permissions_boundary.arn
  tags                 = var.tags
}

# What a profile's role may do.

data "aws_sagemaker_prebuilt_ecr_image" "spark_image" {
  count = var.image_registries == null ? 1 : 0

  repository_name = "sagemaker-spark-processing"
}

data "aws_iam_policy_document" "role_policy_document" {
  for_each = local.profiles_without_role

  statement {
    sid = "AskForData"

    actions = [
      "s3:GetAccessGrantsInstanceForPrefix",
      "s3:GetDataAccess",
      "s3:ListCallerAccessGrants",
    ]

    resources = [
      var.access_grants_instance == null
      ? "arn:${local.partition}:s3:${local.region}:${local.account_id}:access-grants/default"
      : var.access_grants_instance.arn,
    ]
  }

  statement {
    sid       = "ScratchObjects"
    actions   = ["s3:AbortMultipartUpload", "s3:DeleteObject", "s3:GetObject", "s3:PutObject"]
    resources = ["${aws_s3_bucket.scratch.arn}/${each.key}/*"]
  }

  statement {
    sid       = "ScratchList"
    actions   = ["s3:ListBucket"]
    resources = [aws_s3_bucket.scratch.arn]

    condition {
      test     = "StringLike"
      variable = "s3:prefix"

      values = [
        "${each.key}/*",
        anytrue([
          for name in keys(var.profiles) : name != each.key && startswith(name, each.key)
        ]) ? "${each.key}/" : each.key,
      ]
    }
  }

  statement {
    sid       = "ScratchRegion"
    actions   = ["s3:GetBucketLocation"]
    resources = [aws_s3_bucket.scratch.arn]
  }

  statement {
    sid     = "OwnJobs"
    actions = ["sagemaker:DescribeProcessingJob", "sagemaker:StopProcessingJob"]

    resources = [
      "arn:${local.partition}:sagemaker:${local.region}:${local.account_id}:processing-job/${each.key}-*",
      "arn:${local.partition}:sagemaker:${local.region}:${local.account_id}:processing-job/${lower(each.key)}-*",
    ]
  }

  statement {
    sid     = "OwnJobsInTheNetwork"
    actions = ["sagemaker:CreateProcessingJob"]

    resources = [
      "arn:${local.partition}:sagemaker:${local.region}:${local.account_id}:processing-job/${each.key}-*",
      "arn:${local.partition}:sagemaker:${local.region}:${local.account_id}:processing-job/${lower(each.key)}-*",
    ]

    condition {
      test     = "ForAllValues:StringEquals"
      variable = "sagemaker:VpcSubnets"
      values   = var.network.subnet_ids
    }

    condition {
      test     = "Null"
      variable = "sagemaker:VpcSubnets"
      values   = ["false"]
    }

    condition {
      test     = "ForAllValues:StringEquals"
      variable = "sagemaker:VpcSecurityGroupIds"
      values   = var.network.security_group_ids
    }

    condition {
      test     = "Null"
      variable = "sagemaker:VpcSecurityGroupIds"
      values   = ["false"]
    }
  }

  statement {
    sid     = "TagsOfOwnJobs"
    actions = ["sagemaker:AddTags"]

    resources = [
      "arn:${local.partition}:sagemaker:${local.region}:${local.account_id}:processing-job/${each.key}-*",
      "arn:${local.partition}:sagemaker:${local.region}:${local.account_id}:processing-job/${lower(each.key)}-*",
    ]

    condition {
      test     = "StringEquals"
      variable = "sagemaker:TaggingAction"
      values   = ["CreateProcessingJob"]
    }
  }

  statement {
    sid       = "JobsAsOneself"
    actions   = ["iam:PassRole"]
    resources = [local.role_arns[each.key]]

    condition {
      test     = "StringEquals"
      variable = "iam:PassedToService"
      values   = ["sagemaker.amazonaws.com"]
    }
  }

  statement {
    sid     = "OwnLogs"
    actions = ["logs:CreateLogStream", "logs:GetLogEvents", "logs:PutLogEvents"]

    resources = [
      "arn:${local.partition}:logs:${local.region}:${local.account_id}:log-group:/aws/sagemaker/ProcessingJobs:log-stream:${each.key}-*",
      "arn:${local.partition}:logs:${local.region}:${local.account_id}:log-group:/aws/sagemaker/studio:log-stream:${aws_sagemaker_domain.domain.id}/${each.key}/*",
      "arn:${local.partition}:logs:${local.region}:${local.account_id}:log-group:/aws/sagemaker/studio:log-stream:${aws_sagemaker_domain.domain.id}/${each.key}-*",
      "arn:${local.partition}:logs:${local.region}:${local.account_id}:log-group:/aws/sagemaker/ProcessingJobs:log-stream:${lower(each.key)}-*",
      "arn:${local.partition}:logs:${local.region}:${local.account_id}:log-group:/aws/sagemaker/studio:log-stream:${aws_sagemaker_domain.domain.id}/${lower(each.key)}/*",
      "arn:${local.partition}:logs:${local.region}:${local.account_id}:log-group:/aws/sagemaker/studio:log-stream:${aws_sagemaker_domain.domain.id}/${lower(each.key)}-*",
    ]
  }

  statement {
    sid     = "LogGroups"
    actions = ["logs:CreateLogGroup", "logs:DescribeLogStreams"]

    resources = [
      "arn:${local.partition}:logs:${local.region}:${local.account_id}:log-group:/aws/sagemaker/ProcessingJobs",
      "arn:${local.partition}:logs:${local.region}:${local.account_id}:log-group:/aws/sagemaker/ProcessingJobs:*",
      "arn:${local.partition}:logs:${local.region}:${local.account_id}:log-group:/aws/sagemaker/studio",
      "arn:${local.partition}:logs:${local.region}:${local.account_id}:log-group:/aws/sagemaker/studio:*",
    ]
  }

  statement {
    sid       = "Metrics"
    actions   = ["cloudwatch:PutMetricData"]
    resources = ["*"]

    condition {
      test     = "StringEquals"
      variable = "cloudwatch:namespace"
      values   = ["/aws/sagemaker/ProcessingJobs"]
    }
  }

  statement {
    sid       = "OwnImages"
    actions   = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
    resources = ["arn:${local.partition}:ecr:${local.region}:${local.account_id}:repository/*"]
  }

  statement {
    sid     = "ImagesOfOthers"
    actions = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]

    resources = [
      for item in var.image_registries == null ? [one(data.aws_sagemaker_prebuilt_ecr_image.spark_image[*].registry_id)] :
      var.image_registries.account_ids : "arn:${local.partition}:ecr:${local.region}:${item}:repository/*"
    ]
  }

  statement {
    sid     = "NetworkInterfaces"
    actions = ["ec2:CreateNetworkInterface"]

    resources = [
      "arn:${local.partition}:ec2:${local.region}:${local.account_id}:network-interface/*",
    ]
  }

  statement {
    sid     = "NetworkInterfacesInSubnets"
    actions = ["ec2:CreateNetworkInterface"]

    resources = [
      for item in var.network.subnet_ids :
      "arn:${local.partition}:ec2:${local.region}:${local.account_id}:subnet/${item}"
    ]
  }

  statement {
    sid     = "NetworkInterfacesInGroups"
    actions = ["ec2:CreateNetworkInterface"]

    resources = [
      for item in var.network.security_group_ids :
      "arn:${local.partition}:ec2:${local.region}:${local.account_id}:security-group/${item}"
    ]
  }

  statement {
    sid = "NetworkInterfacesOfTheNetwork"

    actions = [
      "ec2:CreateNetworkInterfacePermission",
      "ec2:DeleteNetworkInterface",
      "ec2:DeleteNetworkInterfacePermission",
    ]

    resources = [
      "arn:${local.partition}:ec2:${local.region}:${local.account_id}:network-interface/*",
    ]

    condition {
      test     = "ArnEquals"
      variable = "ec2:Subnet"

      values = [
        for item in var.network.subnet_ids :
        "arn:${local.partition}:ec2:${local.region}:${local.account_id}:subnet/${item}"
      ]
    }
  }

  statement {
    sid     = "OwnSpaces"
    actions = ["sagemaker:CreateSpace", "sagemaker:DeleteSpace", "sagemaker:UpdateSpace"]

    resources = [
      "arn:${local.partition}:sagemaker:${local.region}:${local.account_id}:space/${aws_sagemaker_domain.domain.id}/*",
    ]

    condition {
      test     = "ArnLike"
      variable = "sagemaker:OwnerUserProfileArn"

      values = [
        "arn:${local.partition}:sagemaker:${local.region}:${local.account_id}:user-profile/${aws_sagemaker_domain.domain.id}/${lower(each.key)}",
      ]
    }

    condition {
      test     = "StringEquals"
      variable = "sagemaker:SpaceSharingType"
      values   = ["Private"]
    }
  }

  statement {
    sid     = "OwnApps"
    actions = ["sagemaker:CreateApp", "sagemaker:DeleteApp"]

    resources = [
      "arn:${local.partition}:sagemaker:${local.region}:${local.account_id}:app/${aws_sagemaker_domain.domain.id}/*",
    ]

    condition {
      test     = "ArnLike"
      variable = "sagemaker:OwnerUserProfileArn"

      values = [
        "arn:${local.partition}:sagemaker:${local.region}:${local.account_id}:user-profile/${aws_sagemaker_domain.domain.id}/${lower(each.key)}",
      ]
    }

    condition {
      test     = "StringEquals"
      variable = "sagemaker:SpaceSharingType"
      values   = ["Private"]
    }
  }

  statement {
    sid     = "Apps"
    actions = ["sagemaker:DescribeApp"]

    resources = [
      "arn:${local.partition}:sagemaker:${local.region}:${local.account_id}:app/${aws_sagemaker_domain.domain.id}/*",
    ]
  }

  statement {
    sid     = "Spaces"
    actions = ["sagemaker:DescribeSpace", "sagemaker:ListTags"]

    resources = [
      "arn:${local.partition}:sagemaker:${local.region}:${local.account_id}:space/${aws_sagemaker_domain.domain.id}/*",
    ]
  }

  statement {
    sid     = "Profile"
    actions = ["sagemaker:DescribeUserProfile", "sagemaker:ListTags"]

    resources = [
      "arn:${local.partition}:sagemaker:${local.region}:${local.account_id}:user-profile/${aws_sagemaker_domain.domain.id}/${lower(each.key)}",
    ]
  }

  statement {
    sid     = "Domain"
    actions = ["sagemaker:DescribeDomain", "sagemaker:ListTags"]

    resources = [
      "arn:${local.partition}:sagemaker:${local.region}:${local.account_id}:domain/${aws_sagemaker_domain.domain.id}",
    ]
  }

  statement {
    sid = "WithoutResources"

    actions = [
      "ec2:DescribeDhcpOptions",
      "ec2:DescribeNetworkInterfaces",
      "ec2:DescribeSecurityGroups",
      "ec2:DescribeSubnets",
      "ec2:DescribeVpcs",
      "ecr:GetAuthorizationToken",
      "sagemaker:ListApps",
      "sagemaker:ListDomains",
      "sagemaker:ListSpaces",
      "sagemaker:ListUserProfiles",
    ]

    resources = ["*"]
  }

  dynamic "statement" {
    for_each = length(var.shared_access_grants_instances) == 0 ? [] : [1]

    content {
      sid       = "AskForSharedData"
      actions   = ["s3:GetDataAccess", "s3:ListCallerAccessGrants"]
      resources = [for k, v in var.shared_access_grants_instances : v.arn]
    }
  }

  dynamic "statement" {
    for_each = var.studio_key == null ? [] : [1]

    content {
      sid       = "Volumes"
      actions   = ["kms:CreateGrant"]
      resources = [var.studio_key.arn]

      condition {
        test     = "StringEquals"
        variable = "kms:ViaService"

        values = [
          "ec2.${local.region}.amazonaws.com",
          "ec2.${local.region}.amazonaws.com.cn",
          "sagemaker.${local.region}.amazonaws.com",
          "sagemaker.${local.region}.amazonaws.com.cn",
        ]
      }

      condition {
        test     = "Bool"
        variable = "kms:GrantIsForAWSResource"
        values   = ["true"]
      }
    }
  }

  dynamic "statement" {
    for_each = var.studio_key == null ? [] : [1]

    content {
      sid       = "VolumesKey"
      actions   = ["kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKeyWithoutPlaintext"]
      resources = [var.studio_key.arn]

      condition {
        test     = "StringEquals"
        variable = "kms:ViaService"

        values = [
          "ec2.${local.region}.amazonaws.com",
          "ec2.${local.region}.amazonaws.com.cn",
          "sagemaker.${local.region}.amazonaws.com",
          "sagemaker.${local.region}.amazonaws.com.cn",
        ]
      }
    }
  }

  dynamic "statement" {
    for_each = var.studio_key == null ? [] : [1]

    content {
      sid       = "JobFiles"
      actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
      resources = [var.studio_key.arn]

      condition {
        test     = "StringEquals"
        variable = "kms:ViaService"
        values   = ["s3.${local.region}.amazonaws.com", "s3.${local.region}.amazonaws.com.cn"]
      }
    }
  }

  dynamic "statement" {
    for_each = var.scratch_key == null ? [] : [1]

    content {
      sid       = "ScratchKey"
      actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
      resources = [var.scratch_key.arn]

      condition {
        test     = "StringEquals"
        variable = "kms:ViaService"
        values   = ["s3.${local.region}.amazonaws.com", "s3.${local.region}.amazonaws.com.cn"]
      }
    }
  }
}

resource "aws_iam_role_policy" "role_policy" {
  for_each = local.profiles_without_role

  name   = "studio"
  policy = local.role_policy_document_jsons[each.key]
  role   = local.role_names[each.key]
}

# User profiles and their spaces.

resource "terraform_data" "profile_user" {
  for_each = { for k, v in var.profiles : k => v if v.single_sign_on != null }

  input = each.value.single_sign_on.user_name

  lifecycle {
    ignore_changes = [input]

    postcondition {
      condition     = self.input == (each.value.single_sign_on.user_name)
      error_message = "profiles: user_name of single_sign_on: must stay what it was at the first apply, ${coalesce(self.input, "none")}: another user would replace the profile and lose its home directory and spaces; give the other person a profile of their own."
    }
  }
}

resource "aws_sagemaker_user_profile" "profile" {
  for_each = var.profiles

  user_profile_name              = each.key
  domain_id                      = aws_sagemaker_domain.domain.id
  single_sign_on_user_identifier = each.value.single_sign_on == null ? null : "UserName"
  single_sign_on_user_value      = each.value.single_sign_on == null ? null : local.profile_user_inputs[each.key]
  tags                           = var.tags

  user_settings {
    auto_mount_home_efs = each.value.auto_mount_home_efs
    execution_role      = each.value.role == null ? local.role_arns[each.key] : each.value.role.arn
    security_groups     = var.network.security_group_ids
  }

  depends_on = [aws_iam_role_policy.role_policy]
}

resource "aws_sagemaker_space" "space" {
  for_each = { for k, v in var.profiles : k => v if v.space != null }

  domain_id  = aws_sagemaker_domain.domain.id
  space_name = "${lower(each.key)}-jupyterlab"
  tags       = var.tags

  ownership_settings {
    owner_user_profile_name = local.profile_user_profile_names[each.key]
  }

  space_settings {
    app_type = "JupyterLab"

    jupyter_lab_app_settings {
      default_resource_spec {
        instance_type = each.value.space.instance_type
      }
    }

    space_storage_settings {
      ebs_storage_settings {
        ebs_volume_size_in_gb = each.value.space.volume_size_in_gb
      }
    }
  }

  space_sharing_settings {
    sharing_type = "Private"
  }
}
