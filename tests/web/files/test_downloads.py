"""What a browser gets: names, parts, nothing twice, nothing that is not its own."""

from urllib.parse import quote

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from chuangwen.files.models import Attachment
from chuangwen.files.queries import MISSING
from tests.files import samples
from tests.web.files.conftest import bytes_of, run_worker

NAME = "验收记录.pdf"
BODY = samples.PDF
PHOTO = samples.jpeg(800, 600, with_place=True)


@pytest.fixture
def attached(report):
    def attach(content=BODY, name=NAME):
        report(files=[SimpleUploadedFile(name, content)])
        return Attachment.objects.order_by("-added_at").first()

    return attach


@pytest.fixture
def pdf(attached):
    return f"/files/{attached().pk}/"


@pytest.fixture
def photo(attached):
    found = attached(PHOTO, "现场.jpg")
    run_worker()
    return f"/files/{found.pk}/"


def test_a_pdf_is_shown_and_may_do_nothing(li_mei, pdf):
    answer = li_mei.get(pdf)
    assert bytes_of(answer) == BODY
    headers = answer.headers
    assert headers["Content-Type"] == "application/pdf"
    assert headers["Content-Disposition"].startswith("inline; ")
    assert f"filename*=UTF-8''{quote(NAME)}" in headers["Content-Disposition"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert "script-src 'none'" in headers["Content-Security-Policy"]
    assert headers["Content-Length"] == str(len(BODY))
    assert li_mei.get(f"{pdf}original/").headers["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize("content", [samples.docx(), "甲,乙\n1,2\n".encode()])
def test_other_documents_are_saved_and_never_shown(li_mei, attached, content):
    answer = li_mei.get(f"/files/{attached(content, '表').pk}/")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_a_photo_called_pdf_is_saved_as_what_it_is(li_mei, attached):
    found = attached(PHOTO, "报告.pdf")
    header = li_mei.get(f"/files/{found.pk}/original/").headers["Content-Disposition"]
    assert quote("报告.pdf.jpg") in header


@pytest.mark.parametrize(
    ("wanted", "first", "last"),
    [
        ("bytes=0-4", 0, 4),
        ("bytes=5-", 5, len(BODY) - 1),
        ("bytes=-6", len(BODY) - 6, len(BODY) - 1),
    ],
)
def test_a_broken_download_goes_on_where_it_stopped(li_mei, pdf, wanted, first, last):
    answer = li_mei.get(pdf, headers={"Range": wanted})
    assert answer.status_code == 206
    assert bytes_of(answer) == BODY[first : last + 1]
    assert answer.headers["Content-Range"] == f"bytes {first}-{last}/{len(BODY)}"
    assert answer.headers["Content-Length"] == str(last - first + 1)


@pytest.mark.parametrize(
    "wanted", ["bytes=4-2", "bytes=0-1,3-4", "lines=1-2", "bytes=-", "nonsense"]
)
def test_ranges_that_need_not_be_understood_give_the_whole(li_mei, pdf, wanted):
    answer = li_mei.get(pdf, headers={"Range": wanted})
    assert (answer.status_code, bytes_of(answer)) == (200, BODY)


def test_a_range_behind_the_end_is_said(li_mei, pdf):
    for wanted in (f"bytes={len(BODY)}-", "bytes=-0"):
        answer = li_mei.get(pdf, headers={"Range": wanted})
        assert answer.status_code == 416
        assert answer.headers["Content-Range"] == f"bytes */{len(BODY)}"


def test_what_the_browser_has_is_not_sent_again_but_rights_are_asked_again(li_mei, sun_li, pdf):
    tag = li_mei.get(pdf).headers["ETag"]
    answer = li_mei.get(pdf, headers={"If-None-Match": tag})
    assert (answer.status_code, answer.content) == (304, b"")
    assert "no-cache" in li_mei.get(pdf).headers["Cache-Control"]
    assert sun_li.get(pdf, headers={"If-None-Match": tag}).status_code == 404
    part = li_mei.get(pdf, headers={"Range": "bytes=0-3", "If-Range": '"other"'})
    assert part.status_code == 200
    assert li_mei.get(pdf, headers={"Range": "bytes=0-3", "If-Range": tag}).status_code == 206


def test_head_says_all_and_sends_nothing(li_mei, pdf):
    answer = li_mei.head(pdf)
    assert answer.headers["Content-Length"] == str(len(BODY))
    assert answer.content == b""


def test_to_others_a_file_does_not_exist(sun_li, pdf, photo):
    missing = sun_li.get("/files/01890a5d-ac96-774b-bcce-b302099a8057/")
    for address in (pdf, f"{pdf}original/", photo, f"{photo}thumbnail/"):
        answer = sun_li.get(address)
        assert answer.status_code == 404
        assert MISSING in answer.content.decode()
        assert answer.content.decode().count(MISSING) == missing.content.decode().count(MISSING)
    assert sun_li.post(f"{pdf}remove/", {"reason": "x"}).status_code == 404
    assert missing.status_code == 404


def test_everybody_sees_the_photo_without_its_place_and_the_unit_has_the_original(
    li_mei, wang_fang, leader, photo
):
    for client in (li_mei, wang_fang, leader):
        for address in (photo, f"{photo}thumbnail/"):
            answer = client.get(address)
            content = bytes_of(answer)
            assert answer.headers["Content-Disposition"].startswith("inline")
            assert samples.CAMERA.encode() not in content
            assert b"Exif" not in content
    assert bytes_of(li_mei.get(f"{photo}original/")) == PHOTO
    assert bytes_of(wang_fang.get(f"{photo}original/")) == PHOTO
    assert leader.get(f"{photo}original/").status_code == 403


def test_before_the_worker_came_nobody_gets_camera_data_by_mistake(leader, attached):
    found = attached(PHOTO, "现场.jpg")
    answer = leader.get(f"/files/{found.pk}/")
    assert answer.status_code == 404
    assert "正在后台生成" in answer.content.decode()


def test_a_removed_file_leaves_its_reason(li_mei, wang_fang, pdf, part):
    assert li_mei.post(f"{pdf}remove/", {"reason": ""}).status_code == 422
    answer = li_mei.post(f"{pdf}remove/", {"reason": "传错了文件"}, follow=True)
    assert "移除：传错了文件" in answer.content.decode()
    gone = wang_fang.get(pdf)
    assert gone.status_code == 410
    assert "传错了文件" in gone.content.decode()


def test_who_only_reads_does_not_remove(leader, pdf):
    assert leader.post(f"{pdf}remove/", {"reason": "x"}).status_code == 403


def test_a_download_runs_few_queries(li_mei, photo, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        bytes_of(li_mei.get(photo))
