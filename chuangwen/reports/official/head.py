"""版头, title and addressees: all that stands above the text (GB/T 9704-2012, 7.2, 7.3.1-2)."""

from docx.oxml.xmlchemy import BaseOxmlElement

from chuangwen.reports.official import fonts, measures
from chuangwen.reports.official.document import OfficialDocument, RedHead
from chuangwen.reports.official.markup import blank, make, paragraph, run, tab
from chuangwen.reports.official.measures import from_mm
from chuangwen.reports.official.styles import font_markup
from chuangwen.reports.official.titles import break_title
from chuangwen.reports.text import em_width, one_line

_TEXT_POINTS = measures.TEXT_WIDTH_MM / 25.4 * 72
_LARGEST_MARK_POINTS = 48.0
_NARROWEST_MARK = 0.6  # a longer name is set in narrower letters, but not narrower than this


def head_markup(document: OfficialDocument) -> list[BaseOxmlElement]:
    """Return the paragraphs from 份号 to 主送机关."""
    parts = _red_head(document.red_head, document.number) if document.red_head else []
    parts += title_markup(document.title, landscape=document.landscape)
    if document.number and not document.red_head:
        parts.append(paragraph("DocumentNumber", run(one_line(document.number))))
    if document.subtitle:
        parts.append(paragraph("DocumentSubtitle", run(one_line(document.subtitle))))
    parts.append(blank())
    if document.addressees:
        addressees = one_line(document.addressees).rstrip("：:") + "："
        parts.append(paragraph("Addressee", run(addressees)))
    return parts


def title_markup(title: str, *, landscape: bool) -> list[BaseOxmlElement]:
    """Return the title, broken at words into balanced lines (7.3.1)."""
    width_mm = measures.TEXT_HEIGHT_MM if landscape else measures.TEXT_WIDTH_MM
    limit = int(width_mm / 25.4 * 72 / measures.TITLE_POINTS)
    return [paragraph("DocumentTitle", run(break_title(title, limit)))]


def _red_head(head: RedHead, number: str) -> list[BaseOxmlElement]:
    items = (head.copy_number, head.secrecy, head.urgency)
    above = [paragraph("HeadItem", *([run(one_line(item))] if item else [])) for item in items]
    gap = from_mm(measures.RED_HEAD_FROM_TOP_MM) - len(items) * measures.LINE
    return [
        *above,
        _issuer_mark(one_line(head.mark), gap),
        blank(),
        blank(),
        _number_line(head, number),
        blank(),
        blank(),
    ]


def _issuer_mark(mark: str, gap: int) -> BaseOxmlElement:
    """Return 发文机关标志 on one line: as large as fits, long names in narrower letters."""
    width = max(em_width(mark), 1.0)
    points = int(min(_LARGEST_MARK_POINTS, _TEXT_POINTS / (_NARROWEST_MARK * width)))
    scale = min(100, int(_TEXT_POINTS / (width * points) * 100))
    size = [make(name, val=points * 2) for name in ("sz", "szCs")]
    height = make("spacing", before=gap, after=0, line=round(points * 24), lineRule="exact")
    return paragraph("IssuerMark", run(mark, make("w", val=scale), *size), properties=(height,))


def _number_line(head: RedHead, number: str) -> BaseOxmlElement:
    """Return 发文字号 above the red line; beside it 签发人 when the document goes upwards."""
    line = make(
        "bottom", val="single", sz=12, space=measures.RED_LINE_GAP_POINTS, color=measures.RED
    )
    border = make("pBdr", line)
    if not head.signer:
        return paragraph("DocumentNumber", run(one_line(number)), properties=(border,))
    character = measures.BODY_CHARACTER
    end = from_mm(measures.TEXT_WIDTH_MM) - character
    name = run(one_line(head.signer), font_markup(fonts.KAITI))
    return paragraph(
        "DocumentNumber",
        run("　" + one_line(number)),
        tab(),
        run("签发人："),
        name,
        properties=(
            border,
            make("tabs", make("tab", val="right", pos=end)),
            make("jc", val="left"),
        ),
    )
