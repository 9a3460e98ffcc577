"""The exact CreateProcessingJob request, held against boto3's model of the API."""

import re

import boto3
import pytest
import run_processing_job
from botocore.stub import ANY, Stubber
from botocore.validate import validate_parameters

ROLE = "arn:aws:iam::123456789012:role/sagemaker-usera-role"
NETWORK = ["--subnet-ids", "subnet-1", "--security-group-ids", "sg-1"]
ARGUMENTS = ["--user-profile", "userA", "--role-arn", ROLE, "--bucket", "product-data", "--scratch-bucket", "scratch", *NETWORK]


def request(*more, region="us-east-1"):
    options = run_processing_job.parse([*ARGUMENTS, *more])
    return run_processing_job.job_request(options, "abalone-1", region, "123456789012")


def check(made):
    """boto3 refuses what does not fit the API, before it is sent."""
    model = boto3.client("sagemaker", region_name="us-east-1").meta.service_model
    validate_parameters(made, model.operation_model("CreateProcessingJob").input_shape)


def test_the_walkthroughs_job():
    made = request()
    check(made)
    assert made == {
        "ProcessingJobName": "abalone-1",
        "RoleArn": ROLE,
        "AppSpecification": {
            "ImageUri": "173754725891.dkr.ecr.us-east-1.amazonaws.com/sagemaker-spark-processing:3.3-cpu",
            "ContainerEntrypoint": [
                "smspark-submit",
                "--local-spark-event-logs-dir",
                "/opt/ml/processing/spark-events/",
                "/opt/ml/processing/input/code/preprocess.py",
            ],
            "ContainerArguments": [
                *("--input", "s3://product-data/UserA/abalone.csv"),
                *("--output", "s3://product-data/UserA/output"),
                *("--account-id", "123456789012"),
                *("--region", "us-east-1"),
                *("--duration-seconds", "3600"),
            ],
        },
        "ProcessingInputs": [
            {
                "InputName": "code",
                "S3Input": {
                    "S3Uri": "s3://scratch/userA/abalone-1/code/",
                    "LocalPath": "/opt/ml/processing/input/code",
                    "S3DataType": "S3Prefix",
                    "S3InputMode": "File",
                    "S3DataDistributionType": "FullyReplicated",
                    "S3CompressionType": "None",
                },
            }
        ],
        "ProcessingOutputConfig": {
            "Outputs": [
                {
                    "OutputName": "spark-event-logs",
                    "S3Output": {
                        "S3Uri": "s3://scratch/userA/spark-event-logs/",
                        "LocalPath": "/opt/ml/processing/spark-events/",
                        "S3UploadMode": "Continuous",
                    },
                }
            ]
        },
        "ProcessingResources": {
            "ClusterConfig": {"InstanceCount": 2, "InstanceType": "ml.m5.2xlarge", "VolumeSizeInGB": 30}
        },
        "StoppingCondition": {"MaxRuntimeInSeconds": 3600},
        "NetworkConfig": {"VpcConfig": {"Subnets": ["subnet-1"], "SecurityGroupIds": ["sg-1"]}},
    }


def test_the_credentials_last_as_long_as_the_job_may_run():
    made = request("--max-runtime-seconds", "7200")
    assert made["StoppingCondition"] == {"MaxRuntimeInSeconds": 7200}
    arguments = made["AppSpecification"]["ContainerArguments"]
    assert arguments[arguments.index("--duration-seconds") + 1] == "7200"


def test_network_and_encryption():
    made = request("--subnet-ids", "subnet-1", "subnet-2", "--security-group-ids", "sg-1", "--kms-key-id", "k")
    check(made)
    assert made["NetworkConfig"] == {"VpcConfig": {"Subnets": ["subnet-1", "subnet-2"], "SecurityGroupIds": ["sg-1"]}}
    assert made["ProcessingOutputConfig"]["KmsKeyId"] == "k"
    assert made["ProcessingResources"]["ClusterConfig"]["VolumeKmsKeyId"] == "k"


