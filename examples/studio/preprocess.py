"""The Spark job: reads the Abalone data set, encodes it, splits it, writes it; all of S3 through S3 Access Grants.

Started by run_processing_job.py in the SageMaker Spark container 3.3. The same file runs on a laptop, without AWS:

    python preprocess.py --input abalone.csv --output out

Each output line is `rings,<sex one-hot>,<the seven measurements>`: the label first, as SageMaker's own algorithms want it.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import boto3
from botocore.exceptions import BotoCoreError, ClientError
from pyspark.ml import Pipeline
from pyspark.ml.feature import OneHotEncoder, StringIndexer, VectorAssembler
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql.types import DoubleType, StringType, StructField, StructType

from access_grants import LONGEST_SECONDS, SHORTEST_SECONDS, Access, AccessDenied, request_access

MEASUREMENTS = ["length", "diameter", "height", "whole_weight", "shucked_weight", "viscera_weight", "shell_weight"]
SCHEMA = StructType(
    [StructField("sex", StringType(), False)]
    + [StructField(name, DoubleType(), False) for name in [*MEASUREMENTS, "rings"]]
)

S3A = "fs.s3a."
SETTINGS = {
    # S3A keeps one file system per bucket and process, with the credentials it was made with. Input and output are in one
    # bucket under different credentials, so each use makes its own.
    f"spark.hadoop.{S3A}impl.disable.cache": "true",
    # A grant reaches its prefix only: neither the bucket itself nor markers of the folders above may be touched.
    f"spark.hadoop.{S3A}bucket.probe": "0",
    f"spark.hadoop.{S3A}directory.marker.retention": "keep",
    # The output folder is there before Spark writes: see claim.
    "spark.hadoop.validateOutputSpecs": "false",
}
PARTS = ("train", "validation")


@dataclass(frozen=True)
class Place:
    """Where the job reads or writes: an S3 URI or a local path, without a slash at its end."""

    location: str
    s3: object = None
    """A boto3 client that may reach it; None for a local path."""
    options: dict[str, str] = field(default_factory=dict, repr=False)
    """What S3A needs to reach it."""

    def below(self, name: str) -> Place:
        return Place(f"{self.location}/{name}", self.s3, self.options)

    @property
    def bucket_and_key(self) -> tuple[str, str]:
        bucket, _, key = self.location[len("s3://") :].partition("/")
        return bucket, key

    @property
    def path(self) -> str:
        """As Hadoop names it."""
        return self.location if self.s3 is None else f"s3a://{'/'.join(self.bucket_and_key)}"


def main(arguments: list[str] | None = None) -> None:
    options = parse(arguments)
    source, output = places(options)
    look(source)
    parts = [output.below(name) for name in PARTS]
    for part in parts:
        claim(part)
    builder = SparkSession.builder.appName("abalone-preprocess")
    for name, value in [*SETTINGS.items(), *profile_settings(options.profile)]:
        builder = builder.config(name, value)
    spark = builder.getOrCreate()
    if options.profile:
        # SDK for Java: the driver's virtual machine runs already, where spark-submit has started it.
        spark.sparkContext._jvm.java.lang.System.setProperty("aws.profile", options.profile)
    try:
        halves = split(encode(read(spark, source)), options.seed)
        counts = [write(spark, rows, part) for rows, part in zip(halves, parts)]
        print(f"wrote {counts[0]} rows to train and {counts[1]} rows to validation")
    finally:
        spark.stop()


def parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--input", required=True, help="s3://bucket/UserA/abalone.csv, or a local file")
    parser.add_argument("--output", required=True, help="s3://bucket/UserA/output, or a local folder; is replaced")
    parser.add_argument("--account-id", help="owner of the S3 Access Grants instance (default: the caller's account)")
    parser.add_argument("--region", help="Region of the instance (default: boto3's)")
    parser.add_argument("--seed", type=int, default=42, help="of the split (default: 42)")
    parser.add_argument(
        "--duration-seconds",
        type=int,
        default=3600,
        help=f"how long the job may take, {SHORTEST_SECONDS} to {LONGEST_SECONDS}; the credentials have to last as long",
    )
    parser.add_argument(
        "--profile",
        help="profile in ~/.aws/credentials whose credential_process is grant_credentials.py, for input and output: "
        "S3A then renews its credentials, so that the job may take longer than a session",
    )
    options = parser.parse_args(arguments)
    for name in ("input", "output"):
        location = getattr(options, name)
        wrong = is_s3(location) and any(part in ("", ".", "..") for part in location[5:].rstrip("/").split("/"))
        if wrong or (is_s3(location) and set("*?[]{}\\") & set(location)):
            parser.error(
                f"--{name} {location}: give one object or folder by its name, without empty names, . and .. and without "
                "* ? [ ] { } and \\, which Hadoop reads as something else"
            )
    return options


def places(options: argparse.Namespace) -> tuple[Place, Place]:
    """Input and output with what reaches them. Ends the job where a grant is missing, or cannot outlive it."""
    source, output = (location.rstrip("/") if is_s3(location) else location for location in (options.input, options.output))
    return reach(options, source, "READ", source), reach(options, output, "READWRITE", f"{output}/*")


def reach(options: argparse.Namespace, location: str, permission: str, target: str) -> Place:
    if not is_s3(location):
        return Place(location)
    if options.profile:
        s3 = boto3.Session(profile_name=options.profile).client("s3", region_name=options.region)
        return Place(location, s3, {f"{S3A}aws.credentials.provider": "com.amazonaws.auth.profile.ProfileCredentialsProvider"})
    s3control = boto3.client("s3control", region_name=options.region)
    account = options.account_id or boto3.client("sts", region_name=options.region).get_caller_identity()["Account"]
    try:
        access = request_access(s3control, account, target, permission, options.duration_seconds)
    except AccessDenied as denial:
        sys.exit(f"denied: {permission} on {target}: {denial}")
    check_lifetime(access, target, options.duration_seconds)
    print(f"{permission} on {target} through the grant on {access.matched_grant_target}")
    keys = (access.access_key_id, access.secret_access_key, access.session_token)
    names = ("access.key", "secret.key", "session.token")
    return Place(
        location,
        boto3.Session(*keys, region_name=options.region).client("s3"),
        {
            f"{S3A}aws.credentials.provider": "org.apache.hadoop.fs.s3a.TemporaryAWSCredentialsProvider",
            **{f"{S3A}{name}": key for name, key in zip(names, keys)},
        },
    )


def profile_settings(profile: str | None) -> list[tuple[str, str]]:
    return [("spark.executor.extraJavaOptions", f"-Daws.profile={profile}")] if profile else []


def look(source: Place) -> None:
    """Ends the job before Spark starts where the input is not there, or refused."""
    if source.s3 is None:
        return
    bucket, key = source.bucket_and_key
    with refused_in_one_sentence("reading", source.location):
        try:
            source.s3.head_object(Bucket=bucket, Key=key)
        except ClientError as error:
            if error.response["ResponseMetadata"]["HTTPStatusCode"] != 404:
                raise
            if "Contents" not in source.s3.list_objects_v2(Bucket=bucket, Prefix=f"{key}/", MaxKeys=1):
                sys.exit(f"there is no {source.location}, neither an object nor a folder")


def claim(output: Place) -> None:
    """Makes sure that the output may be written, and that its folder is there, before Spark starts.

    Before S3A writes it looks upwards for a folder that is there, key by key: `UserA/output/train`, `UserA/output`, and then
    `UserA`, which a grant on `UserA/*` does not cover, so that the job would be refused. It stops at the first that is there: an
    empty object whose name ends in a slash, as S3A itself makes for folders, in the output folder.
    """
    if output.s3 is None:
        return
    bucket, key = output.bucket_and_key
    with refused_in_one_sentence("writing", output.location):
        output.s3.put_object(Bucket=bucket, Key=f"{key}/", Body=b"")


@contextmanager
def refused_in_one_sentence(doing: str, location: str):
    try:
        yield
    except (ClientError, BotoCoreError) as error:
        sys.exit(f"refused: {doing} {location}: {error}")


def check_lifetime(access: Access, target: str, seconds: int) -> None:
    # A minute's grace for clocks that differ.
    left = access.seconds_left()
    if left < seconds - 60:
        sys.exit(
            f"The credentials for {target} end in {left:.0f} s, the job may take {seconds} s. "
            "Raise the maximum session duration of the location's role, or lower --max-runtime-seconds."
        )


def read(spark: SparkSession, source: Place) -> DataFrame:
    """The rows as they are; a row that does not fit the schema ends the job."""
    # Options of a read go into the Hadoop configuration of this read alone.
    return spark.read.schema(SCHEMA).option("mode", "FAILFAST").options(**source.options).csv(source.path)


def encode(rows: DataFrame) -> DataFrame:
    """Label and features: `sex` indexed by frequency and one-hot encoded (the rarest is all zeros), then the measurements."""
    stages = [
        StringIndexer(inputCol="sex", outputCol="sex_index"),
        OneHotEncoder(inputCol="sex_index", outputCol="sex_vector"),
        VectorAssembler(inputCols=["sex_vector", *MEASUREMENTS], outputCol="features"),
    ]
    return Pipeline(stages=stages).fit(rows).transform(rows).select("rings", "features")


def split(encoded: DataFrame, seed: int) -> tuple[DataFrame, DataFrame]:
    """80 % to train on, 20 % to validate with; no row in both, none in neither."""
    # Cached: computed twice, the two halves could be halves of two different orders.
    train, validation = encoded.cache().randomSplit([0.8, 0.2], seed=seed)
    return train, validation


def write(spark: SparkSession, rows: DataFrame, output: Place) -> int:
    """Writes text files `part-00000`, … in place of what was there, and returns the number of rows."""
    configuration = spark.sparkContext._jsc.hadoopConfiguration()
    for name, value in output.options.items():
        configuration.set(name, value)
    clear(output)
    rows.rdd.map(to_line).saveAsTextFile(output.path)
    if output.s3 is not None:
        # Others would take it for an empty file.
        bucket, key = output.bucket_and_key
        output.s3.delete_object(Bucket=bucket, Key=f"{key}/")
    return rows.count()


def clear(output: Place) -> None:
    """Deletes what an earlier run wrote, all but what claim put: S3A would look for the folder above."""
    if output.s3 is None:
        if Path(output.location).exists():
            shutil.rmtree(output.location)
        return
    bucket, key = output.bucket_and_key
    for page in output.s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=f"{key}/"):
        old = [{"Key": item["Key"]} for item in page["Contents"] if item["Key"] != f"{key}/"]
        errors = old and output.s3.delete_objects(Bucket=bucket, Delete={"Objects": old, "Quiet": True}).get("Errors")
        if errors:
            sys.exit(f"refused: deleting {errors[0]['Key']} of an earlier run: {errors[0]['Message']}")


def to_line(row) -> str:
    return ",".join(str(value) for value in [row.rings, *row.features.toArray().tolist()])


def is_s3(location: str) -> bool:
    return location.startswith("s3://")


if __name__ == "__main__":
    main()
