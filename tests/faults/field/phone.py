"""A phone on a bad line: sends twice, in parts, in the wrong order, and breaks off.

It keeps to docs/field-sync.md: a record is its own until receipt and second look agree.
"""

import contextlib
import copy
import hashlib
import http.client
import json
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from chuangwen.kit.ids import new_id
from tests.inspection.samples import SHAPES, photo

BASE = "/api/field/v1/"
TIMEOUT = 20
FAILING = {shape: failing for shape, (_, _, failing) in SHAPES.items()}


class Broken(Exception):
    """The line broke: whether the server has done it is not known."""


@dataclass
class Record:
    """A sealed visit on the phone, and what it has been told of it."""

    key: str
    content: bytes
    photos: list[bytes]
    receipts: list[dict[str, Any]] = field(default_factory=list)
    is_confirmed: bool = False

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.content).hexdigest()

    @property
    def blobs(self) -> list[str]:
        return [hashlib.sha256(one).hexdigest() for one in self.photos]


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


class Phone(threading.Thread):
    """Makes and sends records until told to stop; then finishes what it has."""

    def __init__(
        self, number: int, told: dict[str, Any], ports: Callable[[], list[int]], seed: int
    ) -> None:
        super().__init__(name=f"phone-{number}", daemon=True)
        self.told, self.ports = told, ports
        self.chance = random.Random(f"{seed}-{number}")  # noqa: S311 - a trial to be repeated
        self.number = number
        self.records: list[Record] = []
        self.faults: list[str] = []
        self.cookies = {"sessionid": told["session"]}
        self.token = ""
        self.stopping = threading.Event()
        self.broken = self.asked = self.defects = 0

    def run(self) -> None:
        """One record after the other. A fault of the server is noted, never passed over."""
        try:
            while not self.stopping.is_set():
                self._deliver(self.make())
        except Exception as error:
            self.faults.append(f"{self.name}: {type(error).__name__}: {error}")

    def make(self) -> Record:
        """Seal a visit with up to three photos at any of its sites."""
        content = copy.deepcopy(self.told["example"])
        key = str(new_id())
        content["id"], content["round_site"] = key, self.chance.choice(self.told["sites"])
        for answer, shape in zip(content["answers"], FAILING, strict=True):
            if self.chance.random() < 0.2:
                answer["values"] = FAILING[shape]
        photos = [photo(self.chance.getrandbits(40)) for _ in range(self.chance.randrange(4))]
        moment = content["sealed_at"]
        content["photos"] = [
            {
                "sha256": hashlib.sha256(one).hexdigest(),
                "size": len(one),
                "line": None,
                "taken_at": moment,
                "longitude": None,
                "latitude": None,
            }
            for one in photos
        ]
        record = Record(key, json.dumps(content, ensure_ascii=False).encode(), photos)
        self.records.append(record)
        return record

    def _deliver(self, record: Record) -> None:
        """As often as it takes; after every break from where the server says it is."""
        while not record.is_confirmed:
            try:
                self._once(record)
            except Broken:
                self.broken += 1
                time.sleep(0.02)

    def _once(self, record: Record) -> None:
        if not self.token:
            self._sign_on()
        if self.chance.random() < 0.1:  # too early: nothing is there, or not all
            self._expect(self.commit(record), 200, 404, 409)
        times = 2 if self.chance.random() < 0.2 else 1
        for answer in self._send(times, "PUT", f"records/{record.key}", record.content):
            self._expect(answer, 200, 201)
        photos = list(record.photos)
        self.chance.shuffle(photos)
        for one in photos:
            self._send_photo(one)
        for answer in self._send(times, "POST", f"records/{record.key}/commit", b""):
            self._expect(answer, 200)
            record.receipts.append(answer.json)
        seen = self.ask("GET", f"records/{record.key}")
        self._expect(seen, 200)
        self._compare(record, seen.json)
        record.is_confirmed = True
        if self.chance.random() < 0.1:  # the answer got lost on the way: everything again
            self._expect(self.ask("PUT", f"records/{record.key}", record.content), 200)
            record.receipts.append(self.commit(record).json)

    def commit(self, record: Record) -> Answer:
        return self.ask("POST", f"records/{record.key}/commit")

    def _compare(self, record: Record, seen: dict[str, Any]) -> None:
        wanted = {"record": record.key, "sha256": record.sha256, "blobs": record.blobs}
        for receipt in [*record.receipts, seen["receipt"]]:
            if receipt is None:
                self.faults.append(f"{record.key}: confirmed, and at the second look it is not")
            elif {name: receipt[name] for name in wanted} != wanted:
                self.faults.append(f"{record.key}: the receipt is of something else: {receipt}")

    def _send_photo(self, content: bytes) -> None:
        name, size = hashlib.sha256(content).hexdigest(), len(content)
        path, way = f"blobs/{name}", self.chance.random()
        if way < 0.15:  # half of a request
            with contextlib.suppress(Broken):
                self.ask("PUT", path, content, cut=self.chance.randrange(size))
        if way < 0.1:  # altered on the way
            middle = size // 2
            broken = content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :]
            self._expect(self.ask("PUT", path, broken), 200, 422)
        if way < 0.5:
            start = self._offset(path)
            while start is not None and start < size:
                end = min(size, start + 1 + self.chance.randrange(size))
                span = {"Content-Range": f"bytes {start}-{end - 1}/{size}"}
                answer = self.ask("PUT", path, content[start:end], span)
                self._expect(answer, 200, 201, 202, 409)
                start = None if answer.status < 202 else int(answer.headers["upload-offset"])
            return
        times = 2 if way < 0.65 else 1
        for answer in self._send(times, "PUT", path, content):
            self._expect(answer, 200, 201)

    def _offset(self, path: str) -> int | None:
        answer = self.ask("HEAD", path)
        self._expect(answer, 200, 404)
        return None if answer.status == 200 else int(answer.headers["upload-offset"])

    def _sign_on(self) -> None:
        answer = self.ask("GET", "session")
        self._expect(answer, 200)
        self.cookies["csrftoken"] = (
            answer.headers["set-cookie"].split("csrftoken=")[1].split(";")[0]
        )
        self.token = answer.json["csrf"]

    def _expect(self, answer: Answer, *statuses: int) -> None:
        self.defects += answer.status >= 500
        if answer.status not in statuses:
            said = answer.body[:200].decode(errors="replace")
            self.faults.append(f"{self.name}: {answer.status}, not {statuses}: {said}")
            raise RuntimeError(self.faults[-1])

    def _send(self, times: int, method: str, path: str, body: bytes) -> list[Answer]:
        """Send so often without waiting for the first answer."""
        lines = [self._begin(method, path, body, {}) for _ in range(times)]
        return [self._end(line) for line in lines]

    def ask(
        self,
        method: str,
        path: str,
        body: bytes = b"",
        headers: dict[str, str] | None = None,
        *,
        cut: int | None = None,
    ) -> Answer:
        """Ask once. `cut`: announce all of the body and break off after so many bytes."""
        return self._end(self._begin(method, path, body, headers or {}, cut=cut))

    def _begin(
        self,
        method: str,
        path: str,
        body: bytes,
        headers: dict[str, str],
        *,
        cut: int | None = None,
    ) -> http.client.HTTPConnection:
        while not (ports := self.ports()):
            time.sleep(0.02)
        self.asked += 1
        line = http.client.HTTPConnection("127.0.0.1", self.chance.choice(ports), timeout=TIMEOUT)
        try:
            line.putrequest(method, BASE + path)
            line.putheader("Cookie", "; ".join(f"{k}={v}" for k, v in self.cookies.items()))
            line.putheader("X-CSRFToken", self.token)
            line.putheader("Content-Type", "application/json")
            line.putheader("Content-Length", str(len(body)))
            for name, value in headers.items():
                line.putheader(name, value)
            line.endheaders(body if cut is None else body[:cut])
            if cut is not None:
                time.sleep(0.01)
                line.close()
                raise Broken
        except (OSError, http.client.HTTPException) as error:
            raise Broken from error
        return line

    def _end(self, line: http.client.HTTPConnection) -> Answer:
        try:
            answer = line.getresponse()
            body = answer.read()
        except (OSError, http.client.HTTPException) as error:
            raise Broken from error
        finally:
            line.close()
        return Answer(answer.status, {k.lower(): v for k, v in answer.getheaders()}, body)