def test_what_is_sagemakers_own_lies_in_the_personas_folder_of_the_scratch_bucket():
    made = request()
    locations = [made["ProcessingInputs"][0]["S3Input"], made["ProcessingOutputConfig"]["Outputs"][0]["S3Output"]]
    assert [location["S3Uri"].split("/")[2:4] for location in locations] == [["scratch", "userA"]] * 2


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--scratch-bucket", "product-data"], "give another"),
        (["--user-profile", "userA/"], "as profiles are named"),
        (["--max-runtime-seconds", "600"], "must be 900 to 43200"),
    ],
)
def test_what_cannot_work_is_refused(arguments, reason, capsys):
    with pytest.raises(SystemExit) as refusal:
        request(*arguments)
    assert refusal.value.code == 2
    assert reason in capsys.readouterr().err


def test_image_of_other_regions():
    assert request(region="cn-north-1")["AppSpecification"]["ImageUri"] == (
        "671472414489.dkr.ecr.cn-north-1.amazonaws.com.cn/sagemaker-spark-processing:3.3-cpu"
    )
    with pytest.raises(SystemExit, match="give --image-uri"):
        request(region="xx-moon-1")
    assert request("--image-uri", "i", region="xx-moon-1")["AppSpecification"]["ImageUri"] == "i"


def test_scripts_are_uploaded_then_the_job_starts_and_its_end_is_the_exit_code(monkeypatch, capsys):
    keys = {"aws_access_key_id": "x", "aws_secret_access_key": "y", "region_name": "us-east-1"}
    sagemaker, s3 = boto3.client("sagemaker", **keys), boto3.client("s3", **keys)
    uploaded = []
    monkeypatch.setattr(s3, "upload_file", lambda path, bucket, key: uploaded.append((open(path).name, bucket, key)))
    session = type("Session", (), {"region_name": "us-east-1", "client": lambda _, name: {"s3": s3}.get(name, sagemaker)})
    monkeypatch.setattr(run_processing_job.boto3, "Session", lambda **_: session())
    monkeypatch.setattr(run_processing_job.time, "sleep", lambda _: None)

    def described(status, **more):
        times = {"CreationTime": 0, "ProcessingJobArn": "arn:job", "ProcessingJobName": "n"}
        needed = {key: request()[key] for key in ("ProcessingResources", "AppSpecification")}
        return {**times, **needed, "ProcessingJobStatus": status, **more}

    with Stubber(sagemaker) as stub:
        parameters = {key: ANY for key in request()}
        for end, code in (("Completed", 0), ("Failed", 1)):
            stub.add_response("create_processing_job", {"ProcessingJobArn": "arn:aws:sagemaker:job"}, parameters)
            stub.add_response("describe_processing_job", described("InProgress"))
            stub.add_response("describe_processing_job", described(end, ExitMessage="denied: READ"))
            assert run_processing_job.main([*ARGUMENTS, "--account-id", "123456789012", "--wait"]) == code
    name = uploaded[0][2].split("/")[1]
    assert re.fullmatch(r"userA-abalone-[0-9-]{19}", name)
    assert [(path.rsplit("/", 1)[1], bucket, key.split("/")[0]) for path, bucket, key in uploaded[:2]] == [
        ("preprocess.py", "scratch", "userA"),
        ("access_grants.py", "scratch", "userA"),
    ]
    assert "Failed denied: READ" in capsys.readouterr().out


def test_a_jobs_name_is_one_that_sagemaker_takes_whatever_the_profile(monkeypatch):
    made = []
    monkeypatch.setattr(run_processing_job, "job_request", lambda options, name, *_: made.append(name) or {"ProcessingJobName": name})
    monkeypatch.setattr(run_processing_job, "SCRIPTS", [])
    keys = {"aws_access_key_id": "x", "aws_secret_access_key": "y", "region_name": "us-east-1"}
    sagemaker = boto3.client("sagemaker", **keys)
    session = type("Session", (), {"region_name": "us-east-1", "client": lambda _, name: sagemaker})
    monkeypatch.setattr(run_processing_job.boto3, "Session", lambda **_: session())
    monkeypatch.setattr(sagemaker, "create_processing_job", lambda **_: {"ProcessingJobArn": "arn"})
    run_processing_job.main([*ARGUMENTS, "--user-profile", "p" * 31, "--account-id", "123456789012"])
    pattern = sagemaker.meta.service_model.shape_for("ProcessingJobName").metadata
    assert len(made[0]) <= pattern["max"]
    assert re.fullmatch(pattern["pattern"], made[0])
