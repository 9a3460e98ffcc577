"""The credentials dance, against boto3's own model of GetDataAccess."""

from datetime import datetime, timedelta, timezone
from urllib.parse import parse_qs, urlsplit

import access_grants
import boto3
import pytest
from access_grants import Access, AccessDenied, request_access, session
from botocore.awsrequest import AWSResponse
from botocore.credentials import Credentials
from botocore.exceptions import ClientError
from botocore.stub import Stubber

ACCOUNT = "123456789012"
TARGET = "s3://data/UserA/*"


@pytest.fixture
def s3control():
    keys = {"aws_access_key_id": "AKIDCALLER", "aws_secret_access_key": "secret"}
    return boto3.client("s3control", region_name="eu-west-1", **keys)


def answer(minutes, key="ASIAGRANT"):
    expiration = datetime.now(timezone.utc) + timedelta(minutes=minutes)
    keys = {"AccessKeyId": key, "SecretAccessKey": "s", "SessionToken": "t", "Expiration": expiration}
    return {"Credentials": keys, "MatchedGrantTarget": "s3://data/UserA/*"}


def asked(seconds=3600):
    return {
        "AccountId": ACCOUNT,
        "Target": TARGET,
        "Permission": "READ",
        "DurationSeconds": seconds,
        "Privilege": "Default",
    }


def test_credentials_of_the_grant(s3control):
    with Stubber(s3control) as stub:
        stub.add_response("get_data_access", answer(minutes=15), asked(seconds=900))
        access = request_access(s3control, ACCOUNT, TARGET, "READ", 900)
    assert (access.access_key_id, access.matched_grant_target) == ("ASIAGRANT", "s3://data/UserA/*")
    assert 890 < access.seconds_left() <= 900


def test_instances_of_other_accounts_are_asked_where_that_is_wanted(s3control):
    with Stubber(s3control) as stub:
        stub.add_response("get_data_access", answer(minutes=60), {**asked(), "InstanceScope": "ALL"})
        stub.add_response("get_data_access", answer(minutes=60), {**asked(), "InstanceScope": "ALL"})
        request_access(s3control, ACCOUNT, TARGET, "READ", instance_scope="ALL")
        session(s3control, ACCOUNT, TARGET, "READ", instance_scope="ALL")


def test_secrets_do_not_show():
    shown = repr(Access("ASIA", "very-secret", "very-token", datetime.now(timezone.utc), TARGET))
    assert "very" not in shown


def test_a_denial_by_the_grants_is_told_apart_from_a_missing_iam_permission(s3control):
    denial = "You do not have READ permissions to the requested S3 Prefix: s3://data/UserA/*"
    missing = "User: arn:aws:sts::123456789012:assumed-role/x/y is not authorized to perform: s3:GetDataAccess"
    with Stubber(s3control) as stub:
        stub.add_client_error("get_data_access", "AccessDenied", denial, 403)
        with pytest.raises(AccessDenied, match="You do not have READ"):
            request_access(s3control, ACCOUNT, TARGET, "READ")
        stub.add_client_error("get_data_access", "AccessDenied", missing, 403)
        with pytest.raises(ClientError, match="not authorized"):
            request_access(s3control, ACCOUNT, TARGET, "READ")


def test_a_session_renews_its_credentials_before_they_end(s3control):
    with Stubber(s3control) as stub:
        # Below the ten minutes under which botocore insists on new ones.
        stub.add_response("get_data_access", answer(minutes=5, key="ASIAFIRST"), asked())
        stub.add_response("get_data_access", answer(minutes=60, key="ASIASECOND"), asked())
        granted = session(s3control, ACCOUNT, TARGET, "READ")
        credentials = granted.client("s3")._get_credentials()
        assert credentials.get_frozen_credentials().access_key == "ASIASECOND"
        stub.assert_no_pending_responses()
        assert credentials.get_frozen_credentials().access_key == "ASIASECOND"
    assert granted.region_name == "eu-west-1"


