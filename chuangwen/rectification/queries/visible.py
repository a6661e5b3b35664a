"""Which cases there are, for whom."""

import uuid
from collections.abc import Collection

from django.db.models import QuerySet

from chuangwen.kit.errors import NotFound
from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission
from chuangwen.people.queries import units_within_reach
from chuangwen.rectification.enums import OriginKind
from chuangwen.rectification.models import Case, CaseShare

# What the page of a case names besides the case.
RELATED = ("category", "site", "area", "standard", "lead", "reported_by", "merged_into")
MISSING = "没有找到这个问题。可能已改派，或不属于您的单位。"


def visible_cases(actor: Actor) -> QuerySet[Case]:
    """Return the cases that the actor may open: all for who sees the district; else those that
    were given to a unit within reach, also when it gave them back, and those it reported."""
    if actor.may_everywhere(Permission.VIEW_DISTRICT):
        return Case.objects.all()
    reach = units_within_reach(actor).values("descendant_id")
    given = CaseShare.objects.filter(unit__in=reach).order_by().values("case_id")
    reported = Case.objects.filter(reported_by__in=reach).order_by().values("pk")
    # Both together as one list of keys: an "or" of the two would look at every case there is.
    return Case.objects.filter(pk__in=given.union(reported, all=True))


def cases_of_origins(
    actor: Actor, kind: OriginKind, ids: Collection[uuid.UUID]
) -> dict[uuid.UUID, Case]:
    """Return the visible cases that were opened from records, by the record. One query at most."""
    if not ids:
        return {}
    cases = visible_cases(actor).filter(origin_kind=kind, origin_id__in=ids)
    return {case.origin_id: case for case in cases if case.origin_id is not None}


def case_for(actor: Actor, case_id: uuid.UUID) -> Case:
    """Return one visible case with what it refers to. Raises NotFound, for foreign ones too."""
    case = visible_cases(actor).select_related(*RELATED).filter(pk=case_id).first()
    if case is None:
        raise NotFound(MISSING)
    return case
