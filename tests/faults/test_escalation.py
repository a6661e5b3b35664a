"""Workers that climb the ladder at the same moment, and are killed at it, on each database."""

import json
import random
import subprocess
import sys
import time

from tests.ops.installation import ROOT, Installation

CASES = 60
PREPARE = """
from chuangwen.commands import start_django; start_django()
from tests.faults.escalation_client import make_cases
make_cases()
"""
STATE = """
from chuangwen.commands import start_django; start_django()
from tests.faults.escalation_client import found
print(found())
"""
KILLED = 6


def prepared(district: Installation) -> None:
    made = district.python(PREPARE)
    assert made.returncode == 0, made.stderr


def told(district: Installation) -> dict[str, object]:
    result = district.python(STATE)
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


def whole() -> dict[str, object]:
    """Every case one step, one event a step, one notice a run that names what it is about."""
    return {
        "steps": CASES, "cases": CASES, "events": CASES, "waiting": 0, "runs": 1, "faults": [],
        "named": CASES,
    }  # fmt: skip


def test_four_workers_make_each_step_once_and_tell_it_once(district, together):
    prepared(district)
    assert together("escalate", 4) == ["done"] * 4
    assert told(district) == whole()


def test_workers_that_are_killed_anywhere_leave_nothing_twice_and_nothing_out(
    district, tmp_path, together
):
    prepared(district)
    lots = random.Random(5)  # noqa: S311 - when to kill
    for number in range(KILLED):
        gate = tmp_path / f"kill-{number}"
        gate.touch()
        command = [sys.executable, "-m", "tests.faults.client", "escalate", str(gate)]
        worker = subprocess.Popen(
            command, cwd=ROOT, env=district.environment, stdout=subprocess.PIPE, text=True
        )
        assert worker.stdout.readline() == "ready\n"
        time.sleep(lots.random() * 0.4)
        worker.kill()
        worker.wait()
    assert together("escalate", 2) == ["done"] * 2
    assert told(district) == whole()