def test_a_session_says_at_once_that_it_is_denied(s3control):
    with Stubber(s3control) as stub:
        stub.add_client_error("get_data_access", "AccessDenied", "… permissions to the requested S3 Prefix …", 403)
        with pytest.raises(AccessDenied):
            session(s3control, ACCOUNT, TARGET, "READ")


class TestOlderBoto3:
    """The request that is signed by hand, held against the one that boto3 sends."""

    RESULT = (
        '<?xml version="1.0"?><GetDataAccessResult xmlns="http://awss3control.amazonaws.com/doc/2018-08-20/">'
        "<Credentials><AccessKeyId>ASIAGRANT</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t"
        "</SessionToken><Expiration>2030-01-02T03:04:05Z</Expiration></Credentials>"
        "<MatchedGrantTarget>s3://data/UserA/*</MatchedGrantTarget></GetDataAccessResult>"
    )
    DENIAL = (
        '<?xml version="1.0"?><ErrorResponse><Error><Code>AccessDenied</Code><Message>You do not have READ permissions '
        "to the requested S3 Prefix: s3://data/UserA/*</Message></Error></ErrorResponse>"
    )

    class Http:
        def __init__(self, status, body):
            self.status, self.body = status, body

        def send(self, request):
            self.request = request
            raw = type("Raw", (), {"stream": lambda *_: iter([self.body.encode()])})()
            return AWSResponse(request.url, self.status, {}, raw)

    def older(self, s3control, status=200, body=RESULT):
        http = self.Http(status, body)
        credentials = Credentials("AKIDCALLER", "secret")
        call = access_grants._SignedGetDataAccess(s3control, credentials, http)
        return type("Older", (), {"get_data_access": None, "meta": s3control.meta})(), call, http

    def request(self, s3control, monkeypatch, **options):
        client, call, http = self.older(s3control, **options)
        monkeypatch.setattr(access_grants, "_SignedGetDataAccess", lambda _: call)
        return request_access(client, ACCOUNT, TARGET, "READ", 900), http.request

    def test_sends_what_boto3_sends(self, s3control, monkeypatch):
        sent = []

        def intercept(request, **_):
            sent.append(request)
            raw = type("Raw", (), {"stream": lambda *_: iter([self.RESULT.encode()])})()
            return AWSResponse(request.url, 200, {}, raw)

        s3control.meta.events.register("before-send.s3-control.GetDataAccess", intercept)
        newer = request_access(s3control, ACCOUNT, TARGET, "READ", 900)
        older, request = self.request(s3control, monkeypatch)

        def essence(request):
            url = urlsplit(request.url)
            headers = {name.lower(): value for name, value in request.headers.items()}
            scope = bytes_to_text(headers["authorization"]).split("Credential=")[1].split(",")[0]
            return request.method, url.scheme, url.netloc, url.path, parse_qs(url.query), scope.split("/")[2:]

        assert essence(request) == essence(sent[0])
        assert older == newer

    def test_asks_instances_of_other_accounts_for_a_boto3_that_cannot(self, s3control, monkeypatch):
        _, call, http = self.older(s3control)
        monkeypatch.setattr(access_grants, "_SignedGetDataAccess", lambda _: call)
        members = s3control.meta.service_model.operation_model("GetDataAccess").input_shape.members
        assert "InstanceScope" in members
        del members["InstanceScope"]
        request_access(s3control, ACCOUNT, TARGET, "READ", 900, "ALL")
        assert parse_qs(urlsplit(http.request.url).query)["instanceScope"] == ["ALL"]

    def test_tells_a_denial(self, s3control, monkeypatch):
        with pytest.raises(AccessDenied, match="You do not have READ"):
            self.request(s3control, monkeypatch, status=403, body=self.DENIAL)


def bytes_to_text(value):
    return value.decode() if isinstance(value, bytes) else value
