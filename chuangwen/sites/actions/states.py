"""Taking sites out of use and back, and marking the 示范点位."""

import uuid
from collections.abc import Mapping

from django.db import transaction
from django.db.models import F

from chuangwen.audit.actions import Entry, record, record_all
from chuangwen.kit import clock
from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission
from chuangwen.sites.actions.holding import (
    locked_site,
    locked_sites,
    require_listed,
    required_reason,
)
from chuangwen.sites.enums import SiteState
from chuangwen.sites.models import Site
from chuangwen.sites.tallies import SiteRecount
from chuangwen.sites.workflow import SITE


@transaction.atomic
def close_sites(*, versions: Mapping[uuid.UUID, int], reason: str, by: Actor) -> list[Site]:
    """Take sites out of use from today, all or none; their files and duties stay.

    `versions` are those the viewer saw. Raises Invalid without a reason, StaleEdit, and
    IllegalTransition when one is not in use.
    """
    by.require(Permission.MANAGE_SITES)
    why = required_reason(reason)
    sites, recount = locked_sites(versions), SiteRecount()
    recount.leave(*sites)
    for site in sites:
        site.state = SITE.check("close", SiteState(site.state))
        site.closed_on = clock.today()
    recount.enter(*sites)
    Site.objects.filter(pk__in=versions).update(
        state=SiteState.CLOSED, closed_on=clock.today(), version=F("version") + 1
    )
    recount.write()
    record_all(by=by, entries=[Entry("site.closed", site, {"reason": why}) for site in sites])
    return sites


@transaction.atomic
def reopen_site(*, site: Site, base_version: int, reason: str, by: Actor) -> Site:
    """Take a closed site back into use, or a merged one out of the other again.

    The duties that a merger ended are not restored. Raises Invalid without a reason.
    """
    by.require(Permission.MANAGE_SITES)
    why = required_reason(reason)
    locked = locked_site(site, base_version=base_version)
    before = SiteState(locked.state)
    step = "separate" if before == SiteState.MERGED else "reopen"
    recount = SiteRecount()
    recount.leave(locked)
    locked.state = SITE.check(step, before)
    recount.enter(locked)
    locked.closed_on, locked.merged_into = None, None
    locked.version += 1
    locked.save(update_fields=["state", "closed_on", "merged_into", "version"])
    recount.write()
    record(by=by, verb="site.reopened", on=locked, state=[before, locked.state], reason=why)
    return locked


@transaction.atomic
def mark_demonstration(
    *, versions: Mapping[uuid.UUID, int], is_demonstration: bool, by: Actor
) -> list[Site]:
    """Make sites 示范点位, or no longer; those that are already stay as they are.

    Returns the changed ones. Raises StaleEdit, and IllegalTransition for a merged site.
    """
    by.require(Permission.MANAGE_SITES)
    sites = [site for site in locked_sites(versions) if site.is_demonstration != is_demonstration]
    for site in sites:
        require_listed(site)
        site.is_demonstration = is_demonstration
    Site.objects.filter(pk__in=[site.pk for site in sites]).update(
        is_demonstration=is_demonstration, version=F("version") + 1
    )
    changed = {"is_demonstration": [not is_demonstration, is_demonstration]}
    record_all(by=by, entries=[Entry("site.marked", site, changed) for site in sites])
    return sites
