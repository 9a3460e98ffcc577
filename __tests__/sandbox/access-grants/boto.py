"""Makes the calls that boto.ts asks for, a line of JSON each, with boto3 as it is."""

import functools
import json
import sys

import boto3
from botocore.exceptions import ClientError, ParamValidationError


@functools.cache
def client(service, credentials):
    return boto3.client(service, **dict(credentials))


def call(service, operation, parameters, credentials):
    try:
        answer = getattr(client(service, tuple(sorted(credentials.items()))), operation)(**parameters)
    except ClientError as error:
        status = error.response["ResponseMetadata"]["HTTPStatusCode"]
        return {"error": {**error.response["Error"], "status": status}}
    except ParamValidationError as error:
        return {"error": {"Code": "ParamValidationError", "Message": str(error), "status": 0}}
    answer.pop("ResponseMetadata", None)
    if hasattr(answer.get("Body"), "read"):
        answer["Body"] = answer["Body"].read().decode()
    return {"value": answer}


for line in sys.stdin:
    print(json.dumps(call(**json.loads(line)), default=lambda value: value.isoformat()), flush=True)
