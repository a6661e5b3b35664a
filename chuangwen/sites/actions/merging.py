"""Two entries of the register that are one site."""

import datetime
from collections.abc import Iterable

from django.db import transaction

from chuangwen.audit.actions import Entry, record_all
from chuangwen.kit import clock
from chuangwen.kit.errors import Invalid
from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission
from chuangwen.sites.actions.holding import locked_sites
from chuangwen.sites.announcing import announce_owners
from chuangwen.sites.enums import SiteDutyKind, SiteState
from chuangwen.sites.models import Site, SiteDuty
from chuangwen.sites.queries import duties_in_force
from chuangwen.sites.tallies import SiteRecount
from chuangwen.sites.workflow import SITE

OWNER = SiteDutyKind.OWNER
# What the kept site takes from the other where it knows nothing itself: whole groups.
TAKEN_OVER = (
    ("longitude", "latitude", "datum", "is_outside"),
    ("geometry", "length_metres", "area_square_metres"),
    ("area",),
    ("telephone",),
)


@transaction.atomic
def merge_sites(
    *, keep: Site, keep_version: int, other: Site, other_version: int, by: Actor
) -> Site:
    """Merge `other` into `keep`: both files stay, and the former points to the latter.

    `keep` takes place, area, telephone and duties from the other where it has none. Raises
    Invalid for one site given twice or a kept one out of use, StaleEdit, and IllegalTransition
    when the other was merged before.
    """
    by.require(Permission.MANAGE_SITES)
    if keep.pk == other.pk:
        raise Invalid("不能把点位并入它自己。请另选一个点位。", field="other")
    locked = {
        site.pk: site for site in locked_sites({keep.pk: keep_version, other.pk: other_version})
    }
    keep, other = locked[keep.pk], locked[other.pk]
    if keep.state != SiteState.OPEN:
        raise Invalid(f"“{keep.name}”不在用，不能并入它。请先恢复，或另选一个。", field="keep")
    recount = SiteRecount()
    recount.leave(keep, other)
    other.state = SITE.check("merge", SiteState(other.state))
    other.merged_into, other.closed_on = keep, clock.today()
    taken = _take_over(keep, other)
    recount.enter(keep, other)
    moved = _move_duties(keep, other)
    Site.objects.filter(merged_into=other).update(merged_into=keep)
    for site in (keep, other):
        site.version += 1
    facts = [name for group in TAKEN_OVER for name in group]
    Site.objects.bulk_update(
        [keep, other], [*facts, "state", "merged_into", "closed_on", "version"]
    )
    recount.write()
    _announce(keep, moved, by)
    units = [duty.unit.name for duty in moved]
    record_all(
        by=by,
        entries=[
            Entry("site.merged", other, {"merged_into": [None, str(keep)]}),
            Entry("site.merged_from", keep, {"site": str(other), "fields": taken, "units": units}),
        ],
    )
    return keep


def _take_over(keep: Site, other: Site) -> list[str]:
    """Fill what `keep` lacks; a telephone check gets no place."""
    taken = []
    for group in TAKEN_OVER:
        wanting = getattr(keep, group[0]) in (None, "") and getattr(other, group[0])
        on_the_ground = group[0] in ("area", "telephone") or (
            keep.site_type_id == other.site_type_id
        )
        if wanting and on_the_ground:
            for name in group:
                setattr(keep, name, getattr(other, name))
            taken.append(group[0])
    return taken


def _announce(keep: Site, moved: list[SiteDuty], by: Actor) -> None:
    given = {duty.unit_id: [(keep.pk, keep.name)] for duty in moved if duty.kind == OWNER}
    occasion = f"{keep.pk.hex}:{keep.version}"
    announce_owners(given, occasion=occasion, first_day=clock.today(), by=by)


def _move_duties(keep: Site, other: Site) -> list[SiteDuty]:
    """End the other's duties yesterday; what `keep` has nobody for goes on there from today."""
    today = clock.today()
    duties = list(
        duties_in_force(today).filter(site__in=(keep, other)).select_related("unit").order_by("pk")
    )
    held = {duty.kind for duty in duties if duty.site_id == keep.pk}
    ended = [duty for duty in duties if duty.site_id == other.pk]
    moved = [duty for duty in ended if duty.kind not in held]
    end_yesterday(ended)
    SiteDuty.objects.bulk_create(
        SiteDuty(
            site=keep, kind=duty.kind, unit_id=duty.unit_id, holder=duty.holder,
            valid_from=today, source=f"由“{other.name}”合并而来"[:200],
        )
        for duty in moved
    )  # fmt: skip
    return moved


def end_yesterday(duties: Iterable[SiteDuty]) -> None:
    """End duties that are held today the day before; one that began today ends today."""
    today = clock.today()
    changed = list(duties)
    for duty in changed:
        duty.valid_until = max(duty.valid_from, today - datetime.timedelta(days=1))
    SiteDuty.objects.bulk_update(changed, ["valid_until"], batch_size=500)
