"""Granting and ending roles. The rules of separation are held here and nowhere else."""

import datetime

from django.db import transaction

from chuangwen.kit import clock
from chuangwen.kit.errors import IllegalTransition, Invalid, NotFound, NotPermitted
from chuangwen.people.actions.account_events import record_account
from chuangwen.people.actions.last_administrator import require_another_administrator
from chuangwen.people.actors import Actor
from chuangwen.people.models import Account, Membership, Unit
from chuangwen.people.permissions import Permission
from chuangwen.people.queries.accounts import manageable_accounts
from chuangwen.people.roles import SEPARATED_ROLES, Role


@transaction.atomic
def grant_role(
    *,
    account: Account,
    unit: Unit,
    role: Role,
    valid_from: datetime.date | None = None,
    valid_until: datetime.date | None = None,
    by: Actor,
) -> Membership:
    """Give an account a role in a unit, for a time or until ended.

    Raises NotPermitted for one's own account, and Invalid when the account would hold two of the
    three separated roles, holds this role there already, or the unit is closed.
    """
    by.require(Permission.MANAGE_SECURITY)
    if account.pk == by.account_id:
        raise NotPermitted("不能给自己授予角色。请由另一位安全管理员操作。")
    account = _locked(account, by)
    _refuse_dates(unit, valid_from, valid_until)
    open_posts = _not_ended(account)
    _refuse_second_separated(role, open_posts)
    if any(post.unit_id == unit.pk and post.role == role for post in open_posts):
        raise Invalid(f"该账号在“{unit.name}”已是{role.label}。不必再授予。", field="role")
    membership = Membership.objects.create(
        account=account, unit=unit, role=role, valid_from=valid_from, valid_until=valid_until
    )
    record_account(
        by=by, verb="account.role_granted", account=account, role=role.value, unit=unit.name
    )
    return membership


@transaction.atomic
def end_role(*, membership: Membership, by: Actor) -> Membership:
    """Take a role back, from now on; that it was held stays known.

    Raises NotPermitted for one's own, IllegalTransition when it has ended already.
    """
    by.require(Permission.MANAGE_SECURITY)
    if membership.account_id == by.account_id:
        raise NotPermitted("不能收回自己的角色。请由另一位安全管理员操作。")
    account = _locked(membership.account, by)
    stored = Membership.objects.select_related("unit").filter(pk=membership.pk).first()
    if stored is None:
        raise NotFound("没有这项任职。请刷新页面。")
    yesterday = clock.today() - datetime.timedelta(days=1)
    if stored.valid_until is not None and stored.valid_until <= yesterday:
        raise IllegalTransition("这项任职已经结束。请刷新页面查看。")
    require_another_administrator(account, without=Role(stored.role))
    stored.valid_until = yesterday
    if stored.valid_from is not None:
        stored.valid_from = min(stored.valid_from, yesterday)
    stored.save(update_fields=["valid_from", "valid_until"])
    record_account(
        by=by, verb="account.role_ended", account=account, role=stored.role, unit=stored.unit.name
    )
    return stored


def _locked(account: Account, by: Actor) -> Account:
    """Lock the account, so that two grants cannot each be allowed and together break a rule."""
    return manageable_accounts(by).select_for_update().get(pk=account.pk)


def _not_ended(account: Account) -> list[Membership]:
    day = clock.today()
    posts = Membership.objects.filter(account=account)
    return [post for post in posts if post.valid_until is None or post.valid_until >= day]


def _refuse_second_separated(role: Role, open_posts: list[Membership]) -> None:
    """GB/T 22239-2019, 8.1.5: system, audit and security administration lie in different hands."""
    held = {Role(post.role) for post in open_posts} & SEPARATED_ROLES
    if role in SEPARATED_ROLES and held - {role}:
        other = next(iter(held - {role}))
        raise Invalid(
            f"该账号已是{other.label}，不能同时担任{role.label}（三员分立）。请授予另一个账号。",
            field="role",
        )


def _refuse_dates(
    unit: Unit, valid_from: datetime.date | None, valid_until: datetime.date | None
) -> None:
    if not unit.is_open(clock.today()):
        raise Invalid(f"“{unit.name}”已停用，不能授予其中的角色。请另选单位。", field="unit")
    if valid_from and valid_until and valid_until < valid_from:
        raise Invalid(
            f"止期 {valid_until} 早于起期 {valid_from}。请改正其中一个。", field="valid_until"
        )
