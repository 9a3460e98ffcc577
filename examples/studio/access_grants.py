"""Temporary credentials from Amazon S3 Access Grants.

GetDataAccess turns "I am this role, I want this prefix" into credentials that reach the granted prefix and nothing else, or
into a denial. `request_access` is that one call; `session` is a boto3 session that makes it again before the credentials end.

Runs on Python 3.9 or newer, with any boto3, also with that of the SageMaker Spark container (1.17), which is older than
GetDataAccess.
"""

from __future__ import annotations

import urllib.parse
import xml.etree.ElementTree
from dataclasses import dataclass, field
from datetime import datetime, timezone

import boto3
import botocore.session
from botocore.auth import S3SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import CredentialProvider, CredentialResolver, RefreshableCredentials
from botocore.exceptions import ClientError, NoCredentialsError
from botocore.httpsession import URLLib3Session

SHORTEST_SECONDS, LONGEST_SECONDS = 900, 43200
"""What GetDataAccess takes; the maximum session duration of the location's role bounds it further."""


class AccessDenied(Exception):
    """No grant covers the request. Any other failure, a missing IAM permission too, is a botocore ClientError."""


@dataclass(frozen=True)
class Access:
    """Credentials for one grant."""

    access_key_id: str
    secret_access_key: str = field(repr=False)
    session_token: str = field(repr=False)
    expiration: datetime
    matched_grant_target: str

    def seconds_left(self, now: datetime | None = None) -> float:
        return (self.expiration - (now or datetime.now(timezone.utc))).total_seconds()


def request_access(
    s3control, account_id: str, target: str, permission: str, duration_seconds: int = 3600, instance_scope: str | None = None
) -> Access:
    """Asks for credentials once.

    s3control         a boto3 client of the service s3control, with the credentials of the grantee
    target            `s3://bucket/prefix/*`, or `s3://bucket/key` for what a single object needs
    permission        READ, WRITE or READWRITE
    duration_seconds  900 to 43200
    instance_scope    ALL: grants in instances of other accounts that are shared with the caller's count too; not given: AWS's
                      default, the account's own instance

    Raises AccessDenied where no grant covers it, ClientError for anything else.
    """
    parameters = {
        "AccountId": account_id,
        "Target": target,
        "Permission": permission,
        "DurationSeconds": duration_seconds,
        "Privilege": "Default",
    }
    if instance_scope is not None:
        parameters["InstanceScope"] = instance_scope
    try:
        call = s3control.get_data_access if _knows(s3control, parameters) else _SignedGetDataAccess(s3control)
        answer = call(**parameters)
    except ClientError as error:
        message = error.response["Error"].get("Message", "")
        # Without s3:GetDataAccess the code is AccessDenied too, but the message is IAM's "… is not authorized to perform …".
        if error.response["Error"].get("Code") == "AccessDenied" and "permissions to the requested S3" in message:
            raise AccessDenied(message) from error
        raise
    credentials = answer["Credentials"]
    return Access(
        access_key_id=credentials["AccessKeyId"],
        secret_access_key=credentials["SecretAccessKey"],
        session_token=credentials["SessionToken"],
        expiration=credentials["Expiration"],
        matched_grant_target=answer["MatchedGrantTarget"],
    )


def _knows(s3control, parameters: dict) -> bool:
    """boto3 has the call since 1.33, InstanceScope later; the SageMaker Spark container brings an older one."""
    if getattr(s3control, "get_data_access", None) is None:
        return False
    return set(parameters) <= set(s3control.meta.service_model.operation_model("GetDataAccess").input_shape.members)


def session(
    s3control, account_id: str, target: str, permission: str, duration_seconds: int = 3600, instance_scope: str | None = None
) -> boto3.Session:
    """A boto3 session whose clients act with the grant's credentials and get new ones before they end.

    The first credentials are requested at once, so that a denial shows here and not at the first use.
    """

    def refresh() -> dict:
        access = request_access(s3control, account_id, target, permission, duration_seconds, instance_scope)
        return {
            "access_key": access.access_key_id,
            "secret_key": access.secret_access_key,
            "token": access.session_token,
            "expiry_time": access.expiration.isoformat(),
        }

    credentials = RefreshableCredentials.create_from_metadata(refresh(), refresh, _GrantProvider.METHOD)
    botocore_session = botocore.session.get_session()
    botocore_session.register_component("credential_provider", CredentialResolver([_GrantProvider(credentials)]))
    return boto3.Session(botocore_session=botocore_session, region_name=s3control.meta.region_name)


class _GrantProvider(CredentialProvider):
    METHOD = "s3-access-grants"

    def __init__(self, credentials: RefreshableCredentials):
        super().__init__()
        self._credentials = credentials

    def load(self) -> RefreshableCredentials:
        return self._credentials


class _SignedGetDataAccess:
    """GetDataAccess for a boto3 that does not know it: the same signed request, by the client's own means."""

    _NAMESPACE = "{http://awss3control.amazonaws.com/doc/2018-08-20/}"

    def __init__(self, s3control, credentials=None, http=None):
        self._client = s3control
        self._credentials = credentials or boto3.Session().get_credentials()
        if self._credentials is None:
            raise NoCredentialsError()
        self._http = http or URLLib3Session()

    def __call__(self, AccountId: str, **parameters) -> dict:
        response = self._http.send(self.prepare(AccountId, **parameters))
        root = xml.etree.ElementTree.fromstring(response.content)
        for element in root.iter():
            element.tag = element.tag.split("}")[-1]
        if response.status_code != 200:
            error = {key: root.findtext(f".//{key}", "") for key in ("Code", "Message")}
            metadata = {"HTTPStatusCode": response.status_code}
            raise ClientError({"Error": error, "ResponseMetadata": metadata}, "GetDataAccess")
        credentials = {child.tag: child.text for child in root.find("Credentials")}
        credentials["Expiration"] = datetime.fromisoformat(credentials["Expiration"].replace("Z", "+00:00"))
        return {"Credentials": credentials, "MatchedGrantTarget": root.findtext("MatchedGrantTarget")}

    def prepare(self, account_id: str, **parameters):
        endpoint = urllib.parse.urlsplit(self._client.meta.endpoint_url)
        query = {name[0].lower() + name[1:]: value for name, value in parameters.items()}
        url = f"{endpoint.scheme}://{account_id}.{endpoint.netloc}/v20180820/accessgrantsinstance/dataaccess"
        request = AWSRequest("GET", url, params=query, headers={"x-amz-account-id": account_id})
        S3SigV4Auth(self._credentials.get_frozen_credentials(), "s3", self._client.meta.region_name).add_auth(request)
        return request.prepare()
