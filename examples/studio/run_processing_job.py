"""Runs preprocess.py as a SageMaker Processing job: PySpark 3.3 on two ml.m5.2xlarge.

    python run_processing_job.py --user-profile userA --role-arn ROLE --bucket product-data --scratch-bucket scratch \
      --subnet-ids subnet-1 --security-group-ids sg-1 --wait

boto3 alone, no SageMaker SDK. The job runs as the persona's own role, which may start jobs only whose names begin with the
user profile, in the network of Studio. What SageMaker itself reads and writes, the scripts
and Spark's event logs, lies in the persona's folder of the scratch bucket, where that role works without grants; the data
bucket is reached only by the scripts, through S3 Access Grants.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from pathlib import Path

import boto3

from access_grants import LONGEST_SECONDS, SHORTEST_SECONDS

SCRIPTS = ["preprocess.py", "access_grants.py"]
CODE = "/opt/ml/processing/input/code"
EVENT_LOGS = "/opt/ml/processing/spark-events/"

REPOSITORY = "sagemaker-spark-processing:3.3-cpu"
REGISTRIES = {
    "af-south-1": "309385258863",
    "ap-east-1": "732049463269",
    "ap-northeast-1": "411782140378",
    "ap-northeast-2": "860869212795",
    "ap-northeast-3": "364406365360",
    "ap-south-1": "105495057255",
    "ap-southeast-1": "759080221371",
    "ap-southeast-2": "440695851116",
    "ca-central-1": "446299261295",
    "cn-north-1": "671472414489",
    "cn-northwest-1": "844356804704",
    "eu-central-1": "906073651304",
    "eu-north-1": "330188676905",
    "eu-south-1": "753923664805",
    "eu-west-1": "571004829621",
    "eu-west-2": "836651553127",
    "eu-west-3": "136845547031",
    "me-south-1": "750251592176",
    "sa-east-1": "737130764395",
    "us-east-1": "173754725891",
    "us-east-2": "314815235551",
    "us-gov-west-1": "271483468897",
    "us-west-1": "667973535471",
    "us-west-2": "153931337802",
}
"""Accounts that hold AWS's Spark image (SageMaker documentation, "Docker Registry Paths and Example Code")."""


def main(arguments: list[str] | None = None) -> int:
    options = parse(arguments)
    session = boto3.Session(region_name=options.region)
    account = options.account_id or session.client("sts").get_caller_identity()["Account"]
    name = f"{options.user_profile}-abalone-{time.strftime('%Y-%m-%d-%H-%M-%S', time.gmtime())}"
    request = job_request(options, name, session.region_name, account)

    s3 = session.client("s3")
    for script in SCRIPTS:
        key = f"{options.user_profile}/{name}/code/{script}"
        s3.upload_file(str(Path(__file__).with_name(script)), options.scratch_bucket, key)
    sagemaker = session.client("sagemaker")
    print(f"started {sagemaker.create_processing_job(**request)['ProcessingJobArn']}")
    return wait_for(sagemaker, name) if options.wait else 0


def parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--user-profile",
        required=True,
        help="name of the persona's Studio profile, e.g. userA: the job's name begins with it, and it is the folder of the scratch "
        "bucket where the role may write",
    )
    parser.add_argument("--role-arn", required=True, help="execution role of the persona that the job acts for")
    parser.add_argument("--bucket", required=True, help="data bucket")
    parser.add_argument("--scratch-bucket", required=True, help="for scripts and event logs; not the data bucket")
    parser.add_argument("--input", default="UserA/abalone.csv", help="key in the data bucket (default: %(default)s)")
    parser.add_argument("--output", default="UserA/output", help="prefix in the data bucket (default: %(default)s)")
    parser.add_argument("--account-id", help="owner of the S3 Access Grants instance (default: the caller's account)")
    parser.add_argument("--region", help="default: boto3's")
    parser.add_argument("--instance-type", default="ml.m5.2xlarge", help="default: %(default)s")
    parser.add_argument("--instance-count", type=int, default=2, help="default: %(default)s")
    parser.add_argument(
        "--max-runtime-seconds",
        type=int,
        default=3600,
        help="SageMaker stops the job after it, and credentials are asked for as long (default: %(default)s; "
        f"{SHORTEST_SECONDS} to {LONGEST_SECONDS}, at most the maximum session duration of the location's role)",
    )
    parser.add_argument("--subnet-ids", nargs="+", required=True, help="Studio's private subnets, or some of them")
    parser.add_argument("--security-group-ids", nargs="+", required=True, help="Studio's security groups, or some of them")
    parser.add_argument("--kms-key-id", help="ARN of Studio's key (studio_key), for the volumes and the event logs")
    parser.add_argument("--image-uri", help="default: AWS's Spark 3.3 image of the Region")
    parser.add_argument("--wait", action="store_true", help="wait for the end; the exit code is 1 unless it completed")
    options = parser.parse_args(arguments)
    if options.scratch_bucket == options.bucket:
        parser.error("--scratch-bucket is the data bucket, where the role has no access of its own: give another")
    if not re.fullmatch("[a-zA-Z0-9](-*[a-zA-Z0-9]){0,30}", options.user_profile):
        parser.error(f"--user-profile {options.user_profile}: must be 1 to 31 letters, digits and hyphens, as profiles are named")
    if not SHORTEST_SECONDS <= options.max_runtime_seconds <= LONGEST_SECONDS:
        parser.error(f"--max-runtime-seconds must be {SHORTEST_SECONDS} to {LONGEST_SECONDS}, as GetDataAccess allows")
    return options


