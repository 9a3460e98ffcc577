"""Doors of the attacker's tour: each is tried by who should not get in, and then, the same request, by who should."""

import json
from dataclasses import dataclass
from typing import Callable

import boto3
from botocore.exceptions import ClientError

ONE_STATEMENT = "one statement more"
"""What the twin has that the attacker has not, where nobody has it."""
REFUSALS = {"AccessDenied", "AccessDeniedException", "NotAuthorizedForSourceException"}


@dataclass(frozen=True)
class Door:
    place: str
    tries: str
    attack: Callable[[], object]
    """Refused by AWS, or returns what came of it where that has to be looked at: a text that begins with `nothing:`."""
    key: str
    twin: Callable[[], object]


def walk(doors: list[Door]) -> None:
    """Tries every door and prints, as JSON, what was answered."""
    print(json.dumps([result(door) for door in doors]))


def result(door: Door) -> dict:
    attack, twin = answer(door.attack), answer(door.twin)
    return {
        "place": door.place,
        "tries": door.tries,
        "answer": attack,
        "closed": attack in REFUSALS or attack.startswith("nothing:"),
        "key": door.key,
        "opened": twin.startswith("ok"),
        "twin": twin,
    }


def answer(call: Callable[[], object]) -> str:
    """The error's code, or what the call says of itself, or ok."""
    try:
        said = call()
        return said if isinstance(said, str) else "ok"
    except ClientError as error:
        return error.response["Error"]["Code"]


class Person:
    """Somebody with the credentials of a role."""

    def __init__(self, role_arn: str, name: str):
        self.role_arn, self.name = role_arn, name
        self._keys = boto3.client("sts").assume_role(RoleArn=role_arn, RoleSessionName=name)["Credentials"]

    def client(self, service: str):
        return client(service, self._keys)


def client(service: str, credentials: dict | None = None):
    """A client of the account itself, or with temporary credentials."""
    keys = credentials and {
        "aws_access_key_id": credentials["AccessKeyId"],
        "aws_secret_access_key": credentials["SecretAccessKey"],
        "aws_session_token": credentials["SessionToken"],
    }
    return boto3.client(service, **(keys or {}))


def with_statement(person: Person, action: str, resource: str, call: Callable[[], object]) -> Callable[[], object]:
    """The same request while the person's role has what it lacks: one statement that allows it, without a condition."""

    def twin():
        iam, statement = boto3.client("iam"), {"Effect": "Allow", "Action": action, "Resource": resource}
        policy = {"RoleName": person.role_arn.split("/")[-1], "PolicyName": "one-statement"}
        document = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
        iam.put_role_policy(**policy, PolicyDocument=document)
        try:
            return call()
        finally:
            iam.delete_role_policy(**policy)

    return twin
