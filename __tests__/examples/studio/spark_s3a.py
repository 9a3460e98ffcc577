"""The job through Hadoop's own S3 client against the local AWS, as userA: what it writes, what it asks, what it is refused.

Run by spark.long.test.ts, which starts that and sets the environment; not by pytest's own collection.
"""

import json
import os
import subprocess
import sys
import urllib.request

import access_grants
import boto3
import pytest
import spark
from abalone import SAMPLE, expected, parse
from sandbox_world import BUCKET, keys_of

JOB = access_grants.__file__.replace("access_grants", "preprocess")


@pytest.fixture(scope="module", autouse=True)
def data(roles):
    for key in ("UserA/abalone.csv", "UserA/deep/in/abalone.csv", "Product/abalone.csv", "UserB/abalone.csv"):
        boto3.client("s3").upload_file(str(SAMPLE), BUCKET, key)


def calls():
    with urllib.request.urlopen(f"{os.environ['AWS_ENDPOINT_URL']}/_sandbox/calls?service=s3") as answer:
        return json.load(answer)


def run(roles, source, output, *arguments, master="local[2]"):
    """The job as userA, and the S3 calls that were made meanwhile."""
    before = len(calls())
    command = [sys.executable, spark.__file__, master, JOB, "--input", f"s3://{BUCKET}/{source}"]
    job = subprocess.run(
        [*command, "--output", f"s3://{BUCKET}/{output}", *arguments],
        capture_output=True,
        text=True,
        env={**os.environ, **keys_of(roles["usera"], "usera")},
    )
    return job, calls()[before:]


def keys_below(prefix):
    return [item["Key"] for item in boto3.client("s3").list_objects_v2(Bucket=BUCKET, Prefix=prefix).get("Contents", [])]


def lines_below(prefix):
    s3 = boto3.client("s3")
    parts = [key for key in keys_below(prefix) if "/part-" in key]
    return [line for key in parts for line in s3.get_object(Bucket=BUCKET, Key=key)["Body"].read().decode().splitlines()]


def check(job, made, output):
    """Every line is there once, nothing else is left, and no request went past the grants."""
    assert job.returncode == 0, job.stdout + job.stderr
    halves = [lines_below(f"{output}/{half}/") for half in ("train", "validation")]
    assert sorted(parse(halves[0] + halves[1])) == sorted(expected())
    names = {key.removeprefix(f"{output}/").split("/", 1)[1] for key in keys_below(f"{output}/train/")}
    assert "_SUCCESS" in names and all(name == "_SUCCESS" or name.startswith("part-") for name in names)
    assert [call for call in made if call["status"] == 403 or call.get("denied")] == []
    touched = {call["resource"].split(":::")[1] for call in made if call["operation"] not in ("GetDataAccess",)}
    assert {key for key in touched if key != BUCKET and not key.startswith(f"{BUCKET}/{output}/")} <= {
        f"{BUCKET}/UserA/abalone.csv",
        f"{BUCKET}/Product/abalone.csv",
        f"{BUCKET}/UserA/deep/in",
        f"{BUCKET}/UserA/deep/in/abalone.csv",
        f"{BUCKET}/UserA/deep/in/_spark_metadata",
    }
    return halves


def test_two_executors_write_below_the_grant_and_a_second_run_replaces_the_first(roles):
    first = check(*run(roles, "UserA/abalone.csv", "UserA/output", "--seed", "8", master="local-cluster[2,1,512]"), "UserA/output")
    second = check(*run(roles, "UserA/abalone.csv", "UserA/output", "--seed", "7"), "UserA/output")
    assert first[0] != second[0]


@pytest.mark.parametrize(
    ("source", "output"),
    [
        ("Product/abalone.csv", "UserA"),
        ("UserA/deep/in/", "UserA/a/b c/d+e/f/"),
    ],
)
def test_any_depth_within_the_grant_also_its_own_folder(roles, source, output):
    check(*run(roles, source, output), output.rstrip("/"))


@pytest.mark.parametrize(
    ("source", "output", "sentence"),
    [
        ("UserA/abalone.csv", "Product/output", "denied: READWRITE on s3://product-data/Product/output/*: You do not have READWRITE"),
        ("UserA/abalone.csv", "UserB/output", "denied: READWRITE on s3://product-data/UserB/output/*: You do not have READWRITE"),
        ("UserB/abalone.csv", "UserA/output", "denied: READ on s3://product-data/UserB/abalone.csv: You do not have READ"),
        # The key UserA itself is not in a grant on UserA/*, and S3A asks for it.
        ("UserA/", "UserA/output", "denied: READ on s3://product-data/UserA: You do not have READ"),
        ("UserA/nothing.csv", "UserA/output", "there is no s3://product-data/UserA/nothing.csv, neither an object nor a folder"),
        ("UserA/abalone.csv", "UserA/../UserB", "--output s3://product-data/UserA/../UserB: give one object or folder"),
        ("UserA/abalone.csv", "UserA//output", "--output s3://product-data/UserA//output: give one object or folder"),
        ("UserA/*.csv", "UserA/output", "--input s3://product-data/UserA/*.csv: give one object or folder"),
    ],
)
def test_what_is_refused_is_refused_in_one_sentence_before_spark_starts(roles, source, output, sentence):
    job, made = run(roles, source, output)
    assert job.returncode != 0
    assert sentence in job.stderr.splitlines()[-1]
    assert "Traceback" not in job.stderr and "SparkSession" not in job.stderr and "WARN" not in job.stderr
    assert [call for call in made if call["operation"] in ("PutObject", "DeleteObject", "DeleteObjects")] == []
