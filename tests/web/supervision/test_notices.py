"""督办单 at the browser: from ticked cases to a document, signed for and answered on a phone."""

import datetime
import io
import re

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from docx import Document

from chuangwen.files.models import Attachment
from chuangwen.rectification.actions.deadlines import suspend_case
from chuangwen.supervision.actions.notices import draft_notice, return_answer, serve_notice
from chuangwen.supervision.enums import NoticeState
from chuangwen.supervision.models import SupervisionNotice
from tests.rectification.conftest import now
from tests.supervision.conftest import current
from tests.web.rectification.test_case import PNG

NEW = "/supervision/notices/new/"
TEXTS = {"title": "关于井盖的督办", "text": "井盖破损。", "demands": "更换。", "answer_days": "3"}


def offered(viewer, notice) -> list[str]:
    page = viewer.get(f"/supervision/notices/{notice.pk}/").content.decode()
    return re.findall(r'name="step" value="(\w+)"', page)


def take(viewer, notice, step, **fields):
    fields.setdefault("version", SupervisionNotice.objects.get(pk=notice.pk).version)
    return viewer.post(f"/supervision/notices/{notice.pk}/step/", {"step": step, **fields})


def listed(viewer, query="") -> list[str]:
    page = viewer.get(f"/supervision/notices/{query}").content.decode()
    return re.findall(r'data-label="事由"><a href="[^"]+">([^<]+)</a>', page)


def test_ticked_cases_propose_the_unit_and_the_subject(dispatched, bureau, at_office, settings):
    settings.CHUANGWEN_TODAY = datetime.date(2021, 9, 27)
    page = at_office.get(f"{NEW}?case={dispatched.pk}:7").content.decode()
    assert 'value="关于限期整改1个超期问题的督办通知"' in page
    assert f'value="{bureau.name}"' in page
    answer = at_office.post(NEW, {**TEXTS, "unit": bureau.name, "case": str(dispatched.pk)})
    notice = SupervisionNotice.objects.get()
    assert answer.headers["Location"] == f"/supervision/notices/{notice.pk}/"
    assert notice.cases.get().case == dispatched


def test_a_draft_that_is_refused_comes_back_as_typed(dispatched, street, at_office):
    form = {**TEXTS, "unit": street.name, "case": str(dispatched.pk)}
    answer = at_office.post(NEW, form)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "不由“炳草岗街道”整改" in page
    assert "井盖破损。</textarea>" in page
    assert f'name="case" value="{dispatched.pk}"' in page


@pytest.mark.parametrize("case", ["x", "01a22551-a231-700f-9214-7bc4ec3b752b"])
def test_nonsense_ticks_are_refused(at_office, case):
    assert at_office.get(f"{NEW}?case={case}").status_code == 422


def test_each_is_offered_what_is_theirs(drafted, office, at_office, at_bureau, at_housing):
    assert offered(at_office, drafted) == ["serve", "withdraw"]
    assert at_bureau.get(f"/supervision/notices/{drafted.pk}/").status_code == 404
    serve_notice(**current(drafted), by=office)
    assert offered(at_office, drafted) == ["withdraw"]
    assert offered(at_bureau, drafted) == ["receipt"]
    assert at_housing.get(f"/supervision/notices/{drafted.pk}/").status_code == 404


def test_the_unit_signs_and_answers_with_files(served, at_office, at_bureau):
    assert take(at_bureau, served, "receipt").status_code == 302
    photo = SimpleUploadedFile("整改后.png", PNG, "image/png")
    assert take(at_bureau, served, "answer", text="已更换。", files=photo).status_code == 302
    assert Attachment.objects.get().owner_kind == "supervision.answer"
    page = at_office.get(f"/supervision/notices/{served.pk}/").content.decode()
    assert "已更换。" in page
    assert "整改后.png" in page
    assert offered(at_office, served) == ["accept", "return", "withdraw"]


def test_serving_what_is_done_meanwhile_is_refused_on_the_page(
    drafted, dispatched, office, at_office
):
    suspend_case(**now(dispatched), reason="雨季", by=office)
    answer = take(at_office, drafted, "serve")
    assert answer.status_code == 422
    assert f"{dispatched.title}”不由" in answer.content.decode()


