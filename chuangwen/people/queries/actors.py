"""From an account to the actor it is today."""

import datetime
import uuid
from typing import Any

from django.db.models import Exists, OuterRef

from chuangwen.kit import clock
from chuangwen.kit.prepared import Prepared
from chuangwen.people.actors import Actor, Post, make_actor
from chuangwen.people.models import Account, Membership, Unit
from chuangwen.people.queries.accounts import in_force
from chuangwen.people.roles import Role
from chuangwen.tenancy.scope import current_tenant_id

_POSTS: Prepared[Any] = Prepared(
    lambda tenant, account, day: (
        Membership.across_tenants.filter(in_force(day), account=account, tenant=tenant)
        .select_related("unit")
        .annotate(leads_units=Exists(Unit.across_tenants.filter(parent=OuterRef("unit"))))
    ),
    tenant=uuid.UUID,
    account=uuid.UUID,
    day=datetime.date,
)


def actor_of(account: Account) -> Actor:
    """Return what an account may do today. One query."""
    memberships = _POSTS.rows(tenant=account.tenant_id, account=account.pk, day=clock.today())
    posts = (
        Post(
            role=Role(membership.role),
            unit_id=membership.unit_id,
            unit_name=membership.unit.name,
            leads_units=membership.leads_units,
        )
        for membership in memberships
    )
    return make_actor(
        tenant_id=account.tenant_id, account_id=account.pk, name=account.name, posts=posts
    )


def actor_behind(account_id: uuid.UUID) -> Actor | None:
    """Return what the account of that number may do today; None when the tenant in force has no
    active one. Two queries."""
    own = Account.objects.filter(tenant_id=current_tenant_id(), is_active=True)
    account = own.filter(pk=account_id).first()
    return actor_of(account) if account else None


def actor_named(account_id: uuid.UUID) -> Actor | None:
    """Return whose account that is in the tenant in force, disabled ones too: they may do nothing.
    Two queries."""
    account = Account.objects.filter(tenant_id=current_tenant_id(), pk=account_id).first()
    if account is None or account.is_active:
        return actor_of(account) if account else None
    return make_actor(
        tenant_id=account.tenant_id, account_id=account.pk, name=account.name, posts=()
    )


def closed_unit_of(account: Account) -> Unit | None:
    """Return the closed unit in which the account last held a post, if there is one. One query."""
    ended = (
        Membership.across_tenants.filter(account=account, unit__valid_until__lt=clock.today())
        .select_related("unit")
        .order_by("-unit__valid_until", "-pk")
        .first()
    )
    return ended.unit if ended else None
