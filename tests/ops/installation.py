"""A small installation in a folder of its own, driven as an administrator does: by commands."""

import hashlib
import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from chuangwen.web.vite import MANIFEST

ROOT = Path(__file__).resolve().parents[2]
NOTICE = ROOT / "chuangwen/plan/samples/panzhihua-dongqu-2021.txt"


@dataclass
class Installation:
    """A data directory and the settings that point at it."""

    data: Path
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        kept = {key: value for key, value in os.environ.items() if not key.startswith("CHUANGWEN_")}
        own = {"CHUANGWEN_DATA": str(self.data), "CHUANGWEN_DEMONSTRATION": "1"}
        if not MANIFEST.is_file():  # `serve` refuses bare pages, except when debugging
            own["CHUANGWEN_DEBUG"] = "1"
        return {**kept, **own, **self.settings}

    def run(self, *arguments: str, code: int = 0) -> str:
        """Run `chuangwen …`, insist on the exit code, return everything printed."""
        result = subprocess.run(
            [sys.executable, "-m", "chuangwen.cli", *arguments],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        printed = result.stdout + result.stderr
        assert result.returncode == code, printed
        return printed

    def python(self, program: str) -> subprocess.CompletedProcess[str]:
        """Run a program inside this installation's settings."""
        return subprocess.run(
            [sys.executable, "-c", program],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def stored_notice(self) -> Path:
        """Where the notice lies that the demonstration took in, among its other files."""
        name = hashlib.sha256(NOTICE.read_bytes()).hexdigest()
        (found,) = (self.data / "files").glob(f"[0-9a-f]*/??/{name}")
        return found

    def units(self) -> list[str]:
        """The names of all units, as the program itself reads them."""
        result = self.python(
            "from chuangwen.commands import start_django; start_django();"
            "from chuangwen.people.models import Unit;"
            "own = Unit.across_tenants.filter(tenant__code='510402');"
            "print(*own.order_by('name').values_list('name', flat=True))"
        )
        assert result.returncode == 0, result.stderr
        return result.stdout.split()

    def rename_unit(self, old: str, new: str) -> None:
        """A change after the backup, by which old and new state are told apart."""
        result = self.python(
            "from chuangwen.commands import start_django; start_django();"
            "from chuangwen.people.models import Unit;"
            "own = Unit.across_tenants.filter(tenant__code='510402');"
            f"print(own.filter(name='{old}').update(name='{new}'))"
        )
        assert result.stdout.strip() == "1", result.stderr

    def store_file(self, content: bytes, name: str) -> Path:
        """Put a file where the file store keeps its own."""
        path = self.data / "files" / name[:2] / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return path
