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

module "data_bucket" {
  source = "../../modules/data-bucket"

  name        = "product"
  bucket_name = "example-product-data"
}
