"""Who answers for a site, from when to when."""

import datetime

import pytest

from chuangwen.audit.models import AuditEvent
from chuangwen.kit.errors import IllegalTransition, Invalid, NotPermitted, StaleEdit
from chuangwen.people.actions.merging import merge_units
from chuangwen.people.actions.units import create_unit
from chuangwen.people.enums import UnitKind
from chuangwen.sites.actions.duties import Charge, assign_duty, end_duty
from chuangwen.sites.enums import SiteDutyKind
from chuangwen.sites.models import Site, SiteDuty
from chuangwen.sites.queries import duties_of
from tests.sites.conftest import DAY

pytestmark = pytest.mark.django_db
OWNER, HEAD = SiteDutyKind.OWNER, SiteDutyKind.SITE_HEAD
DAYS = datetime.timedelta


def give(office, unit, *sites, kind=OWNER, first=DAY, **more):
    versions = {site.pk: Site.objects.get(pk=site.pk).version for site in sites}
    return assign_duty(versions=versions, charge=Charge(kind, unit, first, **more), by=office)


def history(site, kind=OWNER):
    rows = site.duties.filter(kind=kind).order_by("valid_from")
    return [(duty.unit.name, duty.valid_from, duty.valid_until) for duty in rows]


def test_the_former_ends_the_day_before(site, office, street):
    first = DAY + DAYS(10)
    give(office, street, site, first=first)
    assert history(site) == [
        ("区城市管理局", DAY, first - DAYS(1)),
        ("炳草岗街道", first, None),
    ]
    now, then = duties_of([site.pk], DAY), duties_of([site.pk], first)
    assert now[site.pk][OWNER].unit.name == "区城市管理局"
    assert then[site.pk][OWNER].unit == street


def test_what_began_the_same_day_is_replaced(site, office, street):
    give(office, street, site)
    assert history(site) == [("炳草岗街道", DAY, None)]
    event = AuditEvent.objects.filter(verb="site.duty_assigned").latest("sequence")
    assert event.changes["unit"] == ["区城市管理局", "炳草岗街道"]


def test_a_head_is_another_duty_and_the_log_holds_no_name(site, office, street):
    give(office, street, site, kind=HEAD, holder="张强 副主任")
    assert history(site) == [("区城市管理局", DAY, None)]
    assert site.duties.get(kind=HEAD).holder == "张强 副主任"
    assert "张强" not in str(list(AuditEvent.objects.values_list("changes", flat=True)))


def test_another_person_of_the_same_unit_begins_anew(site, office, street):
    give(office, street, site, kind=HEAD, holder="张强")
    give(office, street, site, kind=HEAD, holder="陈静", first=DAY + DAYS(5))
    assert [duty.holder for duty in site.duties.filter(kind=HEAD).order_by("valid_from")] == [
        "张强", "陈静",
    ]  # fmt: skip


def test_before_a_later_one_nothing_is_squeezed_in(site, office, street):
    with pytest.raises(Invalid, match="已定由“区城市管理局”负责") as refused:
        give(office, street, site, first=DAY - DAYS(1))
    assert refused.value.field == "valid_from"


def test_the_same_again_is_refused_for_one_and_skipped_among_many(site, new_site, office, bureau):
    with pytest.raises(Invalid, match="不必重复"):
        give(office, bureau, site, first=DAY + DAYS(3))
    other = new_site("另一个")
    assert give(office, bureau, site, other) == [other]
    assert Site.objects.get(pk=site.pk).version == 1


def test_many_at_once_take_as_many_statements_as_one(
    new_site, office, street, django_assert_max_num_queries
):
    sites = [new_site(f"市场{number}") for number in range(12)]
    with django_assert_max_num_queries(12):  # ten, and the marks of the transaction
        versions = {site.pk: 1 for site in sites}
        assign_duty(versions=versions, charge=Charge(OWNER, street, DAY), by=office)
    assert SiteDuty.objects.filter(unit=street).count() == 12
    assert AuditEvent.objects.filter(verb="site.duty_assigned").count() == 12


def test_all_or_none(site, new_site, office, street):
    other = new_site("另一个")
    with pytest.raises(StaleEdit, match="另一个"):
        assign_duty(
            versions={site.pk: 1, other.pk: 7}, charge=Charge(OWNER, street, DAY), by=office
        )
    assert history(site) == [("区城市管理局", DAY, None)]


def test_an_end_is_dated_and_explained(site, office):
    duty = site.duties.get()
    for day, reason, said in ((DAY - DAYS(1), "调整", "早于"), (DAY, " ", "依据或原因")):
        with pytest.raises(Invalid, match=said):
            end_duty(duty=duty, last_day=day, reason=reason, by=office)
    end_duty(duty=duty, last_day=DAY, reason="机构调整", by=office)
    assert history(site) == [("区城市管理局", DAY, DAY)]
    with pytest.raises(IllegalTransition, match="已定于"):
        end_duty(duty=duty, last_day=DAY, reason="再来", by=office)


def test_a_closed_unit_takes_no_duty_and_a_clerk_gives_none(site, office, clerk, street):
    with pytest.raises(NotPermitted):
        give(clerk, street, site)
    street.valid_until = DAY - DAYS(1)
    street.save()
    with pytest.raises(Invalid, match="不是在用单位"):
        give(office, street, site)


def test_merged_units_hand_their_sites_over(site, new_site, office, bureau, system):
    """Dated from today, without a gap, and the past stays whose it was."""
    SiteDuty.objects.update(valid_from=DAY - DAYS(30))
    ahead = new_site("以后才管")
    give(office, bureau, ahead, first=DAY + DAYS(20))
    there = new_site("在那里", area=bureau)
    limited = new_site("管到月底")
    SiteDuty.objects.create(
        site=limited, kind=HEAD, unit=bureau, valid_from=DAY - DAYS(9), valid_until=DAY + DAYS(9)
    )
    keep = create_unit(name="区综合执法局", kind=UnitKind.GOVERNMENT, by=system)
    merge_units(keep=keep, other=bureau, by=system)
    yesterday = DAY - DAYS(1)
    assert history(site) == [
        ("区城市管理局", DAY - DAYS(30), yesterday),
        ("区综合执法局", DAY, None),
    ]
    assert history(ahead) == [("区综合执法局", DAY + DAYS(20), None)]
    assert history(limited, HEAD) == [
        ("区城市管理局", DAY - DAYS(9), yesterday),
        ("区综合执法局", DAY, DAY + DAYS(9)),
    ]
    there.refresh_from_db()
    assert (there.area, there.version) == (keep, 2)
    told = AuditEvent.objects.filter(changes__unit=["区城市管理局", "区综合执法局"])
    assert told.filter(verb="site.duty_assigned").count() == 3
    assert AuditEvent.objects.get(verb="site.edited").changes == {
        "area": ["区城市管理局", "区综合执法局"]
    }
