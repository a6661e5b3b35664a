"""The paragraph styles of an official document (GB/T 9704-2012, 5.2.2 and 7)."""

from dataclasses import dataclass

from docx.oxml.xmlchemy import BaseOxmlElement

from chuangwen.reports.official import fonts, measures
from chuangwen.reports.official.markup import make

_TWO_CHARACTERS = 2 * measures.BODY_CHARACTER


@dataclass(frozen=True, slots=True)
class Style:
    """A paragraph style; `line` is an exact line height in twips."""

    key: str
    name: str
    font: str = fonts.FANGSONG
    latin: str = fonts.LATIN
    points: float = measures.BODY_POINTS
    line: int = measures.LINE
    align: str = "both"
    indented: bool = False
    kept: bool = False
    outline: int | None = None
    colour: str = ""
    spacing: int = 0


def _heading(level: int, font: str) -> Style:
    return Style(
        f"Heading{level}",
        f"heading {level}",
        font=font,
        indented=True,
        kept=True,
        outline=level - 1,
        spacing=measures.CHARACTER_SPACING,
    )


_TIGHT = measures.CHARACTER_SPACING
STYLES = (
    Style("Normal", "Normal", spacing=_TIGHT),
    Style("BodyText", "公文正文", indented=True, spacing=_TIGHT),
    Style(
        "DocumentTitle",
        "公文标题",
        font=fonts.TITLE_SONG,
        points=measures.TITLE_POINTS,
        line=measures.TITLE_LINE,
        align="center",
        kept=True,
    ),
    Style("DocumentSubtitle", "公文副标题", font=fonts.KAITI, align="center", kept=True),
    _heading(1, fonts.HEITI),
    _heading(2, fonts.KAITI),
    _heading(3, fonts.FANGSONG),
    _heading(4, fonts.FANGSONG),
    Style("Addressee", "主送机关", spacing=_TIGHT),
    Style("AttachmentList", "附件说明", kept=True, spacing=_TIGHT),
    Style("AttachmentMark", "附件标记", font=fonts.HEITI, align="left", kept=True),
    Style("Signature", "署名和日期", align="right", kept=True, spacing=_TIGHT),
    Style("HeadItem", "版头要素", font=fonts.HEITI, align="left"),
    Style("IssuerMark", "发文机关标志", font=fonts.TITLE_SONG, align="center", colour=measures.RED),
    Style("DocumentNumber", "发文字号", align="center"),
    Style("Imprint", "版记", points=measures.SMALL_POINTS, line=measures.PAGE_NUMBER_LINE),
    Style(
        "PageNumber",
        "页码",
        font=fonts.SONGTI,
        latin=fonts.SONGTI,
        points=measures.SMALL_POINTS,
        line=measures.PAGE_NUMBER_LINE,
        align="right",
    ),
    Style("TableText", "表格文字", points=measures.TABLE_POINTS, line=360, align="left"),
    Style(
        "TableHead",
        "表头",
        font=fonts.HEITI,
        points=measures.TABLE_POINTS,
        line=360,
        align="center",
        kept=True,
    ),
    Style("DenseText", "表格小字", points=measures.DENSE_TABLE_POINTS, line=320, align="left"),
    Style(
        "DenseHead",
        "表头小字",
        font=fonts.HEITI,
        points=measures.DENSE_TABLE_POINTS,
        line=320,
        align="center",
        kept=True,
    ),
)
LINE_TWIPS = {style.key: style.line for style in STYLES}


def styles_markup() -> list[BaseOxmlElement]:
    """Return the children of `w:styles`: document defaults, then every style."""
    language = make("lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA")
    base = make("rPr", font_markup(fonts.FANGSONG), _size(measures.BODY_POINTS)[0], language)
    name = make("name", val="Normal Table")
    table = make("style", name, type="table", default=1, styleId="TableNormal")
    defaults = make("docDefaults", make("rPrDefault", base), make("pPrDefault"))
    return [defaults, *(_style_markup(style) for style in STYLES), table]


def font_markup(font: str, latin: str = fonts.LATIN) -> BaseOxmlElement:
    """Return the font choice of a run: `font` for Chinese, `latin` for letters and figures."""
    return make("rFonts", ascii=latin, hAnsi=latin, eastAsia=font, cs=latin)


def _size(points: float) -> tuple[BaseOxmlElement, BaseOxmlElement]:
    half_points = round(points * 2)
    return make("sz", val=half_points), make("szCs", val=half_points)


def _style_markup(style: Style) -> BaseOxmlElement:
    children = [make("name", val=style.name)]
    if style.key != "Normal":
        children.append(make("basedOn", val="Normal"))
    children += [make("qFormat"), _paragraph_part(style), _run_part(style)]
    default = {"default": 1} if style.key == "Normal" else {}
    return make("style", *children, type="paragraph", styleId=style.key, **default)


def _paragraph_part(style: Style) -> BaseOxmlElement:
    parts = [make("keepNext")] if style.kept else []
    parts += [
        make("widowControl", val=1),
        make("overflowPunct", val=0),
        make("autoSpaceDE", val=0),
        make("autoSpaceDN", val=0),
        # Only lines of the body's height keep to the page's line grid.
        make("snapToGrid", val=int(style.line == measures.LINE)),
        make("spacing", before=0, after=0, line=style.line, lineRule="exact"),
    ]
    if style.indented:
        parts.append(make("ind", firstLineChars=200, firstLine=_TWO_CHARACTERS))
    parts.append(make("jc", val=style.align))
    if style.outline is not None:
        parts.append(make("outlineLvl", val=style.outline))
    return make("pPr", *parts)


def _run_part(style: Style) -> BaseOxmlElement:
    colour = [make("color", val=style.colour)] if style.colour else []
    spacing = make("spacing", val=style.spacing)
    return make("rPr", font_markup(style.font, style.latin), *colour, spacing, *_size(style.points))
