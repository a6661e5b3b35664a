"""An official document (公文) as plain data; the words follow GB/T 9704-2012, clause 7."""

from dataclasses import dataclass
from datetime import date

from chuangwen.reports.official.blocks import Block, Picture


@dataclass(frozen=True, slots=True, kw_only=True)
class RedHead:
    """版头 (7.2). `mark` is 发文机关标志; a `signer` makes it a document to a superior (7.2.6)."""

    mark: str
    copy_number: str = ""
    secrecy: str = ""
    urgency: str = ""
    signer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imprint:
    """版记 (7.4): 抄送机关, 印发机关 and 印发日期."""

    copies_to: tuple[str, ...] = ()
    printed_by: str
    printed_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """附件. Without `blocks` it is only named in the list after the text (7.3.4, 7.3.7)."""

    title: str
    blocks: tuple[Block, ...] = ()
    landscape: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """How a reader can tell whether a paper is genuine: a QR code as PNG, and the lines beside it.
    Stands at the end, above 版记."""

    qr_code: Picture
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialDocument:
    """One document. A line break in `title` is kept; otherwise lines are broken at words.

    `addressees` (主送机关) are joined as given, so that “，” may part kinds of offices.
    `subtitle` is a line below the title, such as （2021年8月6日）.
    """

    title: str
    issuer: str = ""
    dated: date | None = None
    number: str = ""
    subtitle: str = ""
    addressees: str = ""
    blocks: tuple[Block, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    red_head: RedHead | None = None
    imprint: Imprint | None = None
    verification: Verification | None = None
    note: str = ""
    landscape: bool = False
