"""The child process of `apart`: one request on standard input, one answer on standard output.

Lines about pages that are done come before it.
"""

from __future__ import annotations

import json
import sys
from typing import Any

from .apart import encode
from .errors import UnreadableDocument


def main() -> None:
    """Read a line of JSON and the bytes of a file; write the result or the refusal as JSON."""
    request = json.loads(sys.stdin.buffer.readline())
    _limit(request["memory"], request["seconds"])
    answer = _answer(request["kind"], sys.stdin.buffer.read(), request["name"])
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n")


def _say_page(done: int, total: int) -> None:
    sys.stdout.buffer.write(json.dumps({"page": done, "of": total}).encode() + b"\n")
    sys.stdout.buffer.flush()


def _answer(kind: str, data: bytes, name: str) -> dict[str, Any]:
    try:
        if kind == "pdf":
            from .pdf import read_pdf  # noqa: PLC0415 - only the library that is needed

            return encode(read_pdf(data, name, _say_page))
        from .sheets import read_xls  # noqa: PLC0415

        return encode(read_xls(data, name))
    except UnreadableDocument as error:
        return {"code": error.code, "message": error.message}


def _limit(memory: int, seconds: int) -> None:
    try:
        import resource  # noqa: PLC0415 - not on every system
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))


if __name__ == "__main__":
    main()
