"""A worker that dies while it reads a long document, on each database."""

import json
import signal
import subprocess
import sys

from tests.ops.installation import ROOT

START = """
import datetime, json, sys
from dataclasses import replace
from chuangwen.commands import start_django; start_django()
from chuangwen.people.actors import system_actor
from chuangwen.plan.actions import background_reading as background
from chuangwen.plan.models import *
from chuangwen.tenancy.models import Tenant
from chuangwen.tenancy.scope import tenant_scope
tenant = Tenant.objects.get(code="510402")
def stored():
    with tenant_scope(tenant.pk):
        reading = DocumentReading.objects.get(name="长.txt")
        source = SourceDocument.objects.filter(name="长.txt").first()
        imports = PlanImport.objects.filter(source=source) if source else PlanImport.objects.none()
        items = ImportItem.objects.filter(plan_import__in=imports).count()
        return dict(state=reading.state, attempts=reading.attempts, imports=imports.count(),
                    items=items)
"""
HAND_IN = """
from importlib.resources import files
from chuangwen.plan.actions.document_readings import queue_document
with tenant_scope(tenant.pk):
    text = (files("chuangwen.plan") / "samples" / "panzhihua-dongqu-2021.txt").read_text("utf-8")
    queue_document(campaign=Campaign.objects.get(), name="长.txt", data=text[:8000].encode(),
                   by=system_actor(tenant.pk))
"""
# Killed in the middle of the transaction that stores the import, and before it.
DYING = """
import time
def stop(*given, **named):
    print("here", flush=True)
    time.sleep(600)
if sys.argv[1] == "storing":
    from chuangwen.plan.actions import imports
    imports.record = stop
else:
    background.found_in = stop
background.READING = replace(background.READING, span=datetime.timedelta(0))
background.read_next()
"""
TAKE_OVER = """
background.READING = replace(background.READING, span=datetime.timedelta(0))
before = stored()
background.read_next()
print(json.dumps([before, stored()]))
"""


def test_killed_while_reading_and_while_storing_the_next_worker_takes_over(district):
    made = district.python(START + HAND_IN)
    assert made.returncode == 0, made.stderr
    for moment in ("parsing", "storing"):
        command = [sys.executable, "-c", START + DYING, moment]
        worker = subprocess.Popen(
            command, cwd=ROOT, env=district.environment, stdout=subprocess.PIPE, text=True
        )
        assert worker.stdout.readline() == "here\n"
        worker.send_signal(signal.SIGKILL)
        worker.wait()
    result = district.python(START + TAKE_OVER)
    assert result.returncode == 0, result.stderr
    before, after = json.loads(result.stdout)
    assert before == {"state": "parsing", "attempts": 2, "imports": 0, "items": 0}
    assert (after["state"], after["attempts"], after["imports"]) == ("done", 3, 1)
    assert after["items"] > 30
