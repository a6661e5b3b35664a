"""Meetings: who is asked, what is settled, and how it is reported back at the next one."""

import datetime
from dataclasses import replace
from functools import partial

import pytest
from django.db import transaction
from django.db.utils import DatabaseError

from chuangwen.audit.models import AuditEvent
from chuangwen.kit.errors import IllegalTransition, Invalid, NotPermitted, StaleEdit
from chuangwen.notices.enums import NoticeKind
from chuangwen.notices.models import Notice
from chuangwen.people.actions.merging import merge_units
from chuangwen.people.roles import Role
from chuangwen.supervision.actions.meetings import (
    Settled,
    add_decision,
    call_meeting,
    cancel_meeting,
    edit_meeting,
    hold_meeting,
    report_decision,
)
from chuangwen.supervision.enums import DecisionState, MeetingState, Presence
from chuangwen.supervision.models import DecisionReport, Meeting, MeetingDecision, MeetingUnit
from chuangwen.supervision.queries import meetings
from chuangwen.supervision.queries.meetings import course_of_meeting, visible_meetings
from tests.supervision.conftest import fresh_meeting
from tests.townspeople import person

NEXT = datetime.date(2021, 10, 15)


def fresh(decision) -> dict[str, object]:
    found = MeetingDecision.objects.get(pk=decision.pk)
    return {"decision": found, "base_version": found.version}


def told(kind) -> dict[str, str]:
    rows = Notice.objects.filter(kind=kind)
    return dict(rows.values_list("recipient__username", "subject"))


def test_the_units_are_asked_and_told(call, clerk, builder, head, office):
    call_meeting(call=call, by=office)
    word = "会议通知：九月调度会（2021-09-15）"
    assert told(NoticeKind.MEETING_CALLED) == dict.fromkeys(("limei", "zhaolei", "zhangjun"), word)
    assert "2021-09-15 09:30 三楼会议室" in Notice.objects.first().body


def test_a_unit_that_is_named_twice_is_asked_once(call, bureau, office):
    call_meeting(call=replace(call, units=[bureau, bureau]), by=office)
    assert MeetingUnit.objects.get().unit == bureau


def test_who_was_not_asked_does_not_see_it(called, clerk, tenant, street, inspector):
    outside = person(tenant, "sunli", "孙丽", Role.CLERK, street)
    assert called in visible_meetings(clerk)
    assert called in visible_meetings(inspector)
    assert called not in visible_meetings(outside)


def test_attendance_and_minutes_are_written_down_and_corrected(held, office):
    assert held.state == MeetingState.HELD
    assert set(MeetingUnit.objects.values_list("presence", "who")) == {("present", "局长")}
    hold_meeting(**fresh_meeting(held), presence={}, minutes="研究了两件事。", by=office)
    assert Meeting.objects.get().minutes == "研究了两件事。"


def test_a_correction_leaves_in_the_log_what_stood_before(held, bureau, office):
    row = MeetingUnit.objects.get(meeting=held, unit=bureau)
    came = {row.pk: (Presence.ABSENT, "")}
    hold_meeting(**fresh_meeting(held), presence=came, minutes="研究了两件事。", by=office)
    first, second = AuditEvent.objects.filter(verb="meeting.held").order_by("sequence")
    assert first.changes["minutes"] == ["", "研究了。"]
    assert second.changes["minutes"] == ["研究了。", "研究了两件事。"]
    assert second.changes["presence"] == [f"{bureau.name} 到会，局长", f"{bureau.name} 缺席"]
    hold_meeting(**fresh_meeting(held), presence=came, minutes="研究了两件事。", by=office)
    third = AuditEvent.objects.filter(verb="meeting.held").order_by("sequence").last()
    assert "minutes" not in third.changes


def test_what_is_to_come_has_no_minutes_and_what_was_held_is_not_changed(call, held, office):
    later = call_meeting(call=replace(call, held_on=NEXT), by=office)
    with pytest.raises(IllegalTransition, match="还没有到"):
        hold_meeting(**fresh_meeting(later), presence={}, minutes="研究了。", by=office)
    with pytest.raises(IllegalTransition):
        edit_meeting(**fresh_meeting(held), call=call, by=office)
    with pytest.raises(IllegalTransition):
        cancel_meeting(**fresh_meeting(held), reason="改期", by=office)
    what = Settled("换井盖", call.units[0], NEXT)
    with pytest.raises(IllegalTransition):
        add_decision(**fresh_meeting(later), settled=what, by=office)


def test_a_change_and_the_end_of_a_meeting_are_told(called, call, clerk, office):
    edit_meeting(
        **fresh_meeting(called), call=replace(call, held_on=NEXT, units=call.units[:1]), by=office
    )
    assert MeetingUnit.objects.count() == 1
    assert told(NoticeKind.MEETING_CALLED)["limei"] == "会议有变动：九月调度会（2021-10-15）"
    with pytest.raises(StaleEdit):
        cancel_meeting(meeting=called, base_version=1, reason="改期", by=office)
    cancel_meeting(**fresh_meeting(called), reason="与防汛冲突", by=office)
    assert (
        "原因：与防汛冲突" in Notice.objects.filter(recipient__username="limei").latest("pk").body
    )


