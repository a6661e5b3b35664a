"""From an account to the actor it is today."""

from django.db.models import Exists, OuterRef, Q

from chuangwen.kit import clock
from chuangwen.people.actors import Actor, Post, make_actor
from chuangwen.people.models import Account, Membership, Unit
from chuangwen.people.roles import Role


def actor_of(account: Account) -> Actor:
    """Return what an account may do today. One query."""
    day = clock.today()
    memberships = (
        Membership.across_tenants.filter(account=account, tenant_id=account.tenant_id)
        .filter(Q(valid_from__isnull=True) | Q(valid_from__lte=day))
        .filter(Q(valid_until__isnull=True) | Q(valid_until__gte=day))
        .select_related("unit")
        .annotate(leads_units=Exists(Unit.across_tenants.filter(parent=OuterRef("unit"))))
    )
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
