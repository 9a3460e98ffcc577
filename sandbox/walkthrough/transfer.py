"""Carries the Spark job's input and output between the data bucket and a folder, with the caller's credentials from S3 Access
Grants.

    python transfer.py get|put BUCKET FOLDER
"""

import pathlib
import sys

import boto3

from access_grants import session

direction, bucket, folder = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])
account = boto3.client("sts").get_caller_identity()["Account"]
s3control = boto3.client("s3control")

if direction == "get":
    s3 = session(s3control, account, f"s3://{bucket}/UserA/*", "READ").client("s3")
    s3.download_file(bucket, "UserA/abalone.csv", str(folder / "abalone.csv"))
else:
    s3 = session(s3control, account, f"s3://{bucket}/UserA/output/*", "READWRITE").client("s3")
    for file in sorted((folder / "output").rglob("part-*")):
        s3.upload_file(str(file), bucket, f"UserA/output/{file.relative_to(folder / 'output').as_posix()}")
