"""Papers on their pages: from the draft to the files, and every refusal with its words."""

import datetime
import hashlib
import io
import re

import pytest
from docx import Document

from chuangwen.documents.actions.making import make_next
from chuangwen.documents.enums import PaperState
from chuangwen.documents.models import OfficialPaper, PaperTemplate
from chuangwen.reports.papers import making
from chuangwen.web.documents import papers
from tests.documents.conftest import submit

pytestmark = pytest.mark.django_db


def fresh(paper: OfficialPaper) -> OfficialPaper:
    return OfficialPaper.objects.get(pk=paper.pk)


def take(browser, paper, step, **more):
    given = {"step": step, "version": fresh(paper).version, **more}
    return browser.post(f"/documents/{paper.pk}/step/", given)


def page_of(browser, paper, rest="") -> str:
    answer = browser.get(f"/documents/{paper.pk}/{rest}")
    assert answer.status_code == 200
    return answer.content.decode()


def test_from_the_button_to_the_files(at_office, at_desk, at_bureau, dispatched):
    given = {"kind": "bulletin", "since": "2021-09-01", "until": "2021-09-30"}
    answer = at_office.post("/documents/new/", given)
    paper = OfficialPaper.objects.get()
    assert answer["Location"] == f"/documents/{paper.pk}/"
    text = page_of(at_office, paper, "text/")
    assert "人行道井盖破损" in text
    assert "2021年9月，共发现问题1个，立案1个" in text
    assert "（印发时编号）" in text
    take(at_office, paper, "submit")
    assert "须由其他有签发权的人签发" in page_of(at_office, paper)
    assert take(at_office, paper, "sign").status_code == 403
    take(at_desk, paper, "sign")
    take(at_office, paper, "issue")
    assert f'hx-get="/documents/{paper.pk}/progress/"' in page_of(at_office, paper)
    assert at_office.get(f"/documents/{paper.pk}/file.pdf").status_code == 404
    assert make_next(making.set_pages)
    done = at_office.get(f"/documents/{paper.pk}/progress/")
    assert done["HX-Refresh"] == "true"
    assert "hx-get" not in done.content.decode()
    for suffix, file in (("pdf", fresh(paper).pdf), ("docx", fresh(paper).docx)):
        answer = at_bureau.get(f"/documents/{paper.pk}/file.{suffix}")
        content = b"".join(answer.streaming_content)
        assert hashlib.sha256(content).hexdigest() == file.sha256
        assert file.sha256 in page_of(at_bureau, paper)
    listed = at_bureau.get("/documents/").content.decode()
    assert fresh(paper).number in listed


def test_a_notice_from_the_ticks_of_the_list(at_office, at_bureau, at_housing, dispatched):
    tick = f"{dispatched.pk}:{dispatched.version}"
    bulk = at_office.get("/cases/bulk/", {"case": tick}).content.decode()
    assert "起草给区城市管理局的整改通知书" in bulk
    answer = at_office.post("/documents/notice/", {"case": tick})
    paper = OfficialPaper.objects.get()
    assert answer["Location"] == f"/documents/{paper.pk}/"
    text = page_of(at_office, paper, "text/")
    assert dispatched.number in text
    assert dispatched.due_on.isoformat() in text
    assert at_bureau.get(f"/documents/{paper.pk}/").status_code == 404


@pytest.mark.parametrize(
    "ticks", [[], ["x"], ["{filed}"], ["00000000-0000-0000-0000-000000000000:1"]]
)
def test_ticks_that_make_no_notice_are_told_so(at_office, filed, ticks):
    ticks = [one.format(filed=f"{filed.pk}:1") for one in ticks]
    assert at_office.post("/documents/notice/", {"case": ticks}).status_code in (409, 422)
    assert not OfficialPaper.objects.exists()


def test_cases_of_two_units_are_no_notice(at_office, dispatched, reported, housing):
    type(reported).objects.filter(pk=dispatched.pk).update(lead=housing)
    other = type(reported).objects.create(
        title="另一个", source="citizen", found_on=datetime.date(2021, 9, 1)
    )
    ticks = [f"{one.pk}:1" for one in (dispatched, other)]
    answer = at_office.post("/documents/notice/", {"case": ticks})
    assert answer.status_code == 422
    assert "不是同一个单位牵头" in answer.content.decode()


