"""Numbers of a first page beside those of tasks and parts: one query for all of them."""

from typing import Any

from django.db.models import F, Func, IntegerField, QuerySet, Subquery

from chuangwen.framework.enums import ValueState
from chuangwen.framework.queries.indicators import visible_indicators, visible_values
from chuangwen.kit import clock
from chuangwen.people.actors import Actor
from chuangwen.plan.duty_reading import questions_visible_to
from chuangwen.plan.enums import ImportState, QuestionState
from chuangwen.plan.models import PlanImport
from chuangwen.rectification.enums import CaseState, ShareState
from chuangwen.rectification.listing import CaseFilter, list_of_cases
from chuangwen.rectification.queries import visible_cases
from chuangwen.tenancy.models import Tenant

Counts = dict[str, int]
Rows = dict[str, QuerySet[Any]]


def office_counts(actor: Actor) -> Counts:
    """Return what waits for the office beside parts."""
    return count_all(
        actor,
        questions=questions_visible_to(actor).filter(state=QuestionState.ASKED),
        imports=PlanImport.objects.filter(state=ImportState.REVIEW),
        values=visible_values(actor).filter(state=ValueState.REPORTED, superseded_by=None),
        **office_cases(actor),
    )


def office_cases(actor: Actor) -> Rows:
    """Return the cases that wait for the office and for who checks, and those that are late."""
    cases = visible_cases(actor)
    return {
        "to_file": cases.filter(state=CaseState.REPORTED),
        "to_dispatch": cases.filter(state=CaseState.FILED),
        "to_check": cases.filter(state=CaseState.SUBMITTED),
        "to_close": cases.filter(state=CaseState.VERIFIED),
        "asked_extensions": cases.filter(wanted_due_on__isnull=False),
        "late_cases": cases.filter(owed_on__lt=clock.today()),
    }


def unit_cases(actor: Actor) -> Rows:
    """Return the cases that wait for the actor's own units, by how far these are."""
    day = clock.today()
    wanted = {
        "to_accept": CaseFilter(share=ShareState.ASSIGNED),
        "to_mend": CaseFilter(share=ShareState.ACCEPTED),
        "to_mend_again": CaseFilter(share=ShareState.REWORK),
        "late_cases": CaseFilter(only="late"),
    }
    return {name: list_of_cases(actor, each, day) for name, each in wanted.items()}


def unit_counts(actor: Actor) -> Counts:
    """Return what a unit has beside the counts of its parts."""
    questions = questions_visible_to(actor)
    return count_all(
        actor,
        asked=questions.filter(state=QuestionState.ASKED),
        answered=questions.filter(state=QuestionState.ANSWERED),
        indicators=visible_indicators(actor),
        returned_values=visible_values(actor).filter(state=ValueState.RETURNED, superseded_by=None),
        **unit_cases(actor),
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
