"""The part of JSON Schema that schema.json uses, in a few lines; raises AssertionError."""

from __future__ import annotations

import json
from importlib import resources
from typing import Any

SCHEMA = json.loads(
    (resources.files("chuangwen.plan.parsing") / "schema.json").read_text(encoding="utf-8")
)
_KINDS: dict[str, Any] = {
    "object": dict, "array": list, "string": str, "integer": int, "boolean": bool,
    "number": (int, float), "null": type(None),
}  # fmt: skip


def validate(value: Any, schema: dict[str, Any] | None = None, path: str = "$") -> None:
    schema = SCHEMA if schema is None else schema
    if "$ref" in schema:
        return validate(value, SCHEMA["$defs"][schema["$ref"].rsplit("/", 1)[1]], path)
    if "anyOf" in schema:
        return _any_of(value, schema["anyOf"], path)
    if "const" in schema:
        assert value == schema["const"], path
    if "enum" in schema:
        assert value in schema["enum"], f"{path}: {value!r}"
    kinds = schema.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    assert not kinds or any(_is(value, kind) for kind in kinds), f"{path}: {value!r} is no {kinds}"
    if isinstance(value, dict) and "properties" in schema:
        assert set(schema["required"]) <= set(value), (
            f"{path}: {set(schema['required']) - set(value)}"
        )
        assert set(value) <= set(schema["properties"]), f"{path}: {set(value)}"
        for key, one in value.items():
            validate(one, schema["properties"][key], f"{path}.{key}")
    if isinstance(value, list):
        for index, one in enumerate(value):
            validate(one, schema["items"], f"{path}[{index}]")
    return None


def _is(value: Any, kind: str) -> bool:
    return isinstance(value, _KINDS[kind]) and (kind == "boolean" or not isinstance(value, bool))


def _any_of(value: Any, choices: list[dict[str, Any]], path: str) -> None:
    for choice in choices:
        try:
            return validate(value, choice, path)
        except AssertionError:
            continue
    raise AssertionError(f"{path}: fits none")
