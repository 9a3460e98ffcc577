"""Credentials of S3 Access Grants for any AWS tool: the program that a profile's `credential_process` names.

    [profile usera-data]
    region = us-east-1
    credential_process = python3 /home/usera/grant_credentials.py --target "s3://product-data/UserA/*" --permission READWRITE

    aws --profile usera-data s3 ls s3://product-data/UserA/

It asks GetDataAccess as whoever the tool would be without the profile (environment, container, instance, `--source-profile`),
keeps the answer in `~/.aws/access-grants`, for the user alone, and asks anew when half of it, or 15 minutes, are left. On a
terminal it shows what is granted, never a secret. Needs Python 3.9 and botocore 1.33.

Exit codes: 0 granted; 3 no grant covers the target; 1 anything else went wrong; 2 wrong arguments.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
import tempfile
from datetime import datetime, timezone
from pathlib import Path

import botocore.session
from botocore.exceptions import BotoCoreError, ClientError

GRANTED, FAILED, DENIED = 0, 1, 3
LONGEST_MARGIN = 900
"""Seconds before the end at which new credentials are asked for: botocore begins to ask that early."""
ASKING = "ACCESS_GRANTS_CREDENTIAL_PROCESS"
"""In the environment of what this program starts: asked again there, it would ask itself without end."""


def main(arguments: list[str] | None = None) -> int:
    options = parse(arguments)
    if ASKING in os.environ:
        return end(FAILED, "failed: the credentials to ask with come from this program: name others by --source-profile")
    os.environ[ASKING] = "1"
    # The profile that names this program is not the one to ask with.
    for name in ("AWS_PROFILE", "AWS_DEFAULT_PROFILE"):
        os.environ.pop(name, None)
    try:
        session = botocore.session.Session(profile=options.source_profile)
        source = session.get_credentials()
        if source is None:
            return end(FAILED, "failed: there are no credentials to ask with; --source-profile names a profile that has some")
        cached = Cache(options, source.get_frozen_credentials().access_key)
        answer = cached.read() or cached.write(ask(session, options))
    except ClientError as error:
        return end(*refusal(error, options))
    except BotoCoreError as error:
        return end(FAILED, f"failed: {error}")
    if sys.stdout.isatty():
        print(f"{options.permission} on {options.target} is granted until {answer['Expiration']}")
    else:
        print(json.dumps(answer))
    return GRANTED


def parse(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--target", required=True, help="s3://bucket/prefix/*, or s3://bucket/key for one object")
    parser.add_argument("--permission", required=True, choices=["READ", "WRITE", "READWRITE"])
    parser.add_argument("--duration-seconds", type=int, default=3600, help="900 to 43200 (default: %(default)s)")
    parser.add_argument("--account-id", help="owner of the S3 Access Grants instance (default: the caller's account)")
    parser.add_argument(
        "--instance-scope",
        choices=["SELF", "ALL"],
        help="ALL: grants in instances of other accounts that are shared with the caller's count too (default: AWS's, SELF; needs a "
        "botocore that knows it, 1.44.5)",
    )
    parser.add_argument("--region", help="Region of the instance (default: that of the source profile or the environment)")
    parser.add_argument("--source-profile", help="profile to ask with (default: the environment, container or instance)")
    options = parser.parse_args(arguments)
    if not options.target.startswith("s3://"):
        parser.error(f"--target {options.target}: must begin with s3://")
    if not 900 <= options.duration_seconds <= 43200:
        parser.error(f"--duration-seconds {options.duration_seconds}: must be 900 to 43200, as GetDataAccess allows")
    return options


def ask(session: botocore.session.Session, options: argparse.Namespace) -> dict:
    region = options.region or session.get_config_variable("region") or os.environ.get("AWS_REGION")
    account = options.account_id or session.create_client("sts", region_name=region).get_caller_identity()["Account"]
    answer = session.create_client("s3control", region_name=region).get_data_access(
        AccountId=account,
        Target=options.target,
        Permission=options.permission,
        DurationSeconds=options.duration_seconds,
        Privilege="Default",
        **({"InstanceScope": options.instance_scope} if options.instance_scope else {}),
    )["Credentials"]
    expiration = answer["Expiration"].astimezone(timezone.utc)
    keys = {name: answer[name] for name in ("AccessKeyId", "SecretAccessKey", "SessionToken")}
    return {"Version": 1, **keys, "Expiration": expiration.strftime("%Y-%m-%dT%H:%M:%SZ")}


def refusal(error: ClientError, options: argparse.Namespace) -> tuple[int, str]:
    message = error.response["Error"].get("Message", "")
    # Without s3:GetDataAccess the code is AccessDenied too, but the message is IAM's "… is not authorized to perform …".
    if error.response["Error"].get("Code") == "AccessDenied" and "permissions to the requested S3" in message:
        return DENIED, f"denied: {options.permission} on {options.target}: {message}"
    return FAILED, f"failed: {error}"


def end(code: int, sentence: str) -> int:
    print(sentence, file=sys.stderr)
    return code


class Cache:
    """One file for each request and each session that asks. Without a place to write, every call asks."""

    def __init__(self, options: argparse.Namespace, access_key: str):
        names = ("target", "permission", "duration_seconds", "account_id", "instance_scope", "region", "source_profile")
        request = [getattr(options, name) for name in names]
        self._folder = Path.home() / ".aws" / "access-grants"
        self._file = self._folder / f"{hashlib.sha256(json.dumps([access_key, request]).encode()).hexdigest()}.json"
        self._margin = min(LONGEST_MARGIN, options.duration_seconds / 2)

    def read(self) -> dict | None:
        answer = load(self._file)
        return answer if answer and seconds_left(answer) > self._margin else None

    def write(self, answer: dict) -> dict:
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._folder.chmod(0o700)
            # Whoever reads at the same time sees the old file or the new one. mkstemp's are the user's alone.
            handle, name = tempfile.mkstemp(dir=self._folder)
            with os.fdopen(handle, "w") as file:
                json.dump(answer, file)
            os.replace(name, self._file)
            for other in self._folder.glob("*.json"):
                if seconds_left(load(other) or answer) <= 0:
                    other.unlink(missing_ok=True)
        except OSError:
            pass
        return answer


def load(file: Path) -> dict | None:
    """What is kept in a file; None where it is not there, somebody else may have written or read it, or it is damaged."""
    try:
        status = file.stat()
        if status.st_mode & 0o077 or status.st_uid != os.getuid():
            return None
        answer = json.loads(file.read_text())
        seconds_left(answer)
        return answer
    except (OSError, ValueError, KeyError, TypeError):
        return None


def seconds_left(answer: dict) -> float:
    end_of_session = datetime.strptime(answer["Expiration"], "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=timezone.utc)
    return (end_of_session - datetime.now(timezone.utc)).total_seconds()


if __name__ == "__main__":
    sys.exit(main())
