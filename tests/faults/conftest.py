"""A district of its own on disk, on each database: faults need real processes and real files."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.ops.installation import ROOT, Installation
from tests.ops.made import copy_of

EMPTY_PLAN = """
from chuangwen.commands import start_django; start_django()
from chuangwen.demonstration import district
from chuangwen.people.actors import system_actor
from chuangwen.plan.actions.imports import take_in_document
from chuangwen.plan.actions.review import accept_remaining, decide_items
from chuangwen.plan.models import Campaign, PlanImport
from chuangwen.plan.reading import read_document
from chuangwen.tenancy.models import Tenant
from chuangwen.tenancy.scope import tenant_scope
from importlib.resources import files
tenant = Tenant.objects.get(code=district.CODE)
with tenant_scope(tenant.pk):
    by = system_actor(tenant.pk)
    data = (files("chuangwen.plan") / "samples" / district.NOTICE).read_bytes()
    data = data.decode().replace("深化理想信念教育", "深化理想信念教育和飞线整治").encode()
    taken = take_in_document(campaign=Campaign.objects.get(), source=read_document(data, "a.txt"),
                             name="a.txt", data=data, by=by)
    accept_remaining(plan_import=taken, by=by)
    waiting = taken.items.filter(state="proposed").values_list("pk", flat=True)
    decide_items(plan_import=taken, item_ids=waiting, state="accepted", by=by)
"""


@pytest.fixture(scope="session")
def waiting_on_sqlite(on_sqlite: Installation, tmp_path_factory) -> Installation:
    """The demonstration district; the notice waits a second time for confirmation."""
    return _let_the_notice_wait(copy_of(on_sqlite, tmp_path_factory.mktemp("waiting") / "data"))


@pytest.fixture(scope="session")
def waiting_on_postgresql(on_cluster: Installation, tmp_path_factory) -> Installation:
    """The same on PostgreSQL."""
    data = tmp_path_factory.mktemp("waiting") / "data"
    return _let_the_notice_wait(copy_of(on_cluster, data, "waiting"))


def _let_the_notice_wait(made: Installation) -> Installation:
    result = made.python(EMPTY_PLAN)
    assert result.returncode == 0, result.stderr
    return made


@pytest.fixture(params=["sqlite", "postgresql"])
def district(request: pytest.FixtureRequest, tmp_path: Path) -> Installation:
    """A fresh copy, files and database, on each database."""
    return copy_of(request.getfixturevalue(f"waiting_on_{request.param}"), tmp_path / "data")


@pytest.fixture
def together(district: Installation, tmp_path: Path):
    """Run a deed in `count` processes that begin at the same moment; return how each ended."""

    def run(deed: str, count: int) -> list[str]:
        gate = tmp_path / f"gate-{deed}"
        command = [sys.executable, "-m", "tests.faults.client", deed, str(gate)]
        clients = [
            subprocess.Popen(
                command, cwd=ROOT, env=district.environment, stdout=subprocess.PIPE, text=True
            )
            for _ in range(count)
        ]
        for client in clients:
            assert client.stdout.readline() == "ready\n"
        gate.touch()
        return sorted(client.communicate(timeout=90)[0].strip() for client in clients)

    return run
