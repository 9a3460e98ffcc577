"""The job with a profile's credentials, which end while it runs: against a local AWS whose clock is 880 seconds behind, so that a
session of 900 seconds lasts 20, and whose copies take their time.

Run by spark.long.test.ts, which starts that and sets the environment; not by pytest's own collection.
"""

import json
import os
import subprocess
import sys
import urllib.request
from datetime import datetime

import access_grants
import boto3
import spark
from abalone import SAMPLE, expected, parse
from sandbox_world import BUCKET, keys_of

JOB = access_grants.__file__.replace("access_grants", "preprocess")
PROGRAM = access_grants.__file__.replace("access_grants", "grant_credentials")
KEYS = ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN")
LASTING = 20


def control(path, body=None):
    data = json.dumps(body).encode() if body else None
    with urllib.request.urlopen(f"{os.environ['AWS_ENDPOINT_URL']}/_sandbox/{path}", data=data) as answer:
        return json.load(answer)


def run(env, *arguments):
    places = ["--input", f"s3://{BUCKET}/UserA/abalone.csv", "--output", f"s3://{BUCKET}/UserA/output"]
    command = [sys.executable, spark.__file__, "local[2]", JOB, *places, *arguments]
    return subprocess.run(command, capture_output=True, text=True, env=env)


def test_credentials_that_end_while_it_runs_are_renewed_by_a_profile(roles, tmp_path):
    s3 = boto3.client("s3")
    s3.upload_file(str(SAMPLE), BUCKET, "UserA/abalone.csv")
    keys = keys_of(roles["usera"], "usera")
    ended = run({**os.environ, **keys}, "--duration-seconds", "900")
    assert ended.returncode != 0 and "the job may take 900 s" in ended.stderr.splitlines()[-1]

    # The SDK for Java takes profiles from this file, where their names stand alone; boto3 takes them from here too.
    shared = tmp_path / "credentials"
    source = "\n".join(f"{key.lower()} = {keys[key]}" for key in KEYS)
    target = f'--target "s3://{BUCKET}/UserA/*" --permission READWRITE --duration-seconds 900 --source-profile source'
    process = f"{sys.executable} {PROGRAM} {target}"
    shared.write_text(f"[source]\n{source}\n[data]\ncredential_process = {process}\n")
    env = {name: value for name, value in os.environ.items() if name not in KEYS}
    files = dict.fromkeys(("AWS_SHARED_CREDENTIALS_FILE", "AWS_CREDENTIAL_PROFILES_FILE"), str(shared))
    env |= {**files, "HOME": str(tmp_path)}
    control("faults", {"service": "s3", "operation": "CopyObject", "times": 4, "delayMs": 8_000})
    before = len(control("calls?service=s3"))
    job = run(env, "--profile", "data")
    assert job.returncode == 0, job.stdout + job.stderr

    calls = control("calls?service=s3")[before:]
    first, last = (datetime.fromisoformat(calls[at]["time"].replace("Z", "+00:00")) for at in (0, -1))
    assert (last - first).total_seconds() > LASTING
    assert [call for call in calls if call["status"] in (400, 403)] == []
    keys = [item["Key"] for item in s3.list_objects_v2(Bucket=BUCKET, Prefix="UserA/output/")["Contents"]]
    bodies = [s3.get_object(Bucket=BUCKET, Key=key)["Body"].read().decode() for key in keys if "/part-" in key]
    assert sorted(parse(line for body in bodies for line in body.splitlines())) == sorted(expected())
