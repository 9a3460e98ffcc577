"""userA tries what is userB's, and what would get her more than she was granted; userB, or one statement more, shows that the
door is one. Prints the doors as JSON.

    python personas.py '{"bucket": …, "scratch": …, …}'
"""

import base64
import json
import sys
import time
from functools import partial

import boto3
from doors import Door, Person, allowed, client, walk

world = json.loads(sys.argv[1])
BUCKET, SCRATCH, DOMAIN, LOADER = (world[name] for name in ("bucket", "scratch", "domain", "loader"))
NETWORK = {"Subnets": world["network"]["subnet_ids"], "SecurityGroupIds": world["network"]["security_group_ids"]}
ACCOUNT = boto3.client("sts").get_caller_identity()["Account"]
REGION = boto3.session.Session().region_name

user_a, user_b = (Person(world["roles"][name], name) for name in ("userA", "userB"))
signs_in_a, signs_in_b = (Person(world["people"][name], name) for name in ("userA", "userB"))
RUN = format(int(time.time()), "x")
"""Names of jobs are taken once."""
INSTANCE = f"arn:aws:s3:{REGION}:{ACCOUNT}:access-grants/default"
NOBODYS = "one statement more"


def arn(service, resource):
    return f"arn:aws:{service}:{REGION}:{ACCOUNT}:{resource}"


def with_statement(person, action, resource, call):
    """The same request with what the person's role lacks."""

    def twin():
        with allowed(person.role_arn, action, resource):
            return call()

    return twin


def granted(person, prefix, permission="READ"):
    """A client of S3 with the credentials of the person's grant."""
    ask = {"AccountId": ACCOUNT, "Target": f"s3://{BUCKET}/{prefix}*", "Permission": permission}
    return client("s3", person.client("s3control").get_data_access(**ask)["Credentials"])


def of_both(place, tries, call, key="userB"):
    """A door that userB's own request opens."""
    return Door(place, tries, partial(call, user_a), key, partial(call, user_b))


def data():
    yours, mine = {"Bucket": BUCKET, "Key": "UserB/abalone.csv"}, "UserA/"

    def read(person, prefix):
        granted(person, prefix).get_object(**yours)

    def take(person):
        ask = {"AccountId": ACCOUNT, "Target": f"s3://{BUCKET}/UserB/*", "Permission": "READ"}
        person.client("s3control").get_data_access(**ask)

    def spoil(person, prefix):
        granted(person, prefix, "READWRITE").put_object(Bucket=BUCKET, Key="UserB/tour.txt", Body=b"x")
        granted(person, prefix, "READWRITE").delete_object(Bucket=BUCKET, Key="UserB/tour.txt")

    def plainly():
        user_a.client("s3").get_object(**yours)

    yield Door(
        "S3", "GetObject UserB/abalone.csv, own role", plainly, NOBODYS,
        with_statement(user_a, "s3:GetObject", f"arn:aws:s3:::{BUCKET}/*", plainly),
    )  # fmt: skip
    yield of_both("S3", "GetDataAccess UserB/*", take)
    yield Door(
        "S3", "GetObject UserB/…, grant on UserA/*", partial(read, user_a, mine), "userB", partial(read, user_b, "UserB/")
    )
    yield Door(
        "S3", "PutObject UserB/…, grant on UserA/*", partial(spoil, user_a, mine), "userB", partial(spoil, user_b, "UserB/")
    )


def scratch():
    script = {"Bucket": SCRATCH, "Key": "userB/code/preprocess.py"}

    def plant(person):
        person.client("s3").put_object(**script, Body=b"print('planted')")

    def read(person):
        person.client("s3").get_object(**script)

    def look(person):
        person.client("s3").list_objects_v2(Bucket=SCRATCH, Prefix="userB/")

    def remove(person):
        person.client("s3").delete_object(**script)

    yield of_both("scratch", "PutObject userB/code/preprocess.py", plant)
    yield of_both("scratch", "GetObject userB/code/preprocess.py", read)
    yield of_both("scratch", "ListObjectsV2 userB/", look)
    yield of_both("scratch", "DeleteObject userB/code/preprocess.py", remove)


