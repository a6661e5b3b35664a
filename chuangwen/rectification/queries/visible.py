"""Which cases there are, for whom."""

import uuid

from django.db.models import Q, QuerySet

from chuangwen.kit.errors import NotFound
from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission
from chuangwen.people.queries import units_within_reach
from chuangwen.rectification.models import Case, CaseShare


def visible_cases(actor: Actor) -> QuerySet[Case]:
    """Return the cases that the actor may open: all for who sees the district; else those that
    were given to a unit within reach, also when it gave them back, and those it reported."""
    if actor.may_everywhere(Permission.VIEW_DISTRICT):
        return Case.objects.all()
    reach = units_within_reach(actor).values("descendant_id")
    given = CaseShare.objects.filter(unit__in=reach).order_by().values("case_id")
    return Case.objects.filter(Q(pk__in=given) | Q(reported_by__in=reach))


def case_for(actor: Actor, case_id: uuid.UUID) -> Case:
    """Return one visible case with what it refers to. Raises NotFound, for foreign ones too."""
    related = ("category", "site", "area", "standard", "lead", "reported_by", "merged_into")
    case = visible_cases(actor).select_related(*related).filter(pk=case_id).first()
    if case is None:
        raise NotFound("没有找到这个问题。可能已改派，或不属于您的单位。")
    return case
