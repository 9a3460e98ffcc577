"""grant_credentials.py over the wire, as a profile's credential_process, against a local AWS whose clock is 860 seconds behind: a
session of 900 seconds ends 40 seconds from now.

Run by credentials.server.test.ts, which starts that and sets the environment; not by pytest's own collection.
"""

import json
import os
import pty
import stat
import subprocess
import sys
import urllib.request
from datetime import datetime, timedelta, timezone
from pathlib import Path

import boto3
import pytest
from access_grants import __file__ as neighbour
from botocore.exceptions import ClientError, CredentialRetrievalError
from sandbox_world import BUCKET, keys_of

PROGRAM = str(Path(neighbour).with_name("grant_credentials.py"))
KEYS = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN")


def control(method, path, body=None):
    url = f"{os.environ['AWS_ENDPOINT_URL']}/_sandbox/{path}"
    request = urllib.request.Request(url, method=method, data=json.dumps(body).encode() if body else None)
    with urllib.request.urlopen(request) as answer:
        return json.load(answer)


def asked():
    return len(control("GET", "calls?operation=GetDataAccess"))


@pytest.fixture
def home(tmp_path):
    return tmp_path


@pytest.fixture
def as_user(roles, home):
    """The environment of a persona with a home of her own."""
    without = {name: value for name, value in os.environ.items() if name not in KEYS}
    return lambda user: {**without, "HOME": str(home), **keys_of(roles[user], user)}


def run(env, *more, target=f"s3://{BUCKET}/UserA/*", permission="READWRITE"):
    command = [sys.executable, PROGRAM, "--target", target, "--permission", permission, *more]
    return subprocess.run(command, capture_output=True, text=True, env=env)


def kept(home):
    return list((home / ".aws" / "access-grants").glob("*.json"))


def test_it_speaks_the_documented_json_and_the_credentials_reach_the_grant(as_user):
    answer = json.loads(run(as_user("usera")).stdout)
    assert sorted(answer) == ["AccessKeyId", "Expiration", "SecretAccessKey", "SessionToken", "Version"]
    assert answer["Version"] == 1
    s3 = boto3.Session(answer["AccessKeyId"], answer["SecretAccessKey"], answer["SessionToken"]).client("s3")
    s3.put_object(Bucket=BUCKET, Key="UserA/x", Body=b"x")
    with pytest.raises(ClientError, match="AccessDenied"):
        s3.put_object(Bucket=BUCKET, Key="UserB/x", Body=b"x")


def test_a_denial_is_told_apart_from_everything_else(as_user):
    denied = run(as_user("userb"))
    assert (denied.returncode, denied.stdout) == (3, "")
    said = "denied: READWRITE on s3://product-data/UserA/*: You do not have READWRITE permissions to the requested S3 Prefix"
    assert said in denied.stderr and len(denied.stderr.splitlines()) == 1
    read_only = run(as_user("usera"), target=f"s3://{BUCKET}/Product/*")
    assert read_only.returncode == 3
    unreachable = run({**as_user("usera"), "AWS_ENDPOINT_URL": "http://127.0.0.1:1", "HTTP_PROXY": "", "http_proxy": ""})
    assert (unreachable.returncode, unreachable.stdout) == (1, "") and "failed:" in unreachable.stderr
    nobody = {name: value for name, value in as_user("usera").items() if name not in KEYS}
    assert "there are no credentials to ask with" in run(nobody).stderr
    assert run(as_user("usera"), target="UserA").returncode == 2
    assert run(as_user("usera"), "--duration-seconds", "60").returncode == 2


def test_instances_of_other_accounts_are_asked_where_that_is_wanted(as_user, home):
    env = as_user("usera")
    answers = {run(env, *more).stdout for more in ([], ["--instance-scope", "SELF"], ["--instance-scope", "ALL"])}
    # The sandbox has one account: the same grant answers, and each question has an answer of its own.
    assert len(kept(home)) == len(answers) == 3
    assert run(env, "--instance-scope", "SOME").returncode == 2


