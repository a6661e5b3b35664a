"""Eight offices work on the same four cases at the same moment, on each database."""

import json

CLIENTS = 8
PREPARE = """
from chuangwen.commands import start_django; start_django()
from chuangwen.people.actors import system_actor
from chuangwen.tenancy.models import Tenant
from chuangwen.tenancy.scope import tenant_scope
from tests.faults.case_client import make_cases
tenant = Tenant.objects.get(code="510402")
with tenant_scope(tenant.pk):
    make_cases(system_actor(tenant.pk))
"""
STATE = """
import json
from chuangwen.commands import start_django; start_django()
from chuangwen.audit.queries import verify
from chuangwen.rectification.folding import folded
from chuangwen.rectification.models import *
from chuangwen.rectification.stepping import lives_of
from chuangwen.tenancy.models import Tenant
from chuangwen.tenancy.scope import tenant_scope
tenant = Tenant.objects.get(code="510402")
with tenant_scope(tenant.pk):
    cases = list(Case.objects.filter(title__contains="处飞线"))
    told, kept = folded(cases), lives_of(cases)
    print(json.dumps({
        "beside": [case.title for case in cases if told[case.pk] != kept[case.pk]],
        "versions": sum(case.version for case in cases),
        "counted": sum(case.events_count for case in cases),
        "events": CaseEvent.objects.filter(case__in=cases).count(),
        "serials": sorted(case.serial for case in cases if case.serial),
        "cases": len(cases),
        "faults": verify(tenant_id=tenant.pk).faults}))
"""


def test_no_step_is_lost_and_none_is_done_on_what_somebody_else_changed(district, together):
    prepared = district.python(PREPARE)
    assert prepared.returncode == 0, prepared.stderr
    said = together("cases", CLIENTS)
    steps = [line.split() for line in "\n".join(said).splitlines() if line.startswith("steps")]
    assert len(steps) == CLIENTS, said
    done, stale = (sum(int(step[column]) for step in steps) for column in (1, 2))
    assert stale, "they never met"
    result = district.python(STATE)
    assert result.returncode == 0, result.stderr
    found = json.loads(result.stdout)
    assert found["beside"] == []
    # Each step is one event and one version more; a lost update would be an event less.
    assert found["events"] == found["counted"] == found["versions"] == done + found["cases"]
    first, last = found["serials"][0], found["serials"][-1]  # after those of the demonstration
    assert found["serials"] == list(range(first, last + 1))
    assert found["faults"] == []
