"""From what was counted to the pages: the document, with its number, codes and photos."""

import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from io import BytesIO
from typing import Any

from chuangwen.documents.enums import PaperKind
from chuangwen.documents.models import OfficialPaper
from chuangwen.files.models import StoredFile
from chuangwen.files.queries import open_file
from chuangwen.kit.errors import NotFound
from chuangwen.reports.official import (
    Align,
    Attachment,
    Column,
    Heading,
    Imprint,
    OfficialDocument,
    Paragraph,
    RedHead,
    Table,
    Verification,
)
from chuangwen.reports.official.blocks import Block, Picture, Pictures
from chuangwen.reports.papers import sections as plain

Beat = Callable[[int, int], None]
QR_SCALE = 8


def document_of(
    paper: OfficialPaper, given: Iterable[plain.Section], *, beat: Beat = lambda done, total: None
) -> OfficialDocument:
    """Return the paper as a document, with the bytes of its photos."""
    sections = list(given)
    pictures = _Pictures(sections, beat)
    blocks, *attached = [list(_blocks(one["blocks"], paper, pictures)) for one in sections]
    return OfficialDocument(
        title=paper.title,
        number=paper.number,
        issuer=paper.issuer,
        dated=paper.issued_on,
        addressees=paper.addressees,
        blocks=(*_sample(paper), *_paragraphs(paper.opening), *blocks),
        attachments=tuple(
            Attachment(title=one["title"], blocks=tuple(own))
            for one, own in zip(sections[1:], attached, strict=True)
        ),
        red_head=RedHead(mark=paper.mark),
        imprint=_imprint(paper),
        verification=_verification(paper),
    )


def _imprint(paper: OfficialPaper) -> Imprint | None:
    day = paper.issued_on
    copies = (paper.copies_to,) if paper.copies_to else ()
    return Imprint(copies_to=copies, printed_by=paper.issuer, printed_on=day) if day else None


def _sample(paper: OfficialPaper) -> tuple[Block, ...]:
    words = "（本文件所列问题、数据和照片均为演示数据。）"
    return (Paragraph(words),) if paper.is_sample else ()


def _paragraphs(words: str) -> Iterator[Block]:
    return (Paragraph(line) for line in words.split("\n") if line.strip())


def _blocks(
    given: Iterable[plain.Block], paper: OfficialPaper, pictures: "_Pictures"
) -> Iterator[Block]:
    for one in given:
        kind = one["kind"]
        if kind == "text":
            yield Paragraph(one["text"], kept_with_next=one["keep"])
        elif kind == "heading":
            yield Heading(one["level"], one["text"], numbered=one["numbered"])
        elif kind == "table":
            yield _table(one)
        elif kind == "photos":
            yield from pictures.shown(one["photos"])
        elif kind == plain.DEMANDS:
            yield from _own_words(paper)


def _own_words(paper: OfficialPaper) -> Iterator[Block]:
    if paper.demands and paper.kind != PaperKind.NOTICE:  # a notice has no headings
        yield Heading(1, "工作要求")
    yield from _paragraphs(paper.demands)
    yield from _paragraphs(paper.closing)


def _table(one: Mapping[str, Any]) -> Table:
    columns = tuple(Column(title, width, Align(align)) for title, width, align in one["columns"])
    return Table(columns, [tuple(row) for row in one["rows"]], points=one["points"])


class _Pictures:
    """Reads the photos that the sections name. One query."""

    def __init__(self, sections: Iterable[plain.Section], beat: Beat) -> None:
        blocks = (block for one in sections for block in one["blocks"])
        named = [photo for block in blocks for photo in block.get("photos", ())]
        self._total, self._done, self._beat = len(named), 0, beat
        keys = {uuid.UUID(key) for key, _ in named}
        self._files = StoredFile.objects.in_bulk(keys) if keys else {}

    def shown(self, photos: Iterable[tuple[str, str]]) -> Iterator[Block]:
        found, gone = [], 0
        for key, caption in photos:
            picture = self._read(uuid.UUID(key), caption)
            found += [picture] if picture else []
            gone += picture is None
            self._done += 1
        self._beat(self._done, self._total)
        if found:
            yield Pictures(tuple(found))
        if gone:
            yield Paragraph(f"（{gone}张照片已不在文件库中。）")

    def _read(self, key: uuid.UUID, caption: str) -> Picture | None:
        from PIL import Image  # noqa: PLC0415 - only who sets pages should wait for it

        if key not in self._files:
            return None
        try:
            with open_file(self._files[key]) as file:
                content = file.read()
        except NotFound:
            return None
        with Image.open(BytesIO(content)) as image:
            width, height = image.size
        return Picture(content, width, height, caption)


def _verification(paper: OfficialPaper) -> Verification | None:
    """The QR code of the page on which strangers verify the paper, and the code to type there."""
    import segno  # noqa: PLC0415 - for the same reason

    if not paper.code:
        return None
    address = verify_address(paper)
    code = segno.make(address or paper.code, error="m")
    target = BytesIO()
    code.save(target, kind="png", scale=QR_SCALE, border=0)
    side = int(code.symbol_size(scale=QR_SCALE, border=0)[0])
    picture = Picture(target.getvalue(), side, side, "查验本文件的二维码")
    place = (
        f"扫描二维码，或在 {paper.site_address}/documents/verify/"
        if address
        else "在“公文查验”页面"
    )
    return Verification(
        qr_code=picture,
        lines=(
            f"验证码：{spaced(paper.code)}",
            f"{place} 输入验证码，可查验本文件是否由本机关印发、有无改动。",
        ),
    )


def verify_address(paper: OfficialPaper) -> str:
    """Return the address in the QR code; empty when the site has none."""
    return f"{paper.site_address}/documents/verify/{paper.token}/" if paper.site_address else ""


def spaced(code: str) -> str:
    """K7QM-3XPD-9FHT."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))
