"""What one unit owes on a page and as a file; the timeline and the pages of goals."""

import io
import re

import docx
import pytest
from python_calamine import CalamineWorkbook

from chuangwen.framework.actions.reporting_units import assign_reporters
from chuangwen.framework.models import Indicator
from chuangwen.people.roles import Role
from chuangwen.plan.enums import DutyKind
from chuangwen.plan.models import Duty, GoalArea, KeyWork, Phase, Target, TaskPart
from tests.web.plan.people import TODAY


def body(answer):
    return answer.content.decode()


def text_of(content):
    document = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_a_clerk_exports_the_own_units_duties_only(district, li_mei):
    district.duty("区发改局", DutyKind.RESPONSIBLE)
    district.part(district.task("停车泊位划线"))
    own, other = district.unit("区发改局"), district.unit("区民政局")
    written = text_of(li_mei.get(f"/plan/units/{own.pk}/duties.docx").content)
    assert "区发改局创文责任清单" in written
    assert "公共环境提升行动" in written and "停车泊位划线" in written
    content = li_mei.get(f"/plan/units/{own.pk}/duties.xlsx").content
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    assert book.get_sheet_by_name("任务").to_python()[1][2] == "停车泊位划线"
    assert li_mei.get(f"/plan/units/{other.pk}/duties.docx").status_code == 404
    assert li_mei.get(f"/plan/units/{other.pk}/").status_code == 404
    assert li_mei.get(f"/plan/units/{own.pk}/duties.pdf").status_code == 404


def test_the_office_sees_any_unit_with_duties_past_and_present(district, wang_fang):
    duty = district.duty("区发改局", DutyKind.RESPONSIBLE)
    district.part(unit="区发改局")
    form = {"kind": "lead", "day": "2021-09-01", "reason": "会议纪要"}
    wang_fang.post(f"/plan/duties/{duty.pk}/", form)
    page = body(wang_fang.get(f"/plan/units/{district.unit('区发改局').pk}/"))
    assert "牵头单位" in page and "2021-08-31" in page and "停车泊位划线" in page
    assert f"/plan/units/{duty.unit_id}/" in body(wang_fang.get(f"/units/{duty.unit_id}/"))


@pytest.mark.parametrize(
    ("address", "entry"),
    [
        ("/plan/units/{}/", "单位"),
        ("/units/{}/", "单位"),
        ("/plan/tasks/", "任务"),
        ("/plan/", "行动计划"),
        ("/", "首页"),
    ],
)
def test_the_navigation_marks_the_entry_that_a_page_belongs_to(district, wang_fang, address, entry):
    page = body(wang_fang.get(address.format(district.unit("区发改局").pk)))
    (marked,) = re.findall(r'aria-current="page">.*?</svg>(\w+)</a>', page, re.S)
    assert marked == entry


@pytest.mark.parametrize("role", [Role.SYSTEM_ADMINISTRATOR, Role.AUDIT_ADMINISTRATOR])
def test_administrators_see_no_work_of_units(district, role):
    unit = district.unit("区发改局")
    client = district.sign_in(role)
    assert client.get(f"/plan/units/{unit.pk}/").status_code == 403
    assert client.get(f"/plan/units/{unit.pk}/duties.docx").status_code == 403


@pytest.fixture
def phase(district):
    made = Phase.objects.create(
        campaign=district.campaign, name="2021年", kind="year", theme="夯基础",
        starts_on="2021-01-01", ends_on="2021-12-31",
    )  # fmt: skip
    for text in ("污水处理率≥75%", "污水处理率达标"):
        Target.objects.create(campaign=district.campaign, phase=made, name="污水处理率", text=text)
    return made


def test_the_timeline_shows_today_and_what_the_clauses_say(district, phase, li_mei):
    page = body(li_mei.get("/plan/timeline/"))
    assert "正在进行" in page and "今天 2021-09-15" in page
    assert "污水处理率≥75%<br>污水处理率达标" in page
    assert "条款不一致" in page and "未填报" in page
    assert "style=" not in page[page.index("<main") :]


