"""The behaviour of the published walkthrough's function, written down as the baseline: on every event it lists whatever is
pending in the publishing project, accepts all of it with one comment, and publishes a message for each. No policy, no
pagination beyond what the SDK does, no check of what the event was about. Run as a process, it handles one event."""

import json
import os

import boto3


def handler(event, _context):
    datazone, sns = boto3.client("datazone"), boto3.client("sns")
    domain, project = os.environ["DOMAIN_ID"], os.environ["PROJECT_ID"]
    pages = datazone.get_paginator("list_subscription_requests").paginate(
        domainIdentifier=domain, status="PENDING", approverProjectId=project
    )
    for page in pages:
        for request in page["items"]:
            datazone.accept_subscription_request(
                domainIdentifier=domain, identifier=request["id"], decisionComment="Approved automatically."
            )
            sns.publish(TopicArn=os.environ["TOPIC_ARN"], Message=f"Approved {request['id']}")


if __name__ == "__main__":
    handler(json.loads(os.environ["EVENT"]), None)
