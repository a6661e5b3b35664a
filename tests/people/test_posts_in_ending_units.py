"""李华 is clerk of a unit that is closed or merged: what he may do follows the unit."""

import datetime

import pytest
from django.test import Client

from chuangwen.kit import clock
from chuangwen.kit.errors import Invalid
from chuangwen.people.actions.merging import merge_units
from chuangwen.people.actions.placing import close_unit
from chuangwen.people.actions.units import create_unit
from chuangwen.people.enums import UnitKind
from chuangwen.people.models import Account, Membership, Unit
from chuangwen.people.permissions import Permission
from chuangwen.people.queries import actor_of, people_by_unit, visible_units
from chuangwen.people.queries.actors import closed_unit_of
from chuangwen.people.queries.units import posts_in
from chuangwen.people.roles import Role

DAY = datetime.timedelta(days=1)


@pytest.fixture
def li_hua(tenant) -> Account:
    return Account.objects.create(
        tenant=tenant, username="lihua", name="李华", must_change_password=False,
        password_changed_at=clock.now(),
    )  # fmt: skip


@pytest.fixture
def kept_unit(office) -> Unit:
    return create_unit(name="区综合行政执法局", kind=UnitKind.GOVERNMENT, by=office)


def units_he_sees(account: Account) -> set[str]:
    return set(visible_units(actor_of(account)).values_list("name", flat=True))


def may_work(account: Account, unit: Unit) -> bool:
    return actor_of(account).may(Permission.WORK_ON_TASKS, unit_id=unit.pk)


@pytest.mark.parametrize("until", [None, datetime.timedelta(days=90)])
def test_after_a_merge_he_works_for_the_kept_unit(office, bureau, kept_unit, li_hua, until):
    """A post with an end in its papers moves like one without."""
    last = clock.today() + until if until else None
    Membership.objects.create(account=li_hua, unit=bureau, role=Role.CLERK, valid_until=last)
    merge_units(keep=kept_unit, other=bureau, by=office)
    assert may_work(li_hua, kept_unit)
    assert not may_work(li_hua, bureau)
    assert units_he_sees(li_hua) == {kept_unit.name}
    assert people_by_unit(clock.today()) == {kept_unit.pk: [li_hua.pk]}
    assert Membership.objects.get().valid_until == last


def test_a_post_that_was_over_stays_with_the_unit_that_it_was_in(office, bureau, kept_unit, li_hua):
    Membership.objects.create(
        account=li_hua, unit=bureau, role=Role.CLERK, valid_until=clock.today() - DAY
    )
    merge_units(keep=kept_unit, other=bureau, by=office)
    assert Membership.objects.get().unit == bureau
    assert units_he_sees(li_hua) == set()


def test_a_role_held_in_both_units_ends_in_the_merged_one_and_stays_known(
    office, bureau, kept_unit, li_hua
):
    for unit in (bureau, kept_unit):
        Membership.objects.create(account=li_hua, unit=unit, role=Role.CLERK)
    merge_units(keep=kept_unit, other=bureau, by=office)
    ended = Membership.objects.get(unit=bureau)
    assert ended.valid_until == clock.today() - DAY
    assert may_work(li_hua, kept_unit)


@pytest.mark.parametrize("until", [None, datetime.timedelta(days=90)])
def test_he_works_to_the_last_day_of_a_closed_unit_and_not_a_day_longer(
    office, bureau, li_hua, until, monkeypatch
):
    last = clock.today() + until if until else None
    Membership.objects.create(account=li_hua, unit=bureau, role=Role.CLERK, valid_until=last)
    today = clock.today()
    close_unit(unit=bureau, base_version=1, last_day=today, by=office)
    assert may_work(li_hua, bureau)
    monkeypatch.setattr(clock, "today", lambda: today + DAY)
    assert not may_work(li_hua, bureau)
    assert units_he_sees(li_hua) == set()
    assert people_by_unit(today + DAY) == {}


@pytest.mark.parametrize(
    "dates",
    [{"valid_until": clock.today() - DAY}, {"valid_from": clock.today() + DAY}],
    ids=["over", "not begun"],
)
def test_a_post_in_a_unit_that_does_not_exist_today_is_worth_nothing(bureau, li_hua, dates):
    """Whatever wrote the dates: an import, a script, an older version."""
    Membership.objects.create(account=li_hua, unit=bureau, role=Role.CLERK)
    Unit.objects.filter(pk=bureau.pk).update(**dates)
    assert actor_of(li_hua).posts == ()


@pytest.mark.parametrize("role", [Role.OFFICE, Role.SECURITY_ADMINISTRATOR])
def test_the_office_and_administrators_do_not_vanish_with_their_unit(office, bureau, li_hua, role):
    post = Membership.objects.create(account=li_hua, unit=bureau, role=role)
    with pytest.raises(Invalid, match=rf"{role.label}（李华）.*先在别的单位授予"):
        close_unit(unit=bureau, base_version=1, last_day=clock.today(), by=office)
    assert Unit.objects.get(pk=bureau.pk).valid_until is None
    post.delete()
    close_unit(unit=bureau, base_version=1, last_day=clock.today(), by=office)


def test_signed_in_he_is_told_why_there_is_nothing(office, bureau, li_hua):
    Membership.objects.create(account=li_hua, unit=bureau, role=Role.CLERK)
    browser = Client()
    browser.force_login(li_hua)
    assert browser.get(f"/units/{bureau.pk}/").status_code == 200
    close_unit(unit=bureau, base_version=1, last_day=clock.today() - DAY, by=office)
    assert browser.get(f"/units/{bureau.pk}/").status_code == 403
    assert "区城市管理局”已停用" in browser.get("/").content.decode()


def test_nobody_is_told_of_a_unit_that_was_never_his(office, bureau, kept_unit, li_hua, tenant):
    another = Account.objects.create(tenant=tenant, username="wanglei", name="王磊")
    Membership.objects.create(account=another, unit=bureau, role=Role.CLERK)
    close_unit(unit=bureau, base_version=1, last_day=clock.today() - DAY, by=office)
    assert closed_unit_of(another) == bureau
    assert closed_unit_of(li_hua) is None
    Membership.objects.create(account=li_hua, unit=kept_unit, role=Role.CLERK)
    assert closed_unit_of(li_hua) is None  # it is open


def test_the_people_of_a_unit_hold_a_post_in_it_now(bureau, kept_unit, li_hua, tenant):
    for username, unit, active in (
        ("wanglei", kept_unit, True),
        ("zhaomin", bureau, False),
        ("limei", bureau, True),
    ):
        account = Account.objects.create(
            tenant=tenant, username=username, name=username, is_active=active
        )
        Membership.objects.create(account=account, unit=unit, role=Role.CLERK)
    Membership.objects.create(
        account=li_hua, unit=bureau, role=Role.CLERK, valid_until=clock.today() - DAY
    )
    found = posts_in(bureau, clock.today())
    assert [post.account.username for post in found] == ["limei"]