def job_request(options: argparse.Namespace, name: str, region: str, account: str) -> dict:
    """The CreateProcessingJob request. The job asks for its credentials after it was started, for as long as it may run:
    so they outlive it, and nothing has to be refreshed."""
    encryption = {"KmsKeyId": options.kms_key_id} if options.kms_key_id else {}
    volume_encryption = {"VolumeKmsKeyId": options.kms_key_id} if options.kms_key_id else {}
    scratch = f"s3://{options.scratch_bucket}/{options.user_profile}/"
    arguments = {
        "--input": f"s3://{options.bucket}/{options.input}",
        "--output": f"s3://{options.bucket}/{options.output}",
        "--account-id": account,
        "--region": region,
        "--duration-seconds": str(options.max_runtime_seconds),
    }
    return {
        "ProcessingJobName": name,
        "RoleArn": options.role_arn,
        "AppSpecification": {
            "ImageUri": options.image_uri or image_uri(region),
            "ContainerEntrypoint": ["smspark-submit", "--local-spark-event-logs-dir", EVENT_LOGS, f"{CODE}/preprocess.py"],
            "ContainerArguments": [text for pair in arguments.items() for text in pair],
        },
        "ProcessingInputs": [
            {
                "InputName": "code",
                "S3Input": {
                    "S3Uri": f"{scratch}{name}/code/",
                    "LocalPath": CODE,
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
                        "S3Uri": f"{scratch}spark-event-logs/",
                        "LocalPath": EVENT_LOGS,
                        "S3UploadMode": "Continuous",
                    },
                }
            ],
            **encryption,
        },
        "ProcessingResources": {
            "ClusterConfig": {
                "InstanceCount": options.instance_count,
                "InstanceType": options.instance_type,
                "VolumeSizeInGB": 30,
                **volume_encryption,
            }
        },
        "StoppingCondition": {"MaxRuntimeInSeconds": options.max_runtime_seconds},
        "NetworkConfig": {
            "VpcConfig": {"Subnets": options.subnet_ids, "SecurityGroupIds": options.security_group_ids},
        },
    }


def image_uri(region: str) -> str:
    registry = REGISTRIES.get(region)
    if registry is None:
        sys.exit(
            f"The registry of AWS's Spark image in {region} is not known here: give --image-uri (the SageMaker "
            'documentation lists it, and so does sagemaker.image_uris.retrieve("spark", region, version="3.3")).'
        )
    suffix = "amazonaws.com.cn" if region.startswith("cn-") else "amazonaws.com"
    return f"{registry}.dkr.ecr.{region}.{suffix}/{REPOSITORY}"


def wait_for(sagemaker, name: str) -> int:
    while True:
        job = sagemaker.describe_processing_job(ProcessingJobName=name)
        status = job["ProcessingJobStatus"]
        if status in ("Completed", "Failed", "Stopped"):
            break
        time.sleep(15)
    reason = job.get("ExitMessage") or job.get("FailureReason") or ""
    print(f"{name}: {status} {reason}".rstrip())
    return 0 if status == "Completed" else 1


if __name__ == "__main__":
    sys.exit(main())
