"""Pages of the plan at several sizes (default 10,000 and 100,000 tasks) with 500 units.

    .venv/bin/python -m benchmarks.plan_pages [TASKS …]

Each page is asked for whole: sign-in, scope, queries, rendering. Three ratios, each in alternated
rounds: against the same page of the smallest district (growth); against the bare statements that
the page runs, sent again by the database's own driver; and against an empty page of the same frame
together with those statements (docs/adr/0005). CHUANGWEN_DATABASE_URL chooses
PostgreSQL; CHUANGWEN_DATA a folder whose districts are used again.
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from typing import Any

from benchmarks._ratio import ROUNDS, Ratio, report

GROWTH = 1.2
BARE = 3.0
PROMISED = {"plan tree", "unit home"}  # against bare SQL; the others are printed to be known
EMPTY = "/no-such-page/"  # the frame, its navigation and bell, and one sentence
UNITS = 500
MOST_WITH_WORDS = 200_000  # larger districts are made without the index of words
PAGES = {
    "plan tree": ("office", "/plan/"),
    "office home": ("office", "/"),
    "unit home": ("bureau", "/"),
    "street home": ("street", "/"),
    "search, a frequent word": ("office", "/plan/?q=公厕"),
    "search, three characters": ("office", "/plan/?q=龙眼井"),
    "tasks": ("office", "/plan/tasks/"),
    "tasks by deadline": ("office", "/plan/tasks/?sort=due"),
    "tasks ready to confirm": ("office", "/plan/tasks/?ready=1"),
    "parts": ("office", "/plan/parts/"),
    "parts by unit": ("office", "/plan/parts/?sort=unit"),
    "late parts": ("office", "/plan/parts/?late=1"),
    "parts with a word": ("office", "/plan/parts/?q=公厕"),
    "parts of a unit": ("bureau", "/plan/parts/"),
    "parts of a street": ("street", "/plan/parts/"),
}
Job = Callable[[], object]


def main() -> None:
    """Make the districts, measure in alternated rounds, print growth and ratios."""
    sizes = [int(raw) for raw in sys.argv[1:]] or [10_000, 100_000]
    os.environ.setdefault("CHUANGWEN_DATA", tempfile.mkdtemp(prefix="chuangwen-benchmark-"))
    os.environ.setdefault("CHUANGWEN_TODAY", "2021-09-15")
    os.environ.setdefault("CHUANGWEN_HOSTS", "testserver")
    from chuangwen.commands import start_django  # noqa: PLC0415 - the data folder comes first

    start_django()
    from django.core.management import call_command  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    report(*_ratios(sizes))


def _ratios(sizes: list[int]) -> list[Ratio]:
    from django.db import connection  # noqa: PLC0415 - needs Django started

    codes = {size: _district(size) for size in sizes}
    found = []
    for title, (name, path) in PAGES.items():
        measured = [size for size in sizes if "?q=" not in path or size <= MOST_WITH_WORDS]
        pages = [_page(name, codes[size], path) for size in measured]
        first, *others = _medians(*pages)
        where = f"tasks, {UNITS} units, {connection.vendor}"
        found += [
            Ratio(f"{title}: growth", other, first, f"{size} against {measured[0]} {where}", GROWTH)
            for size, other in zip(measured[1:], others, strict=True)
        ]
        empty = _page(name, codes[measured[-1]], EMPTY, status=404)
        ours, bare, frame = _medians(pages[-1], _bare(pages[-1]), empty)
        limit = BARE if title in PROMISED else None
        rows = f"{measured[-1]} {where}"
        found.append(Ratio(f"{title}: against bare SQL", ours, bare, rows, None))
        found.append(
            Ratio(f"{title}: against empty page + bare SQL", ours, frame + bare, rows, limit)
        )
    return found


def _seconds(job: Job) -> float:
    """SQLite works in this process: its time is that of the processor, whatever else is running.
    With PostgreSQL it is the clock's."""
    from django.db import connection  # noqa: PLC0415

    clock = time.process_time if connection.vendor == "sqlite" else time.perf_counter
    begun = clock()
    job()
    return clock() - begun


def _medians(*jobs: Job) -> list[float]:
    """Run the jobs in turn, once to warm up and then ROUNDS times."""
    times: list[list[float]] = [[] for _ in jobs]
    for round_number in range(ROUNDS + 1):
        for series, job in zip(times, jobs, strict=True):
            spent = _seconds(job)
            if round_number:
                series.append(spent)
    return [statistics.median(series) for series in times]


def _district(size: int) -> str:
    """Return the code of a district with so many tasks; made now unless it is there."""
    from benchmarks._district import code_of, make_district  # noqa: PLC0415
    from chuangwen.tenancy.models import Tenant  # noqa: PLC0415

    code = code_of(size)
    if not Tenant.objects.filter(code=code).exists():
        begun = time.perf_counter()
        make_district(size, units=UNITS, words=size <= MOST_WITH_WORDS)
        print(f"{size} tasks made in {time.perf_counter() - begun:.0f} s", flush=True)
    return code


def _page(name: str, code: str, path: str, *, status: int = 200) -> Job:
    from django.test import Client  # noqa: PLC0415

    from chuangwen.people.models import Account  # noqa: PLC0415

    client = Client()
    client.force_login(Account.objects.get(username=f"{name}-{code}"))

    def ask() -> None:
        answer = client.get(path).status_code
        assert answer == status, answer

    return ask


def _bare(page: Job) -> Job:
    """Return a job that sends what the page asks the database, and reads every row."""
    from django.db import connection  # noqa: PLC0415

    asked: list[tuple[str, Any]] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        page()

    def send() -> None:
        for sql, params in asked:
            # The driver's own cursor, with the same way of writing parameters.
            with connection.cursor() as cursor:
                cursor.cursor.execute(sql, params)
                cursor.cursor.fetchall()

    return send


if __name__ == "__main__":
    main()
