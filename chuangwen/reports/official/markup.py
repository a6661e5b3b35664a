"""Small builders for WordprocessingML; they keep child elements in the order the schema asks."""

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.oxml.xmlchemy import BaseOxmlElement

from chuangwen.reports.official import measures
from chuangwen.reports.text import clean_text, em_width

# ECMA-376 part 1, 17.3.1.26: Word refuses a paragraph whose properties come in another order.
_PARAGRAPH_PROPERTIES = [
    "pStyle",
    "keepNext",
    "keepLines",
    "pageBreakBefore",
    "framePr",
    "widowControl",
    "pBdr",
    "shd",
    "tabs",
    "wordWrap",
    "overflowPunct",
    "autoSpaceDE",
    "autoSpaceDN",
    "snapToGrid",
    "spacing",
    "ind",
    "jc",
    "outlineLvl",
    "sectPr",
]
_PLACES = {qn(f"w:{name}"): place for place, name in enumerate(_PARAGRAPH_PROPERTIES)}


def make(tag: str, *children: BaseOxmlElement, **attributes: object) -> BaseOxmlElement:
    """Return the element `w:tag` with `children`; attributes get the same namespace."""
    element = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), str(value))
    element.extend(children)
    return element


def run(text: str, *properties: BaseOxmlElement) -> BaseOxmlElement:
    """Return a run of cleaned `text`; a line break in it becomes a line break of the page."""
    element = make("r", run_properties(*properties))
    for place, line in enumerate(clean_text(text).split("\n")):
        if place:
            element.append(make("br"))
        piece = make("t")
        piece.text = line
        piece.set(qn("xml:space"), "preserve")
        element.append(piece)
    return element


def run_properties(*properties: BaseOxmlElement) -> BaseOxmlElement:
    """Return run properties whose “quotation marks”, dashes and 〔〕 take the Chinese font."""
    fonts = [item for item in properties if item.tag == qn("w:rFonts")] or [make("rFonts")]
    fonts[0].set(qn("w:hint"), "eastAsia")
    others = [item for item in properties if item.tag != qn("w:rFonts")]
    return make("rPr", fonts[0], *others)


def tab() -> BaseOxmlElement:
    """Return a run that moves to the next tab stop."""
    return make("r", make("tab"))


def paragraph(
    style: str, *runs: BaseOxmlElement, properties: tuple[BaseOxmlElement, ...] = ()
) -> BaseOxmlElement:
    """Return a paragraph of `style` with direct `properties`, put into the schema's order."""
    ordered = sorted(properties, key=lambda item: _PLACES[item.tag])
    return make("p", make("pPr", make("pStyle", val=style), *ordered), *runs)


def blank(style: str = "Normal") -> BaseOxmlElement:
    """Return an empty line."""
    return paragraph(style)


def sliver() -> BaseOxmlElement:
    """Return a paragraph of almost no height, where the schema demands one."""
    height = make("spacing", line=20, lineRule="exact", before=0, after=0)
    return paragraph("Normal", properties=(make("snapToGrid", val=0), height))


def line_width(text: str, points: float, spacing: int = measures.CHARACTER_SPACING) -> int:
    """Return the width of one line of `text` in twips."""
    return round(em_width(text) * points * 20) + spacing * len(text)
