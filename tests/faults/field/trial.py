"""One trial: phones send, servers are killed, then everything is compared."""

import json
import random
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.field.phone import Broken, Phone, Record
from tests.faults.field.servers import Servers
from tests.ops.installation import Installation

PHONES, SERVERS = 8, 3
FINISH_SECONDS = 180
BUGS = ("early receipt", "counted outside", "unchecked hash")  # see planted.py


@dataclass
class Result:
    """What a trial has seen. `wrong` and `faults` are empty when all is right."""

    kills: int = 0
    records: int = 0
    requests: int = 0
    broken: int = 0
    seconds: float = 0
    faults: list[str] = field(default_factory=list)
    wrong: dict[str, list[str]] = field(default_factory=dict)
    tracebacks: list[str] = field(default_factory=list)  # of the servers, when they answered 5xx

    @property
    def found(self) -> set[str]:
        """Which kinds of wrong there are."""
        return {name for name, all_ in self.wrong.items() if all_}

    def __str__(self) -> str:
        return (
            f"{self.kills} kills, {self.records} records, {self.requests} requests, "
            f"{self.broken} broken off, {self.seconds:.0f} s; "
            f"wrong: {self.wrong}; {self.faults[:3]}"
        ) + "".join(f"\n{one}" for one in self.tracebacks)


def make_round(installation: Installation, phones: int = PHONES) -> list[dict]:
    """Make a district with a round for every phone."""
    program = "from tests.faults.field.district import main; main(%d)"
    made = installation.python(program % phones)
    assert made.returncode == 0, made.stderr
    return json.loads(made.stdout)


def run_trial(
    installation: Installation, *, kills: int, seconds: float = 0, seed: int = 1, bug: str = ""
) -> Result:
    """Let the phones send until so many kills have happened (or so many seconds are over)."""
    told, result, began = make_round(installation), Result(), time.monotonic()
    with Servers(installation, SERVERS, bug) as servers:
        phones = [Phone(number, one, servers.ports, seed) for number, one in enumerate(told)]
        for phone in phones:
            phone.start()
        _kill(servers, kills, random.Random(seed), result)  # noqa: S311 - to be repeated
        time.sleep(seconds)
        _finish(phones, result)
        if any(phone.defects for phone in phones):
            result.tracebacks = servers.tracebacks()
    result.seconds = time.monotonic() - began
    return _compared(installation, phones, result)


def _kill(servers: Servers, kills: int, chance: random.Random, result: Result) -> None:
    """Each server is killed while it works, a moment after it came back; the others go on."""
    share = threading.Semaphore(kills)
    lock = threading.Lock()

    def harass(server) -> None:
        while share.acquire(blocking=False):
            time.sleep(0.05 + lock_free_random() * 0.5)
            server.kill()
            with lock:
                result.kills += 1
            server.start()
            server.wait()

    def lock_free_random() -> float:
        with lock:
            return chance.random()

    with ThreadPoolExecutor(len(servers.all)) as pool:
        for done in [pool.submit(harass, server) for server in servers.all]:
            done.result()


def _finish(phones: list[Phone], result: Result) -> None:
    for phone in phones:
        phone.stopping.set()
    deadline = time.monotonic() + FINISH_SECONDS
    for phone in phones:
        phone.join(max(0.1, deadline - time.monotonic()))
        if phone.is_alive():
            result.faults.append(f"{phone.name} does not come to an end")
        result.faults += phone.faults
        result.requests += phone.asked
        result.broken += phone.broken


def _compared(installation: Installation, phones: list[Phone], result: Result) -> Result:
    records = [record for phone in phones for record in phone.records]
    result.records = len(records)
    result.wrong = compare(installation, records)
    return result


def compare(installation: Installation, records: list[Record]) -> dict[str, list[str]]:
    """Compare what phones know with what is stored, in a process of its own."""
    history = [
        {
            "record": one.key,
            "sha256": one.sha256,
            "blobs": one.blobs,
            "answers": len(json.loads(one.content)["answers"]),
            "confirmed": one.is_confirmed,
            "receipts": one.receipts,
        }
        for one in records
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "history.json"
        path.write_text(json.dumps(history))
        program = f"from tests.faults.field.checking import main, Path; main(Path({str(path)!r}))"
        result = installation.python(program)
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


def confirm_in_parallel(
    installation: Installation, *, records: int, at_once: int = 32
) -> tuple[list[str], dict[str, list[str]]]:
    """Confirm each record so many times at the same moment; return what was odd, and the check."""
    (told,) = make_round(installation, 1)
    odd: list[str] = []
    with Servers(installation, SERVERS) as servers, ThreadPoolExecutor(at_once) as pool:
        phone = Phone(0, told, servers.ports, 5)
        phone._sign_on()
        for _ in range(records):
            record = phone.make()
            phone.ask("PUT", f"records/{record.key}", record.content)
            for one in record.photos:
                phone._send_photo(one)
            barrier = threading.Barrier(at_once)
            answers = list(pool.map(lambda _: _together(barrier, phone, record), range(at_once)))  # noqa: B023
            record.receipts = [one.json for one in answers if one is not None and one.status == 200]
            record.is_confirmed = bool(record.receipts)
            if len(record.receipts) != at_once:
                odd.append(f"{[one.status if one else None for one in answers]}")
    return odd, compare(installation, phone.records)


def _together(barrier: threading.Barrier, phone: Phone, record: Record):
    barrier.wait()
    try:
        return phone.commit(record)
    except Broken:
        return None


@contextmanager
def installed(database: str) -> Iterator[Installation]:
    """A district on disk for a run on demand."""
    from dev_tools.postgres import temporary_cluster

    with tempfile.TemporaryDirectory() as folder:
        own = Installation(Path(folder) / "data")
        if database == "sqlite":
            own.run("manage", "migrate", "--no-input", "-v0")
            yield own
            return
        with temporary_cluster() as url:
            own.settings["CHUANGWEN_DATABASE_URL"] = url
            own.run("manage", "migrate", "--no-input", "-v0")
            yield own


def report(text: str) -> None:
    """Say how far it is."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()
