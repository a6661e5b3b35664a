"""The day's reminders by command, and by the worker that `serve` starts."""

import time

import pytest

from tests.ops.installation import Installation
from tests.ops.made import TODAY
from tests.ops.test_serve import PATIENCE, serving

GIVE = """
from chuangwen.commands import start_django; start_django()
import datetime
from chuangwen.people.actors import system_actor
from chuangwen.people.models import Unit
from chuangwen.plan.actions.dispatching import Assignment, dispatch_many
from chuangwen.plan.models import Task
from chuangwen.tenancy.models import Tenant
from chuangwen.tenancy.scope import tenant_scope
tenant = Tenant.objects.get(code="510402")
with tenant_scope(tenant.pk):
    unit = Unit.objects.get(name="区发改局")
    task = Task.objects.filter(parts__isnull=True).first()
    given = Assignment(task.pk, unit.pk, "lead", datetime.date(2021, 9, 15))
    dispatch_many(assignments=[given], by=system_actor(tenant.pk))
"""
TOLD = """
from chuangwen.commands import start_django; start_django()
from chuangwen.notices.models import Notice
print(Notice.across_tenants.filter(kind="due_today").count())
"""


def told(installation: Installation) -> int:
    return int(installation.python(TOLD).stdout)


@pytest.fixture
def due_today(installation: Installation) -> Installation:
    installation.settings.update(TODAY)
    result = installation.python(GIVE)
    assert result.returncode == 0, result.stderr
    return installation


def test_the_command_reminds_once_a_day(due_today):
    installation = due_today
    assert "条提醒（接 2021-09-14 之后）" in installation.run("remind")
    assert told(installation) == 1
    assert "当日提醒已发出" in installation.run("remind")
    assert told(installation) == 1


def test_the_worker_reminds_by_itself(due_today):
    with serving(due_today):
        deadline = time.monotonic() + PATIENCE
        while not told(due_today) and time.monotonic() < deadline:
            time.sleep(1)
    assert told(due_today) == 1
