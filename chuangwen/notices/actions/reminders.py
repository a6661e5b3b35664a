"""The district's offsets, and who works through a day's reminders."""

import datetime
from collections.abc import Iterable

from django.db import transaction

from chuangwen.audit.actions import record
from chuangwen.kit import clock
from chuangwen.kit.errors import Invalid, StaleEdit
from chuangwen.kit.upserts import insert_missing
from chuangwen.notices.deadlines import MOST_DAYS, Offsets
from chuangwen.notices.models import ReminderPolicy, ReminderRun
from chuangwen.notices.queries.reminders import offsets_of
from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission

LEASE = datetime.timedelta(minutes=10)
MOST_OFFSETS = 5


@transaction.atomic
def set_offsets(*, offsets: Offsets, base_version: int, by: Actor) -> ReminderPolicy:
    """Decide when people are reminded. Raises Invalid naming the field, and StaleEdit."""
    by.require(Permission.DISPATCH_TASKS)
    before = _checked(offsets.before, "时限前", "before")
    after = _checked(offsets.after, "时限后", "after")
    if not 0 <= offsets.then_every <= MOST_DAYS:
        raise Invalid(
            f"“此后每”的“{offsets.then_every}”超出范围。请填 1 至 {MOST_DAYS}，不再重复填 0。",
            field="then_every",
        )
    insert_missing([ReminderPolicy(version=0)], ["tenant"])
    policy = ReminderPolicy.objects.select_for_update().get()
    if policy.version != base_version:
        raise StaleEdit("提醒规则刚被别人改动，您的改动没有保存。请刷新页面后重新填写。")
    old = offsets_of(policy) if base_version else Offsets()
    policy.before, policy.after = sorted(before, reverse=True), sorted(after)
    policy.on_day, policy.then_every = offsets.on_day, offsets.then_every
    policy.version += 1
    policy.save()
    record(
        by=by,
        verb="reminders.set",
        on=policy,
        before=[list(old.before), policy.before],
        on_day=[old.on_day, policy.on_day],
        after=[list(old.after), policy.after],
        then_every=[old.then_every, policy.then_every],
    )
    return policy


def claim_run(day: datetime.date) -> ReminderRun | None:
    """Take on a day's reminders; None when they are done, or somebody is at them right now."""
    now = clock.now()
    insert_missing([ReminderRun(day=day, claimed_until=now, started_at=now)], ["tenant", "day"])
    with transaction.atomic():
        free = ReminderRun.objects.filter(day=day, finished_at=None, claimed_until__lte=now)
        run = free.select_for_update(skip_locked=True).first()
        if run is not None:
            extend_run(run)
    return run


def extend_run(run: ReminderRun) -> None:
    """Say that the work goes on; called with every batch."""
    ReminderRun.objects.filter(pk=run.pk).update(claimed_until=clock.now() + LEASE)


@transaction.atomic
def finish_run(*, run: ReminderRun, reminders: int, is_certain: bool, by: Actor) -> None:
    """Close a day for good."""
    run.finished_at, run.reminders, run.is_certain = clock.now(), reminders, is_certain
    run.save(update_fields=["finished_at", "reminders", "is_certain"])
    record(by=by, verb="reminders.sent", on=run, reminders=reminders)


def _checked(days: Iterable[int], label: str, field: str) -> list[int]:
    wanted = sorted(set(days))
    if len(wanted) > MOST_OFFSETS:
        raise Invalid(
            f"“{label}”有 {len(wanted)} 个天数，最多 {MOST_OFFSETS} 个。请删去一些。", field=field
        )
    for day in wanted:
        if not 1 <= day <= MOST_DAYS:
            raise Invalid(
                f"“{label}”的“{day}”超出范围。请填 1 至 {MOST_DAYS} 的整数。", field=field
            )
    return wanted
