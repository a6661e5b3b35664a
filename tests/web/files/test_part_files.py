"""Measures and the report of completion carry files, as progress does."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from chuangwen.audit.models import AuditEvent
from chuangwen.files.models import Attachment, Upload
from chuangwen.plan.actions.dispatching import Assignment, dispatch_many
from chuangwen.plan.actions.parts import rework_part
from chuangwen.plan.enums import DutyKind, PartState
from chuangwen.plan.models import ProgressEntry, Task, TaskPart
from tests.files import samples

NAME = "停车泊位施工图.pdf"


def sent(content=samples.PDF, name=NAME):
    return SimpleUploadedFile(name, content)


def text_of(answer):
    return answer.content.decode()


@pytest.fixture
def fresh(part, reform, system):
    """A part without measures yet."""
    task = Task.objects.create(campaign=part.task.campaign, title="安装路灯")
    (made,) = dispatch_many(
        assignments=[Assignment(task.pk, reform.pk, DutyKind.LEAD, None)], by=system
    )
    return made


def test_measures_are_sent_with_files_that_the_office_opens(fresh, li_mei, wang_fang, leader):
    form = {"version": 1, "text": ["安装"], "due_on": ["2021-09-30"], "files": [sent()]}
    assert li_mei.post(f"/plan/parts/{fresh.pk}/measures/", form).status_code == 302
    attached = Attachment.objects.get(owner_kind="plan.measures")
    assert attached.owner_id == fresh.pk
    for client in (li_mei, wang_fang, leader):
        assert NAME in text_of(client.get(f"/plan/parts/{fresh.pk}/"))
        answer = client.get(f"/files/{attached.pk}/")
        assert answer.status_code == 200
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "script-src 'none'" in answer.headers["Content-Security-Policy"]
    event = AuditEvent.objects.get(verb="part.submit", object_id=fresh.pk)
    assert event.changes["files"] == [attached.file.sha256]
    removed = wang_fang.post(f"/files/{attached.pk}/remove/", {"reason": "传错了"})
    assert removed.headers["Location"] == f"/plan/parts/{fresh.pk}/"


def test_refused_measures_keep_their_files(fresh, li_mei):
    form = {"version": 1, "text": ["安装"], "due_on": ["下月"], "files": [sent()]}
    answer = li_mei.post(f"/plan/parts/{fresh.pk}/measures/", form)
    assert answer.status_code == 422
    assert f'name="upload" value="{Upload.objects.get().pk}" checked' in text_of(answer)
    assert not Attachment.objects.exists()


def test_completion_says_what_was_done_and_shows_it(part, li_mei, wang_fang):
    form = {"version": part.version, "text": "30 处全部划完", "files": [sent(name="验收单.pdf")]}
    assert li_mei.post(f"/plan/parts/{part.pk}/finish/", form).status_code == 302
    entry = ProgressEntry.objects.get()
    assert entry.text == "30 处全部划完"
    assert Attachment.objects.get().owner_id == entry.pk
    page = text_of(wang_fang.get(f"/plan/parts/{part.pk}/"))
    assert "30 处全部划完" in page
    assert "验收单.pdf" in page


def test_completion_needs_no_words(part, li_mei):
    answer = li_mei.post(f"/plan/parts/{part.pk}/finish/", {"version": part.version})
    assert answer.status_code == 302
    assert not ProgressEntry.objects.exists()
    assert TaskPart.objects.get(pk=part.pk).state == PartState.DONE


def test_a_refused_completion_comes_back_as_typed(part, li_mei):
    form = {"version": part.version, "text": "写了很久", "files": [sent(b"<html>", "骗.pdf")]}
    answer = li_mei.post(f"/plan/parts/{part.pk}/finish/", form)
    assert answer.status_code == 422
    assert "写了很久" in text_of(answer)
    assert "“骗.pdf”的内容是网页" in text_of(answer)
    assert TaskPart.objects.get(pk=part.pk).state == PartState.CONFIRMED
    stale = li_mei.post(f"/plan/parts/{part.pk}/finish/", {"version": 1, "text": "写了很久"})
    assert stale.status_code == 409
    assert "写了很久" in text_of(stale)


def test_why_a_completion_came_back_stands_where_the_unit_looks(part, li_mei, wang_fang, system):
    li_mei.post(f"/plan/parts/{part.pk}/finish/", {"version": part.version})
    done = TaskPart.objects.get(pk=part.pk)
    rework_part(part=done, base_version=done.version, reason="还有 3 处没有划", by=system)
    for address in ("/", "/plan/parts/", f"/plan/parts/{part.pk}/", f"/plan/tasks/{part.task_id}/"):
        assert "还有 3 处没有划" in text_of(li_mei.get(address)), address
