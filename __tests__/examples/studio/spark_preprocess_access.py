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
    places = preprocess.places(preprocess.parse([*S3, "--duration-seconds", "7200"]))
    assert [place.options["fs.s3a.secret.key"] for place in places] == ["READ", "READWRITE"]
    provider = "org.apache.hadoop.fs.s3a.TemporaryAWSCredentialsProvider"
    assert {place.options["fs.s3a.aws.credentials.provider"] for place in places} == {provider}
    # Both are for the same bucket: without it the second set of credentials would never be used.
    assert preprocess.SETTINGS["spark.hadoop.fs.s3a.impl.disable.cache"] == "true"


def test_no_secret_shows_where_a_place_is_printed(grants):
    expect(grants, "s3://data/UserA/abalone.csv", "READ", 3600, 3600)
    expect(grants, "s3://data/UserA/output/*", "READWRITE", 3600, 3600)
    assert "READ" not in repr(preprocess.places(preprocess.parse(S3)))


def test_a_denial_ends_the_job_before_it_starts(grants):
    message = "You do not have READ permissions to the requested S3 Prefix: s3://data/UserA/abalone.csv"
    grants.add_client_error("get_data_access", "AccessDenied", message, 403)
    with pytest.raises(SystemExit, match=f"denied: READ on s3://data/UserA/abalone.csv: {message}"):
        preprocess.places(preprocess.parse(S3))


def test_credentials_that_end_before_the_job_may_end_it_at_once(grants):
    expect(grants, "s3://data/UserA/abalone.csv", "READ", 7200, 3600)
    said = r"end in 3\d{3} s, the job may take 7200 s\. Raise the maximum session duration"
    with pytest.raises(SystemExit) as end:
        preprocess.places(preprocess.parse([*S3, "--duration-seconds", "7200"]))
    assert re.search(said, str(end.value))


def test_local_files_need_no_aws(monkeypatch):
    monkeypatch.setattr(preprocess.boto3, "client", lambda *_, **__: pytest.fail("AWS was asked"))
    source, output = preprocess.places(preprocess.parse(["--input", "a.csv", "--output", "out"]))
    assert (source.path, output.path, source.options, output.options) == ("a.csv", "out", {}, {})


@pytest.mark.parametrize(
    ("location", "path"),
    [
        ("s3://data/UserA/output/train", "s3a://data/UserA/output/train"),
        ("s3://data/train", "s3a://data/train"),
    ],
)
def test_s3_goes_through_s3a(location, path):
    assert preprocess.Place(location, s3=object()).path == path


@pytest.mark.parametrize("name", ["", ".", "..", "a*", "b?", "[c]", "{d}", "e\\f"])
@pytest.mark.parametrize("option", ["--input", "--output"])
def test_names_that_hadoop_reads_as_something_else_are_refused(option, name, capsys):
    with pytest.raises(SystemExit):
        preprocess.parse([*S3, option, f"s3://data/UserA/{name}/x"])
    assert f"{option} s3://data/UserA/{name}/x: give one object or folder" in capsys.readouterr().err
