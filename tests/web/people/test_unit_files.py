"""王芳 imports the register from a spreadsheet after seeing what it would do, and exports it."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from chuangwen.people.actions.aliases import add_alias
from chuangwen.people.actions.register_import import import_register
from chuangwen.people.models import Unit
from chuangwen.people.queries import find_unit
from tests.people.workbooks import workbook

from .test_units import bureau, office  # noqa: F401 - fixtures


def upload(browser, rows):
    return browser.post("/units/import/", {"file": SimpleUploadedFile("名录.xlsx", workbook(rows))})


def test_a_preview_first_and_then_the_import(office, bureau):  # noqa: F811
    rows = [["区综合执法局", "", "", "CG"], ["炳草岗街道", "街道镇", "", "", "炳街"]]
    preview = upload(office, rows).content.decode()
    assert "新建 1 个单位，更新 1 个，增加别名 2 个" in preview
    assert "名称：区城市管理局 → 区综合执法局" in preview
    assert find_unit("炳草岗街道") is None
    carried = re.search(r'name="carried" value="([^"]+)"', preview)[1]
    answer = office.post("/units/import/", {"carried": carried, "confirmed": "1"})
    assert answer.headers["Location"] == "/units/"
    assert find_unit("炳街").name == "炳草岗街道"


def test_every_problem_is_listed_and_nothing_written(office):  # noqa: F811
    answer = upload(office, [["", "政府部门"], ["区水利局", "局"]])
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "第 2 行“名称”：是空的" in page
    assert "第 3 行“类别”：没有类别“局”" in page
    assert find_unit("区水利局") is None


@pytest.mark.parametrize("given", [{}, {"carried": "%%%"}, {"carried": "AAAA"}])
def test_no_file_or_a_broken_one_is_a_message(office, given):  # noqa: F811
    answer = office.post("/units/import/", given)
    assert answer.status_code == 422
    assert "。" in answer.content.decode()


def test_a_file_beyond_five_megabytes_is_refused(office):  # noqa: F811
    large = SimpleUploadedFile("名录.xlsx", b"0" * (5 * 2**20 + 1))
    answer = office.post("/units/import/", {"file": large})
    assert answer.status_code == 422
    assert "超过 5 MB" in answer.content.decode()


def test_the_export_is_read_back_without_any_change(office, bureau, system):  # noqa: F811
    add_alias(unit=bureau, name="城管", by=system)
    Unit.objects.create(name="环卫站", kind="institution", parent=bureau, valid_from="2021-03-01")
    answer = office.get("/units/export.xlsx")
    assert "filename*=UTF-8''%E5%8D%95%E4%BD%8D" in answer.headers["Content-Disposition"]
    again = import_register(data=answer.content, dry_run=True, by=system)
    assert (again.made, again.edited, again.aliases) == ((), (), ())
    assert again.unchanged == Unit.objects.count()


def test_the_template_has_the_columns_of_the_import(office, system):  # noqa: F811
    import python_calamine

    answer = office.get("/units/template.xlsx")
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    header = book.get_sheet_by_index(0).to_python()[0]
    assert header == ["名称", "类别", "上级单位", "编码", "别名", "启用日期", "停用日期"]


def test_the_export_takes_the_same_queries_at_any_size(
    office,  # noqa: F811
    bureau,  # noqa: F811
    system,
    django_assert_max_num_queries,
):
    for number in range(30):
        Unit.objects.create(name=f"{number}队", kind="institution", parent=bureau)
    with django_assert_max_num_queries(8):
        office.get("/units/export.xlsx")