def test_what_is_under_review_can_be_read_as_a_document(at_office, at_desk, draft, office):
    assert at_desk.get(f"/documents/{draft.pk}/draft/").status_code == 409
    submit(draft, office)
    assert f"/documents/{draft.pk}/draft/" in page_of(at_desk, draft)
    answer = at_desk.get(f"/documents/{draft.pk}/draft/")
    document = Document(io.BytesIO(answer.content))
    tables = [cell.text for table in document.tables for cell in table._cells]
    assert "人行道井盖破损" in tables


@pytest.mark.parametrize(
    ("step", "more", "status"),
    [("", {}, 422), ("nonsense", {}, 422), ("submit", {"version": ""}, 422),
     ("submit", {"version": "7"}, 409), ("sign", {}, 409), ("withdraw", {"reason": " "}, 422),
     ("revoke", {"reason": "x"}, 409), ("issue", {}, 409)],
)  # fmt: skip
def test_what_cannot_be_done_is_said_on_the_page(at_office, draft, step, more, status):
    answer = take(at_office, draft, step, **more)
    assert answer.status_code == status
    assert "alert-danger" in answer.content.decode()
    assert fresh(draft).state == PaperState.DRAFT


def test_a_refused_reason_keeps_its_words(at_desk, at_office, draft, office):
    submit(draft, office)
    answer = take(at_desk, draft, "return", reason="请核对", version="1")
    assert answer.status_code == 409
    assert 'value="请核对"' in answer.content.decode()


def words_in(browser, paper) -> dict[str, str]:
    page = page_of(browser, paper, "edit/")
    found = dict(re.findall(r'name="(\w+)" value="([^"]*)"', page))
    areas = re.findall(r'<textarea name="(\w+)"[^>]*>\s*([^<]*)</textarea>', page)
    return {**found, **dict(areas), "has_photos": "on"}


def test_words_are_changed_while_it_is_a_draft(at_office, draft, office):
    given = words_in(at_office, draft)
    answer = at_office.post(f"/documents/{draft.pk}/edit/", {**given, "closing": "特此通报！"})
    assert answer.status_code == 302, answer.content.decode()
    assert fresh(draft).closing == "特此通报！"
    stale = at_office.post(f"/documents/{draft.pk}/edit/", {**given, "closing": "旧的"})
    assert stale.status_code == 409
    assert "旧的" in stale.content.decode()
    empty = at_office.post(f"/documents/{draft.pk}/edit/", {**given, "title": ""})
    assert empty.status_code == 422
    submit(draft, office)
    assert at_office.get(f"/documents/{draft.pk}/edit/").status_code == 409
    late = at_office.post(
        f"/documents/{draft.pk}/edit/", {**given, "version": fresh(draft).version}
    )
    assert late.status_code == 409
    assert fresh(draft).closing == "特此通报！"


def test_the_offices_template_is_in_the_next_paper(at_office, draft):
    page = at_office.get("/documents/templates/bulletin/").content.decode()
    given = dict(re.findall(r'name="(\w+)" value="([^"]*)"', page))
    del given["preview"]  # the other button
    given |= {
        "opening": "〔城区〕〔期间〕情况如下。",
        "demands": "",
        "closing": "",
        "series": "东创文",
    }
    seen = at_office.post("/documents/templates/bulletin/", {**given, "preview": "1"})
    assert "东区2021年9月情况如下。" in seen.content.decode()
    assert not PaperTemplate.objects.exists()
    assert at_office.post("/documents/templates/bulletin/", given).status_code == 302
    stale = at_office.post("/documents/templates/bulletin/", given)
    assert stale.status_code == 409
    at_office.post(
        "/documents/new/", {"kind": "bulletin", "since": "2021-08-01", "until": "2021-08-31"}
    )
    paper = OfficialPaper.objects.order_by("-pk").first()
    assert (paper.opening, paper.series) == ("东区2021年8月情况如下。", "东创文")
    assert fresh(draft).series == "创文办通报"
    assert at_office.get("/documents/templates/nothing/").status_code == 404


def test_of_a_long_list_the_page_has_the_beginning_and_says_so(at_office, draft, monkeypatch):
    monkeypatch.setattr(papers, "MOST_ROWS", 2)  # by source and category
    text = page_of(at_office, draft, "text/")
    assert "人行道井盖破损" not in text
    assert "另有 1 行，见印发的文件" in text


@pytest.mark.parametrize("rest", ["", "text/", "edit/"])
def test_no_page_asks_more_than_eight_times(at_office, draft, rest, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        at_office.get(f"/documents/{draft.pk}/{rest}")
