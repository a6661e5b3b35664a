"""One of several processes that work on the same district at the same time.

Run as `python -m tests.faults.client <deed>`; prints `done`, or the class of the refusal.
"""

import datetime
import sys
import time
from collections.abc import Callable
from pathlib import Path

from chuangwen.commands import start_django

DUE = datetime.date(2021, 12, 31)


def main(deed: str) -> None:
    """Wait for the starting time given in a file, do the deed, say how it ended."""
    start_django()
    from chuangwen.kit.errors import ChuangwenError
    from chuangwen.people.actors import system_actor
    from chuangwen.tenancy.models import Tenant
    from chuangwen.tenancy.scope import tenant_scope

    tenant = Tenant.objects.get()
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
    from chuangwen.plan.actions import confirming, parts, tasks
    from chuangwen.plan.enums import DutyKind
    from chuangwen.plan.models import PlanImport, Task, TaskPart

    if deed == "dispatch":
        task, unit = Task.objects.order_by("position").first(), Unit.objects.get(name="区发改局")
        return lambda: tasks.dispatch_task(
            task=task, unit_ids=[unit.pk], kind=DutyKind.LEAD, due_on=DUE, by=by
        )
    if deed == "submit":
        part, steps = TaskPart.objects.get(), [parts.Step("制定方案", DUE)]
        return lambda: parts.submit_measures(part=part, base_version=1, steps=steps, by=by)
    if deed == "confirm":
        waiting = PlanImport.objects.get(state="review")
        return lambda: confirming.confirm_import(
            plan_import=waiting, base_version=waiting.version, effective_on=DUE, by=by
        )
    raise ValueError(deed)


if __name__ == "__main__":
    main(sys.argv[1])
