"""The scripts are plain files for a notebook, not a package: they are imported from where they lie."""

import json
import sys
from pathlib import Path

import boto3
import pytest
from sandbox_world import BUCKET, GRANTS, trust

ROOT = Path(__file__).parents[3]
sys.path.insert(0, str(ROOT / "examples" / "studio"))
sys.path.insert(0, str(ROOT / "sandbox" / "data"))
sys.path.insert(0, str(ROOT / "sandbox"))


@pytest.fixture(scope="module")
def account():
    return boto3.client("sts").get_caller_identity()["Account"]


@pytest.fixture(scope="module")
def roles(account):
    """Bucket, instance, location, the two personas' roles and their grants; returns the roles' ARNs."""
    s3, iam, s3control = boto3.client("s3"), boto3.client("iam"), boto3.client("s3control")
    s3.create_bucket(Bucket=BUCKET)
    location_role = iam.create_role(
        RoleName="location",
        AssumeRolePolicyDocument=trust("access-grants.s3.amazonaws.com", "sts:AssumeRole", "sts:SetSourceIdentity"),
    )["Role"]["Arn"]
    allow = {"Effect": "Allow", "Action": "s3:*", "Resource": [f"arn:aws:s3:::{BUCKET}", f"arn:aws:s3:::{BUCKET}/*"]}
    policy = json.dumps({"Version": "2012-10-17", "Statement": [allow]})
    iam.put_role_policy(RoleName="location", PolicyName="data", PolicyDocument=policy)
    s3control.create_access_grants_instance(AccountId=account)
    location = s3control.create_access_grants_location(
        AccountId=account, LocationScope=f"s3://{BUCKET}", IAMRoleArn=location_role
    )["AccessGrantsLocationId"]

    arns = {}
    for user in ("usera", "userb"):
        arns[user] = iam.create_role(
            RoleName=f"sagemaker-{user}-role", AssumeRolePolicyDocument=trust("sagemaker.amazonaws.com", "sts:AssumeRole")
        )["Role"]["Arn"]
        ask = {"Effect": "Allow", "Action": "s3:GetDataAccess", "Resource": "*"}
        document = json.dumps({"Version": "2012-10-17", "Statement": [ask]})
        iam.put_role_policy(RoleName=f"sagemaker-{user}-role", PolicyName="ask", PolicyDocument=document)
    for user, prefix, permission in GRANTS:
        s3control.create_access_grant(
            AccountId=account,
            AccessGrantsLocationId=location,
            AccessGrantsLocationConfiguration={"S3SubPrefix": prefix},
            Grantee={"GranteeType": "IAM", "GranteeIdentifier": arns[user]},
            Permission=permission,
        )
    return arns
