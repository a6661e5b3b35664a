"""A paper with thousands of problems is set in bounded memory: of the worker, and of its children.

By hand, at full size: `python -m tests.reports.papers.long_paper pdf 10000 500`.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
MOST = 300  # MB


def peaks(kind: str, rows: int, photos: int = 0) -> dict[str, int]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.reports.papers.long_paper", kind, str(rows), str(photos)],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, check=True,
    )  # fmt: skip
    return json.loads(done.stdout)


def test_the_rows_of_a_document_are_not_kept_in_memory():
    small, large = peaks("docx", 500), peaks("docx", 4_000)
    # 4,000 rows as a tree would take some 70 MB more.
    assert large["own"] < small["own"] + 30, (small, large)


@pytest.mark.parametrize("rows", [4_000])
def test_a_long_pdf_is_set_in_pieces_that_stay_small(rows):
    found = peaks("pdf", rows, 100)
    # As a whole it would take some 400 MB.
    assert found["own"] < 200, found
    assert 0 < found["children"] < 200, found
