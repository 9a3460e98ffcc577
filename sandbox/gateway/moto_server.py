"""Runs moto's server until whoever started it is gone: standard input then ends."""

import os
import sys
import threading
from typing import Any


def watch() -> None:
    sys.stdin.buffer.read()
    os._exit(0)


threading.Thread(target=watch, daemon=True).start()

# Each request has a thread, and moto guards nothing: it breaks where another one makes an alarm while it goes through the alarms. So a
# thread goes on until it waits for something, for its client at the latest.
sys.setswitchinterval(10)

from moto.ec2.models.security_groups import SecurityGroupBackend, SecurityGroupRule  # noqa: E402
from moto.ec2.models.vpcs import VPCEndPoint  # noqa: E402
from moto.iam import policy_validation  # noqa: E402  moto takes a second to load, in which the parent may already end
from moto.s3.models import FakeDeleteMarker  # noqa: E402
from moto.server import main  # noqa: E402

# IAM policies may name an S3 Access Grants instance, whose ARN has a Region, unlike a bucket's.
policy_validation.SERVICE_TYPE_REGION_INFORMATION_ERROR_ASSOCIATIONS["s3"]["valid_starting_values"].append("access-grants/")

# Nor does moto know that a trust policy may let an identity context in, as those for directory users do.
trust = policy_validation.IAMTrustPolicyDocumentValidator
known = trust._validate_trust_policy_action
trust._validate_trust_policy_action = staticmethod(lambda action: action == "sts:SetContext" or known(action))

# Deleting the version that is a delete marker frees nothing; moto takes the marker for an object and fails.
FakeDeleteMarker.dispose = lambda self, garbage=False: None

# A rule that names another group has its description there; moto looks for it beside an address range only.
SecurityGroupRule.description = property(lambda rule: rule.ip_range.get("Description") or rule.source_group.get("Description"))

# Only TCP and UDP have ports; moto refuses to change a rule of any other protocol without them.
modify_rules = SecurityGroupBackend.modify_security_group_rules


def modify_rules_without_ports(ec2: SecurityGroupBackend, group: str, rules: dict[str, dict[str, Any]]) -> None:
    every = {"FromPort": -1, "ToPort": -1}
    given = {name: {**({} if rule.get("IpProtocol") in ("tcp", "udp", "6", "17") else every), **rule} for name, rule in rules.items()}
    modify_rules(ec2, group, given)


SecurityGroupBackend.modify_security_group_rules = modify_rules_without_ports

# A gateway endpoint adds its route to each route table that it is given, and takes it from each that is taken away. moto does so where
# the endpoint is made and where it is deleted, not where it is modified: deleting one that got a table in between fails.
modify = VPCEndPoint.modify


def modify_with_routes(endpoint: VPCEndPoint, *args: Any) -> None:
    before = set(endpoint.route_table_ids)
    modify(endpoint, *args)
    after = set(endpoint.route_table_ids)
    ec2, prefixes = endpoint.ec2_backend, endpoint.destination_prefix_list_id
    if prefixes:
        for table in after - before:
            ec2.create_route(table, None, gateway_id=endpoint.id, destination_prefix_list_id=prefixes)
        for table in before - after:
            ec2.delete_route(table, prefixes)


VPCEndPoint.modify = modify_with_routes

main(["-H", "127.0.0.1", "-p", sys.argv[1]])
