"""Pages of the plan at 10,000 and 100,000 tasks (or the numbers given) with 500 units.

    .venv/bin/python -m benchmarks.plan_pages [TASKS …]

Each page is asked for whole, in turn with the same page of the smallest district; the ratio is the
growth. CHUANGWEN_DATABASE_URL chooses PostgreSQL.
"""

import os
import statistics
import sys
import tempfile
from collections.abc import Callable

from benchmarks._ratio import ROUNDS, Ratio, report, seconds

LIMIT = 1.2
PAGES = {
    "plan tree": ("office", "/plan/"),
    "search, a frequent word": ("office", "/plan/?q=公厕"),
    "search, three characters": ("office", "/plan/?q=龙眼井"),
    "tasks": ("office", "/plan/tasks/"),
    "tasks by deadline": ("office", "/plan/tasks/?sort=due"),
    "parts": ("office", "/plan/parts/"),
    "unit home": ("bureau", "/"),
    "parts of a unit": ("bureau", "/plan/parts/"),
    "parts of a street": ("street", "/plan/parts/"),
}


def main() -> None:
    """Make the districts, measure in alternated rounds, print the growth."""
    sizes = [int(raw) for raw in sys.argv[1:]] or [10_000, 100_000]
    os.environ["CHUANGWEN_DATA"] = tempfile.mkdtemp(prefix="chuangwen-benchmark-")
    os.environ.setdefault("CHUANGWEN_TODAY", "2021-09-15")
    os.environ.setdefault("CHUANGWEN_HOSTS", "testserver")
    from chuangwen.commands import start_django  # noqa: PLC0415 - the data folder comes first

    start_django()
    from django.core.management import call_command  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    report(*_ratios(sizes))


def _ratios(sizes: list[int]) -> list[Ratio]:
    from benchmarks._district import make_district  # noqa: PLC0415 - needs Django started

    codes = {size: make_district(size).code for size in sizes}
    print("ready", flush=True)
    found = []
    for title, (name, path) in PAGES.items():
        jobs = [_job(name, codes[size], path) for size in sizes]
        times: list[list[float]] = [[] for _ in sizes]
        for round_number in range(ROUNDS + 1):
            for series, job in zip(times, jobs, strict=True):
                spent = seconds(job)
                if round_number:
                    series.append(spent)
        first, *others = (statistics.median(series) for series in times)
        found += [
            Ratio(f"growth: {title}", other, first, f"{size} against {sizes[0]} tasks", LIMIT)
            for size, other in zip(sizes[1:], others, strict=True)
        ]
    return found


def _job(name: str, code: str, path: str) -> Callable[[], object]:
    from django.test import Client  # noqa: PLC0415

    from chuangwen.people.models import Account  # noqa: PLC0415

    client = Client()
    client.force_login(Account.objects.get(username=f"{name}-{code}"))

    def ask() -> None:
        status = client.get(path).status_code
        assert status == 200, status

    return ask


if __name__ == "__main__":
    main()
