"""What the job asks of S3 Access Grants before Spark starts."""

import re
from datetime import datetime, timedelta, timezone

import boto3
import preprocess
import pytest
from botocore.stub import Stubber

S3 = ["--input", "s3://data/UserA/abalone.csv", "--output", "s3://data/UserA/output", "--account-id", "123456789012"]


@pytest.fixture
def grants(monkeypatch):
    """Stubbed S3 Control: answers in order, and refuses any other request than the expected."""
    keys = {"aws_access_key_id": "x", "aws_secret_access_key": "y", "region_name": "us-east-1"}
    client = boto3.client("s3control", **keys)
    monkeypatch.setattr(preprocess.boto3, "client", lambda *_, **__: client)
    with Stubber(client) as stub:
        yield stub
        stub.assert_no_pending_responses()


def expect(grants, target, permission, seconds, lasting):
    expiration = datetime.now(timezone.utc) + timedelta(seconds=lasting)
    keys = {"AccessKeyId": "A" * 16, "SecretAccessKey": permission, "SessionToken": "t", "Expiration": expiration}
    asked = {
        "AccountId": "123456789012",
        "Target": target,
        "Permission": permission,
        "DurationSeconds": seconds,
        "Privilege": "Default",
    }
    answer = {"Credentials": keys, "MatchedGrantTarget": "s3://data/UserA/*"}
    grants.add_response("get_data_access", answer, asked)


def test_read_for_the_input_and_readwrite_for_the_output_as_long_as_the_job_may_take(grants):
    expect(grants, "s3://data/UserA/abalone.csv", "READ", 7200, 7200)
    expect(grants, "s3://data/UserA/output/*", "READWRITE", 7200, 7200)
    accesses = preprocess.request_both(preprocess.parse([*S3, "--duration-seconds", "7200"]))
    assert [access.secret_access_key for access in accesses] == ["READ", "READWRITE"]


def test_a_denial_ends_the_job_before_it_starts(grants):
    message = "You do not have READ permissions to the requested S3 Prefix: s3://data/UserA/abalone.csv"
    grants.add_client_error("get_data_access", "AccessDenied", message, 403)
    with pytest.raises(SystemExit, match=f"denied: READ on s3://data/UserA/abalone.csv: {message}"):
        preprocess.request_both(preprocess.parse(S3))


def test_credentials_that_end_before_the_job_may_end_it_at_once(grants):
    expect(grants, "s3://data/UserA/abalone.csv", "READ", 7200, 3600)
    said = r"end in 3\d{3} s, the job may take 7200 s\. Raise the maximum session duration"
    with pytest.raises(SystemExit) as end:
        preprocess.request_both(preprocess.parse([*S3, "--duration-seconds", "7200"]))
    assert re.search(said, str(end.value))


def test_local_files_need_no_aws(monkeypatch):
    monkeypatch.setattr(preprocess.boto3, "client", lambda *_, **__: pytest.fail("AWS was asked"))
    assert preprocess.request_both(preprocess.parse(["--input", "a.csv", "--output", "out"])) == (None, None)


def test_s3_goes_through_s3a_with_temporary_credentials():
    assert preprocess.s3a("s3://data/UserA/output") == "s3a://data/UserA/output"
    assert preprocess.s3a("/tmp/out") == "/tmp/out"
    provider = preprocess.SETTINGS["spark.hadoop.fs.s3a.aws.credentials.provider"]
    assert provider == "org.apache.hadoop.fs.s3a.TemporaryAWSCredentialsProvider"
    # Without it the second set of credentials would never be used: both are for the same bucket.
    assert preprocess.SETTINGS["spark.hadoop.fs.s3a.impl.disable.cache"] == "true"
