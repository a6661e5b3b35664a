"""Eight processes do the same thing at the same moment; a process dies in the middle of a write."""

import json
import random
import signal
import subprocess
import sys
import time

from tests.ops.installation import ROOT

STATE = """
import json
from chuangwen.commands import start_django; start_django()
import time
from django.db import connection
from chuangwen.audit.queries import verify
from chuangwen.plan.actions.recounting import find_drift
from chuangwen.plan.models import *
from chuangwen.tenancy.models import Tenant
from chuangwen.tenancy.scope import tenant_scope
tenant = Tenant.objects.get(code="510402")
if connection.vendor == "postgresql":
    # The server process of a killed client may still be at its last statement.
    for _ in range(3000):
        with connection.cursor() as cursor:
            cursor.execute(
                "select count(*) from pg_stat_activity where datname = current_database()"
                " and backend_type = 'client backend' and pid <> pg_backend_pid()"
            )
            if not cursor.fetchone()[0]:
                break
        time.sleep(0.01)
    else:
        raise SystemExit("the server process of a killed client does not end")
with tenant_scope(tenant.pk):
    parts = TaskPart.objects.filter(is_sample=False)
    print(json.dumps({
        "parts": parts.count(), "tasks": Task.objects.count(),
        "measures": Measure.objects.filter(part__in=parts).count(),
        "drift": bool(find_drift()),
        "waiting": PlanImport.objects.filter(state="review").count(),
        "extra": Task.objects.filter(title__contains="飞线").count(),
        "faults": verify(tenant_id=tenant.pk).faults}))
"""
CLIENTS = 8
KILLS = 6


def state(district) -> dict[str, object]:
    result = district.python(STATE)
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


def test_eight_at_once_make_one_part_and_one_set_of_measures(district, together):
    assert together("dispatch", CLIENTS) == ["done"] * CLIENTS
    found = state(district)
    assert (found["parts"], found["drift"]) == (1, False)
    assert together("submit", CLIENTS) == ["StaleEdit"] * (CLIENTS - 1) + ["done"]
    found = state(district)
    assert (found["measures"], found["drift"], found["faults"]) == (1, False, [])


def test_killed_while_confirming_all_or_nothing_is_there(district, tmp_path):
    before = state(district)
    chance = random.Random(7)  # noqa: S311 - a test that can be repeated
    gate = tmp_path / "gate"
    gate.touch()
    command = [sys.executable, "-m", "tests.faults.client", "confirm", str(gate)]
    for _ in range(KILLS):
        client = subprocess.Popen(
            command, cwd=ROOT, env=district.environment, stdout=subprocess.PIPE, text=True
        )
        assert client.stdout.readline() == "ready\n"
        time.sleep(chance.random() * 0.4)
        client.send_signal(signal.SIGKILL)
        client.communicate()
        found = state(district)
        assert found["faults"] == []
        if not found["waiting"]:
            break
        assert found == before
    else:
        ended = subprocess.run(
            command, cwd=ROOT, env=district.environment, capture_output=True, text=True, check=True
        )
        assert ended.stdout == "ready\ndone\n"
    after = state(district)
    assert (after["waiting"], after["extra"], after["faults"]) == (0, before["extra"] + 1, [])