def request(role, name, network=NETWORK):
    cluster = {"InstanceCount": 1, "InstanceType": "ml.m5.large", "VolumeSizeInGB": 1}
    return {
        "ProcessingJobName": name,
        "RoleArn": role,
        "AppSpecification": {"ImageUri": "tour"},
        "ProcessingResources": {"ClusterConfig": cluster},
        **({"NetworkConfig": {"VpcConfig": network}} if network else {}),
    }


def start(person, *args, **more):
    person.client("sagemaker").create_processing_job(**request(*args, **more))


def jobs():
    open_job = partial(start, user_a, user_a.role_arn, f"userA-outside-{RUN}", network=None)
    elsewhere = partial(
        start, user_a, user_a.role_arn, f"userA-elsewhere-{RUN}", network={**NETWORK, "Subnets": ["subnet-0123456789abcdef0"]}
    )
    any_job = partial(
        with_statement, user_a, "sagemaker:CreateProcessingJob", arn("sagemaker", "processing-job/usera-*")
    )

    def under_your_name(person):
        start(person, person.role_arn, f"userB-tour-{RUN}")

    def with_your_role(person):
        start(person, user_b.role_arn, f"{person.name}-tour-{RUN}-as-userb")

    def stop(person):
        person.client("sagemaker").stop_processing_job(ProcessingJobName=f"userB-tour-{RUN}")

    def look(person):
        person.client("sagemaker").describe_processing_job(ProcessingJobName=f"userB-tour-{RUN}")

    yield of_both("jobs", "CreateProcessingJob, userB's role", with_your_role)
    yield of_both("jobs", "CreateProcessingJob under userB's name", under_your_name)
    yield of_both("jobs", "DescribeProcessingJob, userB's", look)
    yield of_both("jobs", "StopProcessingJob, userB's", stop)
    yield Door("network", "CreateProcessingJob outside the VPC", open_job, NOBODYS, any_job(open_job))
    yield Door("network", "CreateProcessingJob in another subnet", elsewhere, NOBODYS, any_job(elsewhere))


def logs():
    def read(group, prefix, person):
        (stream, *_) = boto3.client("logs").describe_log_streams(logGroupName=group, logStreamNamePrefix=prefix)[
            "logStreams"
        ]
        person.client("logs").get_log_events(logGroupName=group, logStreamName=stream["logStreamName"])

    yield of_both("logs", "GetLogEvents of userB's job", partial(read, "/aws/sagemaker/ProcessingJobs", f"userB-tour-{RUN}/"))
    yield of_both(
        "logs", "GetLogEvents of userB's JupyterLab", partial(read, "/aws/sagemaker/studio", f"{DOMAIN}/userB-tour-{RUN}/")
    )


def spaces():
    space = {"DomainId": DOMAIN, "SpaceName": f"userB-tour-{RUN}"}
    app = {**space, "AppType": "JupyterLab", "AppName": "default"}
    sharing = {"SpaceSharingSettings": {"SharingType": "Private"}}
    ownership = {"OwnershipSettings": {"OwnerUserProfileName": "userB"}}

    def call(operation, request, person):
        getattr(person.client("sagemaker"), operation)(**request)

    for tries, operation, asked in (
        ("CreateSpace for userB", "create_space", {**space, **sharing, **ownership}),
        ("UpdateSpace of userB", "update_space", {**space, "SpaceDisplayName": "mine"}),
        ("CreateApp in userB's space", "create_app", app),
    ):
        yield of_both("spaces", tries, partial(call, operation, asked))
    yield from logs()
    yield of_both("spaces", "DeleteApp in userB's space", partial(call, "delete_app", app))
    yield of_both("spaces", "DeleteSpace of userB", partial(call, "delete_space", space))


