"""Boards of a round at several sizes (default 100,000 and 1,000,000 answers), and its export.

    .venv/bin/python -m benchmarks.results_board [ANSWERS …]

The rows are written in bulk, 40 answers a visit; the counts are those that `recount` makes of the
rows, so that what the board shows is true. Each board is asked for whole and compared with the same
board of the smallest round (growth), and with an empty page of the frame together with the bare
reading of the counts (docs/adr/0005). The bare GROUP BY, which a page must not wait for, is printed
beside. The export of 100,000 answers is compared with the same query by the driver and a bare
writer (docs/adr/0006).
CHUANGWEN_DATABASE_URL chooses PostgreSQL.
"""

import os
import statistics
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from typing import Any

from benchmarks._export import FIELDS, bare_csv, bare_query, bare_write
from benchmarks._ratio import ROUNDS, Ratio, report

GROWTH, FLOOR, WRITER = 1.2, 5.0, 1.3
EXPORTED = 100_000
BOARDS = ("site_type", "unit", "area", "line", "inspector")
EMPTY = "/no-such-page/"
MOST_MEGABYTES = 40
EXPORT_ROUNDS = 3  # each takes half a minute
Job = Callable[[], object]


def main() -> None:
    """Make the rounds, measure in alternated rounds, print growth and ratios."""
    sizes = sorted(int(raw) for raw in sys.argv[1:]) or [100_000, 1_000_000]
    os.environ.setdefault("CHUANGWEN_DATA", tempfile.mkdtemp(prefix="chuangwen-benchmark-"))
    os.environ.setdefault("CHUANGWEN_TODAY", "2021-09-15")
    os.environ.setdefault("CHUANGWEN_HOSTS", "testserver")
    from chuangwen.commands import start_django  # noqa: PLC0415 - the data folder comes first

    start_django()
    from django.core.management import call_command  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    from benchmarks._round import make_rounds  # noqa: PLC0415

    tenant, rounds = make_rounds(sizes)
    found = _boards(tenant, rounds)
    report(*found, *_exports(tenant, rounds))


def _boards(tenant: Any, rounds: dict[int, Any]) -> list[Ratio]:
    from django.db import connection  # noqa: PLC0415 - needs Django started

    small, large = min(rounds), max(rounds)
    found = []
    for by in BOARDS:
        pages = [_page(f"/rounds/{rounds[size].pk}/?by={by}") for size in (small, large)]
        first, second, floor, tallies = _medians(
            *pages, _page(EMPTY, status=404), _tallies(rounds[large], by)
        )
        where = f"{large} answers, {connection.vendor}"
        found.append(
            Ratio(f"board by {by}: growth", second, first, f"{where} against {small}", GROWTH)
        )
        found.append(
            Ratio(f"board by {by}: empty page + counts", second, floor + tallies, where, FLOOR)
        )
    begun = time.perf_counter()
    rows = _group_by(rounds[large])
    spent = time.perf_counter() - begun
    print(f"bare GROUP BY by type: {spent:.2f} s, {rows} rows, {large} answers")
    return found


def _page(path: str, *, status: int = 200) -> Job:
    from django.test import Client  # noqa: PLC0415

    from chuangwen.people.models import Account  # noqa: PLC0415

    client = Client()
    client.force_login(Account.objects.get(username="benchmark-office"))

    def ask() -> None:
        answer = client.get(path).status_code
        assert answer == status, answer

    return ask


def _tallies(within: Any, by: str) -> Job:
    from django.db import connection  # noqa: PLC0415

    def read() -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT * FROM inspection_resulttally"
                " WHERE round_id = %s AND dimension IN (%s, %s)",
                [within._meta.pk.get_db_prep_value(within.pk, connection), by, "round"],
            )
            cursor.fetchall()

    return read


def _group_by(within: Any) -> int:
    from django.db import connection  # noqa: PLC0415

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT s.site_type_id, a.outcome, count(*) FROM inspection_answer a"
            " JOIN inspection_visit v ON v.id = a.visit_id"
            " JOIN inspection_roundsite s ON s.id = v.round_site_id"
            " WHERE v.round_id = %s GROUP BY s.site_type_id, a.outcome",
            [within._meta.pk.get_db_prep_value(within.pk, connection)],
        )
        return len(cursor.fetchall())


def _medians(*jobs: Job, rounds: int = ROUNDS) -> list[float]:
    times: list[list[float]] = [[] for _ in jobs]
    for number in range(rounds + 1):
        for series, job in zip(times, jobs, strict=True):
            begun = time.process_time()
            job()
            if number:
                series.append(time.process_time() - begun)
    return [statistics.median(series) for series in times]


def _exports(tenant: Any, rounds: dict[int, Any]) -> list[Ratio]:
    """Compare with the same query sent by the driver, its cells written by the bare writers."""
    from chuangwen.inspection.queries.visible import answers_of  # noqa: PLC0415
    from chuangwen.kit import clock  # noqa: PLC0415
    from chuangwen.people.actors import system_actor  # noqa: PLC0415
    from chuangwen.reports.sheets import write_xlsx  # noqa: PLC0415
    from chuangwen.reports.sheets.answers import (  # noqa: PLC0415
        COLUMNS,
        answer_rows,
        answers_book,
        answers_csv,
    )
    from chuangwen.tenancy.scope import tenant_scope  # noqa: PLC0415

    within = rounds[max(rounds)]
    with tenant_scope(tenant.pk):
        answers = answers_of(system_actor(tenant.pk), within)[:EXPORTED]
        read = bare_query(answers.values_list(*FIELDS))
        held = list(answer_rows(answers))
        count = len(held)
        header = [column.title for column in COLUMNS]

        def csv_ours() -> None:
            for _ in answers_csv(answers):
                pass

        def csv_bare() -> None:
            read(lambda row: None)
            bare_csv(held)

        def xlsx_ours() -> None:
            with tempfile.TemporaryFile() as target:
                write_xlsx(answers_book(answers, "测评项结果", clock.today()), target)

        def xlsx_bare() -> None:
            read(lambda row: None)
            bare_write(held, header)

        found = []
        for kind, ours, bare in (("CSV", csv_ours, csv_bare), ("xlsx", xlsx_ours, xlsx_bare)):
            first, second = _medians(ours, bare, rounds=EXPORT_ROUNDS)
            found.append(
                Ratio(f"{kind} export / bare read and writer", first, second,
                      f"{count} answers", WRITER)
            )  # fmt: skip
        held.clear()
        for kind, ours in (("CSV", csv_ours), ("xlsx", xlsx_ours)):
            tracemalloc.start()
            ours()
            peak = tracemalloc.get_traced_memory()[1] / 2**20
            tracemalloc.stop()
            print(f"{kind} of {count} answers: peak {peak:.1f} MB of Python memory")
            assert peak < MOST_MEGABYTES, peak
    return found


if __name__ == "__main__":
    main()
