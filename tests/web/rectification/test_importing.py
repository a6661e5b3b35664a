"""A problem list at the browser: shown as it was read, then entered; the file is sent once."""

import io
import re

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from chuangwen.files.models import Upload
from chuangwen.rectification.enums import CaseState
from chuangwen.rectification.models import Case
from tests.rectification.problem_lists import plain

pytestmark = pytest.mark.django_db
ADDRESS = "/cases/import/"
FORM = {"source": "tour", "found_on": "2021-09-15"}
HEAD = ("序号", "存在问题", "具体位置", "责任单位", "完成时限", "督查人")
ROWS = [
    (1, "井盖破损", "炳草岗大街", "区城市管理局", "9月30日前", "张三"),
    (2, "<b>卫生死角</b>", "后巷", None, "立行立改", None),
]


def send(office, data, **more):
    sent = SimpleUploadedFile("9月清单.xlsx", data)
    return office.post(ADDRESS, {"file": sent, **FORM, **more})


def kept(answer) -> str:
    found = re.search(r'name="upload" value="([^"]+)"', answer.content.decode())
    assert found
    return found[1]


@pytest.fixture
def given(bureau) -> bytes:
    return plain(*ROWS, head=HEAD)


def test_a_list_is_shown_as_read_and_entered_once_confirmed(at_office, given):
    answer = send(at_office, given)
    page = answer.content.decode()
    assert answer.status_code == 200
    for words in (
        "表头在第 1 行，2 个问题",
        "“存在问题”读作问题",
        "“督查人”写入详情",
        "“9月30日前”没有写年份，按 2021-09-30 读取",
        "没有日期",
        "&lt;b&gt;卫生死角&lt;/b&gt;",
        "直接立案并派遣有单位、时限没有过去的（1 个）",
    ):
        assert words in page
    assert not Case.objects.exists()
    done = at_office.post(ADDRESS, {"upload": kept(answer), "confirmed": "1", **FORM}, follow=True)
    assert "已导入 2 个问题：2 个等待立案。" in done.content.decode()
    assert Case.objects.filter(state=CaseState.REPORTED).count() == 2
    assert not Upload.objects.exists()


def test_what_is_ready_is_dispatched_when_ticked(at_office, given):
    answer = send(at_office, given)
    form = {"upload": kept(answer), "confirmed": "1", "dispatches": "on", **FORM}
    done = at_office.post(ADDRESS, form, follow=True)
    assert "已立案并派遣 1 个，1 个等待立案" in done.content.decode()
    assert Case.objects.get(title="井盖破损").state == CaseState.DISPATCHED


def test_a_confirmation_sent_twice_enters_the_list_once(at_office, given):
    form = {"upload": kept(send(at_office, given)), "confirmed": "1", **FORM}
    assert at_office.post(ADDRESS, form).status_code == 302
    again = at_office.post(ADDRESS, form)
    assert again.status_code == 422
    assert "已导入、已过期" in again.content.decode()
    assert Case.objects.count() == 2


def test_somebody_elses_file_is_out_of_reach(at_office, in_the_field, given):
    form = {"upload": kept(send(at_office, given)), "confirmed": "1", **FORM}
    assert in_the_field.post(ADDRESS, form).status_code == 403


def test_twins_are_listed_and_come_when_ticked(at_office, given):
    at_office.post(ADDRESS, {"upload": kept(send(at_office, given)), "confirmed": "1", **FORM})
    answer = send(at_office, given)
    page = answer.content.decode()
    assert "相同的，不导入" in page
    assert 'name="twin" value="2:问题清单"' in page
    form = {"upload": kept(answer), "confirmed": "1", "twin": "2:问题清单", **FORM}
    at_office.post(ADDRESS, form)
    assert Case.objects.filter(title="井盖破损").count() == 2
    assert Case.objects.count() == 3


