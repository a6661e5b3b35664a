"""The worker's part: the pages of a numbered paper as .docx and PDF, in bounded memory."""

from collections.abc import Callable
from tempfile import TemporaryFile
from typing import BinaryIO, cast

from django.conf import settings

from chuangwen.documents.actions.making import Made, make_next
from chuangwen.documents.models import OfficialPaper, PaperBody
from chuangwen.kit.errors import ChuangwenError
from chuangwen.reports.official import write_docx
from chuangwen.reports.papers.setting import document_of
from chuangwen.reports.pdf import write_pdf
from chuangwen.reports.pdf.apart import NotSet
from chuangwen.reports.pdf.faces import FontsMissing

PARTS = 100  # of the progress that is shown: photos, the document, the pieces of the PDF
PHOTOS, DOCUMENT = 20, 50


def make_next_paper(*, is_ending: Callable[[], bool] = lambda: False) -> bool:
    """Set and freeze the paper that has waited longest; tell if there was one."""
    return make_next(set_pages, is_ending=is_ending)


def set_pages(paper: OfficialPaper, beat: Callable[[int, int], None]) -> Made:
    """Set both files of a paper. Raises ChuangwenError with a reason that a person understands."""

    def part(first: int, last: int) -> Callable[[int, int], None]:
        return lambda done, total: beat(first + (last - first) * done // max(total, 1), PARTS)

    body = PaperBody.objects.get(paper=paper)
    document = document_of(paper, body.blocks, beat=part(0, PHOTOS))
    del body
    docx, pdf = _file(), _file()
    write_docx(document, docx)
    beat(DOCUMENT, PARTS)
    try:
        missing, pages = write_pdf(
            document,
            pdf,
            fonts=settings.CHUANGWEN_FONTS,
            beat=part(DOCUMENT, PARTS),
        )
    except (FontsMissing, NotSet) as error:
        raise ChuangwenError(f"PDF 没有排成：{error}") from error
    named = "、".join(f"U+{ord(one):04X}（{count}处）" for one, count in missing.items())
    return Made(docx, pdf, pages, named)


def _file() -> BinaryIO:
    return cast(BinaryIO, TemporaryFile(prefix="chuangwen-paper-"))
