"""userA tries what is userB's, and what would get her more than she was granted; userB, or one statement more, shows that the
door is one. Prints the doors as JSON.

    python personas.py '{"bucket": …, "scratch": …, …}'
"""

import json
import sys
import time
from functools import partial

import boto3
from doors import ONE_STATEMENT, Door, Person, client, walk, with_statement

world = json.loads(sys.argv[1])
BUCKET, SCRATCH, DOMAIN, LOADER = (world[name] for name in ("bucket", "scratch", "domain", "loader"))
NETWORK = {"Subnets": world["network"]["subnet_ids"], "SecurityGroupIds": world["network"]["security_group_ids"]}
ACCOUNT = boto3.client("sts").get_caller_identity()["Account"]
REGION = boto3.session.Session().region_name

user_a, user_b = (Person(world["roles"][name], name) for name in ("userA", "userB"))
signs_in_a, signs_in_b = (Person(world["people"][name], name) for name in ("userA", "userB"))
RUN = format(int(time.time()), "x")
"""Part of the jobs' names, which must be new in each run."""
INSTANCE = f"arn:aws:s3:{REGION}:{ACCOUNT}:access-grants/default"


def arn(service, resource):
    return f"arn:aws:{service}:{REGION}:{ACCOUNT}:{resource}"


def granted(person, prefix, permission="READ"):
    """A client of S3 with the credentials of the person's grant."""
    ask = {"AccountId": ACCOUNT, "Target": f"s3://{BUCKET}/{prefix}*", "Permission": permission}
    return client("s3", person.client("s3control").get_data_access(**ask)["Credentials"])


def of_both(place, tries, call):
    """A request that is forbidden to userA, and allowed to userB."""
    return Door(place, tries, partial(call, user_a), "userB", partial(call, user_b))


def of_nobody(place, tries, call, action, resource):
    """A request that is forbidden to everyone, and that userA may make once her role has one more statement."""
    return Door(place, tries, call, ONE_STATEMENT, with_statement(user_a, action, resource, call))


def data():
    yours = {"Bucket": BUCKET, "Key": "UserB/abalone.csv"}

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

    objects = f"arn:aws:s3:::{BUCKET}/*"
    yield of_nobody("S3", "GetObject UserB/abalone.csv, own role", plainly, "s3:GetObject", objects)
    yield of_both("S3", "GetDataAccess UserB/*", take)
    for tries, call in (("GetObject", read), ("PutObject", spoil)):
        by_b = partial(call, user_b, "UserB/")
        yield Door("S3", f"{tries} UserB/…, grant on UserA/*", partial(call, user_a, "UserA/"), "userB", by_b)


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
    another = {**NETWORK, "Subnets": ["subnet-0123456789abcdef0"]}
    elsewhere = partial(start, user_a, user_a.role_arn, f"userA-elsewhere-{RUN}", network=another)
    any_job = ("sagemaker:CreateProcessingJob", arn("sagemaker", "processing-job/usera-*"))

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
    yield of_nobody("network", "CreateProcessingJob outside the VPC", open_job, *any_job)
    yield of_nobody("network", "CreateProcessingJob in another subnet", elsewhere, *any_job)


def logs():
    def read(group, prefix, person):
        found = boto3.client("logs").describe_log_streams(logGroupName=group, logStreamNamePrefix=prefix)
        stream = found["logStreams"][0]
        person.client("logs").get_log_events(logGroupName=group, logStreamName=stream["logStreamName"])

    jobs_log = partial(read, "/aws/sagemaker/ProcessingJobs", f"userB-tour-{RUN}/")
    studios_log = partial(read, "/aws/sagemaker/studio", f"{DOMAIN}/userB-tour-{RUN}/")
    yield of_both("logs", "GetLogEvents of userB's job", jobs_log)
    yield of_both("logs", "GetLogEvents of userB's JupyterLab", studios_log)


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
    yield of_nobody(
        "sign-in", "… from inside Studio", by_her_role, "sagemaker:CreatePresignedDomainUrl", sign_in_as_b
    )


def grants():
    control = boto3.client("s3control")
    found = control.list_access_grants_locations(AccountId=ACCOUNT, LocationScope=f"s3://{BUCKET}")
    (location,) = found["AccessGrantsLocationsList"]

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
        statement = {"Effect": "Deny", "Action": "*", "Resource": "arn:aws:s3:::nothing"}
        name, document = "more", json.dumps({"Version": "2012-10-17", "Statement": [statement]})
        role = user_a.role_arn.split("/")[-1]
        user_a.client("iam").put_role_policy(RoleName=role, PolicyName=name, PolicyDocument=document)
        boto3.client("iam").delete_role_policy(RoleName=role, PolicyName=name)

    yield of_nobody(
        "grants", "CreateAccessGrant on UserB/* for herself", widen, "s3:CreateAccessGrant", f"{INSTANCE}*"
    )
    yield of_nobody("grants", "PutRolePolicy on her own role", policy, "iam:PutRolePolicy", user_a.role_arn)


def loader():
    def load(by, source=None):
        answer = by.invoke(FunctionName=LOADER, Payload=json.dumps(source or {}).encode())
        said = answer["Payload"].read().decode()
        if "FunctionError" not in answer:
            return "ok"
        return "nothing: it takes no input" if "takes no input" in said else said

    theirs, anybody = partial(load, user_a.client("lambda")), boto3.client("lambda")
    function = arn("lambda", f"function:{LOADER}")
    yield of_nobody("loader", "Invoke the data set's loader", theirs, "lambda:InvokeFunction", function)
    copy = {"source": {"s3": {"bucket": BUCKET, "key": "UserB/abalone.csv"}}, "bucket": BUCKET, "prefixes": ["UserA/"]}
    told = partial(load, anybody, copy)
    yield Door("loader", "… telling it to load UserB's", told, "what it is configured to", partial(load, anybody))


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
        yield of_nobody("KMS", tries, call, action, KeyId)


walk([*data(), *scratch(), *jobs(), *spaces(), *sign_in(), *grants(), *loader(), *keys()])
