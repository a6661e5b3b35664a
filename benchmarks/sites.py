"""The register of sites at size: map, import and export against bare work on the same rows.

    .venv/bin/python -m benchmarks.sites [COUNT]

The map: bytes, queries and time of the first paint at 1,000 sites and at COUNT (50,000). The import
(check, write, index of words) against the bare read of the file and its own writes sent again by
the driver; the export against the same query by the driver and a bare xlsxwriter.
CHUANGWEN_DATABASE_URL chooses PostgreSQL.
"""

import io
import os
import random
import sys
import tempfile
import time
import uuid
from collections.abc import Callable
from statistics import median
from typing import Any

import xlsxwriter

from benchmarks._export import bare_query, bare_write
from benchmarks._ratio import ROUNDS, Ratio, report
from benchmarks.register_import import bare_read, writes_of

SMALL, COUNT = 1_000, 50_000
MOST_BYTES, MOST_QUERIES = 300_000, 8
WRITER = 1.3
IMPORT_ROUNDS = 3  # each takes a minute
HEADER = (
    "点位编号", "名称", "点位类型", "所属街道或社区", "主管单位", "地址", "经度",
    "纬度", "重要程度",
)  # fmt: skip
TYPES = ("农贸市场", "主次干道", "背街小巷", "小区", "公园广场", "公厕", "医院", "车站")


def register_file(count: int) -> bytes:
    """Return a register as a city sends it, always the same."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"constant_memory": True})
    sheet = book.add_worksheet("点位名录")
    sheet.write_row(0, 0, HEADER)
    place = random.Random(7)  # noqa: S311 - no secret
    for number in range(1, count + 1):
        kind, area = TYPES[number % len(TYPES)], f"第{number % 60}街道"
        east, north = place.uniform(101.6, 101.9), place.uniform(26.4, 26.7)
        sheet.write_row(
            number, 0,
            (f"D{number:06d}", f"{area}{kind}{number}", kind, area, f"区第{number % 40}局",
             f"人民路{number}号", east, north, "重要"),
        )  # fmt: skip
    book.close()
    return target.getvalue()


def main() -> None:
    """Measure and print the ratios."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    os.environ["CHUANGWEN_DATA"] = tempfile.mkdtemp(prefix="chuangwen-benchmark-")
    from chuangwen.commands import start_django  # noqa: PLC0415 - the data folder comes first

    start_django()
    from django.core.management import call_command  # noqa: PLC0415 - needs Django started

    call_command("migrate", verbosity=0)
    small = _map(_district(register_file(SMALL))[0], f"{SMALL} sites")
    data = register_file(count)
    tenant, imported = _district(data)
    large = _map(tenant, f"{count} sites")
    print(f"map first paint: {small} → {large}")
    report(*imported, *_export(tenant, count))


def _district(data: bytes) -> tuple[Any, list[Ratio]]:
    """Make a district with the register of the file; return how long the import took."""
    from chuangwen.audit.actions import open_chain  # noqa: PLC0415 - needs Django started
    from chuangwen.framework.models import SiteType  # noqa: PLC0415
    from chuangwen.people.actions.units import create_unit  # noqa: PLC0415
    from chuangwen.people.actors import system_actor  # noqa: PLC0415
    from chuangwen.people.enums import UnitKind  # noqa: PLC0415
    from chuangwen.people.models import Account, Membership  # noqa: PLC0415
    from chuangwen.people.roles import Role  # noqa: PLC0415
    from chuangwen.tenancy.models import Tenant  # noqa: PLC0415
    from chuangwen.tenancy.scope import tenant_scope  # noqa: PLC0415

    tenant = Tenant.objects.create(name="东区", code=uuid.uuid4().hex[:12])
    open_chain(tenant_id=tenant.pk)
    with tenant_scope(tenant.pk):
        by = system_actor(tenant.pk)
        office = create_unit(name="区创文办", kind=UnitKind.COORDINATION, by=by)
        for number in range(60):
            create_unit(name=f"第{number}街道", kind=UnitKind.STREET, by=by)
        for number in range(40):
            create_unit(name=f"区第{number}局", kind=UnitKind.GOVERNMENT, by=by)
        for position, name in enumerate(TYPES):
            SiteType.objects.create(code=f"{position:02}", name=name, shape="place")
        account = Account.objects.create(
            tenant=tenant, username=tenant.code, name="王芳", must_change_password=False
        )
        Membership.objects.create(account=account, unit=office, role=Role.OFFICE)
        return tenant, _imported(data)


