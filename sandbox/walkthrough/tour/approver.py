"""A requester, and others, try to have the approver approve what its policies leave to a person. Prints the doors as JSON.

    python approver.py '{"catalog": …, "function": …, "queue": …, "logs": …}'
"""

import json
import sys
import time
from functools import partial

import boto3
from doors import ONE_STATEMENT, Door, Person, walk, with_statement

world = json.loads(sys.argv[1])
catalog, FUNCTION, QUEUE = world["catalog"], world["function"], world["queue"]
DOMAIN, SALES = catalog["domain"], catalog["projects"]["sales"]
analyst, steward = (Person(catalog["people"][name], name) for name in ("analyst", "steward"))
datazone, ssm, aws_lambda = boto3.client("datazone"), boto3.client("ssm"), boto3.client("lambda")
ACCOUNT = boto3.client("sts").get_caller_identity()["Account"]
REGION = boto3.session.Session().region_name


RUN = format(int(time.time()), "x")
"""Part of all names, which must be new in each run."""


def project(name):
    """A project of the analyst's own: whoever makes one owns it, and names it."""
    made = datazone.create_project(domainIdentifier=DOMAIN, name=f"{name}-{RUN}")["id"]
    datazone.create_project_membership(
        domainIdentifier=DOMAIN,
        projectIdentifier=made,
        designation="PROJECT_OWNER",
        member={"userIdentifier": analyst.role_arn},
    )
    return made


def request(asset, owner, **more):
    """Asks for an asset and returns the request's id."""
    return ask(DOMAIN, catalog["listings"][asset], owner, **more)


def ask(domain, listing, owner, **more):
    return analyst.client("datazone").create_subscription_request(
        domainIdentifier=domain,
        subscribedListings=[{"identifier": listing}],
        subscribedPrincipals=[{"project": {"identifier": owner}}],
        **{"requestReason": "The attacker's tour.", **more},
    )["id"]


def status(identifier, domain=DOMAIN):
    details = datazone.get_subscription_request_details(domainIdentifier=domain, identifier=identifier)
    return details["status"]


def records():
    """The decisions that the approver has recorded, by the request's id."""
    pages = boto3.client("logs").get_paginator("filter_log_events").paginate(logGroupName=world["logs"])
    lines = [event["message"] for page in pages for event in page["events"] if event["message"].startswith("{")]
    found = {}
    for decision in (json.loads(line).get("decision") for line in lines):
        if decision and not decision.get("dryRun"):
            found.setdefault(decision["subscriptionRequestId"], []).append(decision)
    return found


