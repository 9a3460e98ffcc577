terraform {
  required_version = ">= 1.9"

  required_providers {
    aws = {
      version = ">= 5.100.0, < 7.0.0"
      source  = "hashicorp/aws"
    }
  }
}