def test_a_target_without_a_year_stands_below_the_years(district, phase, li_mei):
    assert "没有写明年度的目标" not in body(li_mei.get("/plan/timeline/"))
    Target.objects.create(campaign=district.campaign, name="问题整改率", text="问题整改率100%")
    page = body(li_mei.get("/plan/timeline/"))
    assert page.index("没有写明年度的目标") < page.index("问题整改率100%")


@pytest.mark.parametrize("number", [1, 3])
def test_pages_run_at_most_eight_queries(
    district, phase, wang_fang, number, django_assert_max_num_queries
):
    area = GoalArea.objects.create(campaign=district.campaign, number="1", title="政务环境")
    work = KeyWork.objects.create(campaign=district.campaign, number="1", title="小广告整治")
    for index in range(number):
        district.duty("区发改局", list(DutyKind)[index])
        district.part(district.task(f"任务{index}", action=None, area=area))
        Phase.objects.create(
            campaign=district.campaign, name=f"阶段{index}", kind="stage",
            starts_on="2021-01-01", ends_on="2021-12-31",
        )  # fmt: skip
    for address in (
        "/plan/", "/plan/?q=任务", "/plan/timeline/", f"/plan/areas/{area.pk}/",
        f"/plan/key-works/{work.pk}/", f"/plan/units/{district.unit('区发改局').pk}/",
    ):  # fmt: skip
        with django_assert_max_num_queries(8):
            assert wang_fang.get(address).status_code == 200, address


def test_hits_of_a_search_are_marked_and_escaped(district, wang_fang):
    district.task("清理<b>小广告")
    page = body(wang_fang.get("/plan/?q=小广告"))
    assert "清理&lt;b&gt;<mark>小广告</mark>" in page


@pytest.fixture
def busy(district, system):
    """区发改局 with a task that is open, one that is over, a duty in force and an indicator."""
    unit = district.unit("区发改局")
    district.part(district.task("停车泊位划线"))
    over = district.part(district.task("早已办结"))
    TaskPart.objects.filter(pk=over.pk).update(state="closed")
    district.duty("区发改局", DutyKind.RESPONSIBLE)
    ended = district.duty("区发改局", DutyKind.SUPPORTING)
    Duty.objects.filter(pk=ended.pk).update(valid_until="2021-09-01")
    indicator = Indicator.objects.create(name="群众参与率", kind="qualitative")
    assign_reporters(pairs=[(indicator, unit)], valid_from=TODAY, by=system)
    return unit


def test_before_a_unit_is_closed_the_page_names_what_it_still_has_to_do(
    busy, wang_fang, django_assert_max_num_queries
):
    with django_assert_max_num_queries(8):
        page = body(wang_fang.get(f"/units/{busy.pk}/close/"))
    assert "没有办结的任务 1 项：停车泊位划线" in page and "早已办结" not in page
    assert "仍有效的责任 1 项：公共环境提升行动" in page
    assert "负责填报的指标 1 项：群众参与率" in page
    refused = wang_fang.post(f"/units/{busy.pk}/close/", {"version": busy.version})
    assert refused.status_code == 422 and "停车泊位划线" in body(refused)
    form = {"version": busy.version, "last_day": "2021-09-15"}
    assert wang_fang.post(f"/units/{busy.pk}/close/", form).status_code == 302


def test_a_unit_with_nothing_open_is_closed_without_a_warning(district, wang_fang):
    unit = district.unit("区民政局")
    assert "没有了结" not in body(wang_fang.get(f"/units/{unit.pk}/close/"))


def test_many_open_tasks_are_counted_and_the_first_named(district, wang_fang):
    for number in range(7):
        district.part(district.task(f"任务{number}"))
    page = body(wang_fang.get(f"/units/{district.unit('区发改局').pk}/close/"))
    assert "没有办结的任务 7 项：任务0、任务1、任务2、任务3、任务4 等" in page


def test_the_system_administrator_learns_how_many_and_not_what(district, busy):
    client = district.sign_in(Role.SYSTEM_ADMINISTRATOR)
    page = body(client.get(f"/units/{busy.pk}/close/"))
    assert "没有办结的任务 1 项" in page and "停车泊位划线" not in page
    assert f"/plan/units/{busy.pk}/" not in page
