"""Sets up the catalog that the walkthrough of system A needs: what a domain's owners have done long before.

A domain with one publishing project and two subscribing ones, a glossary of sensitivity terms, three published assets, and
two people: an analyst (member of the subscribing projects) and a steward (owner of the publishing project). Prints their ids
as one JSON object.
"""

import json

import boto3

datazone = boto3.client("datazone")
iam = boto3.client("iam")
account = boto3.client("sts").get_caller_identity()["Account"]

TRUST = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Principal": {"AWS": account}, "Action": "sts:AssumeRole"}],
}
CATALOG_ACCESS = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Action": "datazone:*", "Resource": "*"}],
}


def person(name: str) -> str:
    """A role that stands for a person who works with the catalog."""
    role = iam.create_role(RoleName=f"walkthrough-{name}", AssumeRolePolicyDocument=json.dumps(TRUST))["Role"]
    iam.put_role_policy(RoleName=role["RoleName"], PolicyName="catalog", PolicyDocument=json.dumps(CATALOG_ACCESS))
    return role["Arn"]


domain_role = iam.create_role(RoleName="walkthrough-domain", AssumeRolePolicyDocument=json.dumps(TRUST))["Role"]["Arn"]
created = datazone.create_domain(name="Acme data", domainExecutionRole=domain_role)
domain = created["id"]

projects = {
    name: datazone.create_project(domainIdentifier=domain, name=name)["id"]
    for name in ("sales", "dev-forecasting", "marketing")
}
people = {name: person(name) for name in ("analyst", "steward")}
for project, name, designation in (
    ("sales", "steward", "PROJECT_OWNER"),
    ("dev-forecasting", "analyst", "PROJECT_CONTRIBUTOR"),
    ("marketing", "analyst", "PROJECT_CONTRIBUTOR"),
):
    datazone.create_project_membership(
        domainIdentifier=domain,
        projectIdentifier=projects[project],
        designation=designation,
        member={"userIdentifier": people[name]},
    )

glossary = datazone.create_glossary(
    domainIdentifier=domain, owningProjectIdentifier=projects["sales"], name="Sensitivity", status="ENABLED"
)["id"]
terms = {
    name: datazone.create_glossary_term(
        domainIdentifier=domain, glossaryIdentifier=glossary, name=name, status="ENABLED"
    )["id"]
    for name in ("Public", "Confidential")
}

assets, listings = {}, {}
for name, description, given in (
    ("store_locations", "Where our shops are", ["Public"]),
    ("sales_forecast_input", "Weekly sales per shop, not classified yet", []),
    ("customers", "Names and addresses of customers", ["Confidential"]),
):
    classified = {"glossaryTerms": [terms[term] for term in given]} if given else {}
    asset = datazone.create_asset(
        domainIdentifier=domain,
        owningProjectIdentifier=projects["sales"],
        typeIdentifier="amazon.datazone.GlueTableAssetType",
        name=name,
        description=description,
        **classified,
    )
    published = datazone.create_listing_change_set(
        domainIdentifier=domain, entityIdentifier=asset["id"], entityType="ASSET", action="PUBLISH"
    )
    assets[name], listings[name] = asset["id"], published["listingId"]

# The inbox stands for a machine that listens: a queue of its owner's, which lets the topic send.
sqs = boto3.client("sqs")
inbox = sqs.create_queue(QueueName="walkthrough-inbox")["QueueUrl"]
inbox_arn = sqs.get_queue_attributes(QueueUrl=inbox, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
sqs.set_queue_attributes(
    QueueUrl=inbox,
    Attributes={
        "Policy": json.dumps(
            {
                "Version": "2012-10-17",
                "Statement": [
                    {
                        "Effect": "Allow",
                        "Principal": {"Service": "sns.amazonaws.com"},
                        "Action": "sqs:SendMessage",
                        "Resource": inbox_arn,
                    }
                ],
            }
        )
    },
)

print(
    json.dumps(
        {
            "domain": domain,
            "domainUnit": created["rootDomainUnitId"],
            "projects": projects,
            "people": people,
            "assets": assets,
            "listings": listings,
            "inbox": {"url": inbox, "arn": inbox_arn},
        }
    )
)
