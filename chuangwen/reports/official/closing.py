"""What follows the text: 附件说明, signature, date, 附注 and 版记 (GB/T 9704-2012, 7.3.4-7.4)."""

from collections.abc import Sequence
from copy import deepcopy

from docx.oxml.xmlchemy import BaseOxmlElement

from chuangwen.reports.official import measures
from chuangwen.reports.official.document import Attachment, Imprint, OfficialDocument
from chuangwen.reports.official.markup import line_width, make, paragraph, run, sliver, tab
from chuangwen.reports.official.measures import from_mm
from chuangwen.reports.text import chinese_date, one_line

_DATE_INSET_CHARACTERS = 4
_SEAL_LINES = 2  # the seal's top reaches to within one line of the text (7.3.5.1)


def attachment_list_markup(attachments: Sequence[Attachment]) -> list[BaseOxmlElement]:
    """Return 附件：1.… with names below each other (7.3.4); one alone has no figure."""
    if not attachments:
        return []
    character = measures.BODY_CHARACTER
    figures = len(attachments) > 1
    mark = 2 * character + 3 * character  # two characters in, then “附件：”
    name = mark + (round(character * (1 if len(attachments) < 10 else 1.5)) if figures else 0)
    parts = [paragraph("AttachmentList")]
    for place, attachment in enumerate(attachments, start=1):
        start = 2 * character if place == 1 else mark
        indent = make("ind", left=name, hanging=name - start)
        pieces = [run("附件：")] if place == 1 else []
        pieces += [run(f"{place}."), tab()] if figures else []
        pieces.append(run(one_line(attachment.title).rstrip("。；;.")))
        parts.append(paragraph("AttachmentList", *pieces, properties=(indent,)))
    return parts


def signature_markup(document: OfficialDocument) -> list[BaseOxmlElement]:
    """Return the issuer centred on the date, and the date four characters in (7.3.5.1)."""
    if not document.issuer and not document.dated:
        return []
    inset = _DATE_INSET_CHARACTERS * measures.BODY_CHARACTER
    day = chinese_date(document.dated) if document.dated else ""
    parts = [paragraph("Signature") for _ in range(_SEAL_LINES)]
    if document.issuer:
        issuer = one_line(document.issuer)
        middle = inset + line_width(day, measures.BODY_POINTS) // 2
        right = max(0, middle - line_width(issuer, measures.BODY_POINTS) // 2)
        parts.append(_right_aligned(issuer, make("ind", right=right)))
    if day:
        place = make("ind", rightChars=_DATE_INSET_CHARACTERS * 100, right=inset)
        parts.append(_right_aligned(day, place))
    if document.note:
        parts.append(paragraph("BodyText", run(f"（{one_line(document.note).strip('（）')}）")))
    parts[-1].pPr.insert(1, make("keepNext", val=0))
    return parts


def _right_aligned(text: str, place: BaseOxmlElement) -> BaseOxmlElement:
    return paragraph("Signature", run(text), properties=(place,))


def imprint_markup(imprint: Imprint) -> list[BaseOxmlElement]:
    """Return 版记 as a table whose last rule lies on the foot of 版心 (7.4)."""
    width = from_mm(measures.TEXT_WIDTH_MM)
    rows = [_copies_line(imprint.copies_to)] if imprint.copies_to else []
    rows.append(_printing_line(imprint, width))
    # Measured from the page's edge: LibreOffice lets no table float that fills its margins.
    left = from_mm(measures.BINDING_MARGIN_MM)
    place = make("tblpPr", vertAnchor="margin", horzAnchor="page", tblpX=left, tblpYSpec="bottom")
    properties = make(
        "tblPr",
        place,
        make("tblW", w=width, type="dxa"),
        make("tblBorders", *_rules()),
        make("tblLayout", type="fixed"),
        make("tblCellMar", make("left", w=0, type="dxa"), make("right", w=0, type="dxa")),
    )
    cell = make("tcPr", make("tcW", w=width, type="dxa"))
    whole = make("trPr", make("cantSplit"))
    lines = [make("tr", deepcopy(whole), make("tc", deepcopy(cell), line)) for line in rows]
    table = make("tbl", properties, make("tblGrid", make("gridCol", w=width)), *lines)
    # A table that floats needs a paragraph of its own section on both sides.
    return [sliver(), table, sliver()]


def _rules() -> list[BaseOxmlElement]:
    thick, thin = measures.IMPRINT_THICK_EIGHTHS, measures.IMPRINT_THIN_EIGHTHS
    return [
        make(edge, val="single", sz=size, space=0, color="000000")
        for edge, size in (("top", thick), ("bottom", thick), ("insideH", thin))
    ]


def _copies_line(copies_to: Sequence[str]) -> BaseOxmlElement:
    """Return 抄送：甲，乙。 with a hanging indent after the colon (7.4.2)."""
    character = measures.SMALL_CHARACTER
    indent = make("ind", left=4 * character, right=character, hanging=3 * character)
    names = "，".join(one_line(name) for name in copies_to).rstrip("。")
    return paragraph("Imprint", run(f"抄送：{names}。"), properties=(indent,))


def _printing_line(imprint: Imprint, width: int) -> BaseOxmlElement:
    """Return 印发机关 at the left and 印发日期 at the right, each one character in (7.4.3)."""
    character = measures.SMALL_CHARACTER
    return paragraph(
        "Imprint",
        run(one_line(imprint.printed_by)),
        tab(),
        run(f"{chinese_date(imprint.printed_on)}印发"),
        properties=(
            make("tabs", make("tab", val="right", pos=width - character)),
            make("ind", left=character),
            make("jc", val="left"),
        ),
    )