def test_an_answer_without_words_keeps_its_photo(served, at_bureau):
    take(at_bureau, served, "receipt")
    photo = SimpleUploadedFile("整改后.png", PNG, "image/png")
    answer = take(at_bureau, served, "answer", text="", files=photo)
    assert answer.status_code == 422
    assert "整改后.png" in answer.content.decode()
    assert not Attachment.objects.exists()


def test_who_comes_second_gets_the_words_back(answered, at_office):
    version = SupervisionNotice.objects.get().version
    take(at_office, answered, "accept")
    answer = take(at_office, answered, "return", version=version, reason="没有照片", answer_days=2)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "您填写的内容没有提交，可以复制" in page
    assert "没有照片" in page


def test_a_step_that_there_is_not_is_refused(served, at_office):
    for step in ("", "edit", "draft", "nonsense"):
        assert take(at_office, served, step).status_code == 422


def test_a_draft_is_changed_and_what_is_served_is_not(drafted, office, at_office, bureau):
    path = f"/supervision/notices/{drafted.pk}/edit/"
    assert drafted.demands in at_office.get(path).content.decode()
    form = {**TEXTS, "unit": bureau.name, "version": "1"}
    assert at_office.post(path, form).status_code == 302
    assert SupervisionNotice.objects.get().demands == "更换。"
    serve_notice(**current(drafted), by=office)
    assert at_office.get(path).status_code == 409
    assert at_office.post(path, {**form, "version": "3"}).status_code == 409


@pytest.fixture
def other_draft(draft, office):
    return draft_notice(draft=draft, by=office)


@pytest.mark.usefixtures("other_draft")
def test_filters_and_export(served, at_office, at_bureau, settings):
    for query, number in (
        ("", 2), ("?state=served", 1), ("?only=late", 0), ("?only=owed", 1), ("?q=井盖", 2),
        ("?q=督办〔2021〕1号", 1), ("?q=路灯", 0), (f"?unit={served.unit_id}", 2),
        ("?only=answered", 0),
    ):  # fmt: skip
        assert len(listed(at_office, query)) == number, query
    assert len(listed(at_bureau)) == 1
    settings.CHUANGWEN_TODAY = datetime.date(2021, 9, 27)
    assert len(listed(at_office, "?only=late")) == 1
    sent = at_office.get("/supervision/notices/export/?state=served")
    row = [cell.value for cell in openpyxl.load_workbook(io.BytesIO(b"".join(sent))).active[2]]
    assert row[0] == "督办〔2021〕1号"
    assert row[9] == "是"


def test_it_is_sent_as_an_official_document(served, dispatched, at_bureau):
    sent = at_bureau.get(f"/supervision/notices/{served.pk}/document.docx")
    made = Document(io.BytesIO(sent.content))
    text = "\n".join(one.text for one in made.paragraphs)
    assert "东区创文办督办单" in text
    assert "督办〔2021〕1号" in text
    assert "区城市管理局：" in text
    assert "于2021年9月23日前（下达后5个工作日）将办理情况书面答复" in text
    assert "重新答复时限" not in text
    assert dispatched.title in made.tables[0].cell(1, 2).text
    pdf = at_bureau.get(f"/supervision/notices/{served.pk}/document.pdf")
    assert pdf.content.startswith(b"%PDF")
    assert at_bureau.get(f"/supervision/notices/{served.pk}/document.odt").status_code == 404


def test_the_document_of_a_draft_says_so(drafted, at_office):
    sent = at_office.get(f"/supervision/notices/{drafted.pk}/document.docx")
    text = "\n".join(one.text for one in Document(io.BytesIO(sent.content)).paragraphs)
    assert "（草稿）" in text
    assert SupervisionNotice.objects.get().state == NoticeState.DRAFT


def test_the_document_keeps_the_deadline_that_was_served(answered, at_bureau, office):
    return_answer(**current(answered), reason="没有照片", answer_days=20, by=office)
    sent = at_bureau.get(f"/supervision/notices/{answered.pk}/document.docx")
    text = "\n".join(one.text for one in Document(io.BytesIO(sent.content)).paragraphs)
    renewed = SupervisionNotice.objects.get().due_on
    assert "于2021年9月23日前（下达后5个工作日）" in text
    assert f"重新答复时限：{renewed.year}年{renewed.month}月{renewed.day}日前" in text
