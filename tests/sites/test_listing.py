"""The register as asked for: one filter for list, map and exports."""

import io
import json

import pytest

from chuangwen.sites.actions.importing import receive_register
from chuangwen.sites.actions.states import close_sites, mark_demonstration
from chuangwen.sites.coordinates import Point, distance_metres
from chuangwen.sites.enums import Datum, Importance, ImportState
from chuangwen.sites.geometry import read_shape
from chuangwen.sites.models import Site
from chuangwen.sites.queries.listing import SiteFilter, choices_for, list_of_sites
from chuangwen.sites.register.exporting import exported_rows, geojson_parts, titles
from tests.sites.conftest import SQUARE
from tests.sites.workbooks import workbook

pytestmark = pytest.mark.django_db


@pytest.fixture
def register(new_site, office, bureau, street, community, avenue, hotline):  # noqa: PLR0917
    """A market of the bureau in a community, a street with its line, a closed market, a call."""
    line = read_shape("101.70,26.58; 101.71,26.58", Datum.WGS84)
    market = new_site(owner=bureau, area=community, importance=Importance.KEY, note="=1+1")
    road = new_site("人民街", site_type=avenue, point=None, shape=line, owner=street, area=street)
    old = new_site("旧市场", code="Z9")
    close_sites(versions={old.pk: 1}, reason="拆迁", by=office)
    call = new_site("12345热线", site_type=hotline, point=None, telephone="12345", address="")
    mark_demonstration(versions={road.pk: 1}, is_demonstration=True, by=office)
    return {"market": market, "road": road, "old": old, "call": call}


def found(actor, register, **asked) -> set[str]:
    keys = set(list_of_sites(actor, SiteFilter.read(asked)).values_list("pk", flat=True))
    return {name for name, site in register.items() if site.pk in keys}


def test_every_filter_keeps_what_it_says(  # noqa: PLR0917 - fixtures
    office, register, bureau, street, community, market
):
    everything = {"market", "road", "call"}
    for asked, kept in (
        ({}, everything),
        ({"state": "all"}, everything | {"old"}),
        ({"state": "closed"}, {"old"}),
        ({"state": "nonsense"}, everything),
        ({"type": str(market.pk)}, {"market"}),
        ({"type": "nonsense"}, everything),
        ({"area": str(street.pk)}, {"market", "road"}),  # the community is below the street
        ({"area": str(community.pk)}, {"market"}),
        ({"unit": str(bureau.pk)}, {"market"}),
        ({"importance": "3"}, {"market"}),
        ({"marked": "1"}, {"road"}),
        ({"q": "人民街"}, {"market", "road"}),
        ({"q": "人民街 农贸"}, {"market"}),
        ({"q": "市场", "state": "all"}, {"market", "old"}),
    ):
        assert found(office, register, **asked) == kept, asked


def test_people_of_units_find_their_own(clerk, street_clerk, register):
    assert found(clerk, register) == {"market"}
    assert found(street_clerk, register) == {"road"}
    assert found(street_clerk, register, q="市场") == set()


@pytest.mark.parametrize(
    ("sort", "first"), [("code", "04-0001"), ("name", "53-0001"), ("importance", "07-0001")]
)
def test_the_order(office, register, sort, first):
    assert list_of_sites(office, SiteFilter(sort=sort)).first().code == first


def test_choices_are_types_and_units_in_one_query(
    office, street_clerk, register, django_assert_num_queries
):
    with django_assert_num_queries(1):
        all_of_it = choices_for(office)
    assert [name for _, name in all_of_it.types] == ["主次干道", "农贸市场", "政务热线"]
    assert {name for _, name in all_of_it.areas} == {"炳草岗街道", "湖滨社区"}
    assert {name for _, name in choices_for(street_clerk).units} == {"炳草岗街道", "湖滨社区"}


@pytest.mark.parametrize("datum", Datum)
def test_what_is_exported_and_read_again_changes_nothing(office, register, datum):
    sites = list_of_sites(office, SiteFilter(state="all"))
    rows = [["" if cell is None else cell for cell in row] for row in exported_rows(sites, datum)]
    rows = [[float(cell) if isinstance(cell, object) and hasattr(cell, "quantize") else cell
             for cell in row] for row in rows]  # fmt: skip
    assert len(rows) == 4
    data = workbook(rows, header=titles(datum))
    taken = receive_register(name="名录.xlsx", data=data, datum=datum, by=office)
    assert taken.state == ImportState.CHECKED, taken.problems or taken.problem
    assert (taken.made_count, taken.edited_count, taken.unchanged_count) == (0, 0, 4)


def test_the_datum_is_named_and_the_place_is_in_it(office, register):
    header = titles(Datum.GCJ02)
    assert "经度（GCJ-02）" in header
    sites = list_of_sites(office, SiteFilter(type=str(register["market"].site_type_id)))
    (row,) = exported_rows(sites, Datum.GCJ02)
    told = dict(zip(header, row, strict=True))
    shown = Point(told["经度（GCJ-02）"], told["纬度（GCJ-02）"])
    assert 100 < distance_metres(shown, SQUARE) < 1000
    assert told["主管单位"] == "区城市管理局"


def test_geojson_is_whole_and_says_its_datum(office, register):
    sites = list_of_sites(office, SiteFilter())
    told = json.load(io.StringIO("".join(geojson_parts(sites, Datum.WGS84))))
    kinds = {
        each["properties"]["名称"]: each["geometry"] and each["geometry"]["type"]
        for each in told["features"]
    }
    assert kinds == {"炳草岗农贸市场": "Point", "人民街": "LineString", "12345热线": None}
    assert told["crs_name"] == "WGS-84"


def test_exports_take_one_query_whatever_there_is(office, new_site, django_assert_num_queries):
    for number in range(30):
        new_site(f"市场{number}")
    with django_assert_num_queries(1):
        rows = list(exported_rows(Site.objects.order_by("code"), Datum.WGS84))
    assert len(rows) == 30
