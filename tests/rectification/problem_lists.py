"""Problem lists as different as offices make them, by openpyxl."""

import io
from collections.abc import Iterable
from typing import Any

import openpyxl

HEAD = ("序号", "存在问题", "具体位置", "责任单位", "整改时限")


def saved(book: openpyxl.Workbook) -> bytes:
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def plain(*rows: Iterable[Any], head: Iterable[Any] = HEAD, name: str = "问题清单") -> bytes:
    """A header and rows, nothing else."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = name
    sheet.append(tuple(head))
    for row in rows:
        sheet.append(tuple(row))
    return saved(book)
