"""Meetings at the browser: called, held, settled, reported on."""

import datetime
import re
from dataclasses import replace

import pytest

from chuangwen.supervision.actions.meetings import (
    Settled,
    add_decision,
    call_meeting,
    hold_meeting,
)
from chuangwen.supervision.enums import DecisionState, MeetingState
from chuangwen.supervision.models import Meeting, MeetingDecision, MeetingUnit
from chuangwen.supervision.queries import meetings
from tests.supervision.conftest import fresh_meeting

LIST = "/supervision/meetings/"
FORM = {
    "kind": "progress", "title": "推进会", "held_on": "2021-09-20", "agenda": "通报进度",
    "units": "区城市管理局、区住房城乡建设局",
}  # fmt: skip


def take(viewer, meeting, step, **fields):
    fields.setdefault("version", Meeting.objects.get(pk=meeting.pk).version)
    return viewer.post(f"{LIST}{meeting.pk}/step/", {"step": step, **fields})


def test_a_meeting_is_called_by_names_of_units(bureau, housing, at_office):
    assert at_office.post(f"{LIST}new/", FORM).status_code == 302
    assert set(MeetingUnit.objects.values_list("unit__name", flat=True)) == {
        bureau.name, housing.name,
    }  # fmt: skip


def test_a_unit_that_there_is_not_is_named_and_nothing_is_lost(bureau, at_office):
    answer = at_office.post(f"{LIST}new/", {**FORM, "units": f"{bureau.name}、没有的局"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "未找到单位“没有的局”" in page
    assert "通报进度</textarea>" in page
    assert not Meeting.objects.exists()


def test_it_is_changed_while_it_is_to_come(called, at_office):
    path = f"{LIST}{called.pk}/edit/"
    page = at_office.get(path).content.decode()
    assert re.search(r"区城市管理局、区住房城乡建设局|区住房城乡建设局、区城市管理局", page)
    assert at_office.post(path, {**FORM, "version": "1"}).status_code == 302
    assert at_office.post(path, {**FORM, "version": "1"}).status_code == 409
    assert Meeting.objects.get().title == "推进会"


def test_attendance_minutes_and_decisions_are_entered(called, bureau, at_office):
    rows = list(called.units.order_by("unit__name"))
    fields = {f"presence-{rows[0].pk}": "present", f"who-{rows[0].pk}": "李局长",
              f"presence-{rows[1].pk}": "absent"}  # fmt: skip
    assert take(at_office, called, "hold", minutes="研究了。", **fields).status_code == 302
    page = at_office.get(f"{LIST}{called.pk}/").content.decode()
    assert "到会，李局长" in page
    assert "缺席" in page
    what = {"text": "换井盖", "unit": bureau.name, "due_on": "2021-09-30"}
    assert take(at_office, called, "settle", **what).status_code == 302
    assert MeetingDecision.objects.get().unit == bureau
    assert take(at_office, called, "settle", **what | {"due_on": "2021-09-01"}).status_code == 422
    assert take(at_office, called, "hold", minutes="").status_code == 422


def test_the_unit_reports_from_its_page_and_cannot_end_it(settled, held, at_bureau, at_housing):
    page = at_bureau.get(f"{LIST}{held.pk}/").content.decode()
    assert re.findall(r'name="step" value="(\w+)"', page) == ["report"]
    assert 'name="is_done"' not in page
    sent = {"decision": settled.pk, "version": settled.version, "text": "已换", "is_done": "on"}
    assert take(at_bureau, held, "report", **sent).status_code == 302
    assert MeetingDecision.objects.get().state == DecisionState.OPEN
    assert take(at_housing, held, "report", **sent).status_code == 403
    stale = take(at_bureau, held, "report", **sent)
    assert stale.status_code == 409
    assert "已换</textarea>" in stale.content.decode()


def test_a_unit_does_not_do_what_is_the_offices(called, at_bureau):
    for step, fields in (("cancel", {"reason": "改期"}), ("hold", {"minutes": "研究了"})):
        assert take(at_bureau, called, step, **fields).status_code == 403
    assert Meeting.objects.get().state == MeetingState.PLANNED


@pytest.mark.parametrize("step", ["", "nonsense", "report"])
def test_what_is_not_there_is_refused(held, at_office, step):
    assert take(at_office, held, step, text="x").status_code in (404, 422)


def test_the_list_is_filtered(settled, held, at_office):
    for query, found in (
        ("", True), ("?kind=dispatch", True), ("?kind=oath", False), ("?state=planned", False),
        ("?only=open", True),
    ):  # fmt: skip
        assert (f"{LIST}{held.pk}/" in at_office.get(LIST + query).content.decode()) is found, query
    MeetingDecision.objects.update(state="done")
    assert f"{LIST}{held.pk}/" not in at_office.get(f"{LIST}?only=open").content.decode()


def test_a_page_says_how_many_earlier_ones_it_leaves_out(  # noqa: PLR0917 - fixtures
    settled, held, call, bureau, office, at_office, settings, monkeypatch,
    django_assert_max_num_queries,
):  # fmt: skip
    monkeypatch.setattr(meetings, "MOST_EARLIER", 1)
    what = Settled("清运垃圾", bureau, datetime.date(2021, 10, 1))
    add_decision(**fresh_meeting(held), settled=what, by=office)
    settings.CHUANGWEN_TODAY = datetime.date(2021, 10, 15)
    following = call_meeting(call=replace(call, held_on=settings.CHUANGWEN_TODAY), by=office)
    hold_meeting(**fresh_meeting(following), presence={}, minutes="研究了。", by=office)
    at_office.get(LIST)
    with django_assert_max_num_queries(8):
        page = at_office.get(f"{LIST}{following.pk}/").content.decode()
    assert "时限最早的 1 项，另有 1 项" in page
    monkeypatch.setattr(meetings, "MOST_EARLIER", 2)
    assert "另有" not in at_office.get(f"{LIST}{following.pk}/").content.decode()
