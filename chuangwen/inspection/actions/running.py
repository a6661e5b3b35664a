"""Changing the sample of a running round, always with the reason."""

import uuid
from collections.abc import Collection, Iterable

from django.db import transaction
from django.db.models import Exists, OuterRef

from chuangwen.audit.actions import record
from chuangwen.inspection.actions.holding import count_edit, locked_round
from chuangwen.inspection.actions.sampling import add_by_hand, note_by_hand
from chuangwen.inspection.announcing import Move, announce_changes
from chuangwen.inspection.drawn import add_drawn
from chuangwen.inspection.models import Round, RoundSite, Visit
from chuangwen.inspection.queries.stored_results import visits_that_judged
from chuangwen.kit.errors import IllegalTransition, Invalid, NotFound
from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission

SHORTEST_REASON = 2
NUMBERS = "numbers_before"  # in the record of the draw: of sites that were taken out


@transaction.atomic
def add_sites_while_running(
    *, within: Round, base_version: int, site_ids: Collection[uuid.UUID], reason: str, by: Actor
) -> int:
    """Add sites to a running round; they wait for a pair. Returns how many.

    Raises StaleEdit, IllegalTransition, and Invalid without a reason or for what cannot be added.
    """
    by.require(Permission.MANAGE_ROUNDS)
    why = required_reason(reason)
    locked = locked_round(within, "change_sample", base_version=base_version)
    added = add_by_hand(locked, site_ids)
    _number_as_before(locked, [one.pk for one in added])
    rows = RoundSite.objects.filter(round=locked, site__in=[one.pk for one in added])
    add_drawn(locked, rows.order_by(), 1)
    count_edit(locked, "drawing")
    codes = [one.code for one in added]
    record(by=by, verb="round.sites_added", on=locked, added=codes[:100], reason=why)
    return len(added)


@transaction.atomic
def remove_site_while_running(
    *, within: Round, base_version: int, site_id: uuid.UUID, reason: str, by: Actor
) -> None:
    """Take a site out of a running round, with its second visit.

    Raises IllegalTransition once it was visited: what was seen is not unseen. Visits in which
    nothing was judged stay, with their site.
    """
    by.require(Permission.MANAGE_ROUNDS)
    why = required_reason(reason)
    locked = locked_round(within, "change_sample", base_version=base_version)
    visited = Exists(visits_that_judged(OuterRef("pk")))
    of_site = RoundSite.objects.filter(round=locked, site=site_id).select_related("site")
    rows = list(of_site.annotate(is_visited=visited))
    if not rows:
        raise NotFound("这个点位不在本轮中，可能已被去掉。请刷新页面查看。")
    site = rows[0].site
    if any(row.is_visited for row in rows):
        raise IllegalTransition(f"“{site.name}”已经测评，不能从本轮去掉。")
    keys = [row.pk for row in rows]
    Visit.objects.filter(round_site__in=keys).update(round_site=None)
    RoundSite.objects.filter(pk__in=keys).delete()
    _remember_numbers(locked, rows)
    add_drawn(locked, rows, -1)
    note_by_hand(locked, "removed", [site.code])
    count_edit(locked, "drawing")
    record(by=by, verb="round.site_removed", on=locked, removed=site.code, reason=why)
    announce_changes(locked, [Move(site.name, row.pair_id, None) for row in rows], by)


def _remember_numbers(locked: Round, rows: Iterable[RoundSite]) -> None:
    """A phone that is out of reach has sealed its visit under the number that the site had."""
    numbers = {_place(row): str(row.pk) for row in rows}
    locked.drawing = {**locked.drawing, NUMBERS: {**locked.drawing.get(NUMBERS, {}), **numbers}}


def _number_as_before(locked: Round, sites: Collection[uuid.UUID]) -> None:
    """Give sites that were in the round before, and come back, the numbers that they had: visits
    that phones sealed meanwhile belong to them."""
    before = locked.drawing.get(NUMBERS, {})
    for row in RoundSite.objects.filter(round=locked, site__in=sites) if before else ():
        if number := before.get(_place(row)):
            RoundSite.objects.filter(pk=row.pk).update(id=uuid.UUID(number))


def _place(row: RoundSite) -> str:
    return f"{row.site_id}/{row.turn}"


def required_reason(reason: str) -> str:
    """Return the reason on one line. Raises Invalid when there is none."""
    plain = " ".join(reason.split())
    if len(plain) < SHORTEST_REASON:
        raise Invalid("请写明原因。", field="reason")
    return plain[:500]
