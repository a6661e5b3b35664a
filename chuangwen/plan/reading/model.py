"""What every reader returns: the text of a file and where its tables lie in that text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

Progress = Callable[[int, int], None]  # so many of so many are done; may raise to stop the reading


def unheard(done: int, total: int) -> None:
    """Progress that nobody follows."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell; a merged cell appears once, at its first row and column.

    `row` and `column` count from 0; `start` and `end` are code point offsets into the text.
    """

    row: int
    column: int
    row_span: int
    column_span: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table; in the text each of its rows is one line with cells joined by a tab."""

    start: int
    end: int
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class ReadText:
    """Text of a file: for plain text exactly the decoded file, without newline translation."""

    text: str
    format: str
    encoding: str | None = None
    tables: tuple[Table, ...] = ()
