"""Holding answers to the OpenAPI description: status, media type and shape."""

import re
from typing import Any

from django.test import Client
from django.urls import Resolver404, resolve

from chuangwen.api.schemas import SCHEMAS

TYPES = {"object": dict, "array": list, "string": str, "integer": int, "boolean": bool}
ALWAYS = {401, 403, 404, 405}  # of every address: who asks, whether it exists, by which method


def faults_of(schema: dict[str, Any], value: Any, place: str = "") -> list[str]:
    """Return where a value is not of the shape."""
    if value is None:
        return [] if schema.get("nullable") else [f"{place}: null"]
    expected = TYPES[schema["type"]]
    if not isinstance(value, expected) or (expected is int and isinstance(value, bool)):
        return [f"{place}: {type(value).__name__}, not {schema['type']}"]
    found = []
    if isinstance(value, dict):
        found += [
            f"{place}.{one} is missing" for one in schema.get("required", []) if one not in value
        ]
        for name, inner in schema.get("properties", {}).items():
            if name in value:
                found += faults_of(inner, value[name], f"{place}.{name}")
    elif isinstance(value, list):
        for number, one in enumerate(value):
            found += faults_of(schema["items"], one, f"{place}[{number}]")
    elif isinstance(value, str):
        if "pattern" in schema and not re.search(schema["pattern"], value):
            found.append(f"{place}: {value!r} does not match")
        if "enum" in schema and value not in schema["enum"]:
            found.append(f"{place}: {value!r} is none of them")
    return found


def check(method: str, answer: Any) -> None:
    """Raise AssertionError for an answer that the description does not allow."""
    try:
        match = resolve(answer.wsgi_request.path)
    except Resolver404:
        assert answer.status_code == 404
        return
    if method not in match.func.gate.operations:
        assert answer.status_code in ALWAYS
        return
    declared = match.func.gate.operations[method].answers
    status = answer.status_code
    assert status in declared or status in ALWAYS, f"{match.url_name} {method}: {status}"
    name = declared[status][1] if status in declared else "Error"
    if not name or method == "HEAD":
        assert answer.content == b""
        return
    assert answer.headers["Content-Type"] == "application/json"
    assert faults_of(SCHEMAS[name], answer.json()) == [], f"{match.url_name} {method} {status}"


class CheckedClient(Client):
    """A client whose every answer of field sync is held to the description."""

    def request(self, **asked: Any) -> Any:
        answer = super().request(**asked)
        if asked["PATH_INFO"].startswith("/api/"):
            check(asked["REQUEST_METHOD"], answer)
        return answer
