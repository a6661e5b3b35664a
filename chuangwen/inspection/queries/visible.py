"""Which rounds, visits and findings somebody may see. Units see nothing of a blind round until it
is closed: no site, no number, not that it exists."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from chuangwen.inspection.enums import RoundState
from chuangwen.inspection.models import Answer, Finding, Pair, PairMember, Round, RoundSite, Visit
from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission
from chuangwen.people.queries import units_within_reach

OPEN_TO_UNITS = Q(state=RoundState.CLOSED) | Q(state=RoundState.RUNNING, is_blind=False)


def sees_all(actor: Actor) -> bool:
    """Tell whether the actor sees every unit's results."""
    return actor.may_everywhere(Permission.VIEW_DISTRICT)


def visible_rounds(actor: Actor) -> QuerySet[Round]:
    """Return the rounds that the actor may open; drafts are for those who make them.

    Who sees one's own unit only sees the rounds in which it has a site.
    """
    rounds = Round.objects.select_related("framework_version", "earlier")
    if actor.may_everywhere(Permission.MANAGE_ROUNDS):
        return rounds
    if sees_all(actor):
        return rounds.exclude(state=RoundState.DRAFT)
    own = RoundSite.objects.filter(round=OuterRef("pk"), unit__in=_reach(actor))
    return rounds.filter(OPEN_TO_UNITS, Exists(own))


def visible_round_sites(actor: Actor) -> QuerySet[RoundSite]:
    """Return the sites of visible rounds; of units, their own."""
    rows = RoundSite.objects.select_related("site", "site_type", "unit", "area", "pair")
    if actor.may_everywhere(Permission.MANAGE_ROUNDS):
        return rows
    if sees_all(actor):
        return rows.exclude(round__state=RoundState.DRAFT)
    return rows.filter(round__in=_open(), unit__in=_reach(actor), turn=1)


def visible_visits(actor: Actor) -> QuerySet[Visit]:
    """Return the visits that the actor may open, with what a list says of them.

    Units see those that count, and second opinions not: these judge inspectors, not sites.
    """
    visits = Visit.objects.select_related(
        "round", "site", "round_site__site_type", "round_site__unit", "account"
    )
    if sees_all(actor):
        return visits
    return visits.filter(
        round__in=_open(), round_site__unit__in=_reach(actor), round_site__turn=1, state="counted"
    )


def answers_of(actor: Actor, within: Round) -> QuerySet[Answer]:
    """Return the answers of a round in the order in which its visits arrived; of units none."""
    answers = Answer.objects.filter(visit__round=within)
    if not sees_all(actor):
        return answers.none()
    return answers.order_by("visit__committed_at", "visit", "line__position")


def visible_findings(actor: Actor) -> QuerySet[Finding]:
    """Return the findings that the actor may see: of units, those they have to mend."""
    findings = Finding.objects.select_related("round", "unit", "area", "line", "site")
    if sees_all(actor):
        return findings
    return findings.filter(round__in=_open(), unit__in=_reach(actor))


def own_sites(actor: Actor, within: Round) -> QuerySet[RoundSite]:
    """Return the sites that the actor's pair has to walk in a round, in walking order."""
    pairs = PairMember.objects.filter(round=within, account=actor.account_id).values("pair_id")
    rows = RoundSite.objects.filter(round=within, pair__in=pairs)
    return rows.select_related("site", "site_type", "unit", "area").order_by("position", "pk")


def pairs_of(within: Round) -> QuerySet[Pair]:
    """Return the pairs of a round."""
    return Pair.objects.filter(round=within).order_by("number")


def _open() -> QuerySet[Round]:
    return Round.objects.filter(OPEN_TO_UNITS).order_by().values("pk")  # type: ignore[return-value]


def _reach(actor: Actor) -> QuerySet[Round]:
    return units_within_reach(actor).values("descendant_id")  # type: ignore[return-value]
