"""Runs readers that rest on native libraries in a process of their own.

pdfium and calamine parse hostile bytes in C++ and Rust: a file of 2 KB can ask for gigabytes, and a
crash would take the server with it. The child has limits on memory and time and answers in JSON.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

from .errors import UnreadableDocument
from .model import Cell, ReadText, Table

LIMIT_SECONDS = 60
LIMIT_MEMORY = 1536 * 1024 * 1024  # address space in bytes; Linux and other Unix only


def read_apart(kind: str, data: bytes, name: str) -> ReadText:
    """Return what the reader of a kind (pdf or xls) returns, read in a child process.

    Raises UnreadableDocument: what the reader raises, or too_complex when the child dies.
    """
    limits = {"memory": LIMIT_MEMORY, "seconds": LIMIT_SECONDS}
    request = json.dumps({"kind": kind, "name": name, **limits}).encode() + b"\n" + data
    paths = os.pathsep.join(path for path in sys.path if path)
    try:
        run = subprocess.run(  # noqa: S603 - our own module, in our own interpreter
            [sys.executable, "-m", f"{__package__}.child"],
            input=request,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=LIMIT_SECONDS,
            check=True,
            env={**os.environ, "PYTHONPATH": paths, "PYTHONUTF8": "1"},
        )
        answer = json.loads(run.stdout)
    except (subprocess.SubprocessError, ValueError) as error:
        raise UnreadableDocument(
            "too_complex",
            f"“{name}”已损坏或过于复杂，读取时超出内存或时间上限。请重新导出，或导入原稿 .docx。",
        ) from error
    if "code" in answer:
        raise UnreadableDocument(answer["code"], answer["message"])
    return _decoded(answer)


def encode(result: ReadText) -> dict[str, Any]:
    """JSON values of a result."""
    return {
        "text": result.text,
        "format": result.format,
        "tables": [
            [
                table.start,
                table.end,
                [
                    [
                        [c.row, c.column, c.row_span, c.column_span, c.start, c.end]
                        for c in row
                    ]
                    for row in table.rows
                ],
            ]
            for table in result.tables
        ],
    }  # fmt: skip


def _decoded(answer: dict[str, Any]) -> ReadText:
    tables = tuple(
        Table(start, end, tuple(tuple(Cell(*cell) for cell in row) for row in rows))
        for start, end, rows in answer["tables"]
    )
    return ReadText(answer["text"], answer["format"], None, tables)
