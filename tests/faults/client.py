"""One of several processes that work on the same district at the same time.

Run as `python -m tests.faults.client <deed>`; prints `done`, or the class of the refusal.
"""

import datetime
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from chuangwen.commands import start_django
from tests.faults import escalation_client

DUE = datetime.date(2021, 12, 31)
NOTICES = {"remind", "route"}
OWN_DISTRICT = "990001"  # whose tasks no other test counts
GUESSERS = 8


def main(deed: str) -> None:
    """Wait for the starting time given in a file, do the deed, say how it ended."""
    start_django()
    from chuangwen.kit.errors import ChuangwenError
    from chuangwen.people.actors import system_actor
    from chuangwen.tenancy.models import Tenant
    from chuangwen.tenancy.scope import tenant_scope

    own = {"escalate": escalation_client.CODE} | dict.fromkeys(NOTICES, OWN_DISTRICT)
    tenant = Tenant.objects.get(code=own.get(deed, "510402"))
    with tenant_scope(tenant.pk):
        step = prepare(deed, system_actor(tenant.pk))
        print("ready", flush=True)
        gate = Path(sys.argv[2])
        while not gate.exists():
            time.sleep(0.01)
        try:
            step()
        except ChuangwenError as refusal:
            print(type(refusal).__name__, flush=True)
        else:
            print("done", flush=True)


def prepare(deed: str, by) -> Callable[[], object]:
    """Load what the deed needs, so that all processes begin with the same knowledge."""
    from chuangwen.people.models import Unit
    from chuangwen.plan.actions import confirming, parts
    from chuangwen.plan.actions.dispatching import Assignment, dispatch_many
    from chuangwen.plan.enums import DutyKind
    from chuangwen.plan.models import PlanImport, Task, TaskPart
    from tests.faults.case_client import work

    if deed == "dispatch":
        task = Task.objects.filter(parts__isnull=True).order_by("position").first()
        unit = Unit.objects.get(name="区发改局")
        return lambda: dispatch_many(
            assignments=[Assignment(task.pk, unit.pk, DutyKind.LEAD, DUE)], by=by
        )
    if deed == "submit":
        part, steps = TaskPart.objects.get(is_sample=False), [parts.Step("制定方案", DUE)]
        return lambda: parts.submit_measures(part=part, base_version=1, steps=steps, by=by)
    if deed == "confirm":
        waiting = PlanImport.objects.get(state="review")
        return lambda: confirming.confirm_import(
            plan_import=waiting, base_version=waiting.version, effective_on=DUE, by=by
        )
    if deed in NOTICES:
        return prepare_notices(deed, by)
    unprepared: dict[str, Callable[[], object]] = {
        "upload": lambda: upload_and_attach(by),
        "store": lambda: store_for_ever(by),
        "guess": guess,
        "cases": lambda: work(by),
        "escalate": lambda: escalation_client.escalate(by),
    }
    return unprepared[deed]


def guess() -> None:
    """A wrong password; everybody's is checked before anybody's is counted."""
    from unittest import mock

    from chuangwen.people.actions import signing_in

    gate = Path(sys.argv[2])

    def is_right(account, password) -> bool:
        gate.with_name(f"checked-{os.getpid()}").touch()
        until = time.monotonic() + 60
        while len(list(gate.parent.glob("checked-*"))) < GUESSERS and time.monotonic() < until:
            time.sleep(0.01)
        return False

    with mock.patch.object(signing_in, "_is_right", is_right):
        signing_in.check_sign_in(username="nobody", password="wrong", address="192.0.2.1")


def upload_and_attach(by) -> None:
    """The same bytes in every process, attached to a row of its own."""
    from django.db import transaction

    from chuangwen.files.actions.attaching import attach_uploads
    from chuangwen.files.actions.uploads import upload_file
    from chuangwen.people.models import Unit

    upload = upload_file(content=b"%PDF-1.4 " + b"x" * 2**22 + b"%%EOF", name="同.pdf", by=by)
    with transaction.atomic():
        attach_uploads(kind="plan.progress", owner=Unit(), upload_ids=[upload.pk], by=by)


def store_for_ever(by) -> None:
    """One file after the other until somebody ends this process; says which are stored."""
    from chuangwen.files.actions.storing import store_file

    while True:
        blocks = [b"%PDF-1.4 ", *(os.urandom(2**16) for _ in range(24)), b"%%EOF"]
        print(store_file(content=blocks, name="a.pdf", by=by).sha256, flush=True)


def prepare_notices(deed: str, by) -> Callable[[], object]:
    """The same, for what the schedule does."""
    from chuangwen.notices.actions.routing import route_notices
    from chuangwen.notices.models import ReminderRun
    from chuangwen.plan.actions.reminding import send_reminders

    if deed == "route":
        return route_notices
    # Past the lease: only the keys keep people from being told twice.
    run = ReminderRun.objects.get(day=DUE)
    since = DUE - datetime.timedelta(days=1)
    return lambda: send_reminders(run=run, since=since, by=by)


if __name__ == "__main__":
    main(sys.argv[1])
