"""Rows of long tables, kept on disk until the package is written: memory does not grow with them.

The tree holds a mark where they belong, which `save_package` replaces.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from tempfile import TemporaryFile
from types import TracebackType
from typing import IO, Any

from docx.oxml.ns import nsdecls
from docx.oxml.xmlchemy import BaseOxmlElement
from lxml import etree

ROWS_AT_ONCE = 200
KEPT = 300
MARK = re.compile(rb"<\?spilled (\d+)\?>")
_DECLARATION = f" {nsdecls('w')}".encode()  # the document's root makes it


class Spill(AbstractContextManager["Spill"]):
    """The rows that were put aside."""

    def __init__(self) -> None:
        self._file: IO[bytes] = TemporaryFile(prefix="chuangwen-docx-")  # noqa: SIM115 - closed at exit
        self._places: list[tuple[int, int]] = []
        self._kept = 0

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()

    def put_or_keep(self, rows: Sequence[BaseOxmlElement]) -> Sequence[Any]:
        """Return the rows themselves while there are few, else the mark that stands for them."""
        self._kept += len(rows)
        return rows if self._kept <= KEPT or not rows else [self._put(rows)]

    def _put(self, rows: Sequence[BaseOxmlElement]) -> etree._ProcessingInstruction:
        start = self._file.seek(0, 2)
        for row in rows:
            self._file.write(etree.tostring(row).replace(_DECLARATION, b"", 1))
        self._places.append((start, self._file.tell() - start))
        return etree.ProcessingInstruction("spilled", str(len(self._places) - 1))

    def filled_in(self, markup: bytes) -> Iterator[bytes]:
        """Yield the markup in pieces, with the rows at their marks."""
        parts = MARK.split(markup)
        for number, part in enumerate(parts):
            if number % 2 == 0:
                yield part
                continue
            start, size = self._places[int(part)]
            self._file.seek(start)
            yield self._file.read(size)
