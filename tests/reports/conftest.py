"""Official documents as pages."""

from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest

from chuangwen.reports.official import OfficialDocument, write_docx
from tests.laying_out import Convert


@pytest.fixture
def pages_of(
    convert: Convert, tmp_path: Path
) -> Callable[[OfficialDocument], pypdfium2.PdfDocument]:
    def lay_out(document: OfficialDocument) -> pypdfium2.PdfDocument:
        path = tmp_path / "document.docx"
        with path.open("wb") as target:
            write_docx(document, target)
        return convert(path)

    return lay_out
