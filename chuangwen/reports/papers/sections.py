"""What a paper says, as plain data that a database keeps: the text, then its attachments.

A section is a title (empty for the text itself) and its blocks. Photos are named by their files;
their bytes are read only when the pages are set.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from chuangwen.reports.official.blocks import Column
from chuangwen.reports.official.measures import DENSE_TABLE_POINTS, TABLE_POINTS

Block = dict[str, Any]
Section = dict[str, Any]
DEMANDS = "demands"  # where the office's own demands and its closing words stand


def section(title: str, blocks: Iterable[Block]) -> Section:
    """The text (without title) or an attachment."""
    return {"title": title, "blocks": list(blocks)}


def text(words: str, *, keep: bool = False) -> Block:
    """A paragraph; `keep`: on one page with what follows."""
    return {"kind": "text", "text": words, "keep": keep}


def heading(level: int, words: str, *, numbered: bool = True) -> Block:
    """A heading."""
    return {"kind": "heading", "level": level, "text": words, "numbered": numbered}


def table(
    columns: Sequence[Column], rows: Iterable[tuple[str, ...]], *, dense: bool = False
) -> Block:
    """A table; a dense one has smaller letters."""
    return {
        "kind": "table",
        "columns": [[one.title, one.width_mm, one.align.value] for one in columns],
        "rows": [list(row) for row in rows],
        "points": DENSE_TABLE_POINTS if dense else TABLE_POINTS,
    }


def photos(named: Iterable[tuple[str, str]]) -> Block:
    """Photos: the file's key and the caption of each."""
    return {"kind": "photos", "photos": [list(one) for one in named]}


def demands() -> Block:
    """The office's own words."""
    return {"kind": DEMANDS}
