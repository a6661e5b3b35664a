"""A district of its own on disk, on each database: faults need real processes and real files."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from dev_tools.places import StepFailed
from dev_tools.postgres import find_binaries, temporary_cluster
from tests.ops.installation import ROOT, Installation

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


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def prepared(request, tmp_path_factory) -> Iterator[Installation]:
    """The demonstration district, made once; the notice waits a second time for confirmation."""
    with ExitStack() as stack:
        settings = {}
        if request.param == "postgresql":
            try:
                find_binaries()
            except StepFailed as missing:
                if os.environ.get("CHUANGWEN_REQUIRE_TOOLS"):
                    raise
                pytest.skip(str(missing))
            settings["CHUANGWEN_DATABASE_URL"] = stack.enter_context(temporary_cluster())
        made = Installation(tmp_path_factory.mktemp(request.param), settings)
        made.run("demo")
        result = made.python(EMPTY_PLAN)
        assert result.returncode == 0, result.stderr
        yield made


@pytest.fixture
def district(prepared: Installation, tmp_path: Path) -> Installation:
    """A fresh copy on SQLite; on PostgreSQL the tests share one and take care."""
    if prepared.settings:
        return prepared
    copy = tmp_path / "data"
    shutil.copytree(prepared.data, copy)
    return Installation(copy)


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
