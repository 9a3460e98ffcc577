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

resource "aws_kms_key" "data" {
  # checkov:skip=CKV2_AWS_64: The default key policy lets the account's IAM policies decide, which the roles made here need.

  description         = "Encrypts the product data"
  enable_key_rotation = true
}

module "studio_access" {
  source = "../../modules/studio-access"

  name                       = "product"
  role_prefix                = "sagemaker"
  bucket_name                = "example-product-data"
  data_key                   = { arn = aws_kms_key.data.arn }
  expire_noncurrent_versions = { days = 90 }
  access_logs                = { bucket = "example-access-logs" }
  existing_instance          = { arn = "arn:aws:s3:us-east-1:123456789012:access-grants/default" }
  home_file_system           = "Retain"
  max_session_duration       = 28800
  scratch_days               = 14

  network = {
    existing = {
      vpc_id             = "vpc-0123456789abcdef0"
      subnet_ids         = ["subnet-0123456789abcdef0", "subnet-0fedcba9876543210"]
      security_group_ids = ["sg-0123456789abcdef0"]
    }
  }

  dataset = {
    source   = { s3 = { bucket = "example-raw-data", key = "abalone.csv" }, file = "abalone.csv" }
    prefixes = ["Product/", "UserA/", "UserB/"]
  }

  personas = {
    userA = {
      space = {}
      grants = {
        product = { sub_prefix = "Product/*", permission = "READWRITE" }
        own     = { sub_prefix = "UserA/*", permission = "READWRITE" }
      }
    }
    userB = {
      grants = {
        product = { sub_prefix = "Product/*", permission = "READ" }
        own     = { sub_prefix = "UserB/*", permission = "READWRITE" }
      }
    }
  }

  permissions_boundary = { arn = "arn:aws:iam::123456789012:policy/boundary" }
  role_path            = "/data-access/"
  tags                 = { team = "product" }
}

output "role_arns" {
  description = "Role of each persona."
  value       = module.studio_access.role_arns
}
