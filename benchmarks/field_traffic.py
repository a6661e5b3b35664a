"""Whole visits over HTTP: phones in a hurry against real server processes.

    .venv/bin/python -m benchmarks.field_traffic [VISITS] [PHONES] [SERVERS]

A visit is what a phone sends in docs/field-sync.md: the record of 40 lines, its photo of 300 KB,
the commit, the second look; each on a connection that is kept. Printed are visits a second, how
long one took, and how many were on the board when the last receipt came, which must be all. A peer
on this job takes in 77 records with one photo of 300 KB a second and shows them after 45 s.
CHUANGWEN_DATABASE_URL chooses PostgreSQL.
"""

import copy
import hashlib
import http.client
import json
import os
import sys
import tempfile
import threading
import time
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.field_sync import pictures
from chuangwen.kit.ids import new_id
from tests.faults.field.servers import Servers
from tests.ops.installation import Installation

BASE = "/api/field/v1/"
LINES = 40


class HurriedPhone(threading.Thread):
    """Sends its visits one after the other, without a pause."""

    def __init__(self, told: dict[str, Any], port: int, visits: int) -> None:
        super().__init__(daemon=True)
        self.line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookies = {"sessionid": told["session"]}
        self.token = ""
        self.ready = [_visit(told, number) for number in range(visits)]
        self.took: list[float] = []
        self.fault = ""

    def run(self) -> None:
        """Deliver everything; what goes wrong is told in `fault`."""
        try:
            self._sign_on()
            for key, content, photo in self.ready:
                begun = time.perf_counter()
                self._deliver(key, content, photo)
                self.took.append(time.perf_counter() - begun)
        except Exception as error:
            self.fault = f"{type(error).__name__}: {error}"

    def _sign_on(self) -> None:
        answer = self._ask("GET", "session", b"", 200)
        self.token = answer["csrf"]

    def _deliver(self, key: str, content: bytes, photo: bytes) -> None:
        self._ask("PUT", f"records/{key}", content, 201)
        self._ask("PUT", f"blobs/{hashlib.sha256(photo).hexdigest()}", photo, 201)
        receipt = self._ask("POST", f"records/{key}/commit", b"{}", 200)
        seen = self._ask("GET", f"records/{key}", b"", 200)
        assert seen["receipt"] == receipt, (seen, receipt)

    def _ask(self, method: str, path: str, body: bytes, expected: int) -> Any:
        cookie = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        kind = "application/octet-stream" if "blobs" in path else "application/json"
        headers = {"Cookie": cookie, "X-CSRFToken": self.token, "Content-Type": kind}
        self.line.request(method, BASE + path, body, headers)
        answer = self.line.getresponse()
        text = answer.read()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie" and value.startswith("csrftoken="):
                self.cookies["csrftoken"] = value.split(";")[0].partition("=")[2]
        assert answer.status == expected, (answer.status, text[:300])
        return json.loads(text)


def _visit(told: dict[str, Any], number: int) -> tuple[str, bytes, bytes]:
    content, key = copy.deepcopy(told["example"]), str(new_id())
    (photo,) = pictures(1)
    content["id"], content["round_site"] = key, told["sites"][number]
    content["photos"] = [
        {
            "sha256": hashlib.sha256(photo).hexdigest(),
            "size": len(photo),
            "line": None,
            "taken_at": content["sealed_at"],
            "longitude": None,
            "latitude": None,
        }
    ]
    return key, json.dumps(content, ensure_ascii=False).encode(), photo


def main() -> None:
    """Send, and print what came of it."""
    visits, phones, servers = ([*map(int, sys.argv[1:]), *(800, 8, 2)[len(sys.argv) - 1 :]])[:3]
    settings = {"CHUANGWEN_SECRET_KEY": "benchmark-" * 6}
    if url := os.environ.get("CHUANGWEN_DATABASE_URL"):
        settings["CHUANGWEN_DATABASE_URL"] = url
    with tempfile.TemporaryDirectory(prefix="chuangwen-traffic-") as folder:
        installation = Installation(Path(folder) / "data", settings)
        installation.data.mkdir()
        installation.run("manage", "migrate", "--verbosity", "0")
        share = -(-visits // phones)
        made = installation.python(
            "from tests.faults.field.district import main;"
            f"main({phones}, sites={share}, lines={LINES})"
        )
        assert made.returncode == 0, made.stderr
        told = json.loads(made.stdout)
        with Servers(installation, servers) as running:
            ports = running.ports()
            all_ = [
                HurriedPhone(one, ports[number % len(ports)], share)
                for number, one in enumerate(told)
            ]
            begun = time.perf_counter()
            for phone in all_:
                phone.start()
            for phone in all_:
                phone.join()
            seconds = time.perf_counter() - begun
        faults = [phone.fault for phone in all_ if phone.fault]
        took = [one for phone in all_ for one in phone.took]
        counted = installation.python(
            "from chuangwen.commands import start_django; start_django();"
            "from django.db.models import Sum;"
            "from chuangwen.inspection.models import Answer, ResultTally;"
            "rows = ResultTally.across_tenants.filter(dimension='round');"
            "print(rows.aggregate(n=Sum('tested'))['n'], Answer.across_tenants.count())"
        )
        print(
            f"{len(took)} visits of {LINES} lines and a photo of 300 KB, {phones} phones, "
            f"{servers} servers: {len(took) / seconds:.1f} a second, {median(took) * 1000:.0f} ms "
            f"each (median); on the board at once: {counted.stdout.strip()}; faults: {faults}"
        )
        expected = f"{share * phones} {share * phones * LINES}"
        sys.exit(0 if not faults and counted.stdout.strip() == expected else 1)


if __name__ == "__main__":
    main()
