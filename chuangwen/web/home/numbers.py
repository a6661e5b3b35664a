"""Numbers of a first page beside those of tasks and parts: one query for all of them."""

from typing import Any

from django.db.models import F, Func, IntegerField, QuerySet, Subquery

from chuangwen.framework.enums import ValueState
from chuangwen.framework.queries.indicators import visible_indicators, visible_values
from chuangwen.people.actors import Actor
from chuangwen.plan.duty_reading import questions_visible_to
from chuangwen.plan.enums import ImportState, QuestionState
from chuangwen.plan.models import PlanImport
from chuangwen.tenancy.models import Tenant

Counts = dict[str, int]


def office_counts(actor: Actor) -> Counts:
    """Return what waits for the office beside parts."""
    return count_all(
        actor,
        questions=questions_visible_to(actor).filter(state=QuestionState.ASKED),
        imports=PlanImport.objects.filter(state=ImportState.REVIEW),
        values=visible_values(actor).filter(state=ValueState.REPORTED, superseded_by=None),
    )


def unit_counts(actor: Actor) -> Counts:
    """Return what a unit has beside the counts of its parts."""
    questions = questions_visible_to(actor)
    return count_all(
        actor,
        asked=questions.filter(state=QuestionState.ASKED),
        answered=questions.filter(state=QuestionState.ANSWERED),
        indicators=visible_indicators(actor),
        returned_values=visible_values(actor).filter(state=ValueState.RETURNED, superseded_by=None),
    )


def count_all(actor: Actor, **rows: QuerySet[Any]) -> Counts:
    """Count several kinds of rows in one query."""
    columns = {name: Subquery(_number(each)) for name, each in rows.items()}
    found = Tenant.objects.filter(pk=actor.tenant_id).annotate(
        **{f"count_{name}": column for name, column in columns.items()}
    )
    (values,) = found.values_list(*(f"count_{name}" for name in rows))
    return dict(zip(rows, values, strict=True))


def _number(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Return the rows as a subquery of their number."""
    count = Func(F("pk"), function="COUNT", output_field=IntegerField())
    numbers: QuerySet[Any] = rows.select_related(None).order_by().annotate(how_many=count)
    return numbers.values("how_many")
