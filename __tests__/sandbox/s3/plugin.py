"""Uses S3 through AWS's boto3 plugin for S3 Access Grants, as it is published, and prints what became of each call.

    python plugin.py BUCKET
"""

import json
import sys

import boto3
from aws_s3_access_grants_boto3_plugin.s3_access_grants_plugin import S3AccessGrantsPlugin
from botocore.exceptions import ClientError

bucket = sys.argv[1]
s3 = boto3.client("s3")
S3AccessGrantsPlugin(s3, fallback_enabled=False).register()

own, other = "UserA/plugin/a.txt", "UserB/secret"


def upload_in_parts(key):
    upload = {"Bucket": bucket, "Key": key, "UploadId": s3.create_multipart_upload(Bucket=bucket, Key=key)["UploadId"]}
    part = s3.upload_part(**upload, PartNumber=1, Body=b"part")
    s3.complete_multipart_upload(**upload, MultipartUpload={"Parts": [{"PartNumber": 1, "ETag": part["ETag"]}]})


calls = {
    "put": lambda: s3.put_object(Bucket=bucket, Key=own, Body=b"hello"),
    "get": lambda: s3.get_object(Bucket=bucket, Key=own)["Body"].read(),
    "head": lambda: s3.head_object(Bucket=bucket, Key=own),
    "list": lambda: s3.list_objects_v2(Bucket=bucket, Prefix="UserA/plugin/"),
    "copy": lambda: s3.copy_object(Bucket=bucket, Key="UserA/plugin/b.txt", CopySource=f"{bucket}/{own}"),
    "parts": lambda: upload_in_parts("UserA/plugin/c.txt"),
    "delete": lambda: s3.delete_object(Bucket=bucket, Key=own),
    "delete several": lambda: s3.delete_objects(
        Bucket=bucket, Delete={"Objects": [{"Key": "UserA/plugin/b.txt"}, {"Key": "UserA/plugin/c.txt"}]}
    ),
    "get another's": lambda: s3.get_object(Bucket=bucket, Key=other),
    "head another's": lambda: s3.head_object(Bucket=bucket, Key=other),
    "put to another": lambda: s3.put_object(Bucket=bucket, Key="UserB/x", Body=b"x"),
    "list another's": lambda: s3.list_objects_v2(Bucket=bucket, Prefix="UserB/"),
    "delete another's": lambda: s3.delete_object(Bucket=bucket, Key=other),
    "list everything": lambda: s3.list_objects_v2(Bucket=bucket),
}


def outcome(call):
    try:
        call()
        return "ok"
    except ClientError as error:
        return f"{error.operation_name}: {error.response['Error']['Code']}"


print(json.dumps({name: outcome(call) for name, call in calls.items()}))
