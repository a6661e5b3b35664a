"""Setting the ladder, the list of what stands on it, and the steps on a case's page."""

import datetime
import io
import re

import openpyxl
import pytest

from chuangwen.people.roles import Role
from chuangwen.rectification.actions.deadlines import suspend_case
from chuangwen.supervision.actions.climbing import climb
from chuangwen.supervision.models import Ladder, Rung
from tests.rectification.conftest import now as fresh
from tests.supervision.conftest import DUE, LATE
from tests.townspeople import person
from tests.web.sites.conftest import browser_of

QUIET = {"quiet_from": "21:00", "quiet_until": "07:30"}
WHOLE = {
    "version": "0", "is_active": "on", "in_force_from": "2021-09-01", "most_a_day": "3", **QUIET
}  # fmt: skip


def rung(place, days, name, *tells, measure="urge", key=""):
    values = {"days": days, "name": name, "measure": measure, "tells": list(tells), "id": key}
    return {f"rung{place}-{field}": value for field, value in values.items()}


def listed(viewer, query="") -> list[str]:
    page = viewer.get(f"/supervision/{query}").content.decode()
    return re.findall(r'data-label="问题"><a href="/cases/[^"]+">([^<]+)</a>', page)


def test_a_ladder_is_proposed_as_a_reference_and_holds_only_when_it_is_saved(at_office):
    page = at_office.get("/supervision/ladder/").content.decode()
    assert "参考设置：本系统提供的起点，不是任何文件的规定" in page
    assert 'value="列入通报"' in page
    assert not Ladder.objects.exists()


def test_the_office_sets_its_own_rungs(at_office):
    form = {
        **WHOLE, **rung(0, "2", "催办", "clerk", "head"),
        **rung(4, "-1", "提醒", "clerk", measure="remind"),
    }  # fmt: skip
    assert at_office.post("/supervision/ladder/", form).status_code == 302
    assert [(one.days, one.name) for one in Rung.objects.all()] == [(-1, "提醒"), (2, "催办")]
    assert not Ladder.objects.get().is_reference
    page = at_office.get("/supervision/ladder/").content.decode()
    assert "参考设置" not in page


def test_a_rung_keeps_its_identity_and_one_that_is_cleared_is_laid_aside(at_office):
    form = {**WHOLE, **rung(0, "2", "催办", "clerk"), **rung(1, "5", "报告", "head")}
    at_office.post("/supervision/ladder/", form)
    first = Rung.objects.get(days=2)
    form = {**WHOLE, "version": "1", **rung(0, "3", "催办", "clerk", key=str(first.pk))}
    at_office.post("/supervision/ladder/", form)
    first.refresh_from_db()
    assert (first.days, first.is_active) == (3, True)
    assert not Rung.objects.get(days=5).is_active


@pytest.mark.parametrize(
    ("form", "said"),
    [
        (rung(0, "2", "", "clerk"), "第 2 个工作日的这一级没有名称"),
        (rung(0, "", "催办", "clerk"), "“催办”没有写工作日数"),
        (rung(0, "2", "催办"), "“催办”没有选告知谁"),
        ({}, "阶梯有 0 级"),
        (
            rung(0, "2", "催办", "clerk") | rung(1, "2", "报告", "head"),
            "“催办”和“报告”都在第 2 个工作日",
        ),
        (rung(0, "2", "催办", "clerk") | {"most_a_day": "0"}, "大于"),
        (rung(0, "2", "催办", "clerk") | {"quiet_from": "25:00"}, "有效的时间"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(at_office, form, said):
    answer = at_office.post("/supervision/ladder/", {**WHOLE, **form})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert form.get("rung0-name", "") in page
    assert not Ladder.objects.exists()


def test_who_comes_second_is_told(at_office):
    form = {**WHOLE, **rung(0, "2", "催办", "clerk")}
    at_office.post("/supervision/ladder/", form)
    answer = at_office.post("/supervision/ladder/", form)
    assert answer.status_code == 409
    assert "督促阶梯刚被别人改动" in answer.content.decode()


@pytest.mark.usefixtures("ladder")
def test_the_list_shows_the_highest_rung_and_filters(cast, dispatched, system, at_office, give):
    housing, office = cast.units[1], cast.office
    (other,) = give(housing, LATE[1])
    for day in LATE[:4]:
        climb(day=day, by=system)
    page = at_office.get("/supervision/").content.decode()
    assert "超期催办负责人（1）" in page
    assert "超期催办联络员（1）" in page
    assert len(listed(at_office)) == 2
    reached = Rung.objects.get(days=3)
    assert len(listed(at_office, f"?rung={reached.pk}")) == 1
    assert listed(at_office, "?measure=bulletin") == []
    assert len(listed(at_office, f"?unit={housing.pk}")) == 2  # also the one that it supports
    suspend_case(**fresh(dispatched), reason="封路", by=office)
    assert len(listed(at_office)) == 1
    assert other.number in at_office.get("/supervision/").content.decode()


@pytest.mark.usefixtures("ladder", "dispatched")
def test_a_unit_sees_its_own_cases_alone(street, system, tenant, at_bureau, give):
    give(street, DUE)
    climb(day=LATE[0], by=system)
    assert len(listed(at_bureau)) == 1
    elsewhere = browser_of(person(tenant, "sunli", "孙丽", Role.CLERK, street))
    assert len(listed(elsewhere)) == 1
    assert "督促阶梯</a>" not in at_bureau.get("/supervision/").content.decode()


def test_the_list_is_exported_as_filtered(dispatched, ladder, system, at_office, settings):
    climb(day=LATE[0], by=system)
    settings.CHUANGWEN_TODAY = datetime.date(2021, 9, 26)
    sent = at_office.get("/supervision/export/?measure=urge")
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(sent))).active
    row = [cell.value for cell in sheet[2]]
    assert row[0] == dispatched.number
    assert row[4:7] == [2, "超期催办联络员", "催办"]
    empty = at_office.get("/supervision/export/?measure=talk")
    assert openpyxl.load_workbook(io.BytesIO(b"".join(empty))).active.max_row == 1


def test_the_page_of_a_case_shows_the_steps_that_it_climbed(dispatched, ladder, system, at_bureau):
    assert "<h2>逐级督促</h2>" not in at_bureau.get(f"/cases/{dispatched.pk}/").content.decode()
    climb(day=LATE[0], by=system)
    page = at_bureau.get(f"/cases/{dispatched.pk}/").content.decode()
    assert "2021-09-24 超期催办联络员" in page
