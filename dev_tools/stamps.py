"""Remember that a step was done for exactly these inputs, so that it is done only once."""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from dev_tools.places import STATE


def digest(*parts: str | Path) -> str:
    """SHA-256 over texts and the contents of files (a missing file counts as empty)."""
    total = hashlib.sha256()
    for part in parts:
        if isinstance(part, Path):
            content = part.read_bytes() if part.is_file() else b""
        else:
            content = part.encode()
        total.update(hashlib.sha256(content).digest())
    return total.hexdigest()


def tree_digest(root: Path, files: Iterable[Path]) -> str:
    """SHA-256 over the relative names and contents of files."""
    parts: list[str | Path] = []
    for path in sorted(files):
        parts += [path.relative_to(root).as_posix(), path]
    return digest(*parts)


class Stamp:
    """A file that holds the digest of the inputs of the last finished run of one step."""

    def __init__(self, name: str, directory: Path = STATE / "stamps") -> None:
        self.done = directory / name
        self.started = directory / f"{name}.started"

    def fits(self, inputs: str) -> bool:
        """True when the step finished for these inputs and was not begun again since."""
        if self.started.exists() or not self.done.is_file():
            return False
        return self.done.read_text() == inputs

    def interrupted(self) -> bool:
        """True when the step began and did not finish: what it left behind is not to be trusted."""
        return self.started.exists()

    @contextmanager
    def running(self, inputs: str) -> Iterator[None]:
        """Mark the step as begun; mark it as finished only when the body raised nothing."""
        self.started.parent.mkdir(parents=True, exist_ok=True)
        self.started.write_text(inputs)
        yield
        self.done.write_text(inputs)
        self.started.unlink()
