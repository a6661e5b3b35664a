"""Pages, upright and turned, and their page numbers (GB/T 9704-2012, 5.2, 7.5 and 8)."""

from docx.document import Document as DocxDocument
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import nsdecls, qn
from docx.oxml.parser import parse_xml
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.parts.hdrftr import FooterPart

from chuangwen.reports.official import measures
from chuangwen.reports.official.markup import make, paragraph, run, sliver
from chuangwen.reports.official.measures import from_mm, to_emu

_WPS = "http://schemas.microsoft.com/office/word/2010/wordprocessingShape"
_MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_BOX_LENGTH_MM = 40.0


class Sections:
    """Makes section properties; the page numbers of each orientation are written once."""

    def __init__(self, document: DocxDocument) -> None:
        self._document = document
        self._footers: dict[bool, tuple[str, str]] = {}

    def properties(self, *, landscape: bool) -> BaseOxmlElement:
        """Return `w:sectPr` for a section that starts on a new page."""
        odd, even = self._footers_for(landscape)
        return make(
            "sectPr",
            _reference("default", odd),
            _reference("even", even),
            make("type", val="nextPage"),
            _page_size(landscape),
            _page_margins(landscape),
            make("cols", space=0),
            # Of kind “lines”: a character grid would put spaces into text copied from a PDF.
            make("docGrid", type="lines", linePitch=measures.LINE),
        )

    def _footers_for(self, landscape: bool) -> tuple[str, str]:
        if landscape not in self._footers:
            odd, even = (self._add_footer(landscape, odd=odd) for odd in (True, False))
            self._footers[landscape] = (odd, even)
        return self._footers[landscape]

    def _add_footer(self, landscape: bool, *, odd: bool) -> str:
        document = self._document.part
        part = FooterPart.new(document.package)
        relation: str = document.relate_to(part, RELATIONSHIP_TYPE.FOOTER)
        for child in list(part.element):
            part.element.remove(child)
        number = _page_number(odd)
        part.element.append(_beside_the_page(number, odd) if landscape else number)
        return relation


def _reference(kind: str, relation: str) -> BaseOxmlElement:
    element = make("footerReference", type=kind)
    element.set(qn("r:id"), relation)
    return element


def _page_size(landscape: bool) -> BaseOxmlElement:
    width, height = from_mm(measures.PAGE_WIDTH_MM), from_mm(measures.PAGE_HEIGHT_MM)
    if landscape:
        return make("pgSz", w=height, h=width, orient="landscape")
    return make("pgSz", w=width, h=height)


def _page_margins(landscape: bool) -> BaseOxmlElement:
    """Return the margins; a turned page keeps 订口 at the head of the table (clause 8)."""
    head, foot = from_mm(measures.HEAD_MARGIN_MM), from_mm(measures.FOOT_MARGIN_MM)
    binding, fore = from_mm(measures.BINDING_MARGIN_MM), from_mm(measures.FORE_MARGIN_MM)
    top, right, bottom, left = (
        (binding, head, fore, foot) if landscape else (head, fore, foot, binding)
    )
    half_line = measures.PAGE_NUMBER_LINE_MM / 2
    from_edge = measures.FOOT_MARGIN_MM - measures.PAGE_NUMBER_GAP_MM - half_line
    footer = from_mm(measures.FORE_MARGIN_MM / 2 if landscape else from_edge)
    return make(
        "pgMar",
        top=top,
        right=right,
        bottom=bottom,
        left=left,
        header=from_mm(measures.BINDING_MARGIN_MM / 2),
        footer=footer,
        gutter=0,
    )


def _page_number(odd: bool) -> BaseOxmlElement:
    """Return “— 1 —” one character inside the outer edge: right when odd, left when even."""
    inset = measures.SMALL_CHARACTER
    place = make("ind", right=inset) if odd else make("ind", left=inset)
    return paragraph(
        "PageNumber",
        run("— "),
        make("r", make("fldChar", fldCharType="begin")),
        _instruction(),
        make("r", make("fldChar", fldCharType="separate")),
        run("1"),
        make("r", make("fldChar", fldCharType="end")),
        run(" —"),
        properties=(place, make("jc", val="right" if odd else "left")),
    )


def _instruction() -> BaseOxmlElement:
    code = make("instrText")
    code.text = " PAGE "
    code.set(qn("xml:space"), "preserve")
    return make("r", code)


def _beside_the_page(number: BaseOxmlElement, odd: bool) -> BaseOxmlElement:
    """Return `number` turned and set in the left margin of a landscape page.

    Clause 8: a turned page keeps its number where the other pages have it, so that the bound
    booklet has all numbers in one corner. Turned by 90°, the foot is the page's left side.
    """
    half_line = measures.PAGE_NUMBER_LINE_MM / 2
    left = measures.FOOT_MARGIN_MM - measures.PAGE_NUMBER_GAP_MM - half_line
    top = measures.BINDING_MARGIN_MM
    if odd:
        top = measures.PAGE_WIDTH_MM - measures.FORE_MARGIN_MM - _BOX_LENGTH_MM
    box = parse_xml(
        _BOX.format(
            names=f'{nsdecls("w", "wp", "a")} xmlns:wps="{_WPS}" xmlns:mc="{_MC}"',
            uri=_WPS,
            key=1 if odd else 2,
            x=to_emu(left),
            y=to_emu(top),
            width=to_emu(measures.PAGE_NUMBER_LINE_MM),
            height=to_emu(_BOX_LENGTH_MM),
        )
    )
    for content in box.iter(qn("w:txbxContent")):
        content.append(number)
    holder = sliver()
    holder.append(box)
    return holder


_BOX = """<w:r {names}><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>
<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="{key}"
 behindDoc="0" locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>
<wp:positionH relativeFrom="page"><wp:posOffset>{x}</wp:posOffset></wp:positionH>
<wp:positionV relativeFrom="page"><wp:posOffset>{y}</wp:posOffset></wp:positionV>
<wp:extent cx="{width}" cy="{height}"/><wp:effectExtent l="0" t="0" r="0" b="0"/>
<wp:wrapNone/><wp:docPr id="{key}" name="页码 {key}"/><wp:cNvGraphicFramePr/>
<a:graphic><a:graphicData uri="{uri}"><wps:wsp><wps:cNvSpPr txBox="1"/><wps:spPr>
<a:xfrm><a:off x="0" y="0"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>
<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/><a:ln><a:noFill/></a:ln></wps:spPr>
<wps:txbx><w:txbxContent/></wps:txbx>
<wps:bodyPr vert="vert" wrap="square" lIns="0" tIns="0" rIns="0" bIns="0" anchor="t"/>
</wps:wsp></a:graphicData></a:graphic></wp:anchor></w:drawing></mc:Choice>
</mc:AlternateContent></w:r>""".replace("\n", "")
