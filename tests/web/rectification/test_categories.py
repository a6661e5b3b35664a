"""Categories: entered, changed, taken in from a file."""

import base64
import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from chuangwen.rectification.category_sheet import COLUMNS
from chuangwen.rectification.models import Category
from tests.spreadsheets import failing

GOOD = [
    ("0101", "井盖破损", "部件", "公用设施", 2, "破损或缺失", "更换后平整", "是"),
    ("0201", "暴露垃圾", "事件", "市容环境", None, None, None, None),
]
FORM = {
    "code": "0101", "name": "井盖破损", "kind": "component", "working_days": "2", "is_active": "on",
}  # fmt: skip


def book(*rows) -> bytes:
    made = openpyxl.Workbook()
    made.active.append(COLUMNS)
    for row in rows:
        made.active.append(row)
    target = io.BytesIO()
    made.save(target)
    return target.getvalue()


def send(office, data, **more):
    sent = SimpleUploadedFile("类别.xlsx", data)
    return office.post("/cases/categories/import/", {"file": sent, **more})


def confirm(office, data):
    carried = base64.b64encode(data).decode()
    return office.post("/cases/categories/import/", {"carried": carried, "confirmed": "1"})


def stored() -> dict[str, tuple]:
    rows = Category.objects.values_list("code", "name", "working_days", "is_active", "version")
    return {code: tuple(rest) for code, *rest in rows}


def test_a_file_is_shown_first_and_written_once_confirmed(at_office):
    data = book(*GOOD)
    page = send(at_office, data).content.decode()
    assert "新增 2 个类别" in page
    assert not Category.objects.exists()
    assert confirm(at_office, data).status_code == 302
    assert stored() == {"0101": ("井盖破损", 2, True, 1), "0201": ("暴露垃圾", None, True, 1)}


def test_an_empty_cell_keeps_what_is_there(at_office):
    confirm(at_office, book(*GOOD))
    change = book(("0101", None, None, None, 5, None, None, "否"), ("0201", "暴露垃圾"))
    page = send(at_office, change).content.decode()
    assert "更新 1 个；1 个没有变化" in page
    assert "整改时限（工作日）：2 → 5" in page
    assert confirm(at_office, change).status_code == 302
    assert stored() == {"0101": ("井盖破损", 5, False, 2), "0201": ("暴露垃圾", None, True, 1)}
    assert Category.objects.get(code="0101").closing_condition == "更换后平整"


def test_all_bad_rows_are_named_at_once_and_nothing_is_written(at_office):
    rows = [
        GOOD[0],
        ("0101", "井盖缺失", "部件"),
        ("0301", None, "设施", None, "三天"),
        (None, "没有编号", "事件"),
        ("0401", "字" * 61, "事件", None, 0, None, None, "不"),
    ]
    answer = send(at_office, book(*rows))
    page = answer.content.decode()
    assert answer.status_code == 422
    for words in (
        "第 3 行“类别编号”：“0101”与第 2 行重复",
        "第 4 行“大类”：没有“设施”",
        "第 4 行“整改时限（工作日）”：“三天”不是工作日数",
        "第 4 行“类别”：是空的",
        "第 5 行“类别编号”：是空的",
        "第 6 行“类别”：有 61 字",
        "第 6 行“整改时限（工作日）”：“0”不是工作日数",
        "第 6 行“在用”：没有“不”",
    ):
        assert words in page, words
    assert not Category.objects.exists()
    assert confirm(at_office, book(*rows)).status_code == 422


@pytest.mark.parametrize("data", [b"", b"PK\3\4junk", book()])
def test_what_is_no_such_file_is_refused_in_words(at_office, data):
    answer = send(at_office, data)
    assert answer.status_code == 422
    assert "没有写入" in answer.content.decode() or "请" in answer.content.decode()


def test_what_is_exported_can_be_taken_in_again(at_office):
    confirm(at_office, book(*GOOD))
    data = at_office.get("/cases/categories/template/").content
    assert "2 个没有变化" in send(at_office, data).content.decode()


def test_one_is_entered_and_changed_and_an_old_page_overwrites_nothing(at_office):
    assert at_office.post("/cases/categories/new/", FORM).status_code == 302
    again = at_office.post("/cases/categories/new/", FORM)
    assert again.status_code == 422
    assert "已有编号为“0101”的类别" in again.content.decode()
    one = Category.objects.get()
    address = f"/cases/categories/{one.pk}/"
    change = FORM | {"working_days": "3", "version": "1"}
    assert at_office.post(address, change).status_code == 302
    late = at_office.post(address, FORM | {"working_days": "7", "version": "1"})
    assert late.status_code == 409
    assert 'value="7"' in late.content.decode()
    assert stored() == {"0101": ("井盖破损", 3, True, 2)}
    assert "井盖破损" in at_office.get("/cases/categories/").content.decode()


def test_a_cell_with_an_error_is_named_and_never_becomes_a_name(at_office):
    data = failing(book(*GOOD), {"B2": "#N/A", "C3": "#REF!"})
    answer = send(at_office, data)
    assert answer.status_code == 422
    page = answer.content.decode()
    for said in ("单元格 B2", "#N/A", "查找公式没有找到", "单元格 C3", "#REF!"):
        assert said in page
    assert confirm(at_office, data).status_code == 422
    assert not Category.objects.exists()
