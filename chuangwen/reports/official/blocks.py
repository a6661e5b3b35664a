"""What stands between the title and the signature: paragraphs, headings and tables."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from chuangwen.reports.official import measures
from chuangwen.reports.official.numbering import LEVELS


class Align(StrEnum):
    """Horizontal place of text; the values are those of WordprocessingML."""

    BOTH = "both"
    LEFT = "left"
    CENTRE = "center"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Body text. A line break inside `text` stays a line break in the same paragraph.

    `kept_with_next` binds it to the block below, as a sentence that introduces a table.
    """

    text: str
    align: Align = Align.BOTH
    indented: bool = True
    kept_with_next: bool = False


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of level 1 to 4; `continuation` is body text that follows on the same line.

    The writer numbers headings unless `numbered` is false (the text has its own number then).
    Raises ValueError for another level.
    """

    level: int
    text: str
    continuation: str = ""
    numbered: bool = True

    def __post_init__(self) -> None:
        if self.level not in LEVELS:
            raise ValueError(f"heading level must be 1 to 4, not {self.level}")


@dataclass(frozen=True, slots=True)
class Column:
    """A column; `merged` joins equal neighbours below each other inside the columns before it."""

    title: str
    width_mm: float
    align: Align = Align.LEFT
    merged: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table whose header repeats on each page.

    `rows` hold one string a column. `landscape` turns the pages of this table alone.
    `kept_together` is for a table of a few rows that must not be parted, such as a form to sign.
    Raises ValueError for a row of another length and for columns wider than the page's 版心.
    """

    columns: tuple[Column, ...]
    rows: Sequence[tuple[str, ...]]
    points: float = measures.TABLE_POINTS
    header: bool = True
    landscape: bool = False
    row_height_mm: float = 0.0
    kept_together: bool = False

    def __post_init__(self) -> None:
        for place, row in enumerate(self.rows, start=1):
            if len(row) != len(self.columns):
                raise ValueError(f"row {place} has {len(row)} cells, not {len(self.columns)}")


@dataclass(frozen=True, slots=True)
class Picture:
    """A JPEG or PNG with its size in pixels; the caption is also its text for screen readers."""

    content: bytes
    width: int
    height: int
    caption: str


@dataclass(frozen=True, slots=True)
class Pictures:
    """Pictures two beside each other, each above its caption."""

    pictures: tuple[Picture, ...]


Block = Paragraph | Heading | Table | Pictures
