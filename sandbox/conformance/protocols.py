"""What a request and a response hold, and where, in each of AWS's protocols."""

import base64
import re
import urllib.parse
import xml.etree.ElementTree as ElementTree

from values import json_error, local, parse_json, query_value, text_value, xml_error, xml_value


def of(model):
    """The protocols of a service that can be checked: a client chooses among those that the service offers."""
    known = {"rest-json": RestJson, "rest-xml": RestXml, "json": Json, "query": Query}
    return [known[name]() for name in model.metadata.get("protocols", [model.metadata["protocol"]]) if name in known]


class Protocol:
    is_rest = False
    body_time = "unixTimestamp"
    # What the service's model leaves out although every operation answers it.
    common_errors = frozenset()


class Rest(Protocol):
    is_rest = True

    def operation(self, model, exchange):
        query = dict(exchange["query"])
        matches = []
        for name in model.operation_names:
            operation = model.operation_model(name)
            path, _, fixed = operation.http["requestUri"].partition("?")
            literals = urllib.parse.parse_qsl(fixed, keep_blank_values=True)
            if operation.http["method"] != exchange["method"]:
                continue
            if any(key not in query or (value and query[key] != value) for key, value in literals):
                continue
            match = uri_pattern(path).fullmatch(exchange["path"])
            if match:
                labels = {key: urllib.parse.unquote(value) for key, value in match.groupdict().items()}
                matches.append((len(literals), -len(labels), name, operation, labels))
        # How specific a URI is: of several that match, the most specific one is taken.
        return max(matches)[3:] if matches else (None, {})

    def request(self, operation, labels, exchange):
        shape = operation.input_shape
        known = {key for key, _ in urllib.parse.parse_qsl(operation.http["requestUri"].partition("?")[2], True)}
        value = {}
        for name, member in shape.members.items() if shape else ():
            key = member.serialization.get("name", name)
            location = member.serialization.get("location")
            if location == "uri" and label(key) in labels:
                value[name] = text_value(member, labels[label(key)])
            elif location == "querystring":
                known.add(key)
                given = [text for query_key, text in exchange["query"] if query_key == key]
                if given and member.type_name == "list":
                    value[name] = [text_value(member.member, text) for text in given]
                elif given:
                    value[name] = text_value(member, given[0])
            elif location == "header" and key.lower() in exchange["headers"]:
                value[name] = text_value(member, exchange["headers"][key.lower()])
        unknown = [key for key, _ in exchange["query"] if key not in known and key != "x-id"]
        self.add_body(shape, value, base64.b64decode(exchange["body"]))
        return value, unknown

    def response(self, operation, headers, status, body):
        shape = operation.output_shape
        lower = {name.lower(): text for name, text in headers.items()}
        value = {}
        for name, member in shape.members.items():
            location = member.serialization.get("location")
            key = member.serialization.get("name", name).lower()
            if location == "header" and key in lower:
                value[name] = text_value(member, lower[key])
            elif location == "statusCode":
                value[name] = status
        self.add_body(shape, value, body)
        return value

    def add_body(self, shape, value, body):
        """Adds what the body holds to the members that are already known."""
        payload = shape.serialization.get("payload") if shape else None
        if payload is not None:
            member = shape.members[payload]
            if member.type_name in ("structure", "list", "map") and body:
                value[payload] = self.parse(member, body)
            elif body:
                value[payload] = body.decode("utf-8", "replace")
        elif body.strip():
            if shape is None:
                raise ValueError("a body where the model has none")
            value.update(self.parse(shape, body))


class RestJson(Rest):
    def parse(self, shape, body):
        return parse_json(shape, body)

    def error(self, headers, body):
        return json_error(headers, body)


class Json(Protocol):
    common_errors = frozenset({"ValidationException"})

    def operation(self, model, exchange):
        prefix, _, name = exchange["headers"].get("x-amz-target", "").rpartition(".")
        if prefix != model.metadata["targetPrefix"] or name not in model.operation_names:
            return None, {}
        return model.operation_model(name), {}

    def request(self, operation, labels, exchange):
        return parse_json(operation.input_shape, base64.b64decode(exchange["body"])), []

    def response(self, operation, headers, status, body):
        return parse_json(operation.output_shape, body)

    def error(self, headers, body):
        return json_error(headers, body)


class RestXml(Rest):
    body_time = "iso8601"

    def parse(self, shape, body):
        return xml_value(shape, ElementTree.fromstring(body))

    def error(self, headers, body):
        return xml_error(body)


class Query(Protocol):
    body_time = "iso8601"

    def operation(self, model, exchange):
        name = dict(form(exchange)).get("Action", "")
        return (model.operation_model(name), {}) if name in model.operation_names else (None, {})

    def request(self, operation, labels, exchange):
        given = dict(form(exchange))
        used = {"Action", "Version"}
        value = {} if operation.input_shape is None else query_value(operation.input_shape, given, "", used)
        return value or {}, [key for key in given if key not in used]

    def response(self, operation, headers, status, body):
        root = ElementTree.fromstring(body)
        wrapper = operation.output_shape.serialization.get("resultWrapper")
        result = next((child for child in root if local(child) == wrapper), None) if wrapper else root
        return {} if result is None else xml_value(operation.output_shape, result, {"ResponseMetadata"})

    def error(self, headers, body):
        return xml_error(body)


def uri_pattern(path):
    parts = re.split(r"(\{[^}]+\})", path)
    return re.compile(
        "".join(
            re.escape(part)
            if not part.startswith("{")
            else f"(?P<{label(part[1:-1])}>{'.+' if part.endswith('+}') else '[^/]+'})"
            for part in parts
        )
        + "/?"
    )


def label(name):
    return re.sub(r"\W", "", name)


def form(exchange):
    body = base64.b64decode(exchange["body"]).decode()
    return urllib.parse.parse_qsl(body, keep_blank_values=True) + [tuple(pair) for pair in exchange["query"]]
