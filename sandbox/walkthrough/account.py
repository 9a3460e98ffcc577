"""Sets up what an account has before Studio is deployed: a data set in a bucket, a key for volumes, and a role for each person to
sign in with, which may do nothing yet.

    python account.py BUCKET FILE

Prints the key's ARN and the people's roles as one JSON object.
"""

import json
import sys

import boto3

bucket, file = sys.argv[1:]

s3 = boto3.client("s3")
s3.create_bucket(Bucket=bucket)
s3.upload_file(file, bucket, "abalone.csv")

key = boto3.client("kms").create_key(Description="walkthrough: Studio")["KeyMetadata"]["Arn"]

iam = boto3.client("iam")
account = boto3.client("sts").get_caller_identity()["Account"]
trust = {"Effect": "Allow", "Principal": {"AWS": account}, "Action": "sts:AssumeRole"}
people = {
    name: iam.create_role(
        RoleName=f"walkthrough-{name.lower()}",
        AssumeRolePolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [trust]}),
    )["Role"]["Arn"]
    for name in ("userA", "userB")
}

print(json.dumps({"key": key, "people": people}))
