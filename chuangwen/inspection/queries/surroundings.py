"""What a sealed record speaks of: its round, who walked, the site, the lines. Constant queries."""

import uuid
from dataclasses import dataclass
from functools import lru_cache

from chuangwen.framework.models import CheckLine, Checklist
from chuangwen.inspection.models import PairMember, Round, RoundSite, Visit
from chuangwen.inspection.queries.conflicts import is_own_unit
from chuangwen.inspection.queries.stored_results import JUDGED_STATES
from chuangwen.inspection.sealed import SealedRecord
from chuangwen.tenancy.scope import current_tenant_id

KEPT = 128  # checklists, a few more than a district has types of sites


@dataclass(frozen=True)
class Surroundings:
    """As far as it is there. `lines` are those of the record's own checklist; `is_own_unit`: the
    inspector may not judge this site, whose unit is his own, or above or below it."""

    round: Round | None
    member: PairMember | None
    round_site: RoundSite | None
    checklist: Checklist | None
    lines: tuple[CheckLine, ...]
    is_visited: bool
    is_own_unit: bool = False


def surroundings_of(
    sealed: SealedRecord, account_id: uuid.UUID, *, locked: bool = False
) -> Surroundings:
    """Return what is there of it in the tenant. Eight queries at most.

    `locked`: nobody closes the round or confirms another visit of it until the transaction ends.
    """
    rounds = Round.objects.select_for_update(no_key=True) if locked else Round.objects
    within = rounds.filter(pk=sealed.round).first()
    if within is None:
        return Surroundings(None, None, None, None, (), is_visited=False)
    member = PairMember.objects.filter(round=within, account=account_id).first()
    if sealed.round_site is None:
        return Surroundings(within, member, None, None, (), is_visited=False)
    sites = RoundSite.objects.select_related("site", "pair", "unit")
    round_site = sites.filter(pk=sealed.round_site, round=within).first()
    checklist, lines = _checklist(sealed.checklist) if sealed.checklist else (None, ())
    judged = Visit.objects.filter(round_site=sealed.round_site, state__in=JUDGED_STATES)
    return Surroundings(
        within,
        member,
        round_site,
        checklist,
        lines,
        is_visited=judged.exists(),
        is_own_unit=round_site is not None and is_own_unit(account_id, round_site.unit),
    )


Read = tuple[Checklist | None, tuple[CheckLine, ...]]


class _MayChange(Exception):
    """What was read is not of a published version, and not to be kept."""


def _checklist(key: uuid.UUID) -> Read:
    """The database refuses any change of a published version: its checklists are read once."""
    try:
        return _published(current_tenant_id(), key)
    except _MayChange as read:
        found: Read = read.args[0]
        return found


@lru_cache(maxsize=KEPT)
def _published(tenant_id: uuid.UUID, key: uuid.UUID) -> Read:
    checklists = Checklist.objects.select_related("framework_version")
    checklist = checklists.filter(tenant=tenant_id, pk=key).first()
    lines = CheckLine.objects.filter(checklist=key).select_related("standard")
    read = (checklist, tuple(lines))
    if checklist is None or checklist.framework_version.is_draft:
        raise _MayChange(read)
    return read
