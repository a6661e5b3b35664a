"""Reads a PDF back as a reader's program would."""

import io

import pypdfium2
from PIL import Image
from pypdfium2 import raw

MM = 72 / 25.4


def opened(content: bytes) -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(content)


def text_of(content: bytes) -> str:
    """All text, without the line ends that setting has made."""
    pages = (page.get_textpage().get_text_bounded() for page in opened(content))
    return "".join(pages).replace("\r", "").replace("\n", "")


def lines_of(page: pypdfium2.PdfPage) -> list[str]:
    return page.get_textpage().get_text_bounded().replace("\r", "").split("\n")


def ink_of(page: pypdfium2.PdfPage) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of what is printed, in millimetres from the paper's corner."""
    picture: Image.Image = page.render(scale=2, grayscale=True).to_pil()
    box = picture.point(lambda level: 255 if level < 200 else 0).getbbox()
    assert box is not None, "the page is blank"
    left, top, right, bottom = (edge / 2 / MM for edge in box)
    return left, top, right, bottom


def pictures_of(page: pypdfium2.PdfPage) -> list[Image.Image]:
    found = []
    for one in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE]):
        target = io.BytesIO()
        one.extract(target)
        found.append(Image.open(target))
    return found
