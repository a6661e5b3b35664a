"""Every number of a first page opens the list behind it, and equals its length."""

import datetime
import html
import re

import pytest

from chuangwen.people.roles import Role
from chuangwen.plan.actions.part_office import confirm_parts
from chuangwen.plan.actions.parts import Step, finish_part, return_measures, submit_measures
from chuangwen.plan.enums import ImportState
from chuangwen.plan.models import DutyQuestion, PlanImport, SourceDocument, TaskPart
from tests.web.plan.people import TODAY, District

DUE = datetime.date(2021, 12, 31)
STEPS = [Step("划线", datetime.date(2021, 9, 30))]
CARD = re.compile(
    r'class="stat-card[^"]*" href="([^"]+)">\s*<span class="stat-label">([^<]+)</span>'
    r'\s*<strong class="stat-value">(\d+)</strong>'
)
CELL = re.compile(r'class="number"><a href="(/plan/parts/[^"]+)">(\d+)</a>')


def submitted(district, title, unit="区发改局"):
    part = district.part(district.task(title), unit=unit)
    return submit_measures(part=part, base_version=1, steps=STEPS, by=district.system)


@pytest.fixture
def district(tenant, settings):
    """Parts of two units in every state, late and due soon; questions; tasks; an import."""
    settings.CHUANGWEN_TODAY = TODAY
    made = District(tenant)
    by = made.system
    for unit in ("区发改局", "区民政局"):
        for title in ("已报一", "已报二"):
            submitted(made, title, unit)
        part = submitted(made, "退回的", unit)
        return_measures(part=part, base_version=2, reason="缺少数据", by=by)
        part = submitted(made, "完成的", unit)
        confirm_parts(versions={part.pk: 2}, by=by)
        finish_part(part=part, base_version=3, by=by)
    part = submitted(made, "办结的")
    confirm_parts(versions={part.pk: 2}, by=by)
    finish_part(part=part, base_version=3, by=by)
    confirm_parts(versions={part.pk: 4}, by=by)
    for title, day in (
        ("上月的", "2021-08-20"),
        ("昨天的", "2021-09-14"),
        ("快到的", "2021-09-20"),
    ):
        made.part(made.task(title), due_on=datetime.date.fromisoformat(day))
    for number in range(3):
        made.task(f"待下达{number}")
    DutyQuestion.objects.create(text="谁牵头？", unit=made.unit("区发改局"))
    DutyQuestion.objects.create(text="旧问题", unit=made.unit("区民政局"), state="answered")
    source = SourceDocument.objects.create(
        name="通知.txt", sha256="0" * 64, format="txt", text="通知"
    )
    PlanImport.objects.create(campaign=made.campaign, source=source, state=ImportState.REVIEW)
    PlanImport.objects.create(campaign=made.campaign, source=source, state=ImportState.CONFIRMED)
    return made


def rows_at(client, address):
    """How many rows a list has; the small district fits on one page."""
    page = client.get(html.unescape(address)).content.decode()
    assert 'rel="next"' not in page
    bodies = re.findall(r"<tbody>(.*?)</tbody>", page, re.DOTALL)
    return sum(body.count("<tr>") + body.count("<tr ") for body in bodies)


@pytest.mark.parametrize(
    ("role", "unit"),
    [(Role.OFFICE, "区创文办"), (Role.LEADER, "区创文办"), (Role.INSPECTOR, "区创文办"),
     (Role.CLERK, "区发改局"), (Role.HEAD, "区发改局")],
)  # fmt: skip
def test_every_number_equals_the_length_of_its_list(district, role, unit):
    client = district.sign_in(role, unit)
    page = client.get("/").content.decode()
    cards = CARD.findall(page)
    assert len(cards) >= 4
    assert sum(int(number) for *_, number in cards) > 3, "the district is not empty"
    for address, label, number in cards:
        assert rows_at(client, address) == int(number), label
    cells = CELL.findall(page)
    assert bool(cells) == (unit == "区创文办")
    for address, number in cells:
        assert rows_at(client, address) == int(number), address


@pytest.mark.parametrize(
    "role", list(Role), ids=str
)  # fmt: skip
def test_nothing_on_a_first_page_is_refused_to_its_reader(district, role):
    client = district.sign_in(role, "区发改局")
    page = client.get("/").content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    for address in set(re.findall(r'href="(/[^"]*)"', main)):
        assert client.get(html.unescape(address)).status_code in {200, 302}, address


def test_a_clerk_reads_why_something_was_returned(district):
    page = district.sign_in(Role.CLERK, "区发改局").get("/").content.decode()
    assert "退回原因：缺少数据" in page
    assert TaskPart.objects.filter(state="returned").count() == 2


@pytest.mark.parametrize("role", list(Role), ids=str)
def test_a_first_page_runs_at_most_eight_queries(district, role, django_assert_max_num_queries):
    client = district.sign_in(role, "区发改局")
    with django_assert_max_num_queries(8):
        client.get("/")
