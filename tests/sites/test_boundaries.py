"""Boundaries are in force after their names were chosen; sites know whether they lie outside."""

import json

import pytest

from chuangwen.audit.models import AuditEvent
from chuangwen.cli import main
from chuangwen.kit.errors import IllegalTransition, ImportRefused, Invalid, NotPermitted
from chuangwen.people.actions.merging import merge_units
from chuangwen.people.actions.units import create_unit
from chuangwen.people.enums import UnitKind
from chuangwen.sites.actions.boundaries import (
    apply_boundaries,
    receive_boundaries,
    remove_boundaries,
)
from chuangwen.sites.actions.editing import edit_site
from chuangwen.sites.actions.importing import apply_import, receive_register
from chuangwen.sites.actions.merging import merge_sites
from chuangwen.sites.coordinates import Point
from chuangwen.sites.enums import BoundaryState, Datum
from chuangwen.sites.facts import SiteFacts
from chuangwen.sites.models import Boundary, BoundaryFile, Site
from chuangwen.sites.queries.boundaries import boundaries_shown
from chuangwen.sites.queries.listing import SiteFilter, filtered_sites
from tests.sites.conftest import SQUARE
from tests.sites.test_outlines import BOW, feature, file_of, square
from tests.sites.workbooks import MARKET, workbook

pytestmark = pytest.mark.django_db
OUTSIDE = Point(101.95, 26.58)
AROUND = file_of(feature(square(), name="炳草岗街道"), feature(square(101.6), name="未知街道"))


@pytest.fixture
def receive(office):
    def run(data=AROUND, name="边界.geojson", datum=Datum.WGS84) -> BoundaryFile:
        return receive_boundaries(name=name, data=data, datum=datum, by=office)

    return run


@pytest.fixture
def in_force(receive, office):
    return apply_boundaries(taken=receive(), name_property="名称", by=office)


def is_outside(site) -> bool | None:
    return Site.objects.get(pk=site.pk).is_outside


def test_a_file_waits_until_its_names_are_chosen(receive, office, street):
    taken = receive()
    assert (taken.state, taken.count) == (BoundaryState.CHECKED, 2)
    assert taken.properties == {"名称": ["炳草岗街道", "未知街道"]}
    assert boundaries_shown()["features"] == []
    applied = apply_boundaries(taken=taken, name_property="名称", by=office)
    assert applied.state == BoundaryState.IN_FORCE
    assert [(one.name, one.area) for one in Boundary.objects.select_related("area")] == [
        ("炳草岗街道", street), ("未知街道", None),
    ]  # fmt: skip
    verbs = list(AuditEvent.objects.order_by("sequence").values_list("verb", flat=True))[-2:]
    assert verbs == ["boundary.received", "boundary.applied"]


def test_a_bad_file_leaves_nothing(receive):
    with pytest.raises(ImportRefused):
        receive(file_of(feature(BOW)))
    assert not BoundaryFile.objects.exists()
    assert not AuditEvent.objects.filter(verb__startswith="boundary").exists()


def test_a_later_file_takes_the_place_of_one_that_waits_and_of_one_in_force(
    in_force, receive, office
):
    receive(file_of(feature(square(), name="甲")))
    other = receive(file_of(feature(square(), name="乙")), name="新.geojson")
    assert BoundaryFile.objects.filter(state=BoundaryState.CHECKED).count() == 1
    apply_boundaries(taken=other, name_property="名称", by=office)
    in_force.refresh_from_db()
    assert in_force.state == BoundaryState.REPLACED
    assert [one.name for one in Boundary.objects.all()] == ["乙"]
    event = AuditEvent.objects.get(verb="boundary.replaced")
    assert (event.object_id, event.changes) == (in_force.pk, {"successor": "新.geojson"})


def test_a_property_that_is_no_name_and_a_second_time_are_refused(receive, office):
    taken = receive()
    with pytest.raises(Invalid, match="请选择"):
        apply_boundaries(taken=taken, name_property="代码", by=office)
    apply_boundaries(taken=taken, name_property="名称", by=office)
    with pytest.raises(IllegalTransition, match="使用中"):
        apply_boundaries(taken=taken, name_property="名称", by=office)


