"""Import of a register of 5,000 units against the bare read of the same file.

    .venv/bin/python -m benchmarks.register_import [COUNT]

Both read the file with calamine; ours also checks every cell, compares with the stored register,
writes units, aliases and the tree, logs it and commits. The promise (docs/adr/0006) is against the
bare read together with the same writes, sent again by the database's own driver. Before each round
the tables are emptied, outside the measured time. CHUANGWEN_DATABASE_URL chooses PostgreSQL.
"""

import datetime
import io
import os
import sys
import tempfile
import time
import uuid
from collections.abc import Callable
from statistics import median
from typing import Any

import python_calamine
import xlsxwriter

from benchmarks._ratio import ROUNDS, Ratio, report

LIMIT = 3.0
WRITES = ("INSERT", "UPDATE", "DELETE")
BEGUN = datetime.date(2021, 1, 1)
HEADER = ("名称", "类别", "上级单位", "编码", "别名", "启用日期")


def register_file(count: int) -> bytes:
    """Return a register as Excel writes it: 100 streets, the rest below them, an alias each."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"default_date_format": "yyyy-mm-dd"})
    sheet = book.add_worksheet("单位名录")
    sheet.write_row(0, 0, HEADER)
    for number in range(1, count + 1):
        parent = "" if number <= 100 else f"东区第{number % 100 + 1}单位"
        kind = "街道镇" if number <= 100 else "社区"
        name = f"东区第{number}单位"
        sheet.write_row(
            number, 0, (name, kind, parent, f"5104{number:05d}", f"第{number}单位", BEGUN)
        )
    book.close()
    return target.getvalue()


def main() -> None:
    """Measure in alternated rounds and print the ratio."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 5000
    data = register_file(count)
    empty, take_in = prepare(data)
    ours, read, written = [], [], []
    for _ in range(ROUNDS + 1):
        empty()
        write = writes_of(take_in)
        empty()
        ours.append(seconds(take_in))
        read.append(seconds(lambda: bare_read(data)))
        empty()
        written.append(seconds(write))
    rows = f"{count} units, {count} aliases"
    first, second = median(read[1:]), median(written[1:])
    report(
        Ratio("register import / bare read", median(ours[1:]), first, rows, None),
        Ratio("bare read and writes / bare read", first + second, first, rows, None),
        Ratio(
            "register import / bare read and writes", median(ours[1:]), first + second, rows, LIMIT
        ),
    )


def bare_read(data: bytes) -> list[list[object]]:
    """Read the file's rows and do nothing with them."""
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    rows: list[list[object]] = book.get_sheet_by_index(0).to_python()
    return rows


def writes_of(job: Callable[[], object]) -> Callable[[], None]:
    """Run the job once; return what sends its writes again, in one transaction, by the driver.

    The audit chain refuses to grow by the same event twice: its two statements are left out.
    """
    from django.db import connection, transaction  # noqa: PLC0415 - needs Django started

    asked: list[tuple[str, Any, bool]] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.lstrip().upper().startswith(WRITES) and "audit_" not in sql:
            asked.append((sql, params, many))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        job()

    def send() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            for sql, params, many in asked:
                (cursor.cursor.executemany if many else cursor.cursor.execute)(sql, params)

    return send


def seconds(job: Callable[[], object]) -> float:
    """Return how long `job` takes: the processor's time with SQLite, which works in this process,
    so that other programs do not count; the clock's with PostgreSQL."""
    in_process = not os.environ.get("CHUANGWEN_DATABASE_URL")
    clock = time.process_time if in_process else time.perf_counter
    start = clock()
    job()
    return clock() - start


def prepare(data: bytes) -> tuple[Callable[[], None], Callable[[], None]]:
    """Make an empty database; return what empties the register and what imports it."""
    os.environ["CHUANGWEN_DATA"] = tempfile.mkdtemp(prefix="chuangwen-benchmark-")
    from chuangwen.commands import start_django  # noqa: PLC0415 - the data folder comes first

    start_django()
    from django.core.management import call_command  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    return _jobs(data)


def _jobs(data: bytes) -> tuple[Callable[[], None], Callable[[], None]]:
    from chuangwen.audit.actions import open_chain  # noqa: PLC0415 - needs Django started
    from chuangwen.people.actions.register_import import import_register  # noqa: PLC0415
    from chuangwen.people.actors import system_actor  # noqa: PLC0415
    from chuangwen.people.models import Unit, UnitAlias, UnitAncestry  # noqa: PLC0415
    from chuangwen.tenancy.models import Tenant  # noqa: PLC0415
    from chuangwen.tenancy.scope import tenant_scope  # noqa: PLC0415

    tenant = Tenant.objects.create(name="东区", code=uuid.uuid4().hex[:12])
    open_chain(tenant_id=tenant.pk)

    def empty() -> None:
        with tenant_scope(tenant.pk):
            for model in (UnitAncestry, UnitAlias, Unit):
                model.objects.all()._raw_delete("default")

    def take_in() -> None:
        with tenant_scope(tenant.pk):
            import_register(data=data, by=system_actor(tenant.pk))

    return empty, take_in


if __name__ == "__main__":
    main()