def _imported(data: bytes) -> list[Ratio]:
    """Import into the empty register in rounds; the last one stays."""
    from django.db import connection  # noqa: PLC0415 - needs Django started

    from chuangwen.search.models import Posting, SearchText  # noqa: PLC0415
    from chuangwen.sites.models import Site, SiteDuty, SiteTally  # noqa: PLC0415

    ours, read, written = [], [], []
    rows = 0

    def empty() -> None:
        for model in (SiteDuty, Site, SiteTally, SearchText):
            model.objects.all()._raw_delete("default")
        Posting.objects.all()._raw_delete("default")

    for _ in range(IMPORT_ROUNDS):
        empty()
        check, write = _steps(data)
        check()
        send = writes_of(write)
        rows = Site.objects.count()
        empty()
        written.append(_seconds(send))
        read.append(_seconds(lambda: bare_read(data)))
        empty()
        check, write = _steps(data)
        ours.append(_seconds(check) + _seconds(write))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    said = f"{rows} sites with a duty each and their words"
    bare = median(read) + median(written)
    return [
        Ratio("site import / bare read", median(ours), median(read), said, None),
        Ratio("site import / bare read and writes", median(ours), bare, said, None),
    ]


def _steps(data: bytes) -> tuple[Callable[[], None], Callable[[], None]]:
    """Return what checks a file and what writes it, as the worker does."""
    from chuangwen.people.actors import system_actor  # noqa: PLC0415 - needs Django started
    from chuangwen.sites.actions.background_import import run_import  # noqa: PLC0415
    from chuangwen.sites.actions.importing import confirm_import, queue_register  # noqa: PLC0415
    from chuangwen.sites.enums import Datum, ImportState  # noqa: PLC0415
    from chuangwen.tenancy.scope import current_tenant_id  # noqa: PLC0415

    by = system_actor(current_tenant_id())
    taken = queue_register(name="名录.xlsx", data=data, datum=Datum.WGS84, by=by)

    def check() -> None:
        run_import(taken.pk)
        taken.refresh_from_db()
        confirm_import(taken=taken, base_digest=taken.digest, by=by)

    def write() -> None:
        run_import(taken.pk)
        taken.refresh_from_db()
        assert taken.state == ImportState.DONE, taken.problem or taken.problems[:3]

    return check, write


def _map(tenant: Any, rows: str) -> str:
    """Ask for the first paint as the office's browser does; return what it took."""
    from django.db import connection  # noqa: PLC0415 - needs Django started
    from django.test import Client  # noqa: PLC0415

    from chuangwen.people.models import Account  # noqa: PLC0415

    client = Client(headers={"host": "localhost"})
    client.force_login(Account.objects.get(username=tenant.code))
    client.get("/sites/map.json")
    asked: list[str] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        answer = client.get("/sites/map.json")
    told = answer.json()
    shown = sum(cluster[2] for cluster in told["clusters"]) + len(told["sites"])
    times = [_seconds(lambda: client.get("/sites/map.json")) for _ in range(ROUNDS)]
    near = "/sites/map.json?bbox=101.74,26.54,101.76,26.56"
    close = [_seconds(lambda: client.get(near)) for _ in range(ROUNDS)]
    assert len(answer.content) <= MOST_BYTES, len(answer.content)
    assert len(asked) <= MOST_QUERIES, len(asked)
    return (
        f"{rows}: {len(answer.content)} bytes, {len(asked)} queries, {shown:.0f} sites in "
        f"{len(told['clusters'])} clusters, {median(times) * 1000:.0f} ms; "
        f"a street's view {median(close) * 1000:.0f} ms"
    )


def _export(tenant: Any, count: int) -> list[Ratio]:
    """Compare the .xlsx of the whole register with the bare reading of its rows by the driver and
    the bare writer (docs/adr/0006); and, for information, with the writer alone, rows in memory."""
    from chuangwen.kit import clock  # noqa: PLC0415 - needs Django started
    from chuangwen.reports.sheets import write_xlsx  # noqa: PLC0415
    from chuangwen.sites.enums import Datum  # noqa: PLC0415
    from chuangwen.sites.models import Site  # noqa: PLC0415
    from chuangwen.sites.register.exporting import FIELDS, exported_rows, titles, told  # noqa: PLC0415
    from chuangwen.tenancy.scope import tenant_scope  # noqa: PLC0415
    from chuangwen.web.sites.register_book import register_book  # noqa: PLC0415

    def ours() -> None:
        rows = exported_rows(Site.objects.order_by("code"), Datum.WGS84)
        write_xlsx(register_book(rows, Datum.WGS84, clock.today()), io.BytesIO())

    with tenant_scope(tenant.pk):
        held = list(exported_rows(Site.objects.order_by("code"), Datum.WGS84))
        read = bare_query(told(Site.objects.order_by("code")).values_list(*FIELDS))
        jobs = (ours, lambda: bare_write(held, titles(Datum.WGS84)), lambda: read(lambda row: None))
        times: list[list[float]] = [[] for _ in jobs]
        for _ in range(IMPORT_ROUNDS):
            for series, job in zip(times, jobs, strict=True):
                series.append(_seconds(job))
    first, written, bare = (median(series) for series in times)
    rows = f"{count} sites"
    return [
        Ratio("site export / bare write", first, written, rows, None),
        Ratio("site export / bare read and write", first, written + bare, rows, WRITER),
    ]


def _seconds(job: Callable[[], object]) -> float:
    in_process = not os.environ.get("CHUANGWEN_DATABASE_URL")
    now = time.process_time if in_process else time.perf_counter
    begun = now()
    job()
    return now() - begun


if __name__ == "__main__":
    main()