def test_a_clerk_keeps_no_boundaries(in_force, clerk):
    for act in (
        lambda: receive_boundaries(name="a", data=AROUND, datum=Datum.WGS84, by=clerk),
        lambda: apply_boundaries(taken=in_force, name_property="名称", by=clerk),
        lambda: remove_boundaries(taken=in_force, reason="x", by=clerk),
    ):
        with pytest.raises(NotPermitted):
            act()


def test_sites_are_told_when_the_boundary_comes_and_goes(receive, office, new_site, hotline):
    inside, out = new_site("里"), new_site("外", point=OUTSIDE)
    nowhere = new_site("12345", site_type=hotline, point=None)
    assert [is_outside(one) for one in (inside, out, nowhere)] == [None, None, None]
    taken = apply_boundaries(taken=receive(), name_property="名称", by=office)
    assert [is_outside(one) for one in (inside, out, nowhere)] == [False, True, None]
    assert list(filtered_sites(office, SiteFilter(outside="1"))) == [out]
    with pytest.raises(Invalid, match="原因"):
        remove_boundaries(taken=taken, reason=" ", by=office)
    remove_boundaries(taken=taken, reason="有误", by=office)
    assert [is_outside(one) for one in (inside, out, nowhere)] == [None, None, None]
    with pytest.raises(IllegalTransition, match="已撤下"):
        remove_boundaries(taken=taken, reason="再次", by=office)


def test_sites_are_told_when_they_are_entered_moved_and_merged(in_force, office, new_site, market):
    site = new_site("外", point=OUTSIDE)
    assert is_outside(site) is True
    moved = edit_site(
        site=site, base_version=1, by=office,
        facts=SiteFacts(name="里", site_type=market, point=SQUARE),
    )  # fmt: skip
    assert is_outside(moved) is False
    keep = new_site("没有坐标", point=None)
    other = new_site("也在外", point=OUTSIDE)
    assert is_outside(keep) is None
    merge_sites(keep=keep, keep_version=1, other=other, other_version=1, by=office)
    assert is_outside(keep) is True


def test_a_file_of_sites_tells_them_too(in_force, office, market, bureau, street):
    for row, expected in ((MARKET, False), (_with(MARKET, 101.95), True)):
        taken = receive_register(
            name="名录.xlsx", data=workbook([row]), datum=Datum.WGS84, by=office
        )
        apply_import(taken=taken, base_digest=taken.digest, by=office)
        assert Site.objects.get().is_outside is expected


def test_whoever_lies_on_the_line_is_not_outside(in_force, new_site):
    assert is_outside(new_site(point=Point(101.7, 26.5))) is False


def test_the_map_gets_names_of_the_register_and_few_decimals(in_force, street):
    first, other = boundaries_shown()["features"]
    assert first["properties"]["name"] == "炳草岗街道"
    assert first["geometry"]["coordinates"][0][0] == [101.7, 26.5]
    longitude, latitude = other["properties"]["at"]
    assert 101.6 < longitude < 101.7
    assert 26.5 < latitude < 26.6
    assert len(json.dumps(boundaries_shown())) < 2_000


def test_a_merged_street_takes_its_boundary_along(street, in_force, system):
    keep = create_unit(name="新街道", kind=UnitKind.STREET, by=system)
    merge_units(keep=keep, other=street, by=system)
    assert Boundary.objects.get(name="炳草岗街道").area == keep


def _with(row, longitude):
    cells = list(row)
    cells[cells.index(SQUARE.longitude)] = longitude
    return tuple(cells)


def test_a_wrong_note_is_found_told_and_mended(in_force, new_site, capsys):
    """As a restored table or a hand in the database may leave it."""
    inside, out = new_site("里"), new_site("外", point=OUTSIDE)
    assert main(["tallies", "check"]) == 0
    Site.objects.filter(pk=inside.pk).update(is_outside=True)
    Site.objects.filter(pk=out.pk).update(is_outside=None)
    assert main(["tallies", "check"]) == 1
    assert "2 个点位“在边界外”的标记不对" in capsys.readouterr().out
    assert main(["tallies", "rebuild"]) == 0
    assert "改正 2 个点位“在边界外”的标记" in capsys.readouterr().out
    assert [is_outside(one) for one in (inside, out)] == [False, True]
    assert main(["tallies", "check"]) == 0
