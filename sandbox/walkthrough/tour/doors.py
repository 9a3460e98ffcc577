"""Forbidden requests of the attacker's tour ("doors"). Each is made by somebody who must be refused, and then, as its "twin", by somebody
who is allowed it."""

import json
from dataclasses import dataclass
from typing import Callable

import boto3
from botocore.exceptions import ClientError

ONE_STATEMENT = "one statement more"
"""The key of a door that nobody has: the attacker gets one more statement in the role's policy, and tries again."""
REFUSALS = {"AccessDenied", "AccessDeniedException", "NotAuthorizedForSourceException"}


@dataclass(frozen=True)
class Door:
    place: str
    tries: str
    attack: Callable[[], object]
    """Raises AWS's refusal. Where AWS does not refuse the request, returns a text: it begins with `nothing:` if nothing has changed."""
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
    """The error's code, or the text that the call returns, or ok."""
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
    """The same request while the person's role has one more statement, which allows it without a condition."""

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
