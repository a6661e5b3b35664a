"""docs/plan-parse-schema.md names the version and every field of schema.json."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from chuangwen.plan.parsing import SCHEMA_VERSION
from tests.plan.parsing.schema_check import SCHEMA

PAGE = Path(__file__).parents[3] / "docs" / "plan-parse-schema.md"


def _fields(schema: Any) -> set[str]:
    found: set[str] = set()
    if isinstance(schema, dict):
        found |= set(schema.get("properties", {}))
        for value in schema.values():
            found |= _fields(value)
    elif isinstance(schema, list):
        for value in schema:
            found |= _fields(value)
    return found


def test_every_field_is_explained() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert f"版本 {SCHEMA_VERSION}" in page
    assert sorted(name for name in _fields(SCHEMA) if f"`{name}`" not in page) == []
