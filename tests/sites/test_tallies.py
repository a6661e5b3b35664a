"""The counts of the map's cells follow every write, and tell when they do not."""

import random
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection

from chuangwen.cli import main
from chuangwen.sites.actions.editing import edit_site
from chuangwen.sites.actions.importing import apply_import, receive_register
from chuangwen.sites.actions.merging import merge_sites
from chuangwen.sites.actions.recounting import find_site_drift, rebuild_site_tallies
from chuangwen.sites.actions.states import close_sites, reopen_site
from chuangwen.sites.coordinates import Point
from chuangwen.sites.enums import Datum, SiteState
from chuangwen.sites.facts import SiteFacts
from chuangwen.sites.models import Site, SiteTally
from chuangwen.sites.models.tallies import BAND
from chuangwen.sites.queries.listing import ALL, SiteFilter
from chuangwen.sites.queries.mapping import FINEST_CELL, View, sites_on_map
from tests.sites.conftest import SQUARE
from tests.sites.workbooks import HEADER, MARKET, workbook

pytestmark = pytest.mark.django_db
STREET = Point(101.75, 26.5)


def counts(state="open") -> list[int]:
    """The numbers of the finest cells."""
    finest = SiteTally.objects.filter(state=state, level=8, number__gt=0)
    cells = finest.exclude(column=BAND).order_by("column", "row")
    return list(cells.values_list("number", flat=True))


def fresh(site) -> Site:
    return Site.objects.get(pk=site.pk)


def test_entering_moving_and_losing_a_place(office, market, hotline, new_site):
    site = new_site()
    assert counts() == [1]
    assert SiteTally.objects.count() == 10
    edit_site(
        site=site, base_version=1, by=office,
        facts=SiteFacts(name="搬走", site_type=market, point=STREET),
    )  # fmt: skip
    (cell,) = SiteTally.objects.filter(level=8, number__gt=0, column__gte=0)
    assert (cell.column, cell.row) == (int(101.75 * 256), int(26.5 * 256))
    assert (cell.east_sum, cell.north_sum) == (1_017_500_000, 265_000_000)
    edit_site(site=site, base_version=2, facts=SiteFacts(name="无", site_type=market), by=office)
    assert counts() == []
    new_site("12345", site_type=hotline, point=None)
    assert counts() == []
    assert find_site_drift() == {}


def test_closing_reopening_and_merging(office, new_site):
    one, other = new_site("甲"), new_site("乙", point=STREET)
    close_sites(versions={one.pk: 1}, reason="拆迁", by=office)
    assert (counts(), counts("closed")) == ([1], [1])
    reopen_site(site=one, base_version=2, reason="恢复", by=office)
    assert (counts(), counts("closed")) == ([1, 1], [])
    merge_sites(keep=fresh(one), keep_version=3, other=other, other_version=1, by=office)
    assert (counts(), counts("merged")) == ([1], [1])
    assert find_site_drift() == {}


def test_a_kept_site_that_takes_a_place_over_is_counted(office, new_site):
    keep, other = new_site("甲", point=None), new_site("乙")
    merge_sites(keep=keep, keep_version=1, other=other, other_version=1, by=office)
    assert (counts(), counts("merged")) == ([1], [1])
    assert find_site_drift() == {}


def test_a_file_counts_what_it_makes_and_moves(office, market, avenue, hotline, bureau, street):  # noqa: PLR0917 - fixtures
    rows = [dict(zip(HEADER, MARKET, strict=True)) | {"点位编号": f"A{n}", "名称": f"第{n}市场"}
            for n in range(5)]  # fmt: skip
    take_in(rows, office)
    assert counts() == [5]
    for row in rows[:2]:
        row["经度"] = STREET.longitude
    take_in(rows, office)
    assert counts() == [3, 2]
    assert find_site_drift() == {}


def take_in(rows, office):
    data = workbook([tuple(row.values()) for row in rows])
    taken = receive_register(name="名录.xlsx", data=data, datum=Datum.WGS84, by=office)
    applied = apply_import(taken=taken, base_digest=taken.digest, by=office)
    assert applied.state == "done", applied.problems


