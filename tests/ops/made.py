"""Demonstrations made once and copied for each test: making one takes most of a test's time."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from dev_tools.places import StepFailed
from dev_tools.postgres import temporary_cluster
from tests.ops.installation import Installation

DATABASE = "CHUANGWEN_DATABASE_URL"
TODAY = {"CHUANGWEN_TODAY": "2021-09-15"}


def made_once_on_sqlite(factory: pytest.TempPathFactory) -> Path:
    """Return a data directory that nobody changes; of several workers, the first one makes it."""
    common = factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        common = common.parent
    made = common / "made-once" / "数据 目录"
    with (common / "made-once.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not made.exists():
            unfinished = common / "made-once-unfinished"
            shutil.rmtree(unfinished, ignore_errors=True)
            installation = Installation(unfinished / made.name, dict(TODAY))
            installation.run("manage", "migrate", "--no-input", "-v0")
            installation.run("demo")
            unfinished.rename(made.parent)
    return made


@pytest.fixture(scope="session")
def on_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """A fresh demonstration on SQLite, which nobody changes."""
    return Installation(made_once_on_sqlite(tmp_path_factory))


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


@pytest.fixture(scope="session")
def on_cluster(cluster: str, tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """A fresh demonstration on PostgreSQL, which nobody changes."""
    _in_cluster(cluster, "CREATE DATABASE made")
    data = tmp_path_factory.mktemp("made") / "数据"
    installation = Installation(data, {DATABASE: _named(cluster, "made")})
    installation.run("manage", "migrate", "--no-input", "-v0")
    installation.run("demo")
    return installation


def copy_of(made: Installation, data: Path, name: str = "own") -> Installation:
    """Copy the files and the database; on PostgreSQL a former copy of that name goes."""
    shutil.copytree(made.data, data)
    url = made.settings.get(DATABASE)
    if url is None:
        return Installation(data)
    _in_cluster(
        _named(url, "postgres"),
        f"DROP DATABASE IF EXISTS {name} WITH (FORCE)",  # a killed client may not be gone
        f"CREATE DATABASE {name} TEMPLATE {url.partition('@/')[2].partition('?')[0]}",
    )
    return Installation(data, {DATABASE: _named(url, name)})


def _named(url: str, name: str) -> str:
    """The URL of another database of the same cluster."""
    account, _, rest = url.partition("@/")
    return f"{account}@/{name}?{rest.partition('?')[2]}"


def _in_cluster(url: str, *statements: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)
