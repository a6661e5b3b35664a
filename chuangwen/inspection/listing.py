"""The lists of a round's sites, visits and findings, filtered as the address says."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, TypeVar

from django.db.models import Exists, F, Model, OuterRef, QuerySet

from chuangwen.framework.models import CheckLine
from chuangwen.inspection.enums import Dimension, FindingState, VisitState
from chuangwen.inspection.models import Answer, Finding, ResultTally, RoundSite, Visit
from chuangwen.inspection.queries.stored_results import JUDGED_STATES
from chuangwen.inspection.queries.visible import (
    reach_of,
    sees_all,
    visible_findings,
    visible_round_sites,
    visible_rounds,
    visible_visits,
)
from chuangwen.kit import typed
from chuangwen.people.actors import Actor

TURNS = ("1", "2")
EVERY = 2**31 - 1
M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Wanted:
    """What a list was asked for; every field stands in the address. Numbers of rows, or empty."""

    round: str = ""
    site_type: str = ""
    unit: str = ""
    area: str = ""
    line: str = ""
    inspector: str = ""
    pair: str = ""
    result: str = ""
    state: str = ""
    category: str = ""
    turn: str = ""
    q: str = ""
    sort: str = ""

    @classmethod
    def read(cls, given: Mapping[str, str]) -> "Wanted":
        """Read an address; numbers that are none are as if nothing had been asked."""
        known = {one.name: given.get(one.name, "").strip()[:200] for one in fields(cls)}
        for name in ("round", "site_type", "unit", "area", "line", "inspector", "pair"):
            if typed.identifier(known[name]) is None:
                known[name] = ""
        return cls(**{name: value.replace("\0", "") for name, value in known.items()})

    @property
    def is_narrow(self) -> bool:
        """Whether anything was asked besides the round."""
        return any(
            getattr(self, one.name) for one in fields(self) if one.name not in {"round", "sort"}
        )

    def key(self, name: str) -> uuid.UUID | None:
        """Return one of the numbers."""
        return typed.identifier(getattr(self, name))


def sites_listed(actor: Actor, wanted: Wanted) -> QuerySet[RoundSite]:
    """Return the sites of rounds in the order in which they were drawn.

    Second visits are no further sites: they are listed when asked for, or with their pair's sites.
    """
    of_site = {"round_site": OuterRef("pk"), "state__in": JUDGED_STATES}
    rows = _narrowed(_own_first(actor, visible_round_sites(actor)), wanted, "")
    if wanted.pair:
        rows = rows.filter(pair=wanted.key("pair"))
    if wanted.turn in TURNS:
        rows = rows.filter(turn=wanted.turn)
    elif not wanted.pair:
        rows = rows.filter(turn=1)
    judged = {"passed": True, "failed": False}
    if wanted.result == "untested":
        rows = rows.filter(~Exists(Visit.objects.filter(passed__isnull=False, **of_site)))
    elif wanted.result in judged:
        told = visible_visits(actor).filter(passed=judged[wanted.result], **of_site)
        rows = rows.filter(Exists(told))
    if wanted.q:
        rows = rows.filter(site__name__icontains=wanted.q)
    return rows.order_by("pk")


def visits_listed(actor: Actor, wanted: Wanted) -> QuerySet[Visit]:
    """Return visits, the latest first."""
    visits = _narrowed(_own_first(actor, visible_visits(actor)), wanted, "round_site__")
    if wanted.inspector:
        visits = visits.filter(account=wanted.key("inspector"))
    if wanted.result in {"passed", "failed"}:
        visits = visits.filter(passed=wanted.result == "passed", state=VisitState.COUNTED)
    if wanted.state in VisitState.values:
        visits = visits.filter(state=wanted.state)
    if wanted.line:
        bad = Answer.objects.filter(visit=OuterRef("pk"), line=wanted.key("line"), outcome="failed")
        visits = visits.filter(Exists(bad), state=VisitState.COUNTED)
    return visits.order_by("-committed_at", "-pk")


FINDING_SORTS = {
    "": ("最近发现的在前", ("-pk",)),
    "due": ("按建议时限", (F("proposed_due_on").asc(nulls_last=True), "pk")),
    "category": ("按类别", ("category", "pk")),
}


def findings_listed(actor: Actor, wanted: Wanted) -> QuerySet[Finding]:
    """Return findings in the order that was asked for: the latest first, or by `FINDING_SORTS`."""
    findings = _own_first(actor, visible_findings(actor))
    for name in ("round", "unit", "area", "line"):
        if getattr(wanted, name):
            findings = findings.filter(**{name: wanted.key(name)})
    if wanted.site_type:
        findings = findings.filter(visit__round_site__site_type=wanted.key("site_type"))
    if wanted.inspector:
        findings = findings.filter(visit__account=wanted.key("inspector"))
    if wanted.state in FindingState.values:
        findings = findings.filter(state=wanted.state)
    if wanted.category:
        findings = findings.filter(category=wanted.category)
    if wanted.q:
        findings = findings.filter(text__icontains=wanted.q)
    _, order = FINDING_SORTS.get(wanted.sort, FINDING_SORTS[""])
    return findings.order_by(*order)


def _own_first(actor: Actor, rows: QuerySet[M]) -> QuerySet[M]:
    """Say once more, for who sees one's own unit only, which rows these are, by their keys.

    It keeps out nothing. But a database that has to sort may look through all rows for the few of a
    unit; it cannot look into a limited subquery, so it makes that first and begins with the few.
    """
    if sees_all(actor):
        return rows
    sites = RoundSite.objects.filter(unit__in=reach_of(actor)).order_by()
    own: dict[type[Model], QuerySet[Any]] = {
        RoundSite: sites,
        Visit: Visit.objects.filter(round_site__in=sites.values("pk")).order_by(),
        Finding: Finding.objects.filter(unit__in=reach_of(actor)).order_by(),
    }
    return rows.filter(pk__in=own[rows.model].values("pk")[:EVERY])


def categories_found(actor: Actor) -> QuerySet[CheckLine, str]:
    """Return the categories of the lines that failed in the rounds that the actor may see.

    From the counts by line: findings are many more than lines, and no page looks through them all.
    """
    rounds = visible_rounds(actor).order_by().values("pk")
    failed = ResultTally.objects.filter(
        round__in=rounds, dimension=Dimension.LINE, findings__gt=0
    ).values("holder_id")
    lines = CheckLine.objects.filter(pk__in=failed).exclude(category="")
    return lines.order_by("category").values_list("category", flat=True).distinct()


def _narrowed(rows: QuerySet[Any], wanted: Wanted, through: str) -> QuerySet[Any]:
    if wanted.round:
        rows = rows.filter(round=wanted.key("round"))
    for name in ("site_type", "unit", "area"):
        if getattr(wanted, name):
            rows = rows.filter(**{f"{through}{name}": wanted.key(name)})
    return rows
