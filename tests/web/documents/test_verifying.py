"""Strangers verify a paper: by the code on it, by its QR code, and byte by byte."""

import io

import pytest
from django.test import Client

from chuangwen.documents.actions.deciding import revoke_paper
from chuangwen.documents.looking_up import FREE
from chuangwen.documents.models import OfficialPaper
from chuangwen.files.queries import open_file
from chuangwen.reports.papers.setting import document_of, verify_address
from tests.documents.conftest import SITE, now, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def stranger() -> Client:
    return Client()


def upload(content: bytes, name: str = "收到的.pdf") -> io.BytesIO:
    file = io.BytesIO(content)
    file.name = name
    return file


@pytest.mark.parametrize("written", ["{}", " {} ", "fours", "lower"])
def test_the_code_as_people_type_it(stranger, issued, written):
    code = issued.code
    fours = "-".join((code[:4], code[4:8], code[8:]))
    typed = {"fours": fours, "lower": code.lower()}.get(written, written.format(code))
    answer = stranger.post("/documents/verify/", {"code": typed})
    assert answer["Location"] == f"/documents/verify/{issued.token}/"


def test_what_a_stranger_sees_and_nothing_more(stranger, issued):
    page = stranger.get(f"/documents/verify/{issued.token}/").content.decode()
    for shown in (issued.number, issued.title, issued.issuer, "2021年9月15日", issued.pdf.sha256):
        assert shown in page
    for hidden in ("王芳", "陈建国", "人行道井盖破损", str(issued.pk), "区城市管理局"):
        assert hidden not in page


def test_the_qr_code_leads_there(issued):
    assert verify_address(issued) == f"{SITE}/documents/verify/{issued.token}/"
    document = document_of(issued, issued.body.blocks)
    assert issued.code[:4] in document.verification.lines[0]


def test_a_file_is_compared_byte_by_byte(stranger, issued):
    address = f"/documents/verify/{issued.token}/"
    with open_file(issued.pdf) as file:
        content = file.read()
    same = stranger.post(address, {"file": upload(content)}).content.decode()
    assert "逐字节相同" in same
    changed = stranger.post(address, {"file": upload(content + b" ")}).content.decode()
    assert "与印发的文件不同" in changed
    assert stranger.post(address).status_code == 422


def test_a_paper_that_was_declared_void_says_so(stranger, issued, office):
    revoke_paper(**now(issued), reason="有误", by=office)
    page = stranger.get(f"/documents/verify/{issued.token}/").content.decode()
    assert "已声明作废" in page
    assert "有误" not in page


def test_what_is_not_issued_cannot_be_verified(stranger, draft, office):
    submit(draft, office)
    for code in ("", "ABCDEFGHJKMN", "x" * 500, "验证码"):
        answer = stranger.post("/documents/verify/", {"code": code})
        assert answer.status_code == 422
        assert "没有找到" in answer.content.decode()
    for token in ("x", "a" * 43, "é" * 43):
        assert stranger.get(f"/documents/verify/{token}/").status_code == 404


def test_guessing_has_to_wait_also_for_whoever_knows_one_code(stranger, issued):
    for number in range(FREE - 1):
        answer = stranger.post("/documents/verify/", {"code": f"{number:02}BCDEFGHJKM"[:12]})
        assert answer.status_code == 422
        assert stranger.post("/documents/verify/", {"code": issued.code}).status_code == 302
    assert stranger.post("/documents/verify/", {"code": "ABCDEFGHJKMN"}).status_code == 429
    waiting = stranger.post("/documents/verify/", {"code": issued.code})
    assert waiting.status_code == 429
    assert "请稍后再试" in waiting.content.decode()
    assert stranger.get(f"/documents/verify/{issued.token}/").status_code == 200
    elsewhere = Client(REMOTE_ADDR="10.1.2.3")
    assert elsewhere.post("/documents/verify/", {"code": issued.code}).status_code == 302


def test_codes_are_not_alike(issued):
    assert len(issued.token) == 43
    assert OfficialPaper.objects.exclude(code="").count() == 1


@pytest.mark.parametrize("token", ["%00" * 43, "%20" * 43, "A" * 43, "A" * 42 + "%C3%A9"])
def test_an_address_that_was_made_up_is_not_found(stranger, issued, token):
    assert stranger.get(f"/documents/verify/{token}/").status_code == 404
