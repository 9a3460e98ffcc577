terraform {
  required_version = ">= 1.9"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100.0, < 7.0.0"
    }
  }
}

provider "aws" {
  region = "us-east-1"
}

module "data" {
  source = "../../modules/data-bucket"

  name        = "product"
  bucket_name = "example-product-data"
  kms_key     = { arn = aws_kms_key.data.arn }
}

resource "aws_kms_key" "data" {
  # checkov:skip=CKV2_AWS_64: The default key policy lets the account's IAM policies decide, which the roles made here need.

  description         = "Encrypts the product data"
  enable_key_rotation = true
}

resource "aws_iam_role" "analyst" {
  name               = "product-analyst"
  assume_role_policy = data.aws_iam_policy_document.sagemaker.json
}

# Who was granted something still has to be allowed to ask for it.
resource "aws_iam_role_policy" "analyst" {
  name   = "ask-for-data"
  role   = aws_iam_role.analyst.name
  policy = data.aws_iam_policy_document.ask.json
}

data "aws_iam_policy_document" "ask" {
  statement {
    actions   = ["s3:GetDataAccess"]
    resources = [module.access_grants.instance_arn]
  }
}

data "aws_caller_identity" "current" {}

data "aws_iam_policy_document" "sagemaker" {
  statement {
    # A domain says in CloudTrail who works with the role.
    actions = ["sts:AssumeRole", "sts:SetSourceIdentity"]

    principals {
      type        = "Service"
      identifiers = ["sagemaker.amazonaws.com"]
    }

    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [data.aws_caller_identity.current.account_id]
    }
  }
}

module "access_grants" {
  source = "../../modules/access-grants"

  name              = "product"
  existing_instance = { arn = "arn:aws:s3:us-east-1:123456789012:access-grants/default" }
  identity_center   = { arn = "arn:aws:sso:::instance/ssoins-0123456789abcdef" }

  locations = {
    data = {
      scope                = "s3://${module.data.bucket_name}/"
      permission           = "READWRITE"
      kms_keys             = { data = { arn = aws_kms_key.data.arn } }
      max_session_duration = 28800
    }
    reports = {
      scope      = "s3://example-reports/published/"
      permission = "READ"
      role       = { arn = "arn:aws:iam::123456789012:role/reports-location" }
    }
  }

  personas = {
    analyst = {
      grantee = {
        type = "IAM"
        id   = aws_iam_role.analyst.arn
      }
      grants = {
        product = {
          location   = "data"
          sub_prefix = "Product/*"
          permission = "READWRITE"
        }
        reports = {
          location   = "reports"
          sub_prefix = "*"
          permission = "READ"
        }
      }
    }
    auditors = {
      grantee = {
        type = "DIRECTORY_GROUP"
        id   = "a1b2c3d4-5e6f-7081-92a3-b4c5d6e7f809"
      }
      grants = {
        product = {
          location   = "data"
          sub_prefix = "Product/*"
          permission = "READ"
        }
      }
    }
  }

  permissions_boundary = { arn = "arn:aws:iam::123456789012:policy/boundary" }
  role_path            = "/data-access/"
  tags                 = { team = "product" }
}

output "grants" {
  description = "What each grant reaches."
  value       = module.access_grants.grant_scopes
}
