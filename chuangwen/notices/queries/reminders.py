"""The district's offsets, and what was gone through."""

import datetime

from chuangwen.notices.deadlines import Offsets
from chuangwen.notices.models import ReminderPolicy, ReminderRun


def offsets_in_force() -> Offsets:
    """Return the district's own offsets, or the defaults."""
    policy = ReminderPolicy.objects.first()
    return offsets_of(policy) if policy else Offsets()


def offsets_of(policy: ReminderPolicy) -> Offsets:
    """Return a stored policy as plain data."""
    return Offsets(
        before=tuple(policy.before),
        on_day=policy.on_day,
        after=tuple(policy.after),
        then_every=policy.then_every,
    )


def last_finished_day(before: datetime.date) -> datetime.date | None:
    """Return the last day before `before` whose reminders all went out."""
    runs = ReminderRun.objects.filter(day__lt=before, finished_at__isnull=False)
    return runs.order_by("-day").values_list("day", flat=True).first()


def is_done(day: datetime.date) -> bool:
    """Tell whether the day's reminders all went out."""
    return ReminderRun.objects.filter(day=day, finished_at__isnull=False).exists()


def latest_run() -> ReminderRun | None:
    """Return the latest day that was begun."""
    return ReminderRun.objects.order_by("-day").first()