def test_what_it_keeps_is_the_users_alone_and_by_grant_and_role(as_user, home):
    env, before = as_user("usera"), asked()
    first = run(env, "--duration-seconds", "43200")
    assert first.returncode == 1  # the location's role allows an hour
    answers = [run(env).stdout for _ in range(2)]
    assert answers[0] == answers[1] and asked() == before + 2
    (file,) = kept(home)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert run(env, permission="READ").stdout != answers[0]
    assert run(as_user("userb")).returncode == 3
    # What others could have read or written, or what is damaged, is not used.
    file.chmod(0o644)
    assert run(env).stdout != answers[0]
    file.write_text("{")
    assert json.loads(run(env).stdout)["Version"] == 1


def test_it_asks_anew_before_the_end(as_user, home):
    env = as_user("usera")
    first = run(env).stdout
    (file,) = kept(home)

    def end_in(seconds):
        end = datetime.now(timezone.utc) + timedelta(seconds=seconds)
        file.write_text(json.dumps({**json.loads(first), "Expiration": end.strftime("%Y-%m-%dT%H:%M:%SZ")}))

    end_in(1000)
    assert json.loads(run(env).stdout)["AccessKeyId"] == json.loads(first)["AccessKeyId"]
    end_in(890)
    assert json.loads(run(env).stdout)["AccessKeyId"] != json.loads(first)["AccessKeyId"]


def test_several_at_once_do_no_harm(as_user, home):
    command = [sys.executable, PROGRAM, "--target", f"s3://{BUCKET}/UserA/*", "--permission", "READ"]
    several = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=as_user("usera")) for _ in range(4)]
    answers = [json.loads(one.communicate()[0]) for one in several]
    assert len(answers) == 4 and all(answer["Version"] == 1 for answer in answers)
    assert [file.name for file in (home / ".aws" / "access-grants").iterdir()] == [file.name for file in kept(home)]


def test_a_terminal_shows_no_secret(as_user, home):
    env = as_user("usera")
    command = [sys.executable, PROGRAM, "--target", f"s3://{BUCKET}/UserA/*", "--permission", "READ"]
    controller, terminal = pty.openpty()
    process = subprocess.Popen(command, stdout=terminal, stderr=terminal, env=env)
    process.wait()
    here = os.read(controller, 4096).decode()
    (file,) = kept(home)
    answer = json.loads(file.read_text())
    assert f"READ on s3://{BUCKET}/UserA/* is granted until {answer['Expiration']}" in here
    assert not any(answer[name] in here for name in ("AccessKeyId", "SecretAccessKey", "SessionToken"))


def profile(home, monkeypatch, env, name, *more):
    """A profile that names the program, and nothing else to take credentials from."""
    for key in (*KEYS, "AWS_SHARED_CREDENTIALS_FILE"):
        monkeypatch.delenv(key, raising=False)
    keys = "\n".join(f"{key.lower()} = {env[key]}" for key in KEYS)
    process = f'{sys.executable} {PROGRAM} --target "s3://{BUCKET}/UserA/*" --permission READWRITE {" ".join(more)}'
    config = home / "config"
    config.write_text(f"[profile source]\n{keys}\n[profile {name}]\ncredential_process = {process}\n")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(config))
    monkeypatch.setenv("HOME", str(home))
    return boto3.Session(profile_name=name).client("s3")


def test_a_client_goes_on_past_the_end_of_a_session(as_user, home, monkeypatch):
    s3 = profile(home, monkeypatch, as_user("usera"), "data", "--source-profile source --duration-seconds 900")
    s3.put_object(Bucket=BUCKET, Key="UserA/long", Body=b"x")
    held = s3._request_signer._credentials.get_frozen_credentials()
    control("POST", "clock", {"advanceSeconds": 1000})
    ended = boto3.client("s3", aws_access_key_id=held.access_key, aws_secret_access_key=held.secret_key, aws_session_token=held.token)
    with pytest.raises(ClientError, match="ExpiredToken"):
        ended.get_object(Bucket=BUCKET, Key="UserA/long")
    s3.get_object(Bucket=BUCKET, Key="UserA/long")


def test_a_profile_that_would_ask_itself_says_so(as_user, home, monkeypatch):
    with pytest.raises(CredentialRetrievalError, match="come from this program: name others by --source-profile"):
        profile(home, monkeypatch, as_user("usera"), "data", "--source-profile data")
