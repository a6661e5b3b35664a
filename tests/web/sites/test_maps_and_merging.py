"""The map's data, cards to print, duplicates and their merging in a browser."""

import pytest

from chuangwen.sites.coordinates import Point
from chuangwen.sites.models import Site
from tests.sites.conftest import SQUARE

pytestmark = pytest.mark.django_db


def text(answer) -> str:
    return answer.content.decode()


def test_the_map_has_the_filter_of_the_list(at_office, at_bureau, site, new_site):
    new_site("别处", point=Point(101.75, 26.6))
    told = at_office.get("/sites/map.json", {"q": "农贸"}).json()
    assert [one["name"] for one in told["sites"]] == [site.name]
    assert len(at_office.get("/sites/map.json").json()["sites"]) == 2
    assert [one["id"] for one in at_bureau.get("/sites/map.json").json()["sites"]] == [str(site.pk)]
    assert at_office.get("/sites/map.json", {"bbox": "nonsense"}).status_code == 422
    page = text(at_office.get("/sites/", {"q": "农贸"}))
    assert 'data-address="/sites/map.json?q=%E5%86%9C%E8%B4%B8"' in page


def test_tiles_may_come_from_the_named_server_only(at_office, site, settings):
    policy = at_office.get("/sites/").headers["Content-Security-Policy"]
    assert "connect-src 'self'" in policy
    assert "http" not in policy


def test_cards_carry_a_code_for_each_site(at_bureau, site, new_site, settings):
    settings.CHUANGWEN_ADDRESS = "https://cw.example.gov.cn"
    new_site("别处")
    page = text(at_bureau.get("/sites/cards/"))
    assert page.count('class="site-card"') == 1
    assert "data:image/svg+xml" in page
    assert "07-0001" in page


def test_a_pair_is_found_compared_and_merged(at_office, site, new_site):
    twice = new_site(
        "炳草岗农贸市场（东门）", point=Point(SQUARE.longitude + 0.0001, SQUARE.latitude)
    )
    page = text(at_office.get("/sites/duplicates/"))
    assert "相距 10 米" in page
    both = {"keep": str(site.pk), "other": str(twice.pk)}
    assert "并入" in text(at_office.get("/sites/merge/", both))
    assert at_office.post("/sites/merge/", both).status_code == 422  # no versions
    stale = {**both, "keep_version": "9", "other_version": "1"}
    assert at_office.post("/sites/merge/", stale).status_code == 409
    sent = {**both, "keep_version": "1", "other_version": "1"}
    assert at_office.post("/sites/merge/", sent).headers["Location"] == f"/sites/{site.pk}/"
    twice.refresh_from_db()
    assert twice.merged_into == site
    assert "合并进来的" in text(at_office.get(f"/sites/{site.pk}/"))
    assert "已于 2021-09-15 并入" in text(at_office.get(f"/sites/{twice.pk}/"))
    assert "没有发现重复" in text(at_office.get("/sites/duplicates/"))


def test_sites_are_named_by_their_code_too(at_office, site, new_site):
    other = new_site("另一个")
    page = at_office.get("/sites/merge/", {"keep": site.code, "other": other.code})
    assert page.status_code == 200
    assert at_office.get("/sites/merge/", {"keep": site.code, "other": "没有"}).status_code == 409
    itself = {"keep": site.code, "other": site.code, "keep_version": "1", "other_version": "1"}
    assert at_office.post("/sites/merge/", itself).status_code == 422
    assert Site.objects.filter(state="open").count() == 2
