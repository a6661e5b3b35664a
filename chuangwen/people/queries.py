"""Reading people: actors first, then what they may see."""

from django.db.models import Q, QuerySet

from chuangwen.kit import clock
from chuangwen.people.actors import Actor, Post, make_actor
from chuangwen.people.models import Account, Membership, Unit, UnitAncestry
from chuangwen.people.permissions import Permission
from chuangwen.people.roles import Role


def actor_of(account: Account) -> Actor:
    """Return what an account may do today. One query."""
    day = clock.today()
    memberships = (
        Membership.across_tenants.filter(account=account, tenant_id=account.tenant_id)
        .filter(Q(valid_from__isnull=True) | Q(valid_from__lte=day))
        .filter(Q(valid_until__isnull=True) | Q(valid_until__gte=day))
        .select_related("unit")
    )
    posts = (
        Post(role=Role(membership.role), unit_id=membership.unit_id, unit_name=membership.unit.name)
        for membership in memberships
    )
    return make_actor(
        tenant_id=account.tenant_id, account_id=account.pk, name=account.name, posts=posts
    )


def units_within_reach(actor: Actor) -> QuerySet[UnitAncestry]:
    """Return the ancestry rows from the actor's units downwards, for use as a subquery."""
    return UnitAncestry.objects.filter(ancestor_id__in=actor.unit_ids)


def visible_units(actor: Actor) -> QuerySet[Unit]:
    """Return the units whose pages the actor may open."""
    if actor.may_everywhere(Permission.VIEW_DISTRICT) or actor.may_everywhere(
        Permission.MANAGE_UNITS
    ):
        return Unit.objects.all()
    return Unit.objects.filter(pk__in=units_within_reach(actor).values("descendant_id"))
