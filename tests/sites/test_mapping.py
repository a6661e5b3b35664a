"""The map's clusters, and sites that may be entered twice."""

import json
import random

import pytest

from chuangwen.kit.errors import Invalid
from chuangwen.sites.actions.recounting import rebuild_site_tallies
from chuangwen.sites.coordinates import Point
from chuangwen.sites.enums import Datum
from chuangwen.sites.geometry import read_shape
from chuangwen.sites.models import Site
from chuangwen.sites.queries.duplicates import likely_duplicates
from chuangwen.sites.queries.listing import SiteFilter
from chuangwen.sites.queries.mapping import MOST_SINGLE, View, sites_on_map

pytestmark = pytest.mark.django_db
ALL = SiteFilter()


@pytest.fixture
def crowd(market):
    """Many sites over the district, always the same."""

    def make(count):
        place = random.Random(7)  # noqa: S311 - no secret
        Site.objects.bulk_create(
            Site(
                code=f"C{number}", name=f"点{number}", site_type=market,
                longitude=round(place.uniform(101.6, 101.9), 7),
                latitude=round(place.uniform(26.4, 26.7), 7),
            )
            for number in range(count)
        )  # fmt: skip
        rebuild_site_tallies()

    return make


def counted(told) -> int:
    return sum(int(cluster[2]) for cluster in told["clusters"]) + len(told["sites"])


@pytest.mark.parametrize("count", [5, MOST_SINGLE, MOST_SINGLE + 1, 2000])
def test_every_site_is_on_the_map_once(office, crowd, count):
    crowd(count)
    assert counted(sites_on_map(office, ALL, None)) == count


def test_the_same_clusters_are_kept_made_by_the_database_and_here(office, crowd, monkeypatch):
    """From the counts, from a filter that keeps all, and from single sites."""
    crowd(200)
    ours = sites_on_map(office, ALL, None)
    monkeypatch.setattr("chuangwen.sites.queries.mapping.MOST_SINGLE", 10)
    kept = sites_on_map(office, ALL, None)
    made = sites_on_map(office, SiteFilter(importance="1"), None)
    assert ours["bounds"] == kept["bounds"]
    assert ours["bounds"] == pytest.approx(made["bounds"], abs=0.006)  # a cell, and its margin
    for told in (kept, made):
        several = sorted(one for one in told["clusters"] if one[2] > 1)
        assert len(several) == len(ours["clusters"]) > 10
        for one, other in zip(several, sorted(ours["clusters"]), strict=True):
            assert one[:3] == pytest.approx(other[:3], abs=2e-5)
        assert len([one for one in told["clusters"] if one[2] == 1]) == len(ours["sites"])


@pytest.mark.parametrize("wanted", [ALL, SiteFilter(importance="1")], ids=["kept", "counted"])
def test_a_cluster_says_where_its_sites_lie(office, crowd, wanted):
    crowd(2000)
    told = sites_on_map(office, wanted, None)
    for longitude, latitude, _count, west, south, east, north in told["clusters"]:
        assert west <= longitude <= east
        assert south <= latitude <= north


def test_what_is_outside_the_view_is_not_told(office, new_site):
    new_site("里面", point=Point(101.70, 26.50))
    new_site("外面", point=Point(101.80, 26.60))
    told = sites_on_map(office, ALL, View(101.69, 26.49, 101.71, 26.51))
    assert [site["name"] for site in told["sites"]] == ["里面"]


def test_the_filter_of_the_list_holds_and_others_see_theirs(
    office, clerk, new_site, bureau, avenue
):
    line = read_shape("101.70,26.58; 101.71,26.58", Datum.WGS84)
    new_site("人民街", site_type=avenue, point=None, shape=line)
    own = new_site(owner=bureau)
    (road,) = sites_on_map(office, SiteFilter(type=str(avenue.pk)), None)["sites"]
    assert road["line"]["type"] == "LineString"
    assert [site["id"] for site in sites_on_map(clerk, ALL, None)["sites"]] == [str(own.pk)]


def test_nothing_placed_is_an_empty_map(office, new_site, hotline):
    new_site("12345", site_type=hotline, point=None)
    assert sites_on_map(office, ALL, None) == {"bounds": None, "clusters": [], "sites": []}


def test_the_first_paint_is_small_and_takes_three_queries(
    office, crowd, django_assert_max_num_queries
):
    crowd(20_000)
    with django_assert_max_num_queries(3):
        told = sites_on_map(office, ALL, None)
    assert counted(told) == 20_000
    assert len(json.dumps(told)) < 300_000 / 4


@pytest.mark.parametrize("raw", ["x", "1,2,3", "1,2,3,nan", "3,2,1,4", "1,4,3,2", "1,2,3,4,5"])
def test_a_view_that_is_none_is_refused(raw):
    with pytest.raises(Invalid):
        View.read({"bbox": raw})


def test_near_ones_and_like_names_of_one_type_are_offered(office, new_site, avenue):
    at = Point(101.70, 26.50)
    new_site("炳草岗农贸市场", point=at)
    new_site("炳草岗农贸市场（东门）", point=Point(101.7001, 26.5001))  # 15 m
    new_site("湖滨路甲市场", point=Point(101.75, 26.55))
    new_site("湖滨路甲市场。", point=Point(101.753, 26.55))  # 300 m, one name
    new_site("湖滨路乙市场", point=Point(101.90, 26.60))  # far
    new_site("炳草岗", site_type=avenue, point=at)  # another type
    pairs = likely_duplicates(office, ALL, 50)
    told = {frozenset((pair.one.name, pair.other.name)) for pair in pairs}
    assert told == {
        frozenset({"炳草岗农贸市场", "炳草岗农贸市场（东门）"}),
        frozenset({"湖滨路甲市场", "湖滨路甲市场。"}),
    }
    assert pairs[0].reason == "相距 298 米，名称相近"


def test_numbered_places_are_not_one(office, new_site):
    new_site("人民街一号公厕", point=None)
    new_site("人民街二号公厕", point=None)
    assert likely_duplicates(office, ALL, 50) == []


@pytest.mark.parametrize("step", [(0.0002, 0), (0, 0.0002), (-0.0002, 0.0002), (0.0002, 0.0002)])
def test_no_edge_of_the_grid_hides_a_pair(office, new_site, step):
    """About 20 to 30 m in every direction, from many places."""
    for number in range(20):
        at = Point(101.6 + number * 0.0107, 26.4 + number * 0.0103)
        new_site(f"甲{number:02d}丁", point=at)
        new_site(f"乙{number:02d}丙", point=Point(at.longitude + step[0], at.latitude + step[1]))
    assert len(likely_duplicates(office, ALL, 50)) == 20


def test_the_work_grows_with_the_sites_and_not_their_square(office, crowd, monkeypatch):
    from chuangwen.sites.queries import duplicates

    seen = {}
    judged = duplicates._judged
    for count in (500, 3000):
        Site.objects.all().delete()
        crowd(count)
        calls = []
        monkeypatch.setattr(duplicates, "_judged", lambda *a, c=calls: c.append(a) or judged(*a))
        likely_duplicates(office, ALL, 20)
        seen[count] = len(calls)
    assert seen[3000] < 10 * 3000  # all pairs would be four million
