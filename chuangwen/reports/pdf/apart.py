"""Sets one piece of a long document in a process of its own, which gives its memory back.

Typst keeps what it has laid out for the next time, and would keep ten thousand rows of it.
"""

import datetime
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, BinaryIO

SECONDS = 120


class NotSet(Exception):
    """A piece could not be set; the message is for the log."""


def set_apart(
    piece: dict[str, Any], target: Path, fonts: Sequence[Path], day: datetime.date | None
) -> int:
    """Set a piece into `target`, beside its pictures; return how many pages it has."""
    wanted = {
        "piece": piece,
        "target": str(target),
        "fonts": [str(one) for one in fonts],
        "day": day.isoformat() if day else None,
        "parent": os.getpid(),
    }
    paths = os.pathsep.join(path for path in sys.path if path)
    done = subprocess.run(
        [sys.executable, "-m", "chuangwen.reports.pdf.apart"],
        input=json.dumps(wanted, ensure_ascii=False).encode(),
        capture_output=True,
        timeout=SECONDS,
        check=False,
        env={**os.environ, "PYTHONPATH": paths, "PYTHONUTF8": "1"},
    )
    if done.returncode:
        raise NotSet(done.stderr.decode(errors="replace")[-2000:])
    return int(done.stdout)


def join(pieces: Sequence[Path], target: BinaryIO) -> None:
    """Write the pages of all pieces into one file."""
    import pypdfium2  # noqa: PLC0415 - only who makes a long PDF should load it

    with pypdfium2.PdfDocument.new() as whole:
        for path in pieces:
            with pypdfium2.PdfDocument(path) as piece:
                whole.import_pages(piece)
        whole.save(target)


def main() -> None:
    """Set what stands on standard input, and say how many pages it has."""
    import pypdfium2  # noqa: PLC0415

    from chuangwen.kit.processes import end_with_parent  # noqa: PLC0415
    from chuangwen.reports.pdf.faces import load_faces  # noqa: PLC0415
    from chuangwen.reports.pdf.writer import set_piece  # noqa: PLC0415

    given = json.load(sys.stdin)
    end_with_parent(given["parent"])
    target = Path(given["target"])
    day = datetime.date.fromisoformat(given["day"]) if given["day"] else None
    faces = load_faces(tuple(map(Path, given["fonts"])))
    content = set_piece(given["piece"], str(target.parent), faces, day)
    target.write_bytes(content)
    with pypdfium2.PdfDocument(content) as document:
        print(len(document))


if __name__ == "__main__":
    main()