def sign_in():
    def url(person):
        person.client("sagemaker").create_presigned_domain_url(DomainId=DOMAIN, UserProfileName="userB")

    def by_her_role():
        url(user_a)

    sign_in_as_b = arn("sagemaker", f"user-profile/{DOMAIN}/userb")
    yield Door(
        "sign-in", "CreatePresignedDomainUrl of userB", partial(url, signs_in_a), "userB", partial(url, signs_in_b)
    )
    yield Door(
        "sign-in",
        "… from inside Studio",
        by_her_role,
        NOBODYS,
        with_statement(user_a, "sagemaker:CreatePresignedDomainUrl", sign_in_as_b, by_her_role),
    )


def grants():
    control = boto3.client("s3control")
    (location,) = control.list_access_grants_locations(AccountId=ACCOUNT, LocationScope=f"s3://{BUCKET}")[
        "AccessGrantsLocationsList"
    ]

    def widen():
        made = user_a.client("s3control").create_access_grant(
            AccountId=ACCOUNT,
            AccessGrantsLocationId=location["AccessGrantsLocationId"],
            AccessGrantsLocationConfiguration={"S3SubPrefix": "UserB/*"},
            Grantee={"GranteeType": "IAM", "GranteeIdentifier": user_a.role_arn},
            Permission="READ",
        )
        control.delete_access_grant(AccountId=ACCOUNT, AccessGrantId=made["AccessGrantId"])

    def policy():
        (name, document) = ("more", json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Deny", "Action": "*", "Resource": "arn:aws:s3:::nothing"}]}))
        role = user_a.role_arn.split("/")[-1]
        user_a.client("iam").put_role_policy(RoleName=role, PolicyName=name, PolicyDocument=document)
        boto3.client("iam").delete_role_policy(RoleName=role, PolicyName=name)

    def step_in():
        user_a.client("sts").assume_role(RoleArn=location["IAMRoleArn"], RoleSessionName="userA")

    yield Door(
        "grants", "CreateAccessGrant on UserB/* for herself", widen, NOBODYS,
        with_statement(user_a, "s3:CreateAccessGrant", INSTANCE + "*", widen),
    )  # fmt: skip
    yield Door(
        "grants", "PutRolePolicy on her own role", policy, NOBODYS,
        with_statement(user_a, "iam:PutRolePolicy", user_a.role_arn, policy),
    )  # fmt: skip


def loader():
    def load():
        answer = user_a.client("lambda").invoke(FunctionName=LOADER, Payload=b"{}")
        return f"{answer['FunctionError']}: {answer['Payload'].read().decode()}" if "FunctionError" in answer else None

    yield Door(
        "loader", "Invoke the data set's loader", load, NOBODYS,
        with_statement(user_a, "lambda:InvokeFunction", arn("lambda", f"function:{LOADER}"), load),
    )  # fmt: skip


def keys():
    kms, KeyId = user_a.client("kms"), world["key"]
    secret = boto3.client("kms").encrypt(KeyId=KeyId, Plaintext=b"secret")["CiphertextBlob"]

    def decrypt():
        kms.decrypt(KeyId=KeyId, CiphertextBlob=secret)

    def grant():
        made = kms.create_grant(KeyId=KeyId, GranteePrincipal=user_a.role_arn, Operations=["Decrypt"])
        boto3.client("kms").revoke_grant(KeyId=KeyId, GrantId=made["GrantId"])

    for tries, action, call in (
        ("Decrypt with the volumes' key", "kms:Decrypt", decrypt),
        ("CreateGrant on it for herself", "kms:CreateGrant", grant),
    ):
        yield Door("KMS", tries, call, NOBODYS, with_statement(user_a, action, KeyId, call))


walk([*data(), *scratch(), *jobs(), *spaces(), *sign_in(), *grants(), *loader(), *keys()])
