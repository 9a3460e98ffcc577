"""The Spark job: reads the Abalone data set, encodes it, splits it, writes it; all of S3 through S3 Access Grants.

Started by run_processing_job.py in the SageMaker Spark container 3.3. The same file runs on a laptop, without AWS:

    python preprocess.py --input abalone.csv --output out

Each output line is `rings,<sex one-hot>,<the seven measurements>`: the label first, as SageMaker's own algorithms want it.
"""

from __future__ import annotations

import argparse
import sys

import boto3
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

SETTINGS = {
    # S3A keeps one file system per bucket and process, with the credentials it was made with. Input and output are in one
    # bucket under different credentials, so each use makes its own.
    "spark.hadoop.fs.s3a.impl.disable.cache": "true",
    "spark.hadoop.fs.s3a.aws.credentials.provider": "org.apache.hadoop.fs.s3a.TemporaryAWSCredentialsProvider",
    # A grant reaches its prefix only: neither the bucket itself nor markers of the folders above may be touched.
    "spark.hadoop.fs.s3a.bucket.probe": "0",
    "spark.hadoop.fs.s3a.directory.marker.retention": "keep",
}


def main(arguments: list[str] | None = None) -> None:
    options = parse(arguments)
    accesses = request_both(options)
    builder = SparkSession.builder.appName("abalone-preprocess")
    for name, value in SETTINGS.items():
        builder = builder.config(name, value)
    spark = builder.getOrCreate()
    try:
        rows = read(spark, options.input, accesses[0])
        train, validation = split(encode(rows), options.seed)
        counts = [
            write(spark, part, f"{options.output.rstrip('/')}/{name}", accesses[1])
            for name, part in [("train", train), ("validation", validation)]
        ]
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
    return parser.parse_args(arguments)


def request_both(options: argparse.Namespace) -> tuple[Access | None, Access | None]:
    """Credentials for input and output, or None where they are local. Ends the job at once if they cannot outlive it."""
    wanted = [(options.input, "READ", options.input), (options.output, "READWRITE", f"{options.output.rstrip('/')}/*")]
    if not any(is_s3(location) for location, _, _ in wanted):
        return None, None
    s3control = boto3.client("s3control", region_name=options.region)
    account = options.account_id or boto3.client("sts", region_name=options.region).get_caller_identity()["Account"]
    accesses = []
    for location, permission, target in wanted:
        if not is_s3(location):
            accesses.append(None)
            continue
        try:
            access = request_access(s3control, account, target, permission, options.duration_seconds)
        except AccessDenied as denial:
            sys.exit(f"denied: {permission} on {target}: {denial}")
        check_lifetime(access, target, options.duration_seconds)
        print(f"{permission} on {target} through the grant on {access.matched_grant_target}")
        accesses.append(access)
    return accesses[0], accesses[1]


def check_lifetime(access: Access, target: str, seconds: int) -> None:
    # A minute's grace for clocks that differ.
    left = access.seconds_left()
    if left < seconds - 60:
        sys.exit(
            f"The credentials for {target} end in {left:.0f} s, the job may take {seconds} s. "
            "Raise the maximum session duration of the location's role, or lower --max-runtime-seconds."
        )


def read(spark: SparkSession, location: str, access: Access | None) -> DataFrame:
    """The rows as they are; a row that does not fit the schema ends the job."""
    # Options of a read go into the Hadoop configuration of this read alone.
    reader = spark.read.schema(SCHEMA).option("mode", "FAILFAST").options(**s3a_options(access))
    return reader.csv(s3a(location))


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


def write(spark: SparkSession, rows: DataFrame, location: str, access: Access | None) -> int:
    """Writes text files `part-00000`, … in place of what was there, and returns the number of rows."""
    configuration = spark.sparkContext._jsc.hadoopConfiguration()
    for name, value in s3a_options(access).items():
        configuration.set(name, value)
    path = spark.sparkContext._jvm.org.apache.hadoop.fs.Path(s3a(location))
    path.getFileSystem(configuration).delete(path, True)
    rows.rdd.map(to_line).saveAsTextFile(s3a(location))
    return rows.count()


def to_line(row) -> str:
    return ",".join(str(value) for value in [row.rings, *row.features.toArray().tolist()])


def is_s3(location: str) -> bool:
    return location.startswith("s3://")


def s3a(location: str) -> str:
    return location.replace("s3://", "s3a://", 1) if is_s3(location) else location


def s3a_options(access: Access | None) -> dict[str, str]:
    if access is None:
        return {}
    return {
        "fs.s3a.access.key": access.access_key_id,
        "fs.s3a.secret.key": access.secret_access_key,
        "fs.s3a.session.token": access.session_token,
    }


if __name__ == "__main__":
    main()
