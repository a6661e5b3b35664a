"""Sets an official document as PDF/A-2b with Typst.

The template is ours and constant; the document comes to it as data. It is set in an empty folder
with nothing but its pictures, so that no template and no text can read any other file.
"""

import datetime
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO, Final

from chuangwen.reports.official import measures
from chuangwen.reports.official.document import OfficialDocument
from chuangwen.reports.pdf.apart import join, set_apart
from chuangwen.reports.pdf.data import page_data
from chuangwen.reports.pdf.faces import Faces, load_faces
from chuangwen.reports.pdf.pieces import pieces_of
from chuangwen.reports.pdf.words import Words

TEMPLATE = Path(__file__).resolve().parent / "official.typ"
STANDARD: Final = "a-2b"  # 长期保存: fonts inside, nothing from outside; 2 allows what photos need
_NOON_IN_CHINA = datetime.time(4, tzinfo=datetime.UTC)

_MEASURES = {
    "width": measures.PAGE_WIDTH_MM,
    "height": measures.PAGE_HEIGHT_MM,
    "head": measures.HEAD_MARGIN_MM,
    "foot": measures.FOOT_MARGIN_MM,
    "binding": measures.BINDING_MARGIN_MM,
    "fore": measures.FORE_MARGIN_MM,
    "gap": measures.PAGE_NUMBER_GAP_MM,
    "line": measures.LINE / 20,
    "body": measures.BODY_POINTS,
    "small": measures.SMALL_POINTS,
    "dense": measures.DENSE_TABLE_POINTS,
    "title": measures.TITLE_POINTS,
    "title-line": measures.TITLE_LINE / 20,
    "tracking": measures.CHARACTER_SPACING / 20,
    "character": measures.BODY_CHARACTER / 20,
    "mark-from-top": measures.RED_HEAD_FROM_TOP_MM,
    "red": measures.RED,
}


@dataclass(frozen=True)
class Pdf:
    """A document as PDF, and the characters that no font had, with how often they came."""

    content: bytes
    missing: dict[str, int]


def make_pdf(document: OfficialDocument, *, fonts: Sequence[Path] = ()) -> Pdf:
    """Set `document`; `fonts` are folders with further fonts, such as 仿宋_GB2312.

    The same document gives the same bytes if it has a date. A long one takes seconds, so it
    belongs into the worker. Raises ValueError for a table wider than its page, FontsMissing
    without our own fonts.
    """
    target = BytesIO()
    missing, _ = write_pdf(document, target, fonts=fonts)
    return Pdf(target.getvalue(), missing)


def write_pdf(
    document: OfficialDocument,
    target: BinaryIO,
    *,
    fonts: Sequence[Path] = (),
    beat: Callable[[int, int], None] = lambda done, total: None,
) -> tuple[dict[str, int], int]:
    """Set `document` into `target`; return the characters that no font had, and the pages.

    A very long one is set in pieces, which are joined: it has no bookmarks and does not claim to
    be PDF/A. `beat` hears how many pieces are done, of how many.
    """
    faces = load_faces(tuple(fonts))
    words = Words(faces.characters)
    data = page_data(document, words.write)
    data.document["missing"] = words.note
    pieces = list(pieces_of(data.document))
    with TemporaryDirectory(prefix="chuangwen-pdf-") as folder:
        for name, content in data.pictures.items():
            Path(folder, name).write_bytes(content)
        data.pictures.clear()
        made: list[Path] = []
        pages = 0
        for number, part in enumerate(pieces, start=1):
            is_last = number == len(pieces)
            note = words.note if is_last else ""
            piece = {**part, "pages-before": pages, "missing": note}
            if len(pieces) == 1:
                content = set_piece(piece, folder, faces, document.dated)
                pages = _pages_in(content)
                target.write(content)
            else:
                made.append(Path(folder, f"piece-{number}.pdf"))
                pages += set_apart(piece, made[-1], fonts, document.dated)
            beat(number, len(pieces))
        if made:
            join(made, target)
    return dict(words.missing), pages


def set_piece(piece: dict[str, Any], folder: str, faces: Faces, day: datetime.date | None) -> bytes:
    """Set one piece; its pictures are in the folder."""
    from typst import Compiler  # noqa: PLC0415 - large, and only who makes a PDF should load it

    compiler = Compiler(
        TEMPLATE.read_bytes(),
        root=folder,
        font_paths=faces.fonts,
        sys_inputs={
            "document": json.dumps(piece, ensure_ascii=False),
            "measures": json.dumps(_MEASURES),
            "fonts": json.dumps({**faces.families, "heavy": faces.heavy}),
        },
    )
    made = compiler.compile(format="pdf", pdf_standards=[STANDARD], timestamp=_made_on(day))
    if not isinstance(made, bytes):
        raise TypeError("Typst gave no PDF")
    return made


def _pages_in(content: bytes) -> int:
    import pypdfium2  # noqa: PLC0415 - for the same reason

    with pypdfium2.PdfDocument(content) as document:
        return len(document)


def _made_on(day: datetime.date | None) -> datetime.datetime | None:
    """The time in the file's properties; one without a date says when it was made."""
    return datetime.datetime.combine(day, _NOON_IN_CHINA) if day else None
