"""赵敏 (system) makes accounts, 刘洋 (security) grants roles; neither can do the other's work."""

import datetime
import itertools
from unittest import mock

import pytest
from django.db.models import QuerySet

from chuangwen.audit.models import AuditEvent
from chuangwen.kit import clock
from chuangwen.kit.errors import IllegalTransition, Invalid, NotPermitted
from chuangwen.kit.prepared import Prepared
from chuangwen.people.actions.accounts import (
    create_account,
    disable_account,
    edit_account,
    enable_account,
)
from chuangwen.people.actions.memberships import end_role, grant_role
from chuangwen.people.actions.passwords import change_password, reset_password
from chuangwen.people.actions.second_factor import remove_totp
from chuangwen.people.actors import Actor, Post
from chuangwen.people.models import Account, LoginAttempt
from chuangwen.people.queries import actor_of
from chuangwen.people.queries.accounts import blocked_accounts, manageable_accounts
from chuangwen.people.roles import SEPARATED_ROLES, Role
from chuangwen.tenancy.models import Tenant

SYSTEM, AUDIT, SECURITY = (
    Role.SYSTEM_ADMINISTRATOR,
    Role.AUDIT_ADMINISTRATOR,
    Role.SECURITY_ADMINISTRATOR,
)


@pytest.fixture
def administrator(tenant, office_unit):
    def of(role: Role) -> Actor:
        account = Account.objects.create(tenant=tenant, username=role.value, name=role.label)
        post = Post(role, office_unit.pk, office_unit.name)
        return Actor(tenant.pk, account.pk, role.label, (post,))

    return of


@pytest.fixture
def zhao_min(administrator) -> Actor:
    return administrator(SYSTEM)


@pytest.fixture
def liu_yang(administrator) -> Actor:
    return administrator(SECURITY)


@pytest.fixture
def li_mei(zhao_min) -> Account:
    account, _ = create_account(username="limei", name="李梅", phone="13800000000", by=zhao_min)
    return account


def grant(account, unit, by, role=Role.CLERK, **dates):
    return grant_role(account=account, unit=unit, role=role, by=by, **dates)


def test_a_new_account_has_a_one_time_password_and_no_rights(zhao_min):
    account, password = create_account(username="limei", name="李梅", by=zhao_min)
    assert account.check_password(password)
    assert account.must_change_password
    assert actor_of(account).posts == ()


def test_nothing_personal_gets_into_the_log(zhao_min, liu_yang, li_mei, bureau):
    edit_account(account=li_mei, name="李小梅", phone="13900000000", email="", by=zhao_min)
    reset_password(account=li_mei, by=zhao_min)
    grant(li_mei, bureau, liu_yang)
    events = AuditEvent.objects.filter(object_id=li_mei.pk)
    assert events.count() == 4
    logged = str(list(events.values("label", "changes")))
    assert not any(fact in logged for fact in ("limei", "李", "1380", "1390"))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"username": " "}, "登录名是空的"),
        ({"name": ""}, "姓名是空的"),
        ({"username": "x" * 61}, "最多 60 字"),
        ({"username": "limei"}, "已被使用"),
    ],
)
def test_a_bad_account_is_refused_in_words(zhao_min, li_mei, given, said):
    with pytest.raises(Invalid, match=said):
        create_account(**{"username": "wanglei", "name": "王磊", **given}, by=zhao_min)


def test_a_disabled_account_can_be_enabled_but_nobody_disables_the_own(zhao_min, li_mei):
    assert not disable_account(account=li_mei, by=zhao_min).is_active
    assert enable_account(account=li_mei, by=zhao_min).is_active
    with pytest.raises(NotPermitted, match="自己"):
        disable_account(account=Account.objects.get(pk=zhao_min.account_id), by=zhao_min)


def test_the_two_administrators_cannot_do_each_others_work(zhao_min, liu_yang, li_mei, bureau):
    with pytest.raises(NotPermitted):
        grant(li_mei, bureau, zhao_min)
    with pytest.raises(NotPermitted):
        remove_totp(account=li_mei, by=zhao_min)
    with pytest.raises(NotPermitted):
        reset_password(account=li_mei, by=liu_yang)
    with pytest.raises(NotPermitted):
        create_account(username="x", name="x", by=liu_yang)


def test_nobody_else_reaches_any_account(office, clerk, li_mei):
    assert not manageable_accounts(office).exists()
    assert not manageable_accounts(clerk).exists()


def test_accounts_of_another_district_are_out_of_reach(zhao_min, db):
    west = Tenant.objects.create(name="西区", code="510403")
    stranger = Account.objects.create(tenant=west, username="xiqu", name="陌生人")
    assert stranger not in manageable_accounts(zhao_min)
    with pytest.raises(Account.DoesNotExist):
        reset_password(account=stranger, by=zhao_min)


def test_who_is_locked_out_elsewhere_is_not_shown(liu_yang, li_mei):
    west = Tenant.objects.create(name="西区", code="510403")
    stranger = Account.objects.create(tenant=west, username="xiqu", name="陌生人")
    for account in (li_mei, stranger, None):
        LoginAttempt.objects.create(key=str(account), account=account, last_failed_at=clock.now())
    assert [attempt.account for attempt in blocked_accounts(liu_yang)] == [li_mei]


