"""Runs readers that rest on native libraries in a process of their own.

pdfium and calamine parse hostile bytes in C++ and Rust: a file of 2 KB can ask for gigabytes, and a
crash would take the server with it. The child has limits on memory and time and answers in JSON.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from contextlib import suppress
from typing import Any

from .errors import UnreadableDocument
from .model import Cell, Progress, ReadText, Table, unheard

LIMIT_SECONDS = 60
LIMIT_MEMORY = 1536 * 1024 * 1024  # address space in bytes; Linux and other Unix only


def read_apart(kind: str, data: bytes, name: str, progress: Progress = unheard) -> ReadText:
    """Return what the reader of a kind (pdf or xls) returns, read in a child process.

    `progress` hears of each page; what it raises ends the child and passes through. Raises
    UnreadableDocument: what the reader raises, or too_complex when the child dies.
    """
    limits = {"memory": LIMIT_MEMORY, "seconds": LIMIT_SECONDS}
    request = json.dumps({"kind": kind, "name": name, **limits}).encode() + b"\n" + data
    answer = _answer(request, progress)
    if answer is None:
        raise UnreadableDocument(
            "too_complex",
            f"“{name}”已损坏或过于复杂，读取时超出内存或时间上限。请重新导出，或导入原稿 .docx。",
        )
    if "code" in answer:
        raise UnreadableDocument(answer["code"], answer["message"])
    return _decoded(answer)


def _answer(request: bytes, progress: Progress) -> dict[str, Any] | None:
    """Return the child's last line; None when it died, ran too long or spoke no JSON."""
    paths = os.pathsep.join(path for path in sys.path if path)
    child = subprocess.Popen(  # noqa: S603 - our own module, in our own interpreter
        [sys.executable, "-m", f"{__package__}.child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": paths, "PYTHONUTF8": "1"},
    )
    assert child.stdin and child.stdout  # noqa: S101 - both are pipes
    alarm = threading.Timer(LIMIT_SECONDS, child.kill)
    alarm.start()
    try:
        with suppress(BrokenPipeError):  # it died already, and says nothing
            child.stdin.write(request)
            child.stdin.close()
        for line in child.stdout:
            said = _read_line(line)
            if said is None or "page" not in said:
                return said
            progress(said["page"], said["of"])
        return None
    finally:
        alarm.cancel()
        child.kill()
        child.stdout.close()
        child.wait()


def _read_line(line: bytes) -> dict[str, Any] | None:
    try:
        said = json.loads(line)
    except ValueError:
        return None
    return said if isinstance(said, dict) else None


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
