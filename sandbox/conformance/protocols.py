"""What a request and a response hold, in each of AWS's protocols; stricter than a client, which skips what it does not know."""

import base64
import json
import re
import urllib.parse
import xml.etree.ElementTree as ElementTree


def of(model):
    """The protocols of a service that can be checked: a client chooses among those that the service offers."""
    known = {"rest-json": RestJson, "rest-xml": RestXml, "json": Json, "query": Query}
    return [known[name]() for name in model.metadata.get("protocols", [model.metadata["protocol"]]) if name in known]


def text_value(shape, text):
    """A value that is text on the wire, in a header, a query string or XML, as its type; itself where it is none."""
    if shape.type_name == "boolean" and text in ("true", "false"):
        return text == "true"
    if shape.type_name in ("integer", "long") and re.fullmatch(r"-?\d+", text):
        return int(text)
    if shape.type_name in ("float", "double"):
        return float(text)
    if shape.type_name == "timestamp" and re.fullmatch(r"\d+(\.\d+)?", text):
        return float(text)
    return text


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
        # The more a URI says itself, the surer it is.
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


def parse_json(shape, body):
    value = json.loads(body) if body.strip() else {}
    return rename(shape, value) if shape is not None else value


def rename(shape, value):
    """JSON keys are the members' names on the wire: back to the model's own."""
    if shape.type_name == "structure" and isinstance(value, dict) and not getattr(shape, "is_document_type", False):
        names = {member.serialization.get("name", name): name for name, member in shape.members.items()}
        return {
            names.get(key, key): rename(shape.members[names[key]], item) if key in names else item
            for key, item in value.items()
        }
    if shape.type_name == "list" and isinstance(value, list):
        return [rename(shape.member, item) for item in value]
    if shape.type_name == "map" and isinstance(value, dict):
        return {key: rename(shape.value, item) for key, item in value.items()}
    return value


def json_error(headers, body):
    value = json.loads(body or b"{}")
    lower = {name.lower(): text for name, text in headers.items()}
    code = lower.get("x-amzn-errortype") or value.get("__type") or value.get("code") or ""
    return code.split(":")[0].split("#")[-1], value


def xml_error(body):
    root = ElementTree.fromstring(body)
    error = root if local(root) == "Error" else next((child for child in root if local(child) == "Error"), None)
    if error is None:
        raise ValueError("no Error element")
    value = {local(child): child.text or "" for child in error}
    return value.get("Code", ""), value


def local(element):
    return element.tag.rpartition("}")[2]


def xml_value(shape, element, ignored=frozenset()):
    if shape.type_name == "structure":
        return xml_structure(shape, element, ignored)
    if shape.type_name == "list":
        wanted = shape.member.serialization.get("name", "member")
        wrong = next((local(child) for child in element if local(child) != wanted), None)
        if wrong:
            raise ValueError(f"<{wrong}> in a list of <{wanted}>")
        return [xml_value(shape.member, child) for child in element]
    if shape.type_name == "map":
        key_name = shape.key.serialization.get("name", "key")
        value_name = shape.value.serialization.get("name", "value")
        entries = [{local(child): child for child in entry} for entry in element]
        return {entry[key_name].text or "": xml_value(shape.value, entry[value_name]) for entry in entries}
    return text_value(shape, element.text or "")


def xml_structure(shape, element, ignored):
    value = {}
    names = {member.serialization.get("name", name): name for name, member in shape.members.items()}
    for child in element:
        tag = local(child)
        member = shape.members.get(names.get(tag))
        if member is None and tag not in names:
            flat = next((n for n, m in shape.members.items() if flat_name(m) == tag), None)
            if flat is None:
                if tag not in ignored:
                    value[tag] = child.text
                continue
            value.setdefault(flat, []).append(xml_value(shape.members[flat].member, child))
        elif member.type_name == "list" and member.serialization.get("flattened"):
            value.setdefault(names[tag], []).append(xml_value(member.member, child))
        else:
            value[names[tag]] = xml_value(member, child)
    return value


def flat_name(member):
    if member.type_name == "list" and member.serialization.get("flattened"):
        return member.member.serialization.get("name")
    return None


def form(exchange):
    body = base64.b64decode(exchange["body"]).decode()
    return urllib.parse.parse_qsl(body, keep_blank_values=True) + [tuple(pair) for pair in exchange["query"]]


def query_value(shape, given, prefix, used):
    """Rebuilds a value of the query protocol, `A.member.1.B=c`; None where nothing of it is given."""
    if shape.type_name == "structure":
        value = {}
        for name, member in shape.members.items():
            part = query_value(member, given, prefix + member.serialization.get("name", name) + ".", used)
            if part is not None:
                value[name] = part
        return value if value or not prefix else None
    if shape.type_name in ("list", "map"):
        return query_collection(shape, given, prefix, used)
    key = prefix.rstrip(".")
    if key not in given:
        return None
    used.add(key)
    return text_value(shape, given[key])


def query_collection(shape, given, prefix, used):
    if prefix.rstrip(".") in given:
        # An empty list is its bare name.
        used.add(prefix.rstrip("."))
        return [] if shape.type_name == "list" else {}
    is_flat = shape.serialization.get("flattened")
    infix = "" if is_flat else ("member." if shape.type_name == "list" else "entry.")
    items, entries, index = [], {}, 1
    while any(key == f"{prefix}{infix}{index}" or key.startswith(f"{prefix}{infix}{index}.") for key in given):
        start = f"{prefix}{infix}{index}."
        if shape.type_name == "list":
            items.append(query_value(shape.member, given, start, used))
        else:
            key = query_value(shape.key, given, start + "key.", used)
            entries[key] = query_value(shape.value, given, start + "value.", used)
        index += 1
    if index == 1:
        return None
    return items if shape.type_name == "list" else entries
