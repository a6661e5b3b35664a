"""The day's run: who is told what, once, whatever dies or runs beside it."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chuangwen.audit.models import AuditEvent
from chuangwen.kit.errors import Invalid, NotPermitted, StaleEdit
from chuangwen.notices.actions import reminders as runs
from chuangwen.notices.actions.reminders import claim_run, set_offsets
from chuangwen.notices.deadlines import Offsets
from chuangwen.notices.models import Notice, ReminderRun
from chuangwen.people.actions.units import create_unit
from chuangwen.people.enums import UnitKind
from chuangwen.people.roles import Role
from chuangwen.plan import due as due_module
from chuangwen.plan.actions import reminding
from chuangwen.plan.actions.parts import (
    Step,
    add_progress,
    confirm_measures,
    finish_part,
    submit_measures,
)
from chuangwen.plan.actions.reminding import remind_of_deadlines, send_reminders

D = datetime.date
DAY = D(2021, 9, 15)


@pytest.fixture
def remind(system):
    """Run a day; the notices of dispatching are put aside."""

    def run(day: datetime.date = DAY):
        return remind_of_deadlines(day=day, by=system)

    return run


def reminders(person) -> list[str]:
    kinds = ["due_soon", "due_today", "overdue", "overdue_digest"]
    found = Notice.objects.filter(recipient=person.account, kind__in=kinds).order_by("subject")
    return list(found.values_list("subject", flat=True))


def test_before_and_on_the_day_the_clerk_and_afterwards_the_head_too(
    give, unit, li_mei, zhang_wei, remind
):
    for due, title in [
        (D(2021, 9, 23), "五天后"),
        (D(2021, 9, 16), "明天"),
        (DAY, "今天"),
        (D(2021, 9, 14), "昨天"),
        (D(2021, 9, 22), "四天后"),
        (None, "没有期限"),
    ]:
        give(unit, due_on=due, title=title)
    done = remind()
    assert reminders(li_mei) == [
        "今天到期：今天",
        "已超期 1 个工作日：昨天",
        "还有 1 个工作日到期：明天",
        "还有 5 个工作日到期：五天后",
    ]
    assert reminders(zhang_wei) == ["已超期 1 个工作日：昨天"]
    assert done.reminders == 6  # and the office's one
    body = Notice.objects.get(recipient=li_mei.account, kind="due_today").body
    assert body == "完成时限 2021-09-15（周三）。区发改局，当前状态：待填措施。"


def test_a_unit_without_a_clerk_has_its_head_reminded(give, unit, zhang_wei, remind):
    give(unit, due_on=DAY)
    remind()
    assert reminders(zhang_wei) == ["今天到期：停车泊位应划尽划"]


def test_the_office_gets_one_digest_a_day(give, unit, wang_fang, remind):
    for title in "甲乙丙":
        give(unit, due_on=D(2021, 9, 1), title=title)
    give(unit, due_on=DAY)
    remind()
    assert reminders(wang_fang) == ["2021-09-15 时限日报：超期 3 项，今天到期 1 项"]
    notice = Notice.objects.get(recipient=wang_fang.account, kind="overdue_digest")
    assert notice.body == "今天到期 1 项，超期 3 项。\n超期最多：区发改局 3 项。"


def test_a_day_off_brings_no_digest(give, unit, wang_fang, remind):
    give(unit, due_on=D(2021, 9, 1))
    remind(D(2021, 9, 20))  # 中秋节
    assert reminders(wang_fang) == []


def test_what_is_done_is_not_reminded_of(give, unit, li_mei, wang_fang, remind):
    (part,) = give(unit, due_on=DAY)
    submit_measures(part=part, base_version=1, steps=[Step("划线", DAY)], by=li_mei.actor)
    confirm_measures(part=part, base_version=2, by=wang_fang.actor)
    finish_part(part=part, base_version=3, by=li_mei.actor)
    remind()
    assert reminders(li_mei) == []


def test_measures_are_reminded_of_until_progress_is_noted(give, unit, li_mei, wang_fang, remind):
    (part,) = give(unit, due_on=D(2021, 12, 31))
    steps = [Step("制定方案", D(2021, 9, 14)), Step("完成划线", D(2021, 9, 16))]
    submit_measures(part=part, base_version=1, steps=steps, by=li_mei.actor)
    remind(D(2021, 9, 13))
    assert reminders(li_mei) == []  # not agreed yet
    confirm_measures(part=part, base_version=2, by=wang_fang.actor)
    remind(DAY)
    late, soon = "措施已超期 1 个工作日：制定方案", "措施还有 1 个工作日到期：完成划线"
    assert reminders(li_mei) == [late, soon]
    add_progress(part=part, day=D(2021, 9, 16), text="方案已印发", by=li_mei.actor)
    remind(D(2021, 9, 17))
    assert reminders(li_mei) == [late, soon]


def test_a_finished_day_is_not_run_again(give, unit, li_mei, remind):
    give(unit, due_on=DAY)
    assert remind() is not None
    give(unit, due_on=DAY, title="之后下达")
    assert remind() is None
    assert reminders(li_mei) == ["今天到期：停车泊位应划尽划"]


def test_days_of_standing_still_are_caught_up_with(give, unit, li_mei, remind):
    remind(D(2021, 9, 10))
    give(unit, due_on=D(2021, 9, 13))
    done = remind(DAY)
    assert done.since == D(2021, 9, 10)
    assert reminders(li_mei) == ["已超期 2 个工作日：停车泊位应划尽划"]


def test_a_killed_run_is_taken_over_and_tells_nobody_twice(give, unit, li_mei, remind, monkeypatch):
    monkeypatch.setattr(due_module, "BATCH", 2)
    for number in range(5):
        give(unit, due_on=DAY, title=f"任务{number}")

    real, calls = reminding.notify, []

    def dies(**arguments):
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return real(**arguments)

    monkeypatch.setattr(reminding, "notify", dies)
    with pytest.raises(KeyboardInterrupt):
        remind()
    assert len(reminders(li_mei)) == 2
    monkeypatch.setattr(reminding, "notify", real)
    assert remind() is None  # the dead one still holds the day
    ReminderRun.objects.update(claimed_until="2021-01-01T00:00:00Z")
    remind()
    assert reminders(li_mei) == [f"今天到期：任务{number}" for number in range(5)]
    assert ReminderRun.objects.get().finished_at is not None


def test_two_at_once_tell_everybody_once(give, unit, li_mei, system):
    """Even when a lease failed and both work on the same day, the keys hold."""
    give(unit, due_on=DAY)
    run = claim_run(DAY)
    assert claim_run(DAY) is None
    since = DAY - datetime.timedelta(days=1)
    assert send_reminders(run=run, since=since, by=system) == 2  # and the office's digest
    assert send_reminders(run=run, since=since, by=system) == 0
    assert len(reminders(li_mei)) == 1


def test_a_new_deadline_is_reminded_of_anew(give, unit, li_mei, remind):
    (part,) = give(unit, due_on=DAY)
    remind()
    part.due_on = D(2021, 9, 17)
    part.save(update_fields=["due_on"])
    remind(D(2021, 9, 17))
    assert reminders(li_mei) == ["今天到期：停车泊位应划尽划"] * 2


def test_a_hundred_parts_cost_as_many_statements_as_one(give, hire, system):
    units = [
        create_unit(name=f"第{number}局", kind=UnitKind.GOVERNMENT, by=system)
        for number in range(100)
    ]
    for unit in units:
        hire(f"{unit.name}甲", Role.CLERK, unit)

    def statements(day) -> int:
        with CaptureQueriesContext(connection) as caught:
            remind_of_deadlines(day=day, by=system)
        return len(caught)

    give(units[0], due_on=DAY)
    one = statements(DAY)
    give(*units, due_on=D(2021, 9, 22), title="许多单位")
    assert statements(D(2021, 9, 22)) <= one + 6  # the part that is late by now has its own batch
    assert Notice.objects.filter(kind="due_today").count() == 101


class TestOffsets:
    def test_the_office_decides_and_it_is_on_record(self, wang_fang, give, unit, li_mei, remind):
        offsets = Offsets(before=(2, 10, 1, 60, 30), on_day=False, after=(), then_every=0)
        policy = set_offsets(offsets=offsets, base_version=0, by=wang_fang.actor)
        assert policy.before == [60, 30, 10, 2, 1]
        assert AuditEvent.objects.get(verb="reminders.set").changes["before"] == [
            [5, 1],
            [60, 30, 10, 2, 1],
        ]
        give(unit, due_on=DAY, title="今天")
        give(unit, due_on=D(2021, 9, 17), title="两天后")
        remind()
        assert reminders(li_mei) == ["还有 2 个工作日到期：两天后"]

    @pytest.mark.parametrize(
        ("offsets", "field"),
        [
            (Offsets(before=(0,)), "before"),
            (Offsets(before=(61,)), "before"),
            (Offsets(before=(1, 2, 3, 4, 5, 6)), "before"),
            (Offsets(after=(-1,)), "after"),
            (Offsets(then_every=61), "then_every"),
        ],
    )
    def test_nonsense_is_refused_with_its_field(self, wang_fang, offsets, field):
        with pytest.raises(Invalid) as refused:
            set_offsets(offsets=offsets, base_version=0, by=wang_fang.actor)
        assert refused.value.field == field

    def test_two_at_once_are_noticed(self, wang_fang):
        set_offsets(offsets=Offsets(), base_version=0, by=wang_fang.actor)
        with pytest.raises(StaleEdit):
            set_offsets(offsets=Offsets(), base_version=0, by=wang_fang.actor)

    def test_units_do_not_decide(self, li_mei):
        with pytest.raises(NotPermitted):
            set_offsets(offsets=Offsets(), base_version=0, by=li_mei.actor)


def test_the_lease_is_longer_than_a_batch_takes():
    assert datetime.timedelta(minutes=5) <= runs.LEASE
