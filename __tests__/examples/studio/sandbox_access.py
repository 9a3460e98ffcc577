"""validate_access.py and the credentials dance over the wire, as userA and as userB, against the local AWS.

Run by studio.server.test.ts, which starts that and sets the environment; not by pytest's own collection.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import access_grants
import boto3
import pytest
from botocore.exceptions import ClientError
from sandbox_world import BUCKET, keys_of

SCRIPTS = Path(access_grants.__file__).parent
ROWS = [f"{n}.0,1.0,0.0,0.5" for n in range(1, 9)]


@pytest.fixture(scope="module", autouse=True)
def rows(roles):
    """What the job has written."""
    s3 = boto3.client("s3")
    for name, lines in (("_SUCCESS", []), ("part-00000", ROWS[:3]), ("part-00001", ROWS[3:])):
        s3.put_object(Bucket=BUCKET, Key=f"UserA/output/train/{name}", Body="\n".join(lines).encode())


def validate(roles, user, *arguments, **environment):
    command = [sys.executable, str(SCRIPTS / "validate_access.py"), "--bucket", BUCKET, *arguments]
    keys = keys_of(roles[user], user) if user else {}
    return subprocess.run(command, capture_output=True, text=True, env={**os.environ, **keys, **environment})


def test_user_a_reads_the_first_five_rows(roles):
    run = validate(roles, "usera")
    assert run.returncode == 0, run.stdout + run.stderr
    assert "assumed-role/sagemaker-usera-role/usera" in run.stdout
    assert run.stdout.splitlines()[-5:] == ROWS[:5]


def test_user_b_is_denied(roles):
    run = validate(roles, "userb")
    assert run.returncode == 3, run.stdout + run.stderr
    assert "denied:  You do not have READ permissions to the requested S3 Prefix" in run.stdout
    assert not any(row in run.stdout for row in ROWS)


def test_other_failures_are_not_denials(roles):
    nothing = validate(roles, "usera", "--prefix", "UserA/output/nothing/")
    assert (nothing.returncode, "holds no part files" in nothing.stderr) == (1, True), nothing.stdout + nothing.stderr
    elsewhere = validate(roles, "usera", AWS_ENDPOINT_URL="http://127.0.0.1:9", HTTP_PROXY="", http_proxy="")
    assert elsewhere.returncode == 1, elsewhere.stdout + elsewhere.stderr
    assert validate(roles, "usera", "--rows", "many").returncode == 2


def test_the_credentials_reach_the_grant_and_nothing_else(roles, account):
    keys = keys_of(roles["usera"], "usera")
    own = boto3.Session(keys["AWS_ACCESS_KEY_ID"], keys["AWS_SECRET_ACCESS_KEY"], keys["AWS_SESSION_TOKEN"])
    target = f"s3://{BUCKET}/UserA/*"
    s3 = access_grants.session(own.client("s3control"), account, target, "READWRITE", 900).client("s3")
    s3.put_object(Bucket=BUCKET, Key="UserA/new", Body=b"1")
    assert s3.get_object(Bucket=BUCKET, Key="UserA/new")["Body"].read() == b"1"
    with pytest.raises(ClientError, match="AccessDenied|Access Denied|403"):
        s3.get_object(Bucket=BUCKET, Key="UserB/new")


def test_an_older_boto3_gets_the_same_over_the_wire(roles, account, monkeypatch):
    for name, value in keys_of(roles["usera"], "usera").items():
        monkeypatch.setenv(name, value)
    s3control = boto3.client("s3control")
    # The way of the SageMaker Spark container, whose boto3 has no get_data_access; the proxy stands in for DNS.
    http = access_grants.URLLib3Session(proxies={"http": os.environ["HTTP_PROXY"]})
    call = access_grants._SignedGetDataAccess(s3control, http=http)
    answer = call(account, Target=f"s3://{BUCKET}/UserA/*", Permission="READ", DurationSeconds=900, Privilege="Default")
    assert answer["MatchedGrantTarget"] == f"s3://{BUCKET}/UserA/*"
    assert answer["Credentials"]["Expiration"].tzinfo is not None
    with pytest.raises(ClientError, match="You do not have READ permissions"):
        call(account, Target=f"s3://{BUCKET}/UserB/*", Permission="READ", DurationSeconds=900, Privilege="Default")


def test_the_job_and_its_start_need_no_more_than_the_role_of_the_construct_may(roles):
    """The policy that StudioDomain gives userA is all that the role has here; the job's own I/O is done in its stead."""
    iam, admin = boto3.client("iam"), boto3.client("s3")
    admin.create_bucket(Bucket="scratch")
    key = boto3.client("kms").create_key()["KeyMetadata"]["Arn"]
    policy = os.environ["ROLE_POLICY_OF_USER_A"].replace(os.environ["STUDIO_KEY_ARN"], key)
    iam.put_role_policy(RoleName="sagemaker-usera-role", PolicyName="ask", PolicyDocument=policy)
    keys = keys_of(roles["usera"], "usera")
    command = [sys.executable, str(SCRIPTS / "run_processing_job.py"), "--bucket", BUCKET, "--role-arn", roles["usera"]]

    def start(profile, *more, subnet="subnet-1", group="sg-1"):
        network = ["--subnet-ids", subnet, "--security-group-ids", group]
        arguments = [*command, "--user-profile", profile, "--scratch-bucket", "scratch", *network, *more, "--wait"]
        return subprocess.run(arguments, capture_output=True, text=True, env={**os.environ, **keys})

    run = start("userA", "--kms-key-id", key)
    assert run.returncode == 0, run.stdout + run.stderr
    denials = {
        "s3:PutObject": start("userB"),
        "sagemaker:CreateProcessingJob": start("userA", subnet="subnet-9"),
        "ecr:BatchCheckLayerAvailability": start("userA", "--image-uri", "999999999999.dkr.ecr.us-east-1.amazonaws.com/miner"),
    }
    for action, elsewhere in denials.items():
        said = elsewhere.stdout + elsewhere.stderr
        assert (elsewhere.returncode, f"not authorized to perform: {action}" in said) == (1, True), said

    sagemaker = boto3.client("sagemaker")
    (job,) = sagemaker.list_processing_jobs(StatusEquals="Completed")["ProcessingJobSummaries"]
    described = sagemaker.describe_processing_job(ProcessingJobName=job["ProcessingJobName"])
    assert described["RoleArn"] == roles["usera"]
    code, logs = (
        location["S3Uri"].removeprefix("s3://scratch/")
        for location in (
            described["ProcessingInputs"][0]["S3Input"],
            described["ProcessingOutputConfig"]["Outputs"][0]["S3Output"],
        )
    )
    own = boto3.client(
        "s3",
        aws_access_key_id=keys["AWS_ACCESS_KEY_ID"],
        aws_secret_access_key=keys["AWS_SECRET_ACCESS_KEY"],
        aws_session_token=keys["AWS_SESSION_TOKEN"],
    )
    listed = own.list_objects_v2(Bucket="scratch", Prefix=code)["Contents"]
    assert sorted(item["Key"].removeprefix(code) for item in listed) == ["access_grants.py", "preprocess.py"]
    for script in ("preprocess.py", "access_grants.py"):
        assert own.get_object(Bucket="scratch", Key=code + script)["Body"].read() == (SCRIPTS / script).read_bytes()
    own.put_object(Bucket="scratch", Key=f"{logs}application_1", Body=b"{}")
    with pytest.raises(ClientError, match="AccessDenied"):
        own.list_objects_v2(Bucket="scratch")
