"""Which sites there are, for whom, and who answers for them."""

import datetime
import uuid
from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q, QuerySet

from chuangwen.kit import clock
from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission
from chuangwen.people.queries import units_within_reach
from chuangwen.sites.enums import SiteDutyKind
from chuangwen.sites.models import Site, SiteDuty

Duties = dict[uuid.UUID, dict[SiteDutyKind, SiteDuty]]


def sees_every_site(actor: Actor) -> bool:
    """Tell whether the actor sees the sites of the whole district."""
    return actor.may_everywhere(Permission.VIEW_DISTRICT) or actor.may_everywhere(
        Permission.MANAGE_SITES
    )


def visible_sites(actor: Actor) -> QuerySet[Site]:
    """Return the sites whose pages the actor may open, closed and merged ones included.

    Who does not see the whole district sees the sites for which their unit, or one below it, is
    主管单位 or 点位长 today.
    """
    if sees_every_site(actor):
        return Site.objects.all()
    reach = units_within_reach(actor).values("descendant_id")
    held = duties_in_force(clock.today()).filter(unit__in=reach)
    return Site.objects.filter(pk__in=held.order_by().values("site_id"))


def duties_in_force(day: datetime.date) -> QuerySet[SiteDuty]:
    """Return the duties that are held on `day`."""
    return SiteDuty.objects.filter(
        Q(valid_until__isnull=True) | Q(valid_until__gte=day), valid_from__lte=day
    )


def duties_of(site_ids: Iterable[uuid.UUID], day: datetime.date) -> Duties:
    """Return who answers for sites on `day`, by site and kind, with the units. One query.

    `site_ids` may be a query of keys.
    """
    found: Duties = defaultdict(dict)
    held = duties_in_force(day).filter(site__in=site_ids).select_related("unit").order_by()
    for duty in held:
        found[duty.site_id][SiteDutyKind(duty.kind)] = duty
    return found


def may_record(actor: Actor, site: Site) -> bool:
    """Tell whether the actor may record works and photos: the office, and clerks of the units
    that answer for the site today. At most one query."""
    if actor.may_everywhere(Permission.MANAGE_SITES):
        return True
    if not actor.may(Permission.RECORD_SITE_WORK):
        return False
    units = duties_in_force(clock.today()).filter(site=site).values_list("unit_id", flat=True)
    return any(actor.may(Permission.RECORD_SITE_WORK, unit_id=unit) for unit in units)