def scatter(market, count, state=SiteState.OPEN):
    place = random.Random(3)  # noqa: S311 - no secret
    Site.objects.bulk_create(
        Site(
            code=f"{state}{number}", name=f"点{number}", site_type=market, state=state,
            longitude=round(place.uniform(101.6, 101.9), 7),
            latitude=round(place.uniform(26.4, 26.7), 7),
            closed_on=None if state == SiteState.OPEN else "2021-09-01",
        )
        for number in range(count)
    )  # fmt: skip
    rebuild_site_tallies()


@pytest.mark.parametrize(
    ("wanted", "number"), [(SiteFilter(), 900), (SiteFilter(state="closed"), 400),
                           (SiteFilter(state=ALL, sort="name"), 1300)],
)  # fmt: skip
def test_the_first_paint_reads_cells_and_no_sites(office, market, wanted, number):
    scatter(market, 900)
    scatter(market, 400, SiteState.CLOSED)
    seen = []

    def note(execute, sql, params, many, context):
        seen.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        told = sites_on_map(office, wanted, None)
    assert sum(cluster[2] for cluster in told["clusters"]) == number
    assert not [sql for sql in seen if "COUNT(" in sql or "MIN(" in sql]
    assert len(seen) == 3


def test_states_are_added_up_to_the_last_site(office, market):
    """A cell with sites of two states is one cluster."""
    scatter(market, 400)
    scatter(market, 400, SiteState.CLOSED)
    told = sites_on_map(office, SiteFilter(state=ALL), None)
    assert len({tuple(cluster[3:]) for cluster in told["clusters"]}) == len(told["clusters"])
    assert sum(cluster[2] for cluster in told["clusters"]) == 800


def test_a_view_wider_than_the_widest_cells_adds_them_up(office, market):
    scatter(market, 400)
    told = sites_on_map(office, SiteFilter(), View(73, 3, 135, 53))
    assert [cluster[2:] for cluster in told["clusters"]] == [[400, 100, 24, 104, 28]]


def test_whoever_looks_nearer_than_the_finest_cells_has_the_sites_counted(office, market):
    Site.objects.bulk_create(
        Site(code=str(n), name=f"点{n}", site_type=market, longitude=101.7 + n % 20 * 1e-3,
             latitude=26.5 + n // 20 * 1e-3)
        for n in range(400)
    )  # fmt: skip
    rebuild_site_tallies()
    view = View(101.699, 26.499, 101.7201, 26.5201)
    assert view.cell < FINEST_CELL
    told = sites_on_map(office, SiteFilter(), view)
    assert sum(cluster[2] for cluster in told["clusters"]) == 400
    assert len(told["clusters"]) > 50


def test_a_bureau_sees_the_number_of_its_own(office, clerk, market, new_site, bureau):
    scatter(market, 400)
    new_site(owner=bureau)
    told = sites_on_map(clerk, SiteFilter(), None)
    assert (told["clusters"], len(told["sites"])) == ([], 1)


def test_drift_is_found_told_and_mended(office, new_site, market, capsys):
    new_site()
    SiteTally.objects.filter(level=8, column__gte=0).update(number=7)
    SiteTally.objects.filter(level=0).delete()
    drift = find_site_drift()
    assert {cell.level: numbers for cell, numbers in drift.items()} == {0: (0, 1), 8: (7, 1)}
    assert main(["tallies", "check"]) == 1
    assert "地图网格中 2 格的点位数有出入" in capsys.readouterr().out
    assert main(["tallies", "rebuild"]) == 0
    assert find_site_drift() == {}
    assert main(["tallies", "check"]) == 0


def test_a_wrong_middle_is_drift_too(new_site):
    new_site()
    SiteTally.objects.filter(level=3).update(east_sum=1)
    assert [cell.level for cell in find_site_drift()] == [3]


def test_an_installation_that_has_sites_is_counted_when_it_is_upgraded(new_site, office, tenant):
    new_site()
    new_site("乙", point=STREET)
    close_sites(versions={new_site("丙", point=SQUARE).pk: 1}, reason="拆迁", by=office)
    SiteTally.objects.all().delete()
    import_module("chuangwen.sites.migrations.0004_tallies").count(
        apps, SimpleNamespace(connection=connection)
    )
    assert counts("closed") == [1]
    assert find_site_drift() == {}
