"""What a sealed record speaks of: its round, who walked, the site, the lines. Constant queries."""

import uuid
from dataclasses import dataclass
from functools import lru_cache

from django.db.models import QuerySet

from chuangwen.framework.models import CheckLine, Checklist
from chuangwen.inspection.models import PairMember, Round, RoundSite, Visit
from chuangwen.inspection.queries.conflicts import is_own_unit
from chuangwen.inspection.queries.stored_results import JUDGED_STATES
from chuangwen.inspection.sealed import SealedRecord
from chuangwen.tenancy.prepared import PreparedInTenant
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


def _round(*, key: uuid.UUID) -> QuerySet[Round]:
    return Round.objects.filter(pk=key)


# Each record that a phone sends asks these twice.
_ROUND = PreparedInTenant[Round](_round, key=uuid.UUID)
_ROUND_LOCKED = PreparedInTenant[Round](
    lambda **asked: _round(**asked).select_for_update(no_key=True), key=uuid.UUID
)
_MEMBER = PreparedInTenant[PairMember](
    lambda within, account: PairMember.objects.filter(round=within, account=account),
    within=uuid.UUID,
    account=uuid.UUID,
)
_SITE = PreparedInTenant[RoundSite](
    lambda key, within: RoundSite.objects.select_related("site", "pair", "unit").filter(
        pk=key, round=within
    ),
    key=uuid.UUID,
    within=uuid.UUID,
)
_JUDGED = PreparedInTenant[uuid.UUID](
    lambda round_site: (
        Visit.objects.filter(round_site=round_site, state__in=JUDGED_STATES)
        .order_by()
        .values_list("pk", flat=True)[:1]
    ),
    round_site=uuid.UUID,
)


def surroundings_of(
    sealed: SealedRecord, account_id: uuid.UUID, *, locked: bool = False
) -> Surroundings:
    """Return what is there of it in the tenant. Eight queries at most.

    `locked`: nobody closes the round or confirms another visit of it until the transaction ends.
    """
    within = (_ROUND_LOCKED if locked else _ROUND).first(key=sealed.round)
    if within is None:
        return Surroundings(None, None, None, None, (), is_visited=False)
    member = _MEMBER.first(within=within.pk, account=account_id)
    if sealed.round_site is None:
        return Surroundings(within, member, None, None, (), is_visited=False)
    round_site = _SITE.first(key=sealed.round_site, within=within.pk)
    checklist, lines = _checklist(sealed.checklist) if sealed.checklist else (None, ())
    return Surroundings(
        within,
        member,
        round_site,
        checklist,
        lines,
        is_visited=bool(_JUDGED.rows(round_site=sealed.round_site)),
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
