"""Drafts: what a round is, and which sites are in it."""

import datetime

import pytest

from chuangwen.audit.models import AuditEvent
from chuangwen.framework.enums import LineShape, PassRule, VersionState
from chuangwen.framework.models import CheckLine, Checklist, FrameworkVersion, LineGroup
from chuangwen.inspection.actions.closing import close_round
from chuangwen.inspection.actions.rounds import create_round, discard_round, edit_round
from chuangwen.inspection.actions.sampling import choose_sites, draw_sample, drop_sites
from chuangwen.inspection.enums import Dimension, Sampling
from chuangwen.inspection.models import Round, RoundSite
from chuangwen.inspection.precision import WantedPrecision
from chuangwen.inspection.queries.candidates import eligible_sites
from chuangwen.inspection.wishes import SampleWishes
from chuangwen.kit.errors import IllegalTransition, Invalid, StaleEdit
from chuangwen.sites.models import Site
from tests.inspection.rounds.conftest import fresh

pytestmark = pytest.mark.django_db


def stratified(**other) -> SampleWishes:
    given = {
        "method": Sampling.STRATIFIED,
        "strata": (Dimension.SITE_TYPE, Dimension.AREA),
        "size": 12,
        "seed": "2021-09-15",
    }
    return SampleWishes(**given | other)


@pytest.fixture
def register(district):
    """60 markets in two streets, 20 avenues, 2 hotlines, for which there is no checklist."""
    district.add_sites(40)
    district.add_sites(20, area=district.other_street)
    district.add_sites(20, kind=district.avenue, owner=district.commerce)
    district.add_sites(2, kind=district.hotline)
    return district


def codes(within) -> list[str]:
    rows = RoundSite.objects.filter(round=within, turn=1).order_by("site__code")
    return list(rows.values_list("site__code", flat=True))


def test_a_round_is_numbered_and_recorded(district):
    first, second = district.draft(), district.draft(name="10 月暗访")
    assert (first.number, second.number) == (1, 2)
    assert AuditEvent.objects.filter(verb="round.created").count() == 2


@pytest.mark.parametrize(
    "wrong, field",
    [
        ({"name": " "}, "name"),
        ({"name": "长" * 101}, "name"),
        ({"ends_on": datetime.date(2021, 9, 1)}, "ends_on"),
        ({"second_percent": 101}, "second_percent"),
    ],
)
def test_what_no_round_can_be_is_refused(district, wrong, field):
    with pytest.raises(Invalid) as refusal:
        district.draft(**wrong)
    assert refusal.value.field == field


def test_a_name_is_given_once(district):
    district.draft()
    with pytest.raises(Invalid, match="同名"):
        create_round(facts=district.facts(), by=district.office)


def test_an_unpublished_version_is_refused(district):
    district.version.state = VersionState.DRAFT
    with pytest.raises(Invalid, match="草稿"):
        district.draft()


def test_an_edit_on_an_old_page_is_refused(district):
    within = district.draft()
    edit_round(within=within, base_version=1, facts=district.facts(note="改"), by=district.office)
    with pytest.raises(StaleEdit):
        edit_round(within=within, base_version=1, facts=district.facts(), by=district.office)


def test_a_draft_can_be_given_up_with_all_that_is_in_it(register):
    within = register.grouped()
    discard_round(within=within, base_version=within.version, by=register.office)
    assert not Round.objects.exists()
    assert not RoundSite.objects.exists()


def test_all_means_every_open_site_of_a_type_with_a_checklist(register):
    Site.objects.filter(pk=register.sites[0].pk).update(state="closed", closed_on="2021-09-01")
    within = register.drawn()
    assert len(codes(within)) == 79
    assert within.drawing["without_checklist"] == {"政务热线": 2}
    assert within.drawing["population"] == 79


def test_a_stratified_sample_is_proportional_and_can_be_drawn_again(register):
    within = register.drawn(stratified())
    strata = {one["stratum"]: one["wanted"] for one in within.drawing["strata"]}
    assert strata == {
        "农贸市场 · 炳草岗街道": 6,
        "农贸市场 · 向阳村街道": 3,
        "主次干道 · 炳草岗街道": 3,
    }
    first = codes(within)
    again = register.drawn(stratified(), name="再抽一次")
    assert codes(again) == first
    assert again.drawing["register"] == within.drawing["register"]
    other = register.drawn(stratified(seed="别的"), name="别的种子")
    assert codes(other) != first


def test_the_same_draw_comes_out_on_both_databases(register):
    """Fixed by hand: SQLite and PostgreSQL run this same test."""
    within = register.drawn(stratified(size=3, strata=(Dimension.SITE_TYPE,)))
    assert codes(within) == ["04-0063", "07-0042", "07-0053"]


def test_a_kept_row_tells_type_area_unit_and_checklist(register):
    within = register.drawn()
    row = RoundSite.objects.get(round=within, site=register.sites[65])
    assert (row.unit, row.area) == (register.commerce, register.street)
    assert row.checklist.site_type == row.site_type == register.avenue


def test_a_wanted_precision_says_how_many(register):
    precision = WantedPrecision(margin=10)
    whole = register.drawn(stratified(size=None, precision=precision))
    assert len(codes(whole)) == 44  # 80 sites, ±10 points at 95 percent
    each = register.drawn(
        stratified(size=None, precision=precision, every_stratum=True), name="每层"
    )
    strata = {one["population"]: one["wanted"] for one in each.drawing["strata"]}
    assert strata == {40: 29, 20: 17}


