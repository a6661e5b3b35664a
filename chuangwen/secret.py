"""The server's signing key: from the environment, or made once and kept in the data directory."""

import contextlib
import os
import secrets
from pathlib import Path


def secret_key(given: str, data: Path) -> str:
    """Return the key. Creates `secret-key` (mode 0600) in `data` when none is given."""
    if given:
        return given
    path = data / "secret-key"
    if not path.exists():
        data.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(f"secret-key.{os.getpid()}")
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(64))
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):  # a parallel first start was quicker
            os.link(temporary, path)
        temporary.unlink()
    return path.read_text()
