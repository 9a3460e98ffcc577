"""Prints what the own policies of roles allow: {"<ARN of the role>": [[action, resource], …], …}.

    python policies.py ROLE_NAME …
"""

import json
import sys

import boto3

iam = boto3.client("iam")


def listed(value) -> list:
    return value if isinstance(value, list) else [value]


def allowed(role: str) -> list:
    names = iam.list_role_policies(RoleName=role)["PolicyNames"]
    documents = [iam.get_role_policy(RoleName=role, PolicyName=name)["PolicyDocument"] for name in names]
    assert not iam.list_attached_role_policies(RoleName=role)["AttachedPolicies"], f"{role} has a managed policy"
    pairs = {
        (action, resource)
        for document in documents
        for statement in listed(document["Statement"])
        if statement["Effect"] == "Allow"
        for action in listed(statement["Action"])
        for resource in listed(statement["Resource"])
    }
    return sorted(pairs)


print(json.dumps({iam.get_role(RoleName=role)["Role"]["Arn"]: allowed(role) for role in sys.argv[1:]}))
