"""Each kind of paper as LibreOffice lays out its .docx, beside its own PDF: the same pages."""

import datetime
import io

import pypdfium2
import pytest

from chuangwen.documents.actions.deciding import issue_paper, sign_paper
from chuangwen.documents.actions.drafting import draft_notice, draft_report
from chuangwen.documents.enums import PaperKind
from chuangwen.documents.models import OfficialPaper
from chuangwen.reports.official import OfficialDocument
from chuangwen.reports.papers.setting import document_of
from chuangwen.reports.pdf import make_pdf
from tests.documents.conftest import SITE, now, submit
from tests.reports.pdf.reading import ink_of

pytestmark = [pytest.mark.office, pytest.mark.django_db]
MM = 72 / 25.4
MONTH = {"since": datetime.date(2021, 9, 1), "until": datetime.date(2021, 9, 30)}


def numbered(kind: PaperKind, request) -> OfficialDocument:
    """A paper of a kind that has its number, as the worker finds it."""
    by, signer, case = (request.getfixturevalue(n) for n in ("office", "leader", "dispatched"))
    if kind == PaperKind.NOTICE:
        paper = draft_notice(unit=case.lead, cases=[case], by=by)
    else:
        paper = draft_report(kind=kind, **MONTH, by=by)
    submit(paper, by)
    sign_paper(**now(paper), by=signer)
    issue_paper(**now(paper), site_address=SITE, by=by)
    made = OfficialPaper.objects.get(pk=paper.pk)
    return document_of(made, made.counted.blocks)


def text_on(page: pypdfium2.PdfPage) -> str:
    return "".join(page.get_textpage().get_text_bounded().split())


@pytest.mark.parametrize("kind", PaperKind)
def test_the_document_and_the_pdf_have_the_same_pages(request, pages_of, kind):
    document = numbered(kind, request)
    by_office = list(pages_of(document))
    own = list(pypdfium2.PdfDocument(io.BytesIO(make_pdf(document).content)))
    assert abs(len(by_office) - len(own)) <= 1
    for pages in (by_office, own):
        everything = "".join(map(text_on, pages))
        assert {tuple(round(side / MM) for side in page.get_size()) for page in pages} == {
            (210, 297)
        }
        for page in pages:
            left, top, right, bottom = ink_of(page)
            assert left >= 27
            assert right <= 185
            assert top >= 36
            assert bottom <= 297 - 25
        for expected in (document.number, "验证码：", "印发", "东区创文办"):
            assert expected in everything
        # 署名 and date share their page with the end of the text; 版记 closes the last page.
        (signed,) = [page for page in map(text_on, pages) if "东区创文办2021年9月15日" in page][:1]
        assert not signed.startswith("东区创文办2021年9月15日")
        assert "印发" in text_on(pages[-1])


def test_the_mark_is_red_and_the_code_can_be_read(request, pages_of):
    document = numbered(PaperKind.BULLETIN, request)
    first, last = (list(pages_of(document))[place] for place in (0, -1))
    picture = first.render(scale=1).to_pil().convert("RGB")
    red = sum(1 for r, g, b in picture.getdata() if r > 200 and g < 80 and b < 80)
    assert red > 500
    assert any(one.type == 3 for one in last.get_objects())  # an image: the QR code
