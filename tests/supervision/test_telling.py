"""Who is told, how often a day, and when not."""

import datetime
from dataclasses import replace

import pytest

from chuangwen.notices.enums import AboutKind, NoticeKind
from chuangwen.notices.models import Notice
from chuangwen.people.models import Account
from chuangwen.rectification.actions.handling import accept_case, finish_case
from chuangwen.rectification.models import Case
from chuangwen.supervision.actions.climbing import climb
from chuangwen.supervision.actions.ladder import set_ladder
from chuangwen.supervision.actions.telling import send_reminders
from chuangwen.supervision.models import EscalationRun, Ladder, WaitingReminder
from chuangwen.supervision.queries.ladder import plan_of, rungs_of
from tests.rectification.conftest import now as fresh
from tests.supervision.conftest import DUE, LATE

NOON, NIGHT = datetime.time(12), datetime.time(23)


@pytest.fixture(autouse=True)
def _people(office, clerk, builder, head, leader):
    """Everybody is there before anything happens."""


def tell(day, by, at=NOON) -> dict[str, str]:
    """Climb and tell; return who was told what that day, by log-in."""
    climb(day=day, by=by)
    send_reminders(day=day, at=at, by=by)
    found = Notice.objects.filter(kind=NoticeKind.ESCALATED, key__startswith=f"escalation:{day}:")
    return {one.recipient.username: one.subject for one in found.select_related("recipient")}


def test_each_rung_tells_its_people_of_both_units(dispatched, ladder, system):
    title = dispatched.title
    assert tell(LATE[0], system) == dict.fromkeys(("limei", "zhaolei"), f"超期催办联络员：{title}")
    # 区住房城乡建设局 has no head: 创文办 hears instead.
    assert set(tell(LATE[2], system)) == {"limei", "zhaolei", "zhangjun", "wangfang"}
    assert set(tell(LATE[4], system)) == {"zhangjun", "chenjianguo", "wangfang"}
    notice = Notice.objects.filter(recipient__username="chenjianguo").get()
    assert (notice.about_kind, notice.about_id) == (AboutKind.CASE, dispatched.pk)
    assert f"报告分管领导：整改〔2021〕1号 {title}，时限 2021-09-23" in notice.body


def test_a_unit_that_is_done_is_left_in_peace(dispatched, bureau, clerk, ladder, system):
    accept_case(**fresh(dispatched), unit=bureau, by=clerk)
    finish_case(**fresh(dispatched), unit=bureau, text="已更换", by=clerk)
    assert set(tell(LATE[0], system)) == {"zhaolei"}


def test_many_cases_are_one_notice_the_gravest_first(bureau, ladder, system, give):
    give(bureau, DUE, 3)
    tell(LATE[0], system)
    give(bureau, LATE[1], 25)
    told = tell(LATE[2], system)
    assert told["limei"] == "超期催办负责人：28 个问题"
    notice = Notice.objects.filter(recipient__username="limei").latest("pk")
    assert notice.about_kind == AboutKind.STANDINGS
    assert "……共 28 个" in notice.body
    assert told["zhangjun"] == "超期催办负责人：3 个问题"


def test_nobody_is_disturbed_at_night_and_nothing_is_lost(dispatched, ladder, system):
    assert tell(LATE[0], system, at=NIGHT) == {}
    assert WaitingReminder.objects.count() == 2
    assert set(tell(LATE[0], system)) == {"limei", "zhaolei"}
    assert WaitingReminder.objects.count() == 0


@pytest.mark.parametrize(
    ("at", "quiet"), [((21, 0), True), ((7, 29), True), ((7, 30), False), ((20, 59), False)]
)
def test_quiet_hours_pass_midnight(ladder, at, quiet):
    assert ladder.is_quiet(datetime.time(*at)) is quiet


def test_who_has_had_enough_today_is_told_tomorrow(bureau, ladder, office, system, give):
    plan = replace(plan_of(ladder, rungs_of(ladder)), most_a_day=2)
    set_ladder(plan=plan, base_version=1, by=office)
    for number in (1, 2, 3):
        give(bureau, DUE)
        EscalationRun.objects.all().delete()
        tell(LATE[0], system)
        heard = Notice.objects.filter(recipient__username="limei", kind=NoticeKind.ESCALATED)
        assert heard.count() == min(number, 2)
    assert WaitingReminder.objects.count() == 1
    assert "limei" in tell(LATE[1], system)


def test_nobody_is_told_of_what_is_done_meanwhile(handed_in, dispatched, ladder, system):
    Case.objects.filter(pk=dispatched.pk).update(state="rework", handed_in_on=None)
    climb(day=LATE[0], by=system)
    Case.objects.filter(pk=dispatched.pk).update(state="submitted")
    assert tell(LATE[0], system) == {}
    assert WaitingReminder.objects.count() == 0


def test_the_same_step_is_told_once(dispatched, ladder, system):
    tell(LATE[0], system)
    tell(LATE[0], system)
    assert Notice.objects.filter(kind=NoticeKind.ESCALATED).count() == 2
    assert Account.objects.filter(username="limei").exists()


def test_a_ladder_that_is_switched_off_tells_nobody(dispatched, ladder, system):
    climb(day=LATE[0], by=system)
    Ladder.objects.update(is_active=False)
    assert tell(LATE[0], system) == {}
