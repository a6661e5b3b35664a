"""Builds the fixtures' texts and tables."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from chuangwen.plan.reading.model import Cell, ReadText, Table

FIXTURES = Path(__file__).parent / "fixtures"


def load(name: str) -> dict[str, Any]:
    return yaml.safe_load((FIXTURES / f"{name}.yaml").read_text(encoding="utf-8"))


def source_of(fixture: dict[str, Any]) -> ReadText | str:
    """The text of a fixture, or its table laid out as a reader lays it out."""
    if "text" in fixture:
        return str(fixture["text"])
    table = fixture["table"]
    return table_text(table["title"], table["rows"], table["tail"])


def table_text(title: str, rows: list[list[Any]], tail: str = "") -> ReadText:
    """A cell is a text, {text, rows, columns} when merged, or None where a merged cell covers."""
    text, cells = title, []
    start = len(text)
    for row, values in enumerate(rows):
        line: list[Cell] = []
        for column, value in enumerate(values):
            text += "\t" if column else ""
            if value is None:
                continue
            spec = value if isinstance(value, dict) else {"text": value}
            begin = len(text)
            text += spec["text"]
            spans = (spec.get("rows", 1), spec.get("columns", 1))
            line.append(Cell(row, column, *spans, begin, len(text)))
        text += "\n"
        cells.append(tuple(line))
    end = len(text)
    return ReadText(text + tail, "xlsx", None, (Table(start, end, tuple(cells)),))
