"""Prints, as one JSON object, what exists in the account: for each kind of resource the names. Keys on their way out and
the account's own defaults do not count."""

import json

import boto3


def names(service: str, operation: str, result: str, field: str | None = None, **arguments) -> list[str]:
    pages = boto3.client(service).get_paginator(operation).paginate(**arguments)
    return sorted(item[field] if field else item for page in pages for item in page.get(result, []))


def keys() -> list[str]:
    kms = boto3.client("kms")
    states = ((key, kms.describe_key(KeyId=key)["KeyMetadata"]) for key in names("kms", "list_keys", "Keys", "KeyId"))
    return [key for key, data in states if data["KeyState"] != "PendingDeletion" and data["KeyManager"] == "CUSTOMER"]


def vpcs() -> list[str]:
    found = boto3.client("ec2").describe_vpcs()["Vpcs"]
    return sorted(vpc["VpcId"] for vpc in found if not vpc["IsDefault"])


print(
    json.dumps(
        {
            "alarms": names("cloudwatch", "describe_alarms", "MetricAlarms", "AlarmName"),
            "buckets": sorted(b["Name"] for b in boto3.client("s3").list_buckets()["Buckets"]),
            "functions": names("lambda", "list_functions", "Functions", "FunctionName"),
            "event source mappings": names("lambda", "list_event_source_mappings", "EventSourceMappings", "UUID"),
            "keys": keys(),
            "log groups": names("logs", "describe_log_groups", "logGroups", "logGroupName"),
            "parameters": names("ssm", "describe_parameters", "Parameters", "Name"),
            "queues": names("sqs", "list_queues", "QueueUrls"),
            "roles": names("iam", "list_roles", "Roles", "RoleName"),
            "rules": names("events", "list_rules", "Rules", "Name"),
            "SageMaker domains": names("sagemaker", "list_domains", "Domains", "DomainName"),
            "stacks": names(
                "cloudformation", "list_stacks", "StackSummaries", "StackName",
                StackStatusFilter=["CREATE_COMPLETE", "UPDATE_COMPLETE", "ROLLBACK_COMPLETE", "DELETE_FAILED"],
            ),
            "subscriptions": names("sns", "list_subscriptions", "Subscriptions", "SubscriptionArn"),
            "topics": names("sns", "list_topics", "Topics", "TopicArn"),
            "VPCs": vpcs(),
        }
    )
)