def test_what_is_settled_is_given_to_a_unit_which_reports(held, clerk, builder, office, settled):
    assert told(NoticeKind.MEETING_SETTLED) == {"limei": "会议议定事项：月底前换完破损井盖"}
    with pytest.raises(NotPermitted):
        report_decision(**fresh(settled), text="换了", by=builder)
    report_decision(**fresh(settled), text="已换一半", is_done=True, by=clerk)
    assert MeetingDecision.objects.get().state == DecisionState.OPEN  # 创文办 says when it is done
    assert "wangfang" in told(NoticeKind.MEETING_SETTLED)


def test_it_is_reported_back_at_the_next_meeting(settled, call, office, settings):
    settings.CHUANGWEN_TODAY = NEXT
    following = call_meeting(call=replace(call, held_on=NEXT), by=office)
    assert course_of_meeting(office, following.pk).earlier == [settled]
    report_decision(**fresh(settled), text="全部换完", is_done=True, meeting=following, by=office)
    course = course_of_meeting(office, following.pk)
    assert course.earlier == []
    assert DecisionReport.objects.get().meeting == following
    with pytest.raises(IllegalTransition):
        report_decision(**fresh(settled), text="又坏了", by=office)


def test_two_reports_at_once_do_not_hide_each_other(settled, clerk, office):
    old = fresh(settled)
    report_decision(**old, text="已换一半", by=clerk)
    with pytest.raises(StaleEdit):
        report_decision(**old, text="完成", is_done=True, by=office)


def test_a_deadline_before_the_meeting_is_refused(held, bureau, office):
    what = Settled("换井盖", bureau, datetime.date(2021, 9, 1))
    with pytest.raises(Invalid, match="早于会议日期"):
        add_decision(**fresh_meeting(held), settled=what, by=office)


def test_the_database_keeps_reports_as_they_were(settled, clerk):
    report_decision(**fresh(settled), text="已换一半", by=clerk)
    for change in (
        lambda: DecisionReport.objects.update(text="改"),
        lambda: DecisionReport.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_open_decisions_and_invitations_follow_a_merger(  # noqa: PLR0917 - fixtures
    settled, held, call, bureau, housing, street, builder, office, system
):
    settle = partial(add_decision, by=office)
    done = settle(**fresh_meeting(held), settled=Settled("清运垃圾", bureau, NEXT))
    report_decision(**fresh(done), text="清完", is_done=True, by=office)
    both = call_meeting(call=replace(call, held_on=NEXT), by=office)
    alone = call_meeting(call=replace(call, held_on=NEXT, units=[bureau, street]), by=office)
    old = fresh_meeting(both)
    merge_units(keep=housing, other=bureau, by=system)
    assert MeetingDecision.objects.get(pk=settled.pk).unit == housing
    assert MeetingDecision.objects.get(pk=done.pk).unit == bureau  # it was the one that did it
    assert _asked(both) == {housing.pk}
    assert _asked(alone) == {housing.pk, street.pk}
    assert _asked(held) == {bureau.pk, housing.pk}  # who was there stays
    with pytest.raises(StaleEdit):
        edit_meeting(**old, call=call, by=office)
    moved = AuditEvent.objects.filter(verb="meeting.handed_over")
    assert {event.object_id for event in moved} == {settled.pk, both.pk, alone.pk}
    assert set(map(str, moved.values_list("changes__unit", flat=True))) == {
        str([bureau.name, housing.name])
    }
    report_decision(**fresh(settled), text="换了", by=builder)


def _asked(meeting) -> set[object]:
    return set(MeetingUnit.objects.filter(meeting=meeting).values_list("unit_id", flat=True))


def test_a_meetings_own_decisions_are_all_shown_beside_many_earlier_ones(  # noqa: PLR0917 - fixtures
    settled, held, call, bureau, office, settings, monkeypatch
):
    monkeypatch.setattr(meetings, "MOST_EARLIER", 2)
    for day in (1, 2):
        what = Settled(f"第 {day} 件", bureau, datetime.date(2021, 10, day))
        add_decision(**fresh_meeting(held), settled=what, by=office)
    settings.CHUANGWEN_TODAY = NEXT
    following = call_meeting(call=replace(call, held_on=NEXT), by=office)
    hold_meeting(**fresh_meeting(following), presence={}, minutes="研究了。", by=office)
    own = [
        add_decision(**fresh_meeting(following), settled=Settled(text, bureau, NEXT), by=office)
        for text in ("甲", "乙", "丙")
    ]
    course = course_of_meeting(office, following.pk)
    assert set(course.decisions) == set(own)
    assert [one.due_on.isoformat() for one in course.earlier] == ["2021-09-30", "2021-10-01"]
    assert course.more_earlier == 1
    assert len(course_of_meeting(office, held.pk).decisions) == 3
