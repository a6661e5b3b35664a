"""LibreOffice as a fixture; a missing one fails where tools are required, else it skips."""

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest

Convert = Callable[[Path], pypdfium2.PdfDocument]


@pytest.fixture(scope="session")
def soffice() -> str:
    program = shutil.which("soffice")
    if program:
        return program
    reason = "soffice is missing: install libreoffice-writer and fonts-noto-cjk"
    if os.environ.get("CI") == "true" or os.environ.get("CHUANGWEN_REQUIRE_TOOLS") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def convert(soffice: str, tmp_path_factory: pytest.TempPathFactory) -> Convert:
    """Return a function from a document's path to its pages, laid out by LibreOffice."""
    profile = tmp_path_factory.mktemp("libreoffice-profile")

    def to_pdf(path: Path) -> pypdfium2.PdfDocument:
        command = [
            soffice,
            f"-env:UserInstallation={profile.as_uri()}",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(path.parent),
            str(path),
        ]
        result = subprocess.run(command, capture_output=True, timeout=300, check=False)
        target = path.with_suffix(".pdf")
        assert target.exists(), result.stderr.decode()
        return pypdfium2.PdfDocument(target)

    return to_pdf