def test_ticked_twins_come_once_on_a_double_click(at_office, given, monkeypatch):
    at_office.post(ADDRESS, {"upload": kept(send(at_office, given)), "confirmed": "1", **FORM})
    key = kept(send(at_office, given))
    form = {"upload": key, "confirmed": "1", "twin": "2:问题清单", **FORM}
    upload = Upload.objects.select_related("file").get()
    # The second request has found the file before the first has used it up.
    monkeypatch.setattr(
        "chuangwen.web.rectification.importing.own_uploads",
        lambda *_: [Upload(pk=upload.pk, file=upload.file, name=upload.name)],
    )
    assert at_office.post(ADDRESS, form).status_code == 302
    again = at_office.post(ADDRESS, form)
    assert again.status_code == 422
    assert "已导入、已过期" in again.content.decode()
    assert Case.objects.filter(title="井盖破损").count() == 2


def test_all_bad_cells_are_listed_and_nothing_is_kept(at_office, bureau):
    rows = [ROWS[0], (2, "甲", "乙", "没有的局", "下周三", None)]
    answer = send(at_office, plain(*rows, head=HEAD))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "工作表“问题清单”单元格 E3：“下周三”看不出是哪一天" in page
    assert "工作表“问题清单”单元格 D3：单位名录里没有“没有的局”" in page
    assert not Upload.objects.exists()
    rows[1] = (2, "甲", "乙", "没有的局", None, None)
    lenient = send(at_office, plain(*rows, head=HEAD), leaves_units_open="on")
    assert lenient.status_code == 200
    form = {"upload": kept(lenient), "confirmed": "1", "leaves_units_open": "True", **FORM}
    assert at_office.post(ADDRESS, form).status_code == 302
    assert Case.objects.get(title="甲").text == "责任单位：没有的局"


@pytest.mark.parametrize(
    "form", [{}, {"source": "x", "found_on": "2021-09-15"}, {"source": "tour", "found_on": "x"}]
)
def test_a_form_not_filled_in_comes_back(at_office, given, form):
    sent = SimpleUploadedFile("清单.xlsx", given)
    answer = at_office.post(ADDRESS, {"file": sent, **form})
    assert answer.status_code == 422
    assert "表单没有填写完整" in answer.content.decode()


@pytest.mark.parametrize("upload", ["", "x", "01900000-0000-7000-8000-000000000000"])
def test_without_a_file_it_says_so(at_office, upload):
    answer = at_office.post(ADDRESS, {"upload": upload, **FORM})
    assert answer.status_code == 422
    assert "请重新选择文件" in answer.content.decode()


def test_the_template_is_read_back(at_office, bureau):
    answer = at_office.get("/cases/import/template/")
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    sheet = book.worksheets[0]
    header = next(row for row in sheet.iter_rows() if any(c.value == "问题" for c in row))
    columns = {cell.value: cell.column for cell in header}
    filled = {"问题": "井盖破损", "牵头整改单位": "区城市管理局", "整改时限": "5个工作日内"}
    for title, value in filled.items():
        sheet.cell(header[0].row + 1, columns[title], value)
    target = io.BytesIO()
    book.save(target)
    shown = send(at_office, target.getvalue())
    assert "1 个问题" in shown.content.decode()
    assert "2021-09-23" in shown.content.decode()


def test_the_exported_list_is_read_back(at_office, given):
    at_office.post(ADDRESS, {"upload": kept(send(at_office, given)), "confirmed": "1", **FORM})
    exported = at_office.get("/cases/export/")
    data = b"".join(exported.streaming_content) if exported.streaming else exported.content
    Case.objects.update(state=CaseState.DECLINED)
    shown = send(at_office, data)
    page = shown.content.decode()
    assert shown.status_code == 200, page
    assert "2 个问题" in page
    at_office.post(ADDRESS, {"upload": kept(shown), "confirmed": "1", **FORM})
    again = Case.objects.filter(title="井盖破损", state=CaseState.REPORTED).get()
    assert (again.place, str(again.found_on), again.source) == ("炳草岗大街", "2021-09-15", "tour")
    assert "督查人：张三" in again.text
