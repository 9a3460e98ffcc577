"""Shows whether the caller may read what the job wrote: its first rows, or the denial.

    python validate_access.py --bucket product-data --prefix UserA/output/train/

Exit codes: 0 the rows were read; 3 no grant covers the caller; 1 anything else went wrong, so nothing is shown about
access; 2 wrong arguments.
"""

from __future__ import annotations

import argparse
import itertools
import sys

import boto3
from botocore.exceptions import BotoCoreError, ClientError

from access_grants import AccessDenied, session

GRANTED, FAILED, DENIED = 0, 1, 3


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bucket", required=True)
    parser.add_argument("--prefix", default="UserA/output/train/", help="default: %(default)s")
    parser.add_argument("--rows", type=int, default=5, help="default: %(default)s")
    parser.add_argument("--account-id", help="owner of the S3 Access Grants instance (default: the caller's account)")
    parser.add_argument("--region", help="Region of the instance (default: boto3's)")
    options = parser.parse_args(arguments)

    target = f"s3://{options.bucket}/{options.prefix}*"
    try:
        caller = boto3.client("sts", region_name=options.region).get_caller_identity()
        print(f"caller:  {caller['Arn']}\ntarget:  {target}")
        s3control = boto3.client("s3control", region_name=options.region)
        granted = session(s3control, options.account_id or caller["Account"], target, "READ")
        rows = list(itertools.islice(read_rows(granted.client("s3"), options.bucket, options.prefix), options.rows))
    except AccessDenied as denial:
        print(f"denied:  {denial}")
        return DENIED
    except (ClientError, BotoCoreError, LookupError) as error:
        print(f"failed:  {error}", file=sys.stderr)
        return FAILED
    print(f"granted: the first {len(rows)} rows")
    for row in rows:
        print(row)
    return GRANTED


def read_rows(s3, bucket: str, prefix: str):
    """The rows of Spark's part files, in order; no more is read than is taken."""
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix)
    keys = (item["Key"] for page in pages for item in page.get("Contents", []))
    parts = [key for key in keys if key.rsplit("/", 1)[-1].startswith("part-")]
    if not parts:
        raise LookupError(f"s3://{bucket}/{prefix} holds no part files: did the job run?")
    for key in parts:
        for line in s3.get_object(Bucket=bucket, Key=key)["Body"].iter_lines():
            yield line.decode()


if __name__ == "__main__":
    sys.exit(main())