def test_only_some_types_and_areas_are_drawn_from(register):
    narrow = stratified(
        size=5,
        site_types=frozenset({register.market.pk}),
        areas=frozenset({register.other_street.pk}),
    )
    within = register.drawn(narrow)
    assert within.drawing["population"] == 20
    assert {row.area for row in RoundSite.objects.filter(round=within)} == {register.other_street}


def test_a_share_is_visited_twice(register):
    within = register.drawn(stratified(), second_percent=20)
    assert RoundSite.objects.filter(round=within, turn=2).count() == 3
    firsts = RoundSite.objects.filter(round=within, turn=1).values("site")
    assert not RoundSite.objects.filter(round=within, turn=2).exclude(site__in=firsts).exists()


def test_sites_are_chosen_and_dropped_by_hand_and_the_record_says_so(register):
    within = register.drawn(stratified())
    extra = next(one for one in register.sites if one.code not in codes(within))
    seen = {"within": within, "by": register.office}
    choose_sites(base_version=within.version, site_ids=[extra.pk], **seen)
    gone = RoundSite.objects.filter(round=within).first().site
    drop_sites(base_version=within.version + 1, site_ids=[gone.pk], **seen)
    assert fresh(within).drawing["by_hand"] == {"added": [extra.code], "removed": [gone.code]}
    assert extra.code in codes(within)
    assert gone.code not in codes(within)


def test_a_site_without_a_checklist_cannot_be_chosen(register):
    within = register.draft()
    with pytest.raises(Invalid, match="政务热线"):
        choose_sites(
            within=within, base_version=1, site_ids=[register.sites[-1].pk], by=register.office
        )


def test_failed_sites_of_an_earlier_round_are_drawn_again(register, walking):
    first = register.running((register.liu,))
    rows = list(RoundSite.objects.filter(round=first).select_related("checklist")[:3])
    walking.site(rows[0], failing={0})
    walking.site(rows[1])
    close_round(within=first, base_version=first.version, by=register.office)
    again = register.drawn(SampleWishes(method=Sampling.FAILED), name="复测", earlier=fresh(first))
    assert codes(again) == [rows[0].site.code]


def test_nothing_to_draw_is_said(district):
    within = district.draft()
    for wishes, words in (
        (SampleWishes(method=Sampling.ALL), "没有抽到"),
        (stratified(), "没有符合条件"),
        (SampleWishes(method=Sampling.FAILED), "对照的上一轮"),
    ):
        with pytest.raises(Invalid, match=words):
            draw_sample(within=within, base_version=1, wishes=wishes, by=district.office)


def test_a_started_round_is_not_drawn_again(register):
    within = register.running((register.liu,))
    with pytest.raises(IllegalTransition):
        draw_sample(
            within=within, base_version=within.version, wishes=stratified(), by=register.office
        )


def test_the_share_visited_twice_holds_for_sites_chosen_by_hand(district):
    district.add_sites(4)
    draft = district.draft(second_percent=50)
    by_hand = SampleWishes(method=Sampling.BY_HAND)
    draw_sample(within=draft, base_version=draft.version, wishes=by_hand, by=district.office)
    for site in district.sites:
        now = fresh(draft)
        choose_sites(within=now, base_version=now.version, site_ids=[site.pk], by=district.office)
    twice = RoundSite.objects.filter(round=draft, turn=2)
    assert twice.count() == 2
    firsts = RoundSite.objects.filter(round=draft, turn=1, site__in=twice.values("site_id"))
    kept = ("site_id", "checklist_id", "unit_id", "area_id", "stratum")
    assert set(twice.values_list(*kept)) == set(firsts.values_list(*kept))


def test_another_earlier_round_has_other_failed_sites(district, walking):
    district.add_sites(2)
    earlier = []
    for name in ("甲", "乙"):
        running = district.running(name=name)
        for row in RoundSite.objects.filter(round=running):
            walking.site(row, failing={0})
        now = fresh(running)
        earlier.append(close_round(within=now, base_version=now.version, by=district.office))
    draft = district.draft(name="丙", earlier=earlier[0])
    failed = SampleWishes(method=Sampling.FAILED)
    draw_sample(within=draft, base_version=draft.version, wishes=failed, by=district.office)
    assert codes(draft)
    now = fresh(draft)
    facts = district.facts(name="丙", earlier=earlier[1])
    edit_round(within=now, base_version=now.version, facts=facts, by=district.office)
    assert codes(draft) == []


def test_sites_of_a_checklist_by_which_nothing_is_judged_are_not_drawn(district):
    district.add_sites(2)
    version = FrameworkVersion.objects.create(
        framework=district.version.framework, label="下一版", number=9
    )
    checklist = Checklist.objects.create(
        framework_version=version, site_type=district.market, pass_rule=PassRule.ALL_LINES
    )
    assert eligible_sites(version) == ([], {district.market.name: 2})
    group = LineGroup.objects.create(checklist=checklist, title="环境", position=1)
    line = CheckLine.objects.create(
        checklist=checklist, group=group, code="1", text="印象", shape=LineShape.FREE, position=1
    )
    assert eligible_sites(version) == ([], {district.market.name: 2})
    CheckLine.objects.filter(pk=line.pk).update(shape=LineShape.ABSENCE)
    assert len(eligible_sites(version)[0]) == 2
