"""Holds recorded exchanges of AWS clients with the sandbox against botocore's service models.

Reads lines of JSON as record.ts makes them, from the files named or from the standard input; prints one line for each
departure, with the number of the exchange. Exit status: 0 none, 1 some. A request may be wrong only where it was refused: clients that send nonsense on
purpose are no departure, a service that takes it is.
"""

import base64
import functools
import json
import sys
import xml.etree.ElementTree as ElementTree

import botocore.session
import protocols
from shapes import check_value

# https://docs.aws.amazon.com/datazone/latest/APIReference/CommonErrors.html, the same for every service
COMMON_ERRORS = {
    "AccessDeniedException", "IncompleteSignature", "InternalFailure", "InvalidAction", "InvalidClientTokenId",
    "NotAuthorized", "OptInRequired", "RequestExpired", "ServiceUnavailable", "ThrottlingException", "ValidationError",
}  # fmt: skip


@functools.cache
def service_model(name):
    return botocore.session.get_session().get_service_model(name)


def check(exchange):
    """The departures of one exchange, as lines of text."""
    name = exchange["service"]
    if name == "s3" and exchange["path"].startswith("/v20180820/"):
        name = "s3control"
    try:
        model = service_model(name)
    except Exception:
        return [f"{name}: botocore knows no such service"]
    for protocol in protocols.of(model):
        operation, labels = protocol.operation(model, exchange)
        if operation is not None:
            break
    else:
        return [f"{name}: no operation for {exchange['method']} {exchange['path']}"]
    found = []
    if exchange["operation"] not in ("", operation.name):
        found.append(f"recorded as {exchange['operation']}")
    if exchange["status"] < 400:
        found += [f"request: {one}" for one in request_departures(protocol, operation, labels, exchange)]
        found += [f"response: {one}" for one in response_departures(protocol, operation, exchange)]
    else:
        found += [f"error: {one}" for one in error_departures(protocol, operation, exchange)]
    return [f"{name} {operation.name}: {one}" for one in found]


def request_departures(protocol, operation, labels, exchange):
    try:
        value, unknown = protocol.request(operation, labels, exchange)
    except (ValueError, ElementTree.ParseError) as error:
        return [str(error)]
    found = [f"unknown parameter {one}" for one in unknown]
    if operation.input_shape is not None:
        found += check_value(operation.input_shape, value, "", protocol.body_time)
    return found


def response_departures(protocol, operation, exchange):
    expected = operation.http.get("responseCode", 200) if protocol.is_rest else 200
    if exchange["status"] != expected and not has_status_member(operation):
        return [f"status {exchange['status']}, the model says {expected}"]
    body = base64.b64decode(exchange["responseBody"])
    if exchange["status"] == 204 and body:
        return ["status 204 with a body"]
    if operation.output_shape is None:
        return ["a body where the model has none"] if body.strip() not in (b"", b"{}") else []
    try:
        value = protocol.response(operation, exchange["responseHeaders"], exchange["status"], body)
    except (ValueError, ElementTree.ParseError) as error:
        return [str(error)]
    return check_value(operation.output_shape, value, "", protocol.body_time)


def error_departures(protocol, operation, exchange):
    try:
        code, body = protocol.error(exchange["responseHeaders"], base64.b64decode(exchange["responseBody"]))
    except (ValueError, ElementTree.ParseError) as error:
        return [str(error)]
    if not code:
        return ["no code"]
    for shape in operation.error_shapes:
        meta = shape.metadata.get("error", {})
        if code not in (shape.name, meta.get("code")):
            continue
        expected = meta.get("httpStatusCode", exchange["status"])
        found = [f"{code} missing {name}" for name in shape.required_members if not has(body, name)]
        if exchange["status"] != expected:
            found.append(f"{code} with status {exchange['status']}, the model says {expected}")
        return found
    # S3 Control documents its errors elsewhere than in its model.
    if not operation.error_shapes or code in COMMON_ERRORS or code in protocol.common_errors:
        return []
    return [f"{code} is not among the operation's errors"]


def has_status_member(operation):
    """Whether the status is part of the answer, and not fixed."""
    members = operation.output_shape.members.values() if operation.output_shape else ()
    return any(member.serialization.get("location") == "statusCode" for member in members)


def has(body, name):
    return any(key.lower() == name.lower() for key in body)


def lines():
    for name in sys.argv[1:]:
        with open(name, encoding="utf-8") as file:
            yield from file
    if len(sys.argv) == 1:
        yield from sys.stdin


def main():
    departures = 0
    for number, line in enumerate(lines(), 1):
        for departure in check(json.loads(line)):
            departures += 1
            print(f"{number}: {departure}")
    sys.exit(1 if departures else 0)


if __name__ == "__main__":
    main()
