"""Adds to the walkthrough's catalog what the examples need beside it: a second publishing project with an asset, a third, and the
role that CloudFormation makes memberships and grants of the member pool with, an owner of the domain unit and of all publishing projects.

    python catalog.py CATALOG

Prints their ids as one JSON object.
"""

import json
import sys

import boto3
from botocore.config import Config

catalog = json.loads(sys.argv[1])
domain = catalog["domain"]
# Memberships are three a second.
datazone = boto3.client("datazone", config=Config(retries={"mode": "standard", "max_attempts": 10}))
iam = boto3.client("iam")

trust = {"Effect": "Allow", "Principal": {"Service": "cloudformation.amazonaws.com"}, "Action": "sts:AssumeRole"}
may = {"Effect": "Allow", "Action": ["datazone:*", "iam:GetRole"], "Resource": "*"}
role = iam.create_role(
    RoleName="datazone-deployment",
    AssumeRolePolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [trust]}),
)["Role"]
iam.put_role_policy(
    RoleName=role["RoleName"],
    PolicyName="memberships",
    PolicyDocument=json.dumps({"Version": "2012-10-17", "Statement": [may]}),
)


def owner(project: str, principal: str) -> None:
    datazone.create_project_membership(
        domainIdentifier=domain,
        projectIdentifier=project,
        designation="PROJECT_OWNER",
        member={"userIdentifier": principal},
    )


projects = {
    name: datazone.create_project(domainIdentifier=domain, name=name)["id"] for name in ("pricing", "offers")
}
owner(projects["pricing"], catalog["people"]["steward"])
for project in (*projects.values(), catalog["projects"]["sales"], catalog["projects"]["marketing"]):
    owner(project, role["Arn"])

datazone.add_entity_owner(
    domainIdentifier=domain,
    entityType="DOMAIN_UNIT",
    entityIdentifier=catalog["domainUnit"],
    owner={"user": {"userIdentifier": role["Arn"]}},
)

public = datazone.get_asset(domainIdentifier=domain, identifier=catalog["assets"]["store_locations"])["glossaryTerms"]
asset = datazone.create_asset(
    domainIdentifier=domain,
    owningProjectIdentifier=projects["pricing"],
    typeIdentifier="amazon.datazone.GlueTableAssetType",
    name="price_list",
    description="What things cost",
    glossaryTerms=public,
)
published = datazone.create_listing_change_set(
    domainIdentifier=domain, entityIdentifier=asset["id"], entityType="ASSET", action="PUBLISH"
)

print(
    json.dumps(
        {
            "projects": projects,
            "listings": {"price_list": published["listingId"]},
            "deploymentRole": role["Arn"],
        }
    )
)
