"""A workbook as plain data: sheets of typed columns, and notes that explain them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

Cell = str | int | float | Decimal | date | None


class Kind(StrEnum):
    """How a column's values are shown; text is the only kind that wraps."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Column:
    """A column; `width` is in characters, of which a Chinese one takes two."""

    title: str
    width: float
    kind: Kind = Kind.TEXT


@dataclass(frozen=True, slots=True)
class Sheet:
    """One table. `rows` is read once, so a generator of any length stays out of memory.

    A flat one is a long list to work on rather than to print: no borders, no measured heights, and
    nothing written for an empty cell, which takes half the time.
    """

    name: str
    columns: tuple[Column, ...]
    rows: Iterable[tuple[Cell, ...]]
    is_flat: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """A workbook. `notes` are the lines of its last sheet, 说明: what is named, what it says."""

    title: str
    as_of: date
    sheets: tuple[Sheet, ...]
    notes: tuple[tuple[str, str], ...] = ()
