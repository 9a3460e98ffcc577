"""What is somebody's in a deployment, by kind, as one JSON object.

move-in puts an object into every bucket and a message into every queue; look prints what is there: versions of the objects, ids of
messages, confirmed subscriptions, and the file systems that still are."""

import json
import sys

import boto3

verb, places = sys.argv[1], json.loads(sys.argv[2])
s3, sqs, sns, efs = (boto3.client(name) for name in ("s3", "sqs", "sns", "efs"))

if verb == "move-in":
    for bucket in places["buckets"]:
        s3.put_object(Bucket=bucket, Key="canary", Body=b"still here")
    for queue in places["queues"]:
        sqs.send_message(QueueUrl=queue, MessageBody="still here")


def version(bucket: str) -> str:
    try:
        return s3.head_object(Bucket=bucket, Key="canary")["VersionId"]
    except s3.exceptions.ClientError as error:
        return f"gone: {error}"


def message(queue: str) -> str:
    try:
        found = sqs.receive_message(QueueUrl=queue, VisibilityTimeout=0).get("Messages", [])
    except sqs.exceptions.ClientError as error:
        return f"gone: {error}"
    return found[0]["MessageId"] if found else "gone"


def subscriptions(topic: str) -> list[str]:
    try:
        found = sns.list_subscriptions_by_topic(TopicArn=topic)["Subscriptions"]
    except sns.exceptions.ClientError as error:
        return [f"gone: {error}"]
    return [one["SubscriptionArn"] for one in found if one["SubscriptionArn"].startswith("arn:")]


there = {one["FileSystemId"] for one in efs.describe_file_systems()["FileSystems"]}
print(
    json.dumps(
        {
            "canaries": {bucket: version(bucket) for bucket in places["buckets"]},
            "messages": {queue: message(queue) for queue in places["queues"]},
            "subscriptions": {topic: subscriptions(topic) for topic in places["topics"]},
            "homes": {home: home in there for home in places["homes"]},
        }
    )
)
