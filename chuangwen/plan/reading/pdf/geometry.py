"""Characters, lines and pages with their places, in points, y upwards."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Char:
    """A character with its advance box, turned so that the page reads from left to right."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    size: float

    @property
    def middle(self) -> float:
        return (self.bottom + self.top) / 2


@dataclass(slots=True)
class Line:
    """A printed line."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    size: float

    @property
    def middle(self) -> float:
        return (self.bottom + self.top) / 2


@dataclass(frozen=True, slots=True)
class Segment:
    """A horizontal or vertical rule: `at` is its y or x, `low` to `high` its extent."""

    at: float
    low: float
    high: float


@dataclass(slots=True)
class Sheet:
    """What was found on one page: its size as read, characters and rules."""

    width: float
    height: float
    chars: list[Char] = field(default_factory=list)
    across: list[Segment] = field(default_factory=list)
    down: list[Segment] = field(default_factory=list)
    low: float = 0.0  # lowest and highest printed place
    high: float = 0.0
    scanned: bool = False


def lines_of(chars: Iterable[Char]) -> list[Line]:
    """Lines from top to bottom; characters printed twice for boldness count once."""
    rows: list[list[Char]] = []
    for char in sorted(chars, key=lambda char: (-char.middle, char.left)):
        if rows and _beside(rows[-1], char):
            rows[-1].append(char)
        else:
            rows.append([char])
    return [
        _line(sorted(row, key=lambda char: char.left))
        for row in rows
        if any(char.text != " " for char in row)
    ]


def _beside(row: list[Char], char: Char) -> bool:
    """Whether a character stands on the line, measured from the line's first and largest."""
    size = max(row[0].size, char.size)
    return abs(row[0].middle - char.middle) < size * 0.45


def _line(row: list[Char]) -> Line:
    parts: list[str] = []
    last: Char | None = None
    spaced = False
    for char in row:
        if char.text == " ":
            spaced = last is not None
            continue
        if last and char.text == last.text and char.left - last.left < last.size * 0.3:
            continue
        if last and (spaced or char.left - last.right > _gap(last, char) * char.size):
            parts.append(" ")
        parts.append(char.text)
        last, spaced = char, False
    row = [char for char in row if char.text != " "]
    # Only full-width characters tell the size exactly: they are as wide as they are high.
    sizes = sorted(char.size for char in row if char.text >= "\u2e80")
    sizes = sizes or sorted(char.size for char in row)
    return Line(
        "".join(parts),
        row[0].left,
        min(char.bottom for char in row),
        max(char.right for char in row),
        max(char.top for char in row),
        sizes[len(sizes) // 2],
    )


def _gap(left: Char, right: Char) -> float:
    """Width of a space in ems: between Latin letters it is narrow, Chinese is spread to justify."""
    latin = left.text.isascii() + right.text.isascii()
    return (0.5, 0.3, 0.15)[latin]


def join(first: str, second: str) -> str:
    """Two parts of one sentence that a line end had separated."""
    if not first or not second:
        return first + second
    if first[-1].isascii() and second[0].isascii() and (first[-1] + second[0]).isalpha():
        return f"{first} {second}"
    return first + second
