"""Which rounds, visits and findings somebody may see. Units see nothing of a blind round until it
is closed: no site, no number, not that it exists.

Inspectors see the district, but not the sites of their own unit in a running blind round, and not
the first visit of a site whose second opinion is still theirs to give: it would not be their own.
"""

from django.db.models import Exists, OuterRef, Q, QuerySet

from chuangwen.inspection.enums import RoundState
from chuangwen.inspection.models import Answer, Finding, Pair, PairMember, Round, RoundSite, Visit
from chuangwen.inspection.queries.conflicts import in_own_units
from chuangwen.inspection.queries.stored_results import JUDGED_STATES
from chuangwen.people.actors import Actor
from chuangwen.people.models import Unit
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
    own = RoundSite.objects.filter(round=OuterRef("pk"), unit__in=reach_of(actor))
    return rounds.filter(OPEN_TO_UNITS, Exists(own))


def visible_round_sites(actor: Actor) -> QuerySet[RoundSite]:
    """Return the sites of visible rounds; of units, their own."""
    rows = RoundSite.objects.select_related("site", "site_type", "unit", "area", "pair")
    if actor.may_everywhere(Permission.MANAGE_ROUNDS):
        return rows
    if sees_all(actor):
        rows = rows.exclude(round__state=RoundState.DRAFT)
        return rows.exclude(_kept_back(actor)) if is_bound(actor) else rows
    return rows.filter(round__in=_open(), unit__in=reach_of(actor), turn=1)


def visible_visits(actor: Actor) -> QuerySet[Visit]:
    """Return the visits that the actor may open, with what a list says of them.

    Units see those that count, and second opinions not: these judge inspectors, not sites.
    """
    visits = Visit.objects.select_related(
        "round", "site", "round_site__site_type", "round_site__unit", "account"
    )
    if sees_all(actor):
        return _unbiased(visits, actor)
    return visits.filter(
        round__in=_open(), round_site__unit__in=reach_of(actor), round_site__turn=1, state="counted"
    )


def answers_of(actor: Actor, within: Round) -> QuerySet[Answer]:
    """Return the answers of a round in the order in which its visits arrived; of units none."""
    answers = Answer.objects.filter(visit__round=within)
    if not sees_all(actor):
        return answers.none()
    if is_bound(actor):
        answers = answers.filter(visit__in=visible_visits(actor).order_by().values("pk"))
    return answers.order_by("visit__committed_at", "visit", "line__position")


def visible_findings(actor: Actor) -> QuerySet[Finding]:
    """Return the findings that the actor may see: of units, those they have to mend."""
    findings = Finding.objects.select_related("round", "unit", "area", "line", "site")
    if sees_all(actor):
        if is_bound(actor):
            findings = findings.exclude(_kept_back(actor))
            findings = findings.exclude(visit__in=_not_to_be_read(actor).values("pk"))
        return findings
    return findings.filter(round__in=_open(), unit__in=reach_of(actor))


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


def reach_of(actor: Actor) -> QuerySet[Unit]:
    """Return the actor's units, those below them, and what was merged into any of these: rounds
    keep the unit of their draw."""
    within = units_within_reach(actor).values("descendant_id")
    units = Unit.objects.filter(Q(pk__in=within) | Q(merged_into__in=within))
    return units.order_by().values("pk")  # type: ignore[return-value]


def is_bound(actor: Actor) -> bool:
    """Tell whether the rules for inspectors bind who sees all: not those who run the rounds."""
    return actor.may(Permission.INSPECT) and not actor.may_everywhere(Permission.MANAGE_ROUNDS)


def _kept_back(actor: Actor, site: str = "") -> Q:
    """Match rows of the actor's own unit in running blind rounds."""
    secret = Q(round__state=RoundState.RUNNING, round__is_blind=True)
    return secret & in_own_units(actor.account_id, f"{site}unit")


def _not_to_be_read(actor: Actor) -> QuerySet[Visit]:
    """Return the visits of sites that the actor's pair has still to visit the other time."""
    pairs = PairMember.objects.filter(account=actor.account_id).values("pair_id")
    done = Visit.objects.filter(round_site=OuterRef("pk"), state__in=JUDGED_STATES)
    sites = RoundSite.objects.filter(round__state=RoundState.RUNNING, pair__in=pairs)
    owed = sites.filter(~Exists(done))
    same = owed.filter(round=OuterRef("round"), site=OuterRef("site"))
    # Begins with the few sites that are owed, not with all visits.
    near = Visit.objects.filter(site__in=owed.order_by().values("site_id"))
    return near.filter(Exists(same.exclude(pk=OuterRef("round_site")))).order_by()


def _unbiased(visits: QuerySet[Visit], actor: Actor) -> QuerySet[Visit]:
    if not is_bound(actor):
        return visits
    visits = visits.exclude(_kept_back(actor, "round_site__"))
    return visits.exclude(pk__in=_not_to_be_read(actor).values("pk"))
