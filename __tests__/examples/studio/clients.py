"""Reads an object with an S3 client that is not ours and the profile of the environment, and prints its first line.

    python clients.py boto3|pandas|pyarrow BUCKET KEY
"""

import os
import sys

client, bucket, key = sys.argv[1:]
endpoint = os.environ["AWS_ENDPOINT_URL"]

if client == "boto3":
    import boto3

    line = boto3.client("s3").get_object(Bucket=bucket, Key=key)["Body"].readline().decode()
elif client == "pandas":  # with s3fs
    import pandas

    line = ",".join(map(str, pandas.read_csv(f"s3://{bucket}/{key}", header=None, nrows=1).iloc[0]))
elif client == "pyarrow":
    from pyarrow import fs

    s3 = fs.S3FileSystem(endpoint_override=endpoint, region=os.environ["AWS_REGION"])
    line = s3.open_input_stream(f"{bucket}/{key}").read(200).decode().splitlines()[0]

print(line.strip())
