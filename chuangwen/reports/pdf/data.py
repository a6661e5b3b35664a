"""An official document as the plain data that the Typst template reads.

Only strings, numbers and lists: what people wrote is never pasted into Typst's markup.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from chuangwen.reports.official import measures
from chuangwen.reports.official.blocks import Block, Heading, Paragraph, Pictures, Table
from chuangwen.reports.official.document import Imprint, OfficialDocument, Verification
from chuangwen.reports.official.merging import Merge, merge_parts, row_heights
from chuangwen.reports.official.numbering import HeadingCounter
from chuangwen.reports.official.pictures import HIGHEST_MM, WIDEST_MM
from chuangwen.reports.official.titles import break_title
from chuangwen.reports.text import chinese_date, clean_text, one_line

Write = Callable[[str], str]
Cell = dict[str, Any]
TABLE_LINE = 1.4  # of the letters' size, as in the template
TALL = 0.6  # a row higher than this part of a page may be parted


@dataclass
class PageData:
    """The document's data and the pictures that it names, by their names."""

    document: dict[str, Any]
    pictures: dict[str, bytes] = field(default_factory=dict)


def page_data(document: OfficialDocument, write: Write) -> PageData:
    """Return the data of a document; every text goes through `write`, which knows the fonts."""
    found = PageData({})
    blocks = _Blocks(write, found.pictures)
    written = [(n, one) for n, one in enumerate(document.attachments, 1) if one.blocks]
    several = len(document.attachments) > 1
    found.document = {
        "title": _title(document.title, document.landscape, write),
        "number": write(one_line(document.number)),
        "subtitle": write(one_line(document.subtitle)),
        "addressees": _addressees(document.addressees, write),
        "issuer": write(one_line(document.issuer)),
        "dated": chinese_date(document.dated) if document.dated else "",
        "day": _day(document),
        "note": f"（{write(one_line(document.note).strip('（）'))}）" if document.note else "",
        "red_head": _red_head(document, write),
        "runs": blocks.runs(document.blocks, landscape=document.landscape, is_closed=True),
        "attachment_names": [
            write(one_line(one.title).rstrip("。；;.")) for one in document.attachments
        ],
        "attachments": [
            {
                "mark": f"附件{number if several else ''}",
                "title": _title(one.title, one.landscape, write),
                "runs": blocks.runs(one.blocks, landscape=one.landscape),
            }
            for number, one in written
        ],
        "verification": blocks.verification(document.verification),
        "imprint": _imprint(document.imprint, write) if document.imprint else None,
        "continued": False,
    }
    return found


