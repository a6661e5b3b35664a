"""A unit reports progress with files; the office and leaders look at them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from chuangwen.files.models import Attachment, Upload
from chuangwen.plan.models import ProgressEntry
from tests.files import samples
from tests.web.files.conftest import send_ahead

NAME = "停车泊位划线现场照片和验收记录（盖章）.pdf"


def sent(content=samples.PDF, name=NAME):
    return SimpleUploadedFile(name, content)


def text_of(answer):
    return answer.content.decode()


def test_without_script_files_come_with_the_form(report, li_mei, wang_fang, part):
    assert report(files=[sent(), sent(samples.docx(), "表.docx")]).status_code == 302
    assert [each.name for each in Attachment.objects.order_by("position")] == [NAME, "表.docx"]
    for client, address in (
        (li_mei, f"/plan/parts/{part.pk}/"),
        (wang_fang, f"/plan/parts/{part.pk}/"),
        (wang_fang, f"/plan/tasks/{part.task_id}/"),
    ):
        assert NAME in text_of(client.get(address))


def test_with_script_files_are_sent_ahead(report, li_mei):
    answer, kept = send_ahead(li_mei, samples.PDF, NAME)
    assert (answer.status_code, kept["name"], kept["size"]) == (201, NAME, len(samples.PDF))
    assert report(upload=[kept["id"]]).status_code == 302
    assert Attachment.objects.get().name == NAME
    assert not Upload.objects.exists()


def test_a_refused_form_keeps_what_was_typed_and_what_was_sent(report):
    answer = report(day="九月初", text="写了很久的进展", files=[sent()])
    assert answer.status_code == 422
    page = text_of(answer)
    kept = Upload.objects.get()
    assert "写了很久的进展" in page
    assert "九月初" in page
    assert f'name="upload" value="{kept.pk}" checked' in page
    assert NAME in page
    report(upload=[str(kept.pk)])
    assert Attachment.objects.get().name == NAME


def test_one_bad_file_names_itself_and_the_good_ones_stay(report):
    page = text_of(report(files=[sent(), sent(b"<html>", "骗.pdf")]))
    assert "“骗.pdf”的内容是网页" in page
    assert "其余 1 个已保留" in page
    assert not ProgressEntry.objects.exists()
    assert Upload.objects.get().name == NAME


def test_a_form_sent_twice_is_one_entry(report, li_mei):
    _, kept = send_ahead(li_mei, samples.PDF, NAME)
    report(upload=[kept["id"]])
    again = report(upload=[kept["id"]])
    assert again.status_code == 422
    assert "已提交过" in text_of(again)
    assert ProgressEntry.objects.count() == 1


def test_unchecked_files_are_left_out(report, li_mei):
    send_ahead(li_mei, samples.PDF, NAME)
    report()
    assert not Attachment.objects.exists()


@pytest.mark.parametrize(
    ("content", "why"), [(b"MZ\0", "是程序"), (b"", "空文件"), (samples.bomb(), "画面大得异常")]
)
def test_the_script_is_told_why(li_mei, content, why):
    answer, told = send_ahead(li_mei, content, "报告.pdf")
    assert answer.status_code == 422
    assert why in told["problem"]


def test_the_size_limit_is_the_setting(li_mei, settings):
    settings.CHUANGWEN_UPLOAD_LIMIT = 2**20
    _, told = send_ahead(li_mei, b"%PDF-" + b"x" * 2**20, "大.pdf")
    assert "超过 1 MB" in told["problem"]


def test_only_those_who_work_may_send(leader, sun_li, li_mei):
    assert send_ahead(sun_li, samples.PDF, NAME)[0].status_code == 201
    assert leader.post("/files/uploads/", {"files": sent()}).status_code == 403
    kept = Upload.objects.get()
    assert li_mei.post(f"/files/uploads/{kept.pk}/discard/").status_code == 204
    assert Upload.objects.exists()
    assert sun_li.post(f"/files/uploads/{kept.pk}/discard/").status_code == 204
    assert not Upload.objects.exists()


@pytest.mark.parametrize("entries", [1, 3])
def test_pages_with_files_run_at_most_eight_queries(
    report, wang_fang, part, entries, django_assert_max_num_queries
):
    for number in range(entries):
        photo = sent(samples.jpeg(64 + number), f"{number}.jpg")
        report(text=f"第 {number} 次", files=[photo, sent()])
    for address in (f"/plan/parts/{part.pk}/",):
        with django_assert_max_num_queries(8):
            page = text_of(wang_fang.get(address))
        assert page.count(NAME) >= entries
