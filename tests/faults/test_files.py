"""Storing files while processes die and race: no row without bytes, no bytes under a wrong name."""

import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import time

from tests.ops.installation import ROOT

KILLS = 8
TOGETHER = 4
COUNTS = """
import json
from chuangwen.commands import start_django; start_django()
from chuangwen.files.models import *
print(json.dumps({
    "rows": list(StoredFile.across_tenants.values_list("sha256", flat=True)),
    "attached": Attachment.across_tenants.filter(name="同.pdf").count(),
    "blobs": StoredFile.across_tenants.filter(attachments__name="同.pdf").distinct().count()}))
"""


def counts(district) -> dict[str, object]:
    result = district.python(COUNTS)
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


def blobs(district):
    """Files under their final names, dot folders apart."""
    found = (district.data / "files").glob("[0-9a-f]*/*/*")
    return {path.name: path for path in found if path.is_file()}


def wrong_names(district):
    return [
        name
        for name, path in blobs(district).items()
        if hashlib.sha256(path.read_bytes()).hexdigest() != name
    ]


def test_several_uploads_of_the_same_bytes_are_one_file_and_as_many_attachments(district, together):
    assert together("upload", TOGETHER) == ["done"] * TOGETHER
    found = counts(district)
    assert (found["attached"], found["blobs"]) == (TOGETHER, 1)
    assert "完整" in district.run("files", "verify")
    assert wrong_names(district) == []


def test_killed_while_storing_every_row_has_its_bytes(district, tmp_path):
    chance = random.Random(11)  # noqa: S311 - a test that can be repeated
    gate = tmp_path / "gate"
    gate.touch()
    command = [sys.executable, "-m", "tests.faults.client", "store", str(gate)]
    acknowledged: set[str] = set()
    for _ in range(KILLS):
        client = subprocess.Popen(
            command, cwd=ROOT, env=district.environment, stdout=subprocess.PIPE, text=True
        )
        assert client.stdout.readline() == "ready\n"
        time.sleep(0.05 + chance.random() * 0.3)
        client.send_signal(signal.SIGKILL)
        printed = client.communicate()[0]
        acknowledged |= {line for line in printed.splitlines() if len(line) == 64}
        assert wrong_names(district) == []
    rows = set(counts(district)["rows"])
    assert len(acknowledged) >= KILLS
    assert acknowledged <= rows <= blobs(district).keys()
    assert "完整" in district.run("files", "verify")
    long_ago = time.time() - 10 * 86400
    for path in (district.data / "files").rglob("*"):
        if path.is_file():
            os.utime(path, (long_ago, long_ago))
    district.run("files", "sweep")
    assert rows == blobs(district).keys()
    incoming = district.data / "files" / ".incoming"
    assert [path for path in incoming.rglob("*") if path.is_file()] == []
