"""The ledger of cases at several sizes (default 100,000 and 1,000,000), 20,000 of them not over.

    .venv/bin/python -m benchmarks.cases [CASES …]

Lists, the list with five filters, the figures of a month and the first page: each against the same
page of the smallest ledger (growth), and against the bare statements that it asks, with an empty
page of the frame (docs/adr/0005). 200 cases a day, so that a month is the same in all. Then the
ladder climbs: a run over all that is open touches only what is due.
CHUANGWEN_DATABASE_URL chooses PostgreSQL.
"""

import datetime
import os
import sys
import tempfile
import time
from typing import Any

from benchmarks._ratio import Ratio, report
from benchmarks.plan_pages import EMPTY, GROWTH, _bare, _medians, _page

FLOOR = 3.0
OPEN, A_DAY = 20_000, 200
PAGES = {
    "problems": "/cases/",
    "being mended": "/cases/?view=mending",
    "late": "/cases/?only=late",
    "closed": "/cases/?view=closed",
    "five filters": "/cases/?view=mending&area={area}&category={category}&source=tour&only=late"
    "&unit={unit}",
    "figures of a month": "/cases/figures/",
    "first page": "/",
}


def main() -> None:
    """Make the ledgers, measure in alternated rounds, print growth and ratios."""
    sizes = sorted(int(raw) for raw in sys.argv[1:]) or [100_000, 1_000_000]
    os.environ.setdefault("CHUANGWEN_DATA", tempfile.mkdtemp(prefix="chuangwen-benchmark-"))
    os.environ.setdefault("CHUANGWEN_TODAY", "2021-09-01")
    os.environ.setdefault("CHUANGWEN_HOSTS", "testserver")
    from chuangwen.commands import start_django  # noqa: PLC0415 - the data folder comes first

    start_django()
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    tenants = {size: _ledger(size) for size in sizes}
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    found = []
    for title, path in PAGES.items():
        found += _of_page(title, path, tenants)
    _climb(tenants[max(sizes)])
    report(*found)


def _ledger(size: int) -> Any:
    from django.db import transaction  # noqa: PLC0415 - needs Django started

    from tests.scale.case_made import Extent, make_ledger  # noqa: PLC0415

    begun = time.perf_counter()
    with transaction.atomic():
        made = make_ledger(Extent(size, a_day=A_DAY, open=OPEN, words=False))
    print(f"{size} cases made in {time.perf_counter() - begun:.0f} s", flush=True)
    return made


def _of_page(title: str, path: str, tenants: dict[int, Any]) -> list[Ratio]:
    from django.db import connection  # noqa: PLC0415

    pages = [_asked(tenant, path) for tenant in (tenants[min(tenants)], tenants[max(tenants)])]
    empty = _page("office", tenants[max(tenants)].code, EMPTY, status=404)
    small, large, bare, frame = _medians(*pages, _bare(pages[-1]), empty)
    where = f"{max(tenants)} cases, {connection.vendor}"
    return [
        Ratio(f"{title}: growth", large, small, f"{where} against {min(tenants)}", GROWTH),
        Ratio(f"{title}: against empty page + bare SQL", large, frame + bare, where, FLOOR),
    ]


def _asked(tenant: Any, path: str) -> Any:
    from chuangwen.people.models import Unit  # noqa: PLC0415
    from chuangwen.rectification.models import Category  # noqa: PLC0415
    from chuangwen.tenancy.scope import tenant_scope  # noqa: PLC0415

    with tenant_scope(tenant.pk):
        keys = {
            "area": Unit.objects.get(name="第1街道").pk,
            "unit": Unit.objects.get(name="第1局").pk,
            "category": Category.objects.get(code="01").pk,
        }
    return _page("office", tenant.code, path.format(**keys))


def _climb(tenant: Any) -> None:
    """Print what a day's run costs where a hundred cases are due, among all that are open."""
    from chuangwen.people.actors import system_actor  # noqa: PLC0415
    from chuangwen.rectification.models import Case  # noqa: PLC0415
    from chuangwen.supervision.actions.climbing import climb  # noqa: PLC0415
    from chuangwen.supervision.models import EscalationStep, Ladder, Rung  # noqa: PLC0415
    from chuangwen.tenancy.scope import tenant_scope  # noqa: PLC0415

    day = datetime.date(2021, 9, 1)
    with tenant_scope(tenant.pk):
        ladder = Ladder.objects.create(is_active=True, in_force_from=day)
        Rung.objects.create(ladder=ladder, days=0, name="到期", measure="reminder", tells=[])
        begun = time.process_time()
        done = climb(day=day, by=system_actor(tenant.pk))
        spent = time.process_time() - begun
        owed = Case.objects.filter(owed_on__lt=datetime.date(9999, 12, 1)).count()
        made = EscalationStep.objects.count()
        print(f"the ladder: {spent * 1000:.0f} ms for {made} steps among {owed} owed cases; {done}")


if __name__ == "__main__":
    main()
