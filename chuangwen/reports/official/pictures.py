"""Pictures two beside each other, each with its caption, in a table without rules."""

from io import BytesIO

from docx.document import Document as DocxDocument
from docx.oxml.shape import CT_Inline
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Emu

from chuangwen.reports.official.blocks import Picture, Pictures
from chuangwen.reports.official.document import Verification
from chuangwen.reports.official.markup import make, paragraph, run
from chuangwen.reports.official.measures import from_mm, to_emu

ACROSS = 2
QR_MM, BESIDE_QR_MM = 22, 122
CELL_MM, WIDEST_MM, HIGHEST_MM = 78, 70, 52


class PictureWriter:
    """Puts pictures into the package; one that appears twice is stored once."""

    def __init__(self, document: DocxDocument) -> None:
        self._part = document.part
        self._number = 0

    def markup(self, pictures: Pictures) -> BaseOxmlElement:
        """Return `w:tbl`; a row is not parted."""
        width = make("gridCol", w=from_mm(CELL_MM))
        grid = make("tblGrid", width, make("gridCol", w=from_mm(CELL_MM)))
        properties = make(
            "tblPr",
            make("tblW", w=from_mm(CELL_MM * ACROSS), type="dxa"),
            make("jc", val="center"),
            make("tblLayout", type="fixed"),
        )
        rows = [
            self._row(pictures.pictures[start : start + ACROSS])
            for start in range(0, len(pictures.pictures), ACROSS)
        ]
        return make("tbl", properties, grid, *rows)

    def _row(self, pictures: tuple[Picture, ...]) -> BaseOxmlElement:
        cells = [self._cell(picture) for picture in pictures]
        cells += [_cell(paragraph("TableText"))] * (ACROSS - len(cells))
        return make("tr", make("trPr", make("cantSplit")), *cells)

    def verification(self, given: Verification) -> BaseOxmlElement:
        """Return the QR code and the lines beside it, as a table of one row without rules."""
        code = self._shown(given.qr_code, QR_MM / given.qr_code.width, "left")
        lines = [paragraph("DenseText", run(line)) for line in given.lines]
        middle = make("vAlign", val="center")
        widths = (QR_MM + 8, BESIDE_QR_MM)
        grid = make("tblGrid", *(make("gridCol", w=from_mm(one)) for one in widths))
        properties = make(
            "tblPr",
            make("tblW", w=from_mm(sum(widths)), type="dxa"),
            make("tblLayout", type="fixed"),
            make(
                "tblCellMar", make("left", w=0, type="dxa"), make("right", w=from_mm(2), type="dxa")
            ),
        )
        row = make(
            "tr",
            make("trPr", make("cantSplit")),
            _cell(code, width_mm=widths[0]),
            _cell(*lines, width_mm=widths[1], further=(middle,)),
        )
        return make("tbl", properties, grid, row)

    def _cell(self, picture: Picture) -> BaseOxmlElement:
        scale = min(WIDEST_MM / picture.width, HIGHEST_MM / picture.height)
        shown = self._shown(picture, scale, "center")
        caption = paragraph(
            "DenseText", run(picture.caption), properties=(make("jc", val="center"),)
        )
        return _cell(shown, caption)

    def _shown(self, picture: Picture, scale: float, align: str) -> BaseOxmlElement:
        relation, _ = self._part.get_or_add_image(BytesIO(picture.content))
        self._number += 1
        inline = CT_Inline.new_pic_inline(
            self._number,
            relation,
            f"{self._number}.jpg",
            Emu(to_emu(picture.width * scale)),
            Emu(to_emu(picture.height * scale)),
        )
        inline.docPr.set("descr", picture.caption)
        # A line of fixed height would cut the picture.
        free = (
            make("keepNext"),
            make("snapToGrid", val=0),
            make("spacing", before=60, after=0, line=240, lineRule="auto"),
            make("jc", val=align),
        )
        return paragraph("TableText", make("r", make("drawing", inline)), properties=free)


def _cell(
    *content: BaseOxmlElement,
    width_mm: float = CELL_MM,
    further: tuple[BaseOxmlElement, ...] = (),
) -> BaseOxmlElement:
    width = make("tcW", w=from_mm(width_mm), type="dxa")
    return make("tc", make("tcPr", width, *further), *content)
