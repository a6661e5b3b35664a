"""Installations: made once, copied for each test."""

from pathlib import Path

import pytest

from tests.ops.installation import Installation
from tests.ops.made import copy_of


@pytest.fixture
def installation(on_sqlite: Installation, tmp_path: Path) -> Installation:
    """东区 on SQLite."""
    return copy_of(on_sqlite, tmp_path / "数据 目录")


@pytest.fixture
def on_postgres(on_cluster: Installation, tmp_path: Path) -> Installation:
    """东区 on PostgreSQL."""
    return copy_of(on_cluster, tmp_path / "数据")
