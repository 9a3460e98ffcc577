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

module "data_bucket" {
  source = "../../modules/data-bucket"

  name                       = "product"
  bucket_name                = "example-product-data"
  kms_key                    = { arn = aws_kms_key.data.arn }
  expire_noncurrent_versions = { days = 90 }
  access_logs                = { bucket = "example-access-logs" }

  # Loaded at the apply, and again when it or the prefixes change.
  dataset = {
    prefixes = ["Product/", "UserA/", "UserB/"]
    logs     = { retention_days = 365 }

    source = {
      url  = "https://data.example.com/2024/abalone.csv"
      file = "abalone.csv"
    }
    sha256 = "de37cdcdcaaa50c309d514f248f7c2302a5f1f88c168905eba23fe2fbc78449f"
  }

  permissions_boundary = { arn = "arn:aws:iam::123456789012:policy/boundary" }
  role_path            = "/data-access/"
  tags                 = { team = "product" }
}

output "loaded" {
  description = "What was loaded."
  value       = module.data_bucket.load_result
}
