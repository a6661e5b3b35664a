"""Entering sites and changing their facts."""

from dataclasses import replace
from decimal import Decimal

import pytest

from chuangwen.audit.models import AuditEvent
from chuangwen.kit.errors import IllegalTransition, Invalid, NotPermitted, StaleEdit
from chuangwen.search.pairs import words_of
from chuangwen.search.queries import matching
from chuangwen.sites.actions.editing import create_site, edit_site
from chuangwen.sites.actions.merging import merge_sites
from chuangwen.sites.coordinates import Point
from chuangwen.sites.enums import Datum, Importance, SiteDutyKind
from chuangwen.sites.facts import SiteFacts
from chuangwen.sites.geometry import read_shape
from chuangwen.sites.models import Site, SiteDuty
from tests.sites.conftest import DAY, SQUARE

pytestmark = pytest.mark.django_db


def facts_of(site, **changed) -> SiteFacts:
    point = Point(float(site.longitude), float(site.latitude))
    same = SiteFacts(
        name=site.name, site_type=site.site_type, area=site.area, address=site.address, point=point
    )
    return replace(same, **changed)


def test_a_site_has_its_facts_its_owner_and_its_events(new_site, bureau, community):
    site = new_site(owner=bureau, area=community, importance=Importance.KEY, datum=Datum.GCJ02)
    stored = Site.objects.get()
    assert (stored.code, stored.name, stored.area) == ("07-0001", "炳草岗农贸市场", community)
    assert (stored.longitude, stored.latitude) == (Decimal("101.71873"), Decimal("26.58734"))
    assert (stored.importance, stored.datum) == (Importance.KEY, Datum.GCJ02)
    duty = site.duties.get()
    assert (duty.kind, duty.unit, duty.valid_from) == (SiteDutyKind.OWNER, bureau, DAY)
    verbs = list(AuditEvent.objects.order_by("sequence").values_list("verb", flat=True))
    assert verbs[-2:] == ["site.created", "site.duty_assigned"]


def test_numbers_go_on_within_the_type_and_skip_taken_ones(new_site, avenue):
    new_site(code="07-0002")
    assert new_site("某市场").code == "07-0003"  # the second of its type; 0002 is taken
    street = new_site("人民街", site_type=avenue, point=None)
    assert street.code == "04-0001"


def test_a_code_is_taken_once(new_site):
    new_site(code="A1")
    with pytest.raises(Invalid, match="相同编号") as refused:
        new_site("另一个", code="A1")
    assert refused.value.field == "code"
    assert Site.objects.count() == 1


def test_a_street_is_measured_and_its_point_lies_on_it(new_site, avenue):
    line = read_shape("101.70,26.58; 101.71,26.58", Datum.WGS84)
    street = new_site("人民街", site_type=avenue, point=None, shape=line)
    assert street.length_metres == pytest.approx(Decimal("994.4"), abs=Decimal("0.5"))
    assert (street.longitude, street.latitude) == (Decimal("101.705"), Decimal("26.58"))
    measured = new_site("新华街", site_type=avenue, shape=line, length_metres=Decimal(1200))
    assert measured.length_metres == 1200  # by hand goes before by map


def test_a_telephone_check_is_nowhere(new_site, hotline):
    with pytest.raises(Invalid, match="没有坐标"):
        new_site("12345热线", site_type=hotline)
    assert new_site("12345热线", site_type=hotline, point=None, telephone="12345").latitude is None


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"name": "  "}, "name"),
        ({"name": "长" * 101}, "name"),
        ({"code": "9" * 41}, "code"),
        ({"address": "长" * 201}, "address"),
        ({"telephone": "1" * 41}, "telephone"),
        ({"note": "长" * 2001}, "note"),
        ({"point": Point(2.3, 48.8)}, "longitude"),
        ({"length_metres": Decimal(-1)}, "length_metres"),
        ({"length_metres": Decimal("NaN")}, "length_metres"),
        ({"area_square_metres": Decimal("1e30")}, "area_square_metres"),
    ],
)
def test_bad_facts_are_refused_and_nothing_is_written(new_site, facts, field):
    with pytest.raises(Invalid) as refused:
        new_site(**facts)
    assert refused.value.field == field
    assert not Site.objects.exists()


def test_a_closed_unit_is_no_area_and_no_owner(new_site, bureau, community):
    for field, unit in (("area", community), ("owner", bureau)):
        unit.valid_until = "2021-01-01"
        unit.save()
        unit.refresh_from_db()
        with pytest.raises(Invalid, match="不是在用单位") as refused:
            new_site(**{field: unit})
        assert refused.value.field == field


def test_an_edit_changes_what_differs_and_says_so(site, office, community):
    changed = edit_site(
        site=site, base_version=1, facts=facts_of(site, name="湖滨市场", area=community), by=office
    )
    assert (changed.name, changed.version, changed.code) == ("湖滨市场", 2, site.code)
    event = AuditEvent.objects.get(verb="site.edited")
    assert event.changes == {"name": ["炳草岗农贸市场", "湖滨市场"], "area": [None, "湖滨社区"]}


def test_an_edit_of_nothing_is_no_edit(site, office):
    again = edit_site(site=site, base_version=1, facts=facts_of(site), by=office)
    assert again.version == 1
    assert not AuditEvent.objects.filter(verb="site.edited").exists()


def test_a_stale_edit_is_refused(site, office):
    edit_site(site=site, base_version=1, facts=facts_of(site, name="甲"), by=office)
    with pytest.raises(StaleEdit, match="已被别人修改"):
        edit_site(site=site, base_version=1, facts=facts_of(site, name="乙"), by=office)
    assert Site.objects.get().name == "甲"


def test_only_the_office_keeps_the_register(site, clerk, inspector, market):
    for actor in (clerk, inspector):
        with pytest.raises(NotPermitted):
            create_site(facts=SiteFacts(name="某地", site_type=market), by=actor)
        with pytest.raises(NotPermitted):
            edit_site(site=site, base_version=1, facts=facts_of(site, name="甲"), by=actor)


def test_a_merged_site_is_not_edited(site, new_site, office):
    other = new_site("另一个")
    merge_sites(keep=site, keep_version=1, other=other, other_version=1, by=office)
    with pytest.raises(IllegalTransition, match="已合并"):
        edit_site(site=other, base_version=2, facts=facts_of(other, name="甲"), by=office)


def test_a_site_is_found_by_its_name_code_and_address(site, office):
    for words in ("农贸", "人民街12", site.code):
        assert list(matching(Site.objects.all(), words_of(words))) == [site]
    edit_site(site=site, base_version=1, facts=facts_of(site, name="湖滨超市"), by=office)
    assert not matching(Site.objects.all(), ["农贸"])
    assert list(matching(Site.objects.all(), ["湖滨"])) == [site]


def test_coordinates_are_stored_to_the_centimetre(new_site):
    site = new_site(point=Point(101.123456789, 26.987654321).rounded())
    site.refresh_from_db()
    assert (site.longitude, site.latitude) == (Decimal("101.1234568"), Decimal("26.9876543"))
    assert Point(101.1234568, 26.9876543) != SQUARE
    assert SiteDuty.objects.count() == 0