class _Blocks:
    """Turns blocks into data; a picture that appears twice is kept once."""

    def __init__(self, write: Write, pictures: dict[str, bytes]) -> None:
        self._write, self._pictures = write, pictures
        self._names: dict[bytes, str] = {}

    def runs(
        self, blocks: Iterable[Block], *, landscape: bool, is_closed: bool = False
    ) -> list[dict[str, Any]]:
        """Return the blocks in runs that lie the same way.

        What stands above and, when `is_closed`, below them needs a run that lies as the whole.
        """
        counter = HeadingCounter()

        def lies(block: Block) -> bool:
            return landscape or (isinstance(block, Table) and block.landscape)

        found: list[dict[str, Any]] = [
            {"landscape": turned, "blocks": [self._block(one, counter, turned) for one in run]}
            for turned, run in groupby(blocks, key=lies)
        ]
        if not found or (is_closed and found[-1]["landscape"] != landscape):
            found.append({"landscape": landscape, "blocks": []})
        if found[0]["landscape"] != landscape:
            found.insert(0, {"landscape": landscape, "blocks": []})
        return found

    def _block(self, block: Block, counter: HeadingCounter, turned: bool) -> dict[str, Any]:
        if isinstance(block, Paragraph):
            return {
                "kind": "text",
                "text": self._write(clean_text(block.text).strip()),
                "align": block.align.value,
                "indented": block.indented,
                "keep": block.kept_with_next,
            }
        if isinstance(block, Heading):
            number = counter.next(block.level) if block.numbered else ""
            return {
                "kind": "heading",
                "level": block.level,
                "text": self._write(number + one_line(block.text)),
                "rest": self._write(clean_text(block.continuation).strip()),
            }
        if isinstance(block, Table):
            return self._table(block, turned)
        return {"kind": "pictures", "pictures": [*self._shown(block)]}

    def verification(self, given: Verification | None) -> dict[str, Any] | None:
        """Return the QR code and the lines beside it."""
        if given is None:
            return None
        return {
            "path": self._named(given.qr_code.content),
            "alt": self._write(one_line(given.qr_code.caption)),
            "lines": [self._write(one_line(one)) for one in given.lines],
        }

    def _named(self, content: bytes) -> str:
        name = self._names.setdefault(content, f"picture-{len(self._names) + 1}")
        self._pictures[name] = content
        return name

    def _shown(self, block: Pictures) -> Iterable[dict[str, Any]]:
        for one in block.pictures:
            scale = min(WIDEST_MM / one.width, HIGHEST_MM / one.height)
            yield {
                "path": self._named(one.content),
                "caption": self._write(one_line(one.caption)),
                "width": one.width * scale,
                "height": one.height * scale,
            }

    def _table(self, table: Table, turned: bool) -> dict[str, Any]:
        room = measures.TEXT_HEIGHT_MM if turned else measures.TEXT_WIDTH_MM
        if sum(column.width_mm for column in table.columns) > room + 0.01:
            raise ValueError("the table is wider than its page")
        page = measures.TEXT_WIDTH_MM if turned else measures.TEXT_HEIGHT_MM
        line = round(table.points * 20 * TABLE_LINE)
        heights = row_heights(table.columns, table.rows, table.points, line)
        limit = measures.from_mm(page * TALL)
        return {
            "kind": "table",
            "columns": [
                {
                    "title": self._write(one_line(column.title)),
                    "width": column.width_mm,
                    "align": column.align.value,
                }
                for column in table.columns
            ],
            "rows": [
                {"breakable": height > limit, "cells": cells}
                for height, cells in zip(heights, self._cells(table, heights, limit), strict=True)
            ],
            "points": table.points,
            "header": table.header,
            "height": table.row_height_mm,
            "together": table.kept_together,
        }

    def _cells(self, table: Table, heights: list[int], limit: int) -> list[list[Cell | None]]:
        parts = merge_parts(table.columns, table.rows, heights, limit)
        found: list[list[Cell | None]] = []
        starting: dict[int, Cell] = {}
        for row, part in zip(table.rows, parts, strict=True):
            cells: list[Cell | None] = []
            for place, text in enumerate(row):
                if part.get(place) is Merge.CONTINUE:
                    starting[place]["span"] += 1
                    cells.append(None)
                else:
                    starting[place] = {"text": self._write(clean_text(text).strip()), "span": 1}
                    cells.append(starting[place])
            found.append(cells)
        return found


def _title(title: str, landscape: bool, write: Write) -> list[str]:
    width = measures.TEXT_HEIGHT_MM if landscape else measures.TEXT_WIDTH_MM
    limit = int(width / 25.4 * 72 / measures.TITLE_POINTS)
    return [write(line) for line in break_title(title, limit).split("\n")]


def _addressees(text: str, write: Write) -> str:
    return write(one_line(text).rstrip("：:") + "：") if text else ""


def _day(document: OfficialDocument) -> dict[str, int] | None:
    day = document.dated
    return {"year": day.year, "month": day.month, "day": day.day} if day else None


def _red_head(document: OfficialDocument, write: Write) -> dict[str, Any] | None:
    head = document.red_head
    if head is None:
        return None
    return {
        "mark": write(one_line(head.mark)),
        "items": [
            write(one_line(one)) for one in (head.copy_number, head.secrecy, head.urgency) if one
        ],
        "signer": write(one_line(head.signer)),
    }


def _imprint(imprint: Imprint, write: Write) -> dict[str, str]:
    names = "，".join(one_line(name) for name in imprint.copies_to).rstrip("。")
    return {
        "copies": write(f"抄送：{names}。") if names else "",
        "printed_by": write(one_line(imprint.printed_by)),
        "printed_on": f"{chinese_date(imprint.printed_on)}印发",
    }
