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

module "notification_topic" {
  source = "../../modules/notification-topic"

  name = "sales-decisions"

  subscriptions = {
    owners = {
      protocol = "email"
      endpoint = "sales-data-owners@example.com"
    }
  }
}

output "topic_arn" {
  description = "ARN of the topic."
  value       = module.notification_topic.arn
}