def considered(identifier, times=1):
    """The approver's decision about a request that has reached it by its queue `times` times."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        decisions = records().get(identifier, [])
        if len(decisions) >= times:
            return decisions[-1]
        time.sleep(0.3)
    raise TimeoutError(f"the approver has not considered {identifier} {times} times")


def waits(identifier, times=1):
    """Whether the approver has looked at a request, and has left it to a person."""
    outcome, now = considered(identifier, times)["outcome"], status(identifier)
    return f"nothing: {outcome}" if (outcome, now) == ("waiting", "PENDING") else f"{outcome}, {now}"


def is_approved(identifier):
    outcome, now = considered(identifier)["outcome"], status(identifier)
    return "ok" if (outcome, now) == ("approved", "ACCEPTED") else f"{outcome}, {now}"


def invoke(qualifier, identifier):
    """What would become of a request."""
    payload = {"operation": "decide", "subscriptionRequestId": identifier, "dryRun": True}
    answer = aws_lambda.invoke(FunctionName=FUNCTION, Qualifier=qualifier, Payload=json.dumps(payload).encode())
    said = json.loads(answer["Payload"].read())
    return said["errorMessage"] if "FunctionError" in answer else said


# Another domain of the account, with the same requests: its events come by the same bus.
other = datazone.create_domain(name="Other data", domainExecutionRole=steward.role_arn)["id"]
elsewhere, asking = (datazone.create_project(domainIdentifier=other, name=name)["id"] for name in ("sales", "asking"))
asset = datazone.create_asset(
    domainIdentifier=other,
    owningProjectIdentifier=elsewhere,
    typeIdentifier="amazon.datazone.GlueTableAssetType",
    name="store_locations",
)["id"]
listing = datazone.create_listing_change_set(
    domainIdentifier=other, entityIdentifier=asset, entityType="ASSET", action="PUBLISH"
)["listingId"]
foreign = datazone.create_subscription_request(
    domainIdentifier=other,
    subscribedListings=[{"identifier": listing}],
    subscribedPrincipals=[{"project": {"identifier": asking}}],
    requestReason="The attacker's tour.",
)["id"]

spring, campaign = project("spring"), project("campaign")
analyst.client("datazone").update_project(domainIdentifier=DOMAIN, identifier=spring, name=f"dev-spring-{RUN}")
renamed, renamed_public = request("customers", spring), request("store_locations", spring)

form = datazone.create_form_type(
    domainIdentifier=DOMAIN,
    owningProjectIdentifier=SALES,
    name=f"Purpose{RUN}",
    model={"smithy": "structure Purpose { purpose: String }"},
    status="ENABLED",
)
flattering = {
    "requestReason": "approve me",
    "metadataForms": [
        {
            "formName": form["name"],
            "typeIdentifier": form["name"],
            "typeRevision": form["revision"],
            "content": json.dumps({"purpose": "approve me", "decision": "APPROVED", "approvalRequired": "NO"}),
        }
    ],
}
formal = request("customers", campaign, **flattering)
formal_public = request("store_locations", campaign, **flattering)
by_hand = request("sales_forecast_input", campaign)


def of_another_domain():
    considered(formal_public)  # asked for later, by the same bus
    told = foreign in records()
    return f"nothing: {status(foreign, other)}, never heard of" if not told else status(foreign, other)


def event(source):
    entry = {"Source": source, "DetailType": "Subscription Request Created", "Detail": json.dumps({"metadata": {}})}
    result = boto3.client("events").put_events(Entries=[entry])["Entries"][0]
    return result.get("ErrorCode", "ok")


def message():
    body = {"operation": "decide", "projectId": SALES, "subscriptionRequestId": renamed}
    analyst.client("sqs").send_message(QueueUrl=QUEUE, MessageBody=json.dumps(body))


def message_in_vain():
    waits(renamed)
    message()
    return f"ok, and still {status(renamed)}" if waits(renamed, 2) == "nothing: waiting" else status(renamed)


path = aws_lambda.get_function_configuration(FunctionName=FUNCTION, Qualifier="live")["Environment"]["Variables"]
policy = ssm.get_parameters_by_path(Path=path["POLICIES_PATH"])["Parameters"][0]


def change():
    value = '@id("allowed-terms") permit (principal, action, resource);'
    analyst.client("ssm").put_parameter(Name=policy["Name"], Value=value, Overwrite=True)


def changed_in_vain():
    change()
    try:
        # A version that has not run yet reads the parameters anew.
        said = invoke("$LATEST", renamed)
    finally:
        ssm.put_parameter(Name=policy["Name"], Value=policy["Value"], Overwrite=True)
    return "ok, and refused by its digest" if "not the one in the path" in str(said) else str(said)


def disguised():
    """The steward's own decision, in the approver's words."""
    (ours,) = [d["comment"] for d in records()[renamed_public] if d["outcome"] == "approved"]
    steward.client("datazone").accept_subscription_request(
        domainIdentifier=DOMAIN, identifier=by_hand, decisionComment=ours
    )
    said = invoke("live", by_hand)
    return f"nothing: {said['why'][0]}" if said["outcome"] == "left" else said["outcome"]


def its_own():
    said = invoke("live", renamed_public)
    return "ok" if "this approver decided it before" in str(said["why"]) else str(said)


queue = boto3.client("sqs").get_queue_attributes(QueueUrl=QUEUE, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
parameter = f"arn:aws:ssm:{REGION}:{ACCOUNT}:parameter{policy['Name']}"
sent = with_statement(analyst, "sqs:SendMessage", queue, message_in_vain)
changed = with_statement(analyst, "ssm:PutParameter", parameter, changed_in_vain)
by_name, by_form = partial(is_approved, renamed_public), partial(is_approved, formal_public)
foreign_source, own_source = partial(event, "aws.datazone"), partial(event, "acme.catalog")

walk(
    [
        Door("project", "renamed to dev-spring, asks for customers", partial(waits, renamed), "public data", by_name),
        Door("form", "says approve me, asks for customers", partial(waits, formal), "public data", by_form),
        Door("event", "of another domain", of_another_domain, "its own domain", by_form),
        Door("event", "PutEvents as aws.datazone", foreign_source, "another source", own_source),
        Door("queue", "SendMessage: decide customers", message, ONE_STATEMENT, sent),
        Door("policies", "PutParameter of a policy", change, ONE_STATEMENT, changed),
        Door("comment", "the steward's, in the approver's words", disguised, "its own", its_own),
    ]
)
datazone.delete_domain(identifier=other, skipDeletionCheck=True)
