"""The OpenAPI description of the addresses, made from what their gates declare.

`docs/field-api.json` is its output and a test holds the two equal; write it anew by

    ./dev manage shell -c "from chuangwen.api.openapi import write; write()"
"""

import json
import re
from pathlib import Path
from typing import Any

from chuangwen.api.field.urls import urlpatterns
from chuangwen.api.gate import ApiGate, Operation
from chuangwen.api.schemas import SCHEMAS

BASE = "/api/field/v1/"
PAGE = Path(__file__).resolve().parents[2] / "docs" / "field-api.json"
PARAMETERS = {
    "pk": {"type": "string", "format": "uuid"},
    "sha256": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
}
_PLACES = re.compile(r"<uuid:(pk)>|\(\?P<(sha256)>[^)]*\)")


def document() -> dict[str, Any]:
    """Return the description."""
    return {
        "openapi": "3.0.3",
        "info": {"title": "创文现场同步", "version": "1", "description": "见 docs/field-sync.md"},
        "paths": {_address(pattern): _path(pattern) for pattern in urlpatterns},
        "components": {
            "schemas": SCHEMAS,
            "securitySchemes": {"session": {"type": "apiKey", "in": "cookie", "name": "sessionid"}},
        },
        "security": [{"session": []}],
    }


def as_text() -> str:
    """Return the file as it is stored."""
    return json.dumps(document(), ensure_ascii=False, indent=1) + "\n"


def write() -> None:
    """Write the file."""
    PAGE.write_text(as_text(), "utf-8")


def _address(pattern: Any) -> str:
    route = str(pattern.pattern).removeprefix("^").removesuffix(r"\Z")
    return BASE + _PLACES.sub(lambda found: f"{{{found[1] or found[2]}}}", route)


def _path(pattern: Any) -> dict[str, Any]:
    gate: ApiGate = pattern.callback.gate
    address = _address(pattern)
    parameters = [
        {"name": name, "in": "path", "required": True, "schema": schema}
        for name, schema in PARAMETERS.items()
        if f"{{{name}}}" in address
    ]
    described: dict[str, Any] = {"parameters": parameters} if parameters else {}
    for method, operation in gate.operations.items():
        described[method.lower()] = _operation(f"{pattern.name}-{method.lower()}", operation)
    return described


def _operation(key: str, operation: Operation) -> dict[str, Any]:
    described: dict[str, Any] = {
        "operationId": key,
        "summary": operation.summary,
        "parameters": [
            {"name": name, "in": "header", "description": said, "schema": {"type": "string"}}
            for name, said in operation.headers.items()
        ],
        "responses": {
            str(status): _answer(meaning, schema)
            for status, (meaning, schema) in sorted(operation.answers.items())
        },
    }
    if operation.body:
        schema = (
            {"$ref": f"#/components/schemas/{operation.body_schema}"}
            if operation.body_schema
            else {"type": "string", "format": "binary"}
        )
        described["requestBody"] = {"content": {operation.body: {"schema": schema}}}
    return described


def _answer(meaning: str, schema: str) -> dict[str, Any]:
    if not schema:
        return {"description": meaning}
    content = {"schema": {"$ref": f"#/components/schemas/{schema}"}}
    return {"description": meaning, "content": {"application/json": content}}