def test_a_role_is_granted_for_a_time_and_taken_back_at_once(liu_yang, li_mei, bureau):
    today = clock.today()
    day = datetime.timedelta(days=1)
    later = grant(li_mei, bureau, liu_yang, valid_from=today + day)
    assert actor_of(li_mei).posts == ()
    end_role(membership=later, by=liu_yang)
    now = grant(li_mei, bureau, liu_yang, valid_from=today, valid_until=today)
    assert [post.role for post in actor_of(li_mei).posts] == [Role.CLERK]
    end_role(membership=now, by=liu_yang)
    assert actor_of(li_mei).posts == ()
    with pytest.raises(IllegalTransition, match="已经结束"):
        end_role(membership=now, by=liu_yang)


def test_a_role_is_not_granted_twice_nor_backwards(liu_yang, li_mei, bureau):
    grant(li_mei, bureau, liu_yang)
    with pytest.raises(Invalid, match="不必再授予"):
        grant(li_mei, bureau, liu_yang)
    with pytest.raises(Invalid, match="早于起期"):
        grant(
            li_mei,
            bureau,
            liu_yang,
            role=Role.HEAD,
            valid_from=datetime.date(2021, 9, 2),
            valid_until=datetime.date(2021, 9, 1),
        )


@pytest.mark.parametrize("roles", list(itertools.product(sorted(SEPARATED_ROLES), repeat=2)))
def test_no_account_holds_two_of_the_three(liu_yang, li_mei, bureau, office_unit, roles):
    first, second = roles
    grant(li_mei, bureau, liu_yang, role=first)
    if first == second:
        grant(li_mei, office_unit, liu_yang, role=second)
        return
    with pytest.raises(Invalid, match="三员分立"):
        grant(li_mei, office_unit, liu_yang, role=second)


def test_a_role_that_begins_later_counts_as_held(liu_yang, li_mei, bureau):
    later = clock.today() + datetime.timedelta(days=30)
    grant(li_mei, bureau, liu_yang, role=AUDIT, valid_from=later)
    with pytest.raises(Invalid, match="三员分立"):
        grant(li_mei, bureau, liu_yang, role=SECURITY)


def test_after_the_first_has_ended_the_second_may_begin(liu_yang, administrator, li_mei, bureau):
    other = Account.objects.get(pk=administrator(AUDIT).account_id)
    grant(other, bureau, liu_yang, role=AUDIT)
    held = grant(li_mei, bureau, liu_yang, role=AUDIT)
    end_role(membership=held, by=liu_yang)
    grant(li_mei, bureau, liu_yang, role=SECURITY)


@pytest.mark.parametrize("role", sorted(SEPARATED_ROLES))
def test_the_last_administrator_of_each_kind_stays(zhao_min, liu_yang, li_mei, bureau, role):
    held = grant(li_mei, bureau, liu_yang, role=role)
    with pytest.raises(IllegalTransition, match="最后一位"):
        end_role(membership=held, by=liu_yang)
    with pytest.raises(IllegalTransition, match="最后一位"):
        disable_account(account=li_mei, by=zhao_min)
    li_mei.refresh_from_db()
    assert li_mei.is_active
    another, _ = create_account(username="another", name="另一位", by=zhao_min)
    grant(another, bureau, liu_yang, role=role, valid_from=clock.today() + datetime.timedelta(9))
    with pytest.raises(IllegalTransition, match="最后一位"):  # the other begins later
        end_role(membership=held, by=liu_yang)
    Account.objects.filter(pk=another.pk).update(is_active=False)
    third, _ = create_account(username="third", name="第三位", by=zhao_min)
    grant(third, bureau, liu_yang, role=role)
    disable_account(account=li_mei, by=zhao_min)
    enable_account(account=li_mei, by=zhao_min)
    end_role(membership=held, by=liu_yang)


def test_nobody_grants_to_or_takes_from_himself(liu_yang, administrator, bureau):
    own = Account.objects.get(pk=liu_yang.account_id)
    with pytest.raises(NotPermitted, match="自己"):
        grant(own, bureau, liu_yang)
    other = administrator(Role.OFFICE)
    second = Actor(liu_yang.tenant_id, other.account_id, "二", liu_yang.posts)
    held = grant(own, bureau, second)
    with pytest.raises(NotPermitted, match="自己"):
        end_role(membership=held, by=liu_yang)


def test_a_password_is_changed_by_its_owner_only(zhao_min, li_mei):
    with pytest.raises(NotPermitted, match="本人"):
        change_password(account=li_mei, old="x", new="y", by=zhao_min)


@pytest.mark.django_db
def test_disabling_and_ending_a_role_lock_in_one_order(zhao_min, liu_yang, administrator, bureau):
    """The account, then the district: two at one moment never wait for each other."""
    accounts = [
        Account.objects.create(tenant_id=bureau.tenant_id, username=name, name=name)
        for name in ("wuqiang", "zhengli", "fengtao")
    ]
    posts = [grant(account, bureau, liu_yang, AUDIT) for account in accounts]
    disabling = locks(lambda: disable_account(account=accounts[0], by=zhao_min))
    ending = locks(lambda: end_role(membership=posts[1], by=liu_yang))
    assert disabling == ending == ["people_account", "tenancy_tenant", "audit_audithead"]


def locks(write) -> list[str]:
    """Run a write; return the tables whose rows it locked, in order."""
    found = []
    real = QuerySet.select_for_update

    def note(rows, *given, **named):
        found.append(rows.model._meta.db_table)
        return real(rows, *given, **named)

    def ask_plainly(prepared, **values):
        return list(prepared.plain(**values))

    with (
        mock.patch.object(QuerySet, "select_for_update", note),
        mock.patch.object(Prepared, "rows", ask_plainly),
    ):
        write()
    return found
