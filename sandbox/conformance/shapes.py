"""Checks a parsed value against a botocore shape: members, types, enums, patterns, lengths, ranges, timestamps."""

import datetime
import functools
import math
from email.utils import parsedate_to_datetime

import regex


@functools.cache
def compiled(pattern):
    return regex.compile(pattern)


def check_value(shape, value, path, time_format):
    """The departures of a value; `time_format` is the protocol's where the shape names none."""
    at = path or "."
    if shape.type_name == "structure":
        return check_structure(shape, value, path, time_format)
    if shape.type_name == "list":
        if not isinstance(value, list):
            return [f"{at} is not a list"]
        found = check_size(shape, len(value), at, "length")
        for index, item in enumerate(value):
            found += check_value(shape.member, item, f"{path}[{index}]", time_format)
        return found
    if shape.type_name == "map":
        if not isinstance(value, dict):
            return [f"{at} is not a map"]
        found = check_size(shape, len(value), at, "length")
        for key, item in value.items():
            found += check_value(shape.key, key, f"{path}.key", time_format)
            found += check_value(shape.value, item, f"{path}.{key}", time_format)
        return found
    return check_scalar(shape, value, at, time_format)


def check_structure(shape, value, path, time_format):
    if getattr(shape, "is_document_type", False):
        return []
    if not isinstance(value, dict):
        return [f"{path or '.'} is not a structure"]
    given = {name: item for name, item in value.items() if item is not None}
    found = [f"{path}.{name} is missing" for name in shape.required_members if name not in given]
    for name, item in value.items():
        if name not in shape.members:
            found.append(f"{path}.{name} is unknown")
        elif item is None:
            found.append(f"{path}.{name} is null")
        else:
            found += check_value(shape.members[name], item, f"{path}.{name}", time_format)
    if shape.is_tagged_union and len(given) != 1:
        found.append(f"{path or '.'} has {len(given)} members of a union")
    return found


def check_scalar(shape, value, at, time_format):
    kind = shape.type_name
    if kind in ("string", "character"):
        if not isinstance(value, str):
            return [f"{at} is not a string"]
        found = check_size(shape, len(value), at, "length")
        if shape.enum and value not in shape.enum:
            found.append(f"{at} is {value!r}, not one of {', '.join(shape.enum)}")
        pattern = shape.metadata.get("pattern")
        if pattern and not compiled(pattern).fullmatch(value):
            found.append(f"{at} does not match {pattern}")
        return found
    if kind == "boolean":
        return [] if isinstance(value, bool) else [f"{at} is not a boolean"]
    if kind in ("integer", "long"):
        if isinstance(value, bool) or not isinstance(value, int):
            return [f"{at} is not an integer"]
        return check_size(shape, value, at, "value")
    if kind in ("float", "double"):
        if isinstance(value, bool) or not isinstance(value, (int, float)):
            return [f"{at} is not a number"]
        return check_size(shape, value, at, "value")
    if kind == "timestamp":
        return check_time(value, at, shape.serialization.get("timestampFormat", time_format))
    return []


def check_size(shape, size, at, what):
    low, high = shape.metadata.get("min", -math.inf), shape.metadata.get("max", math.inf)
    return [] if low <= size <= high else [f"{at} has {what} {size}, not {low} to {high}"]


def check_time(value, at, time_format):
    try:
        if time_format == "unixTimestamp":
            if isinstance(value, bool) or not isinstance(value, (int, float)):
                return [f"{at} is not a time in seconds"]
            seconds = value
        elif not isinstance(value, str):
            return [f"{at} is not a time as text"]
        elif time_format == "iso8601":
            # Without an offset it would be no absolute time.
            parsed = datetime.datetime.fromisoformat(value)
            if parsed.tzinfo is None:
                return [f"{at} has no time zone"]
            seconds = parsed.timestamp()
        else:
            seconds = parsedate_to_datetime(value).timestamp()
    except (ValueError, TypeError):
        return [f"{at} is not a time in {time_format}"]
    # Milliseconds passed off as seconds are thousands of years away.
    return [] if 0 <= seconds < 7_258_118_400 else [f"{at} is no plausible time"]
