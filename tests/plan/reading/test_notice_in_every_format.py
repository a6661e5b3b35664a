"""The notice itself, typed into each format, gives the same actions and units as its text."""

import html
import io
from pathlib import Path

import docx
import pytest

from chuangwen.plan.parsing import parse, to_json
from chuangwen.plan.reading import read_document
from tests.plan.reading.pdf_files import Page, pdf
from tests.plan.reading.sheet_files import ods, rows_xlsx

NOTICE = Path(__file__).parents[3] / "chuangwen/plan/samples/panzhihua-dongqu-2021.txt"
LINES = NOTICE.read_bytes().decode().splitlines()


def as_docx() -> bytes:
    document = docx.Document()
    for line in LINES:
        document.add_paragraph(line)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def as_html() -> bytes:
    paragraphs = "".join(f"<p>{html.escape(line)}</p>\n" for line in LINES)
    page = (
        f"<!DOCTYPE html><html><head><meta charset=gb2312></head><body>{paragraphs}</body></html>"
    )
    return page.encode("gb18030")


def as_xlsx() -> bytes:
    return rows_xlsx(*([line] for line in LINES))


def as_ods() -> bytes:
    rows = "".join(
        f"<table:table-row><table:table-cell><text:p>{html.escape(line)}</text:p>"
        "</table:table-cell></table:table-row>"
        for line in LINES
    )
    return ods(f'<table:table table:name="Sheet1">{rows}</table:table>')


def wrapped(text: str) -> list[str]:
    """Lines of 28 ems, closing marks hanging over; Latin characters are half as wide."""
    found, width = [""], 0.0
    for char in text:
        own = 0.5 if char.isascii() else 1.0
        if width + own > 28 and char not in "。，、；：,;:)":
            found.append("")
            width = 0.0
        found[-1] += char
        width += own
    return found


def as_pdf() -> bytes:
    """Printed as GB/T 9704 asks: 28 characters a line, 22 lines a page, two ems of indent."""
    printed: list[str] = []
    for line in LINES:
        printed += wrapped(f"\u3000\u3000{line.strip()}") if line.strip() else []
    pages = [
        Page().lines(*printed[at : at + 22]).text(270, 60, f"— {at // 22 + 1} —", 14)
        for at in range(0, len(printed), 22)
    ]
    return pdf(pages)


MAKERS = {"docx": as_docx, "html": as_html, "xlsx": as_xlsx, "ods": as_ods, "pdf": as_pdf}


def facts(data: bytes, filename: str) -> tuple:
    """What must not depend on the format: actions with their owners, and all units."""
    found = to_json(parse(read_document(data, filename)))
    actions = [
        (
            action["number"],
            action["title"],
            [unit["name"] for unit in action["lead_units"]],
            [unit["name"] for unit in action["responsible_units"]],
            len(action["tasks"]),
        )
        for action in found["actions"]
    ]
    return actions, sorted(unit["name"] for unit in found["units"])


@pytest.fixture(scope="module")
def expected():
    actions, units = facts(NOTICE.read_bytes(), "计划.txt")
    assert len(actions) == 10
    assert len(units) > 30
    return actions, units


@pytest.mark.parametrize("kind", MAKERS)
def test_same_actions_and_units(kind, expected):
    data = MAKERS[kind]()
    assert read_document(data).format == kind
    assert facts(data, f"计划.{kind}") == expected
