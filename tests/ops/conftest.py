"""Installations: made once, copied for each test."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from dev_tools.places import StepFailed
from dev_tools.postgres import temporary_cluster
from tests.ops.installation import Installation


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data directory of a fresh demonstration on SQLite."""
    installation = Installation(tmp_path_factory.mktemp("made") / "数据 目录")
    installation.run("manage", "migrate", "--no-input", "-v0")
    installation.run("demo")
    return installation.data


@pytest.fixture
def installation(made_once: Path, tmp_path: Path) -> Installation:
    """东区 on SQLite."""
    shutil.copytree(made_once, tmp_path / "数据 目录")
    return Installation(tmp_path / "数据 目录")


@pytest.fixture(scope="session")
def cluster() -> Iterator[str]:
    """A PostgreSQL cluster of our own; where tools are required its absence is a failure."""
    try:
        with temporary_cluster() as url:
            yield url
    except StepFailed as problem:
        if os.environ.get("CHUANGWEN_REQUIRE_TOOLS") == "1":
            raise
        pytest.skip(str(problem))


@pytest.fixture
def on_postgres(cluster: str, tmp_path: Path) -> Installation:
    """东区 on PostgreSQL. The database is emptied first: one cluster serves all tests."""
    installation = Installation(tmp_path / "数据", {"CHUANGWEN_DATABASE_URL": cluster})
    emptied = installation.python(
        "from chuangwen.commands import start_django; start_django();"
        "from django.db import connection as c;"
        "c.cursor().execute('DROP SCHEMA public CASCADE; CREATE SCHEMA public')"
    )
    assert emptied.returncode == 0, emptied.stderr
    installation.run("manage", "migrate", "--no-input", "-v0")
    installation.run("demo")
    return installation
