"""Entering a site and changing its facts."""

import datetime
from dataclasses import replace
from typing import Any

from django.db import transaction

from chuangwen.audit.actions import Entry, record, record_all
from chuangwen.framework.actions.saving import apply_changes, unique
from chuangwen.kit import clock
from chuangwen.kit.errors import Invalid
from chuangwen.people.actors import Actor
from chuangwen.people.models import Unit
from chuangwen.people.permissions import Permission
from chuangwen.search.actions import keep_found
from chuangwen.sites.actions.holding import locked_site, require_listed
from chuangwen.sites.announcing import announce_owners
from chuangwen.sites.enclosing import outside
from chuangwen.sites.enums import SiteDutyKind
from chuangwen.sites.facts import SiteFacts, told
from chuangwen.sites.models import Site, SiteDuty
from chuangwen.sites.numbering import next_code
from chuangwen.sites.tallies import SiteRecount

TAKEN = "已有相同编号的点位。请换一个编号，或修改现有点位。"
SEARCHED = {"name", "code", "address"}


@transaction.atomic
def create_site(*, facts: SiteFacts, owner: Unit | None = None, by: Actor) -> Site:
    """Enter a site, with its 主管单位 from today on; an empty code takes the type's next number.

    Raises Invalid naming the field.
    """
    by.require(Permission.MANAGE_SITES)
    require_open(facts.area, "area")
    require_open(owner, "owner")
    columns = facts.columns()
    (is_outside,) = outside([(columns["longitude"], columns["latitude"])])
    site = Site(
        is_outside=is_outside, **(columns | {"code": columns["code"] or next_code(facts.site_type)})
    )
    with unique(TAKEN, field="code"):
        site.save(force_insert=True)
    keep_found([site])
    recount = SiteRecount()
    recount.enter(site)
    recount.write()
    entries = [Entry("site.created", site, {"code": [None, site.code], "name": [None, site.name]})]
    if owner is not None:
        today = clock.today()
        SiteDuty.objects.create(site=site, kind=SiteDutyKind.OWNER, unit=owner, valid_from=today)
        entries.append(
            Entry(
                "site.duty_assigned",
                site,
                {
                    "kind": [None, SiteDutyKind.OWNER],
                    "unit": [None, owner.name],
                    "valid_from": [None, today],
                },
            )
        )
        given = {owner.pk: [(site.pk, site.name)]}
        announce_owners(given, occasion=f"{site.pk.hex}:{site.version}", first_day=today, by=by)
    record_all(by=by, entries=entries)
    return site


@transaction.atomic
def edit_site(*, site: Site, base_version: int, facts: SiteFacts, by: Actor) -> Site:
    """Change a site's facts; an empty code keeps the one it has.

    Raises StaleEdit, IllegalTransition for a merged site, and Invalid naming the field.
    """
    by.require(Permission.MANAGE_SITES)
    locked = locked_site(site, base_version=base_version)
    require_listed(locked)
    if facts.area != locked.area:
        require_open(facts.area, "area")
    columns = replace(facts, code=facts.code or locked.code).columns()
    recount = SiteRecount()
    recount.leave(locked)
    changes = apply_changes(locked, columns)
    recount.enter(locked)
    if changes:
        (locked.is_outside,) = outside([(locked.longitude, locked.latitude)])
        with unique(TAKEN, field="code"):
            locked.save(update_fields=[*changes, "is_outside", "version"])
        if SEARCHED & changes.keys():
            keep_found([locked])
        recount.write()
        record(by=by, verb="site.edited", on=locked, **_told(changes))
    return locked


def require_open(unit: Unit | None, field: str, day: datetime.date | None = None) -> None:
    """Raise Invalid naming the field when a unit does not exist on `day`, or today."""
    day = day or clock.today()
    if unit is not None and not unit.is_open(day):
        raise Invalid(f"“{unit.name}”在 {day} 不是在用单位。请另选一个。", field=field)


def _told(changes: dict[str, list[Any]]) -> dict[str, Any]:
    return {name: [told(name, one) for one in pair] for name, pair in changes.items()}
