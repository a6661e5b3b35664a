"""Installations: made once, copied for each test."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import psycopg
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


@pytest.fixture(scope="session")
def made_on_postgres(cluster: str, tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """The data directory and the database of a fresh demonstration on PostgreSQL."""
    _in_cluster(cluster, "CREATE DATABASE made")
    url = cluster.replace("/postgres?", "/made?")
    folder = tmp_path_factory.mktemp("made_on_postgres") / "数据"
    installation = Installation(folder, {"CHUANGWEN_DATABASE_URL": url})
    installation.run("manage", "migrate", "--no-input", "-v0")
    installation.run("demo")
    return installation


@pytest.fixture
def on_postgres(cluster: str, made_on_postgres: Installation, tmp_path: Path) -> Installation:
    """东区 on PostgreSQL, as it was made."""
    _in_cluster(cluster, "DROP DATABASE IF EXISTS own", "CREATE DATABASE own TEMPLATE made")
    shutil.copytree(made_on_postgres.data, tmp_path / "数据")
    url = cluster.replace("/postgres?", "/own?")
    return Installation(tmp_path / "数据", {"CHUANGWEN_DATABASE_URL": url})


def _in_cluster(url: str, *statements: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)
