"""Every deed of the people room leaves its own event, about its own object."""

import pyotp
import pytest

from chuangwen.audit.models import AuditEvent
from chuangwen.kit import clock
from chuangwen.people.actions import (
    accounts,
    aliases,
    attempts,
    groups,
    memberships,
    merging,
    passwords,
    placing,
    second_factor,
    sessions,
    units,
)
from chuangwen.people.actions.own_email import set_own_email
from chuangwen.people.actors import Actor, Post
from chuangwen.people.enums import UnitKind
from chuangwen.people.models import Account, LoginAttempt, Session
from chuangwen.people.roles import Role
from chuangwen.people.totp import new_secret

SECRET = new_secret()
GOVERNMENT = UnitKind.GOVERNMENT


class Office:
    """One who may do everything, the account and the unit to which it is done."""

    def __init__(self, tenant, bureau, office_unit, system) -> None:
        self.tenant, self.unit = tenant, bureau
        self.other = units.create_unit(name="区环保局", kind=GOVERNMENT, by=system)
        self.person = Account.objects.create(tenant=tenant, username="limei", name="李梅")
        self.person.set_password("旧的口令 2021")
        self.person.save()
        admin = Account.objects.create(tenant=tenant, username="admin", name="赵敏")
        posts = tuple(Post(role, office_unit.pk, office_unit.name) for role in Role)
        self.by = Actor(tenant.pk, admin.pk, "赵敏", posts)
        self.own = Actor(tenant.pk, self.person.pk, "李梅", ())

    @property
    def account(self) -> dict[str, object]:
        return {"account": self.person, "by": self.by}

    @property
    def as_seen(self) -> dict[str, object]:
        self.unit.refresh_from_db()
        return {"unit": self.unit, "base_version": self.unit.version, "by": self.by}

    @property
    def facts(self) -> dict[str, object]:
        return {"name": "各部门", "kinds": [GOVERNMENT], "aliases": ["区级部门"], "by": self.by}

    def session(self) -> Session:
        now = clock.now()
        return Session.objects.create(
            session_key="k" * 32, account=self.person, expire_date=now, created_at=now
        )

    def bind(self) -> None:
        code = pyotp.TOTP(SECRET).at(clock.now())
        second_factor.confirm_totp(account=self.person, secret=SECRET, code=code, by=self.own)


def end_session(office):
    handle = office.session().handle
    return lambda: sessions.end_session(handle=handle, **office.account)


def end_all_sessions(office):
    office.session()
    return lambda: sessions.end_all_sessions(**office.account)


def lift_block(office):
    LoginAttempt.objects.create(key="k", account=office.person, last_failed_at=clock.now())
    return lambda: attempts.lift_block(**office.account)


def end_role(office):
    granted = memberships.grant_role(unit=office.unit, role=Role.CLERK, **office.account)
    return lambda: memberships.end_role(membership=granted, by=office.by)


def enable(office):
    accounts.disable_account(**office.account)
    return lambda: accounts.enable_account(**office.account)


def renew_codes(office):
    office.bind()
    return lambda: second_factor.renew_recovery_codes(account=office.person, by=office.own)


def change_password(office):
    words = {"old": "旧的口令 2021", "new": "七座雪山和一条大江 2021"}
    return lambda: passwords.change_password(account=office.person, by=office.own, **words)


def edit_group(office):
    group = groups.create_group(**office.facts)
    facts = office.facts | {"name": "区级各部门"}
    return lambda: groups.edit_group(group=group, base_version=group.version, **facts)


def remove_group(office):
    group = groups.create_group(**office.facts)
    return lambda: groups.remove_group(group=group, by=office.by)


def remove_alias(office):
    alias = aliases.add_alias(unit=office.unit, name="城管局", by=office.by)
    return lambda: aliases.remove_alias(alias=alias, by=office.by)


def reopen_unit(office):
    placing.close_unit(last_day=clock.today(), **office.as_seen)
    return lambda: placing.reopen_unit(**office.as_seen)


PERSON = {"name": "李小梅", "phone": "", "email": ""}
UNIT = {"name": "区城管局", "kind": GOVERNMENT, "code": "CG", "valid_from": None}
DEEDS = {
    "account.created": lambda o: lambda: accounts.create_account(username="a", name="b", by=o.by),
    "account.edited": lambda o: lambda: accounts.edit_account(**PERSON, **o.account),
    "account.edited (own)": lambda o: lambda: set_own_email(email="a@example.gov.cn", by=o.own),
    "account.disabled": lambda o: lambda: accounts.disable_account(**o.account),
    "account.enabled": enable,
    "account.password_changed": change_password,
    "account.password_reset": lambda o: lambda: passwords.reset_password(**o.account),
    "account.role_granted": lambda o: (
        lambda: memberships.grant_role(unit=o.unit, role=Role.CLERK, **o.account)
    ),
    "account.role_ended": end_role,
    "account.session_ended": end_session,
    "account.session_ended (all)": end_all_sessions,
    "account.totp_bound": lambda o: o.bind,
    "account.totp_removed": lambda o: lambda: second_factor.remove_totp(**o.account),
    "account.recovery_codes_renewed": renew_codes,
    "account.unblocked": lift_block,
    "unit.created": lambda o: lambda: units.create_unit(name="新局", kind=GOVERNMENT, by=o.by),
    "unit.edited": lambda o: lambda: units.edit_unit(**UNIT, **o.as_seen),
    "unit.moved": lambda o: lambda: placing.move_unit(parent=o.other, **o.as_seen),
    "unit.closed": lambda o: lambda: placing.close_unit(last_day=clock.today(), **o.as_seen),
    "unit.reopened": reopen_unit,
    "unit.merged": lambda o: lambda: merging.merge_units(keep=o.other, other=o.unit, by=o.by),
    "unit_alias.added": lambda o: lambda: aliases.add_alias(unit=o.unit, name="城管", by=o.by),
    "unit_alias.removed": remove_alias,
    "unit_group.created": lambda o: lambda: groups.create_group(**o.facts),
    "unit_group.edited": edit_group,
    "unit_group.removed": remove_group,
}


@pytest.mark.parametrize("name", DEEDS)
def test_a_deed_leaves_its_event(tenant, bureau, office_unit, system, name):
    office = Office(tenant, bureau, office_unit, system)
    deed = DEEDS[name](office)
    last = AuditEvent.objects.order_by("sequence").last().sequence
    deed()
    (event,) = AuditEvent.objects.filter(sequence__gt=last)
    assert event.verb == name.split()[0]
    room_object, author = event.verb.split(".")[0], event.account_id
    assert (
        event.object_type
        == {
            "account": "people.account",
            "unit": "people.unit",
            "unit_alias": "people.unit",
            "unit_group": "people.unitgroup",
        }[room_object]
    )
    assert author in {office.by.account_id, office.own.account_id}
    if event.verb != "account.created" and room_object == "account":
        assert event.object_id == office.person.pk
    elif event.verb != "unit.created" and room_object in {"unit", "unit_alias"}:
        assert event.object_id == office.unit.pk
