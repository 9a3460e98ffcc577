"""Values by their shapes out of JSON, XML and the query protocol's forms; stricter than a client, which skips what it does not know."""

import json
import re
import xml.etree.ElementTree as ElementTree


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


def parse_json(shape, body):
    value = json.loads(body) if body.strip() else {}
    return rename(shape, value) if shape is not None else value


def rename(shape, value):
    """Gives JSON's keys, the members' names on the wire, the names that the model has for them."""
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
