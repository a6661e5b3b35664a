"""What a sealed record speaks of: its round, who walked, the site, the lines. Constant queries."""

import uuid
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import Case, When

from chuangwen.framework.models import CheckLine, Checklist
from chuangwen.inspection.models import PairMember, Round, RoundSite, Visit
from chuangwen.inspection.queries.conflicts import in_own_units
from chuangwen.inspection.queries.stored_results import JUDGED_STATES
from chuangwen.inspection.sealed import SealedRecord

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
    """Return what is there of it in the tenant. Six queries at most.

    `locked`: nobody closes the round or confirms another visit of it until the transaction ends.
    """
    rounds = Round.objects.select_for_update(no_key=True) if locked else Round.objects
    within = rounds.filter(pk=sealed.round).first()
    if within is None:
        return Surroundings(None, None, None, None, (), is_visited=False)
    member = PairMember.objects.filter(round=within, account=account_id).first()
    if sealed.round_site is None:
        return Surroundings(within, member, None, None, (), is_visited=False)
    own = Case(When(in_own_units(account_id), then=True), default=False)
    sites = RoundSite.objects.select_related("site", "pair", "unit").annotate(is_own_unit=own)
    round_site = sites.filter(pk=sealed.round_site, round=within).first()
    checklists = Checklist.objects.select_related("framework_version")
    checklist = checklists.filter(pk__in=[sealed.checklist]).first()
    judged = Visit.objects.filter(round_site=sealed.round_site, state__in=JUDGED_STATES)
    lines = _lines_of(checklist) if checklist else ()
    return Surroundings(
        within,
        member,
        round_site,
        checklist,
        lines,
        is_visited=judged.exists(),
        is_own_unit=round_site is not None and round_site.is_own_unit,
    )


def _lines_of(checklist: Checklist) -> tuple[CheckLine, ...]:
    """The database refuses any change of a published version: its lines are read once."""
    read = _read_lines if checklist.framework_version.is_draft else _published_lines
    return read(checklist.pk)


def _read_lines(key: uuid.UUID) -> tuple[CheckLine, ...]:
    return tuple(CheckLine.objects.filter(checklist=key).select_related("standard"))


_published_lines = lru_cache(maxsize=KEPT)(_read_lines)
