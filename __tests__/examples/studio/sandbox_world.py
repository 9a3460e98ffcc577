"""The data bucket and the two personas in the local AWS that the environment leads to."""

import json

import boto3

BUCKET = "product-data"
GRANTS = (
    ("usera", "UserA/*", "READWRITE"),
    ("usera", "Product/*", "READ"),
    ("userb", "UserB/*", "READWRITE"),
)


def trust(service, *actions):
    statement = {"Effect": "Allow", "Principal": {"Service": service}, "Action": list(actions)}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def keys_of(role, user):
    keys = boto3.client("sts").assume_role(RoleArn=role, RoleSessionName=user)["Credentials"]
    return {
        "AWS_ACCESS_KEY_ID": keys["AccessKeyId"],
        "AWS_SECRET_ACCESS_KEY": keys["SecretAccessKey"],
        "AWS_SESSION_TOKEN": keys["SessionToken"],
    }
