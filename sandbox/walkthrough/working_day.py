"""A day's work of each persona in Studio, with the role of the persona's profile and the published scripts: spaces, jobs, logs, the
scratch folder and data. Prints how many calls it took of each. Whatever is refused ends it.

    python working_day.py DATA_BUCKET SCRATCH_BUCKET DOMAIN_ID '{"userA": "arn:…role/sagemaker-usera-role", …}'
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import boto3

START_JOB = Path(__file__).parents[2] / "examples" / "studio" / "run_processing_job.py"
JOB_LOGS, STUDIO_LOGS = "/aws/sagemaker/ProcessingJobs", "/aws/sagemaker/studio"

bucket, scratch, domain, roles = *sys.argv[1:4], json.loads(sys.argv[4])
RUN = format(int(time.time()), "x")
"""Part of the jobs' names, which must be new in each run."""
account = boto3.client("sts").get_caller_identity()["Account"]


class Persona:
    def __init__(self, name: str, role: str):
        self.name, self.role, self.calls = name, role, 0
        keys = boto3.client("sts").assume_role(RoleArn=role, RoleSessionName=name)["Credentials"]
        self.env = {
            "AWS_ACCESS_KEY_ID": keys["AccessKeyId"],
            "AWS_SECRET_ACCESS_KEY": keys["SecretAccessKey"],
            "AWS_SESSION_TOKEN": keys["SessionToken"],
        }
        self.session = self.counted(*self.env.values())

    def counted(self, *keys: str) -> boto3.Session:
        session = boto3.Session(*keys)
        session.events.register("before-call", self.count)
        return session

    def count(self, **_):
        self.calls += 1

    def work(self) -> int:
        sagemaker = self.session.client("sagemaker")
        self.look_around(sagemaker)
        # A space is called after the profile, or as it.
        for space in (self.name, f"{self.name}-lab"):
            self.use_space(sagemaker, space)
        self.run_jobs(sagemaker)
        self.tidy_up(self.session.client("s3"))
        self.use_data()
        return self.calls

    def look_around(self, sagemaker):
        described = sagemaker.describe_domain(DomainId=domain)
        self.key = described["KmsKeyId"]
        self.network = described["SubnetIds"], described["DefaultUserSettings"]["SecurityGroups"]
        profile = sagemaker.describe_user_profile(DomainId=domain, UserProfileName=self.name)
        for arn in (described["DomainArn"], profile["UserProfileArn"]):
            sagemaker.list_tags(ResourceArn=arn)
        sagemaker.list_domains()
        for listed in ("list_user_profiles", "list_spaces", "list_apps"):
            getattr(sagemaker, listed)(DomainIdEquals=domain)

    def use_space(self, sagemaker, name: str):
        space = {"DomainId": domain, "SpaceName": name}
        app = {**space, "AppType": "JupyterLab", "AppName": "default"}
        owned = {"OwnershipSettings": {"OwnerUserProfileName": self.name}, "SpaceSharingSettings": {"SharingType": "Private"}}
        made = sagemaker.create_space(**space, **owned)
        sagemaker.list_tags(ResourceArn=made["SpaceArn"])
        sagemaker.update_space(**space, SpaceDisplayName="Abalone")
        sagemaker.create_app(**app)
        for describe, what in ((sagemaker.describe_space, space), (sagemaker.describe_app, app)):
            describe(**what)
        self.read_log(STUDIO_LOGS, f"{domain}/{name}/")
        sagemaker.delete_app(**app)
        sagemaker.delete_space(**space)

    def run_jobs(self, sagemaker):
        subnets, groups = self.network
        options = ["--user-profile", self.name, "--bucket", bucket, "--scratch-bucket", scratch, "--role-arn", self.role]
        network = ["--subnet-ids", *subnets, "--security-group-ids", *groups]
        command = [sys.executable, str(START_JOB), *options, *network, "--kms-key-id", self.key, "--wait"]
        subprocess.run(command, check=True, capture_output=True, env={**os.environ, **self.env})
        # One with an image of the own account, tagged, and stopped again.
        name = f"{self.name}-own-image-{RUN}"
        image = f"{account}.dkr.ecr.{self.session.region_name}.amazonaws.com/own:1"
        sagemaker.create_processing_job(
            ProcessingJobName=name,
            RoleArn=self.role,
            AppSpecification={"ImageUri": image},
            ProcessingResources={"ClusterConfig": {"InstanceCount": 1, "InstanceType": "ml.m5.large", "VolumeSizeInGB": 1}},
            NetworkConfig={"VpcConfig": {"Subnets": subnets, "SecurityGroupIds": groups}},
            Tags=[{"Key": "purpose", "Value": "trial"}],
        )
        sagemaker.stop_processing_job(ProcessingJobName=name)
        ended = sagemaker.describe_processing_job(ProcessingJobName=name)
        assert ended["ProcessingJobStatus"] == "Completed", ended["FailureReason"]
        self.read_log(JOB_LOGS, f"{name}/")

    def read_log(self, group: str, prefix: str):
        logs = self.session.client("logs")
        (stream,) = logs.describe_log_streams(logGroupName=group, logStreamNamePrefix=prefix)["logStreams"]
        events = logs.get_log_events(logGroupName=group, logStreamName=stream["logStreamName"])["events"]
        assert events, f"{group} {prefix}: nothing was logged"

    def tidy_up(self, s3):
        assert s3.get_bucket_location(Bucket=scratch)
        for item in s3.list_objects_v2(Bucket=scratch, Prefix=f"{self.name}/")["Contents"]:
            s3.get_object(Bucket=scratch, Key=item["Key"])
            s3.delete_object(Bucket=scratch, Key=item["Key"])
        encrypted = {"Bucket": scratch, "Key": f"{self.name}/encrypted.txt"}
        s3.put_object(**encrypted, Body=b"x", ServerSideEncryption="aws:kms", SSEKMSKeyId=self.key)
        s3.get_object(**encrypted)
        s3.delete_object(**encrypted)
        abandon_upload(s3, scratch, f"{self.name}/large.bin")

    def use_data(self):
        s3control = self.session.client("s3control")
        grants = s3control.list_caller_access_grants(AccountId=account)["CallerAccessGrantsList"]
        (own,) = (grant["GrantScope"] for grant in grants if not grant["GrantScope"].endswith("/Product/*"))
        s3control.get_access_grants_instance_for_prefix(AccountId=account, S3Prefix=own.removesuffix("*"))
        keys = s3control.get_data_access(AccountId=account, Target=own, Permission="READWRITE")["Credentials"]
        s3 = self.counted(keys["AccessKeyId"], keys["SecretAccessKey"], keys["SessionToken"]).client("s3")
        key = {"Bucket": bucket, "Key": own.removeprefix(f"s3://{bucket}/").replace("*", "notes.txt")}
        version = {**key, "VersionId": s3.put_object(**key, Body=b"first")["VersionId"]}
        s3.put_object(**key, Body=b"second")
        assert s3.get_object(**version)["Body"].read() == b"first"
        for one in (key, version):
            s3.get_object_acl(**one)
        s3.delete_object(**version)
        s3.delete_object(**key)
        abandon_upload(s3, bucket, key["Key"])


def abandon_upload(s3, bucket: str, key: str):
    upload = {"Bucket": bucket, "Key": key}
    upload["UploadId"] = s3.create_multipart_upload(**upload)["UploadId"]
    if bucket != scratch:
        s3.list_parts(**upload)
    s3.abort_multipart_upload(**upload)


print(json.dumps({name: Persona(name, role).work() for name, role in roles.items()}))
