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

module "studio_network" {
  source = "../../modules/studio-network"

  name            = "product"
  vpc_cidr        = "10.0.0.0/16"
  private_subnets = { "us-east-1a" = "10.0.0.0/20" }
  public_subnets  = { "us-east-1a" = "10.0.240.0/24" }
  nat_gateways    = { "us-east-1a" = {} }
}
