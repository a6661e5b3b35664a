"""A district of its own, whose cases are all one working day late."""

import datetime
import json
import re
from dataclasses import replace

CODE = "990002"
DUE, DAY = datetime.date(2021, 9, 23), datetime.date(2021, 9, 24)
FROM = datetime.date(2021, 9, 1)
NOON = datetime.time(12)
CASES = 60


def make_cases() -> None:
    """Sixty cases of one unit with one clerk."""
    from chuangwen.audit.actions import open_chain
    from chuangwen.kit.clock import as_on
    from chuangwen.people.actions.units import create_unit
    from chuangwen.people.actors import system_actor
    from chuangwen.people.models import Account, Membership
    from chuangwen.rectification.actions.deciding import file_cases
    from chuangwen.rectification.actions.dispatching import dispatch_cases
    from chuangwen.rectification.actions.opening import Seen, report_case
    from chuangwen.rectification.enums import Source
    from chuangwen.rectification.models import Case
    from chuangwen.supervision.actions.ladder import set_ladder
    from chuangwen.supervision.reference import reference_plan
    from chuangwen.tenancy.models import Tenant
    from chuangwen.tenancy.scope import tenant_scope

    tenant = Tenant.objects.create(name="试验区", code=CODE)
    open_chain(tenant_id=tenant.pk)
    with tenant_scope(tenant.pk), as_on(FROM):
        by = system_actor(tenant.pk)
        unit = create_unit(name="区发改局", kind="government", by=by)
        clerk = Account.objects.create(tenant=tenant, username="ladder-limei", name="李梅")
        Membership.objects.create(account=clerk, unit=unit, role="clerk")
        for number in range(CASES):
            seen = Seen(title=f"第{number}处", source=Source.SELF, found_on=FROM)
            report_case(seen=seen, by=by)
        for step in (file_cases, lambda **given: dispatch_cases(**given, lead=unit, due_on=DUE)):
            step(versions=dict(Case.objects.values_list("pk", "version")), by=by)
        plan = replace(reference_plan(FROM), most_a_day=20)  # none waits for tomorrow
        set_ladder(plan=plan, base_version=0, by=by)


def escalate(by) -> None:
    """What the schedule does on a day, in small batches so that there is much to be cut off."""
    from chuangwen.supervision.actions import climbing
    from chuangwen.supervision.actions.telling import send_reminders

    climbing.BATCH = 7
    climbing.climb(day=DAY, by=by)
    send_reminders(day=DAY, at=NOON, by=by)


def found() -> str:
    """Count what there is afterwards."""
    from chuangwen.audit.models import AuditEvent
    from chuangwen.audit.queries import verify
    from chuangwen.notices.models import Notice
    from chuangwen.supervision.models import EscalationRun, EscalationStep, WaitingReminder
    from chuangwen.tenancy.models import Tenant
    from chuangwen.tenancy.scope import tenant_scope

    tenant = Tenant.objects.get(code=CODE)
    with tenant_scope(tenant.pk):
        steps = EscalationStep.objects.all()
        subjects = Notice.objects.filter(kind="escalated").values_list("subject", flat=True)
        numbers = [re.search(r"(\d+) 个问题", one) for one in subjects]
        return json.dumps({
            "steps": steps.count(),
            "cases": steps.values("case").distinct().count(),
            "events": AuditEvent.objects.filter(verb="case.escalated").count(),
            "waiting": WaitingReminder.objects.count(),
            "runs": EscalationRun.objects.count(),
            "faults": verify(tenant_id=tenant.pk).faults,
            "named": sum(int(one[1]) if one else 1 for one in numbers),
        })  # fmt: skip
