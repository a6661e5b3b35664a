"""Giving cases to units, with a deadline in working days."""

import datetime
import uuid
from collections.abc import Mapping, Sequence

from django.db import transaction

from chuangwen.kit import clock
from chuangwen.kit.calendar import add_working_days
from chuangwen.kit.errors import Invalid
from chuangwen.people.actors import Actor
from chuangwen.people.models import Unit
from chuangwen.people.permissions import Permission
from chuangwen.rectification.actions.holding import locked_case, locked_cases, required_text
from chuangwen.rectification.enums import ShareKind, Step
from chuangwen.rectification.life import Deed
from chuangwen.rectification.models import Case, Category
from chuangwen.rectification.stepping import Stride, take_step, take_steps


@transaction.atomic
def dispatch_cases(
    *,
    versions: Mapping[uuid.UUID, int],
    lead: Unit,
    supporting: Sequence[Unit] = (),
    due_on: datetime.date | None = None,
    demand: str = "",
    by: Actor,
) -> list[Case]:
    """派遣: give filed cases to a leading unit and those that support it, all or none.

    Without `due_on` each case gets the limit of its category, counted from today. `demand`: what
    is to be done. Raises Invalid for a unit that is no longer open, a deadline that has passed,
    and when a category has no limit and none is given.
    """
    by.require(Permission.MANAGE_CASES)
    units = units_with_kinds(lead, supporting)
    cases = locked_cases(versions)
    limits = Category.objects.in_bulk({case.category_id for case in cases if case.category_id})
    today = clock.today()
    strides = [
        Stride(
            case,
            Deed(
                Step.DISPATCH,
                today,
                units=units,
                due_on=_due(due_on, limits.get(case.category_id), case, today),
            ),
            text=demand.strip(),
            named=named(lead, supporting),
        )
        for case in cases
    ]
    take_steps(strides, by=by)
    return cases


@transaction.atomic
def reassign_case(
    *,
    case: Case,
    base_version: int,
    lead: Unit,
    supporting: Sequence[Unit] = (),
    due_on: datetime.date | None = None,
    reason: str,
    by: Actor,
) -> Case:
    """改派: other units, or others beside them; the deadline stays unless a new one is given."""
    by.require(Permission.MANAGE_CASES)
    why = required_text(reason, "改派的原因", "reason")
    units = units_with_kinds(lead, supporting)
    locked = locked_case(case, base_version)
    today = clock.today()
    due = locked.due_on if due_on is None else _not_passed(due_on, today)
    deed = Deed(Step.REASSIGN, today, units=units, due_on=due)
    take_step(locked, deed, by=by, text=why, named=named(lead, supporting))
    return locked


def units_with_kinds(lead: Unit, supporting: Sequence[Unit]) -> dict[uuid.UUID, ShareKind]:
    """Return who is what. Raises Invalid for a unit named twice or no longer open."""
    today = clock.today()
    units = {lead.pk: ShareKind.LEAD}
    for unit in (lead, *supporting):
        if not unit.is_open(today):
            raise Invalid(f"“{unit.name}”不是在用单位。请另选一个。", field="units")
        if unit is not lead and units.setdefault(unit.pk, ShareKind.SUPPORTING) == ShareKind.LEAD:
            raise Invalid(f"“{unit.name}”既选作牵头又选作配合。请去掉一处。", field="supporting")
    return units


def named(lead: Unit, supporting: Sequence[Unit]) -> str:
    """Return the units in words, for the log."""
    others = "、".join(unit.name for unit in supporting)
    return f"牵头：{lead.name}" + (f"；配合：{others}" if others else "")


def _due(
    wanted: datetime.date | None, category: Category | None, case: Case, today: datetime.date
) -> datetime.date:
    if wanted is not None:
        return _not_passed(wanted, today)
    if category is None or category.working_days is None:
        name = case.number or case.title
        raise Invalid(f"“{name}”的类别没有规定整改时限。请填写时限。", field="due_on")
    return add_working_days(today, category.working_days)


def _not_passed(day: datetime.date, today: datetime.date) -> datetime.date:
    if day < today:
        raise Invalid(f"整改时限“{day}”已经过去。请填写今天或以后的日期。", field="due_on")
    return day
