"""Tries, as each persona, to read, list, write, delete and undelete below each prefix of the data bucket with the credentials that S3
Access Grants gives for it, and to reach past them. Prints one JSON object.

    python access_matrix.py BUCKET '{"userA": "arn:…role/sagemaker-usera-role", …}' Product/ UserA/ UserB/

In SageMaker, Studio takes on a persona's role; here the script does.
"""

import json
import sys

import boto3
from botocore.exceptions import ClientError

bucket, roles, prefixes = sys.argv[1], json.loads(sys.argv[2]), sys.argv[3:]
account = boto3.client("sts").get_caller_identity()["Account"]


def session(credentials: dict) -> boto3.Session:
    return boto3.Session(
        aws_access_key_id=credentials["AccessKeyId"],
        aws_secret_access_key=credentials["SecretAccessKey"],
        aws_session_token=credentials["SessionToken"],
    )


def attempt(call) -> str:
    """granted, denied, or the error's code."""
    try:
        call()
        return "granted"
    except ClientError as error:
        code = error.response["Error"]["Code"]
        return "denied" if code == "AccessDenied" else code


def with_grant(persona: boto3.Session, prefix: str, permission: str):
    """An S3 client with the credentials of a grant, asked for when it is used."""
    access = persona.client("s3control").get_data_access(
        AccountId=account, Target=f"s3://{bucket}/{prefix}*", Permission=permission
    )
    return session(access["Credentials"]).client("s3")


def undelete(s3, prefix: str, key: str) -> None:
    """Undeletes an object of a versioned bucket: removes its delete marker."""
    markers = s3.list_object_versions(Bucket=bucket, Prefix=prefix)["DeleteMarkers"]
    (newest,) = (marker for marker in markers if marker["Key"] == key and marker["IsLatest"])
    s3.delete_object(Bucket=bucket, Key=key, VersionId=newest["VersionId"])
    s3.get_object(Bucket=bucket, Key=key)


def actions(persona: boto3.Session, name: str, prefix: str) -> dict:
    mine = {"Bucket": bucket, "Key": f"{prefix}walkthrough-{name}.txt"}
    return {
        "read": lambda: with_grant(persona, prefix, "READ").get_object(Bucket=bucket, Key=f"{prefix}abalone.csv"),
        "list": lambda: with_grant(persona, prefix, "READ").list_objects_v2(Bucket=bucket, Prefix=prefix),
        "write": lambda: with_grant(persona, prefix, "READWRITE").put_object(**mine, Body=name.encode()),
        "delete": lambda: with_grant(persona, prefix, "READWRITE").delete_object(**mine),
        "undelete": lambda: undelete(with_grant(persona, prefix, "READWRITE"), prefix, mine["Key"]),
        "uploads": lambda: with_grant(persona, prefix, "READ").list_multipart_uploads(Bucket=bucket, Prefix=prefix),
    }


matrix, beyond = {}, {}
for name, role in roles.items():
    taken_on = boto3.client("sts").assume_role(RoleArn=role, RoleSessionName=name)
    persona = session(taken_on["Credentials"])
    matrix[name] = {
        prefix: {action: attempt(call) for action, call in actions(persona, name, prefix).items()}
        for prefix in prefixes
    }
    # The role by itself, and the credentials for one prefix against another that the persona may use as well.
    own = f"User{name[-1]}/"
    granted = with_grant(persona, own, "READWRITE")
    read_only = with_grant(persona, own, "READ")
    beyond[name] = {
        "the role alone, without a grant": attempt(
            lambda: persona.client("s3").get_object(Bucket=bucket, Key=f"{own}abalone.csv")
        ),
        f"credentials for {own}* on Product/": attempt(
            lambda: granted.get_object(Bucket=bucket, Key="Product/abalone.csv")
        ),
        f"credentials for {own}* on the whole bucket's list": attempt(lambda: granted.list_objects_v2(Bucket=bucket)),
        f"credentials for {own}* on the whole bucket's versions": attempt(
            lambda: granted.list_object_versions(Bucket=bucket)
        ),
        f"credentials for {own}* on the whole bucket's uploads": attempt(
            lambda: granted.list_multipart_uploads(Bucket=bucket)
        ),
        f"READ credentials for {own}*, writing": attempt(
            lambda: read_only.put_object(Bucket=bucket, Key=f"{own}not-allowed.txt", Body=b"x")
        ),
    }

print(json.dumps({"matrix": matrix, "beyond": beyond}))
