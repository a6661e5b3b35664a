"""Giving cases to units, with a deadline in working days."""

import datetime
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from chuangwen.kit import clock
from chuangwen.kit.calendar import add_working_days
from chuangwen.kit.errors import Invalid
from chuangwen.people.actors import Actor
from chuangwen.people.models import Unit
from chuangwen.people.permissions import Permission
from chuangwen.rectification.actions.holding import locked_case, locked_cases, required_text
from chuangwen.rectification.announcing import WITHDRAWN, announce, tell_units, units_in
from chuangwen.rectification.enums import ShareKind, Step
from chuangwen.rectification.life import Deed
from chuangwen.rectification.models import Case, Category
from chuangwen.rectification.stepping import Stride, take_step, take_steps


@dataclass(frozen=True)
class Order:
    """To whom a case goes, until when."""

    case: Case
    lead: Unit
    supporting: tuple[Unit, ...]
    due_on: datetime.date


@transaction.atomic
def dispatch_cases(
    *,
    versions: Mapping[uuid.UUID, int],
    lead: Unit | None,
    supporting: Sequence[Unit] = (),
    due_on: datetime.date | None = None,
    demand: str = "",
    by: Actor,
) -> list[Case]:
    """派遣: give filed cases to a leading unit and those that support it, all or none.

    Without `lead` each case goes to the unit that was proposed with it. Without `due_on` each gets
    the limit of its category, counted from today, else the deadline that was proposed, if it has
    not passed. `demand`: what is to be done. Raises Invalid for a unit that is no longer open, a
    deadline that has passed, and when nothing says to whom or until when.
    """
    by.require(Permission.MANAGE_CASES)
    cases = locked_cases(versions)
    limits = Category.objects.in_bulk({case.category_id for case in cases if case.category_id})
    leads = dict.fromkeys((case.pk for case in cases), lead) if lead else _proposed_leads(cases)
    today = clock.today()
    orders = [
        Order(
            case, leads[case.pk], tuple(supporting),
            _due(due_on, limits.get(case.category_id), case, today),
        )
        for case in cases
    ]  # fmt: skip
    return dispatch_held(orders=orders, demand=demand, by=by)


@transaction.atomic
def dispatch_held(*, orders: Sequence[Order], demand: str = "", by: Actor) -> list[Case]:
    """派遣 of cases that the caller's transaction has locked or made, each to its own units.

    Raises Invalid for a unit that is no longer open and a deadline that has passed.
    """
    by.require(Permission.MANAGE_CASES)
    today, said = clock.today(), demand.strip()
    units: dict[tuple[uuid.UUID, ...], dict[uuid.UUID, ShareKind]] = {}
    strides = []
    for order in orders:
        key = (order.lead.pk, *(unit.pk for unit in order.supporting))
        if key not in units:
            units[key] = units_with_kinds(order.lead, order.supporting)
        due = _not_passed(order.due_on, today)
        deed = Deed(Step.DISPATCH, today, units=units[key], due_on=due)
        words = named(order.lead, order.supporting)
        strides.append(Stride(order.case, deed, text=said, named=words))
    take_steps(strides, by=by)
    cases = [order.case for order in orders]
    announce(Step.DISPATCH, cases, by, text=said)
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
    former = units_in([locked])
    deed = Deed(Step.REASSIGN, today, units=units, due_on=due)
    take_step(locked, deed, by=by, text=why, named=named(lead, supporting))
    announce(Step.REASSIGN, [locked], by, text=why)
    gone = {unit: own for unit, own in former.items() if unit not in units}
    tell_units(WITHDRAWN, gone, by, text=why)
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


def _proposed_leads(cases: Sequence[Case]) -> dict[uuid.UUID, Unit]:
    """Return the unit that was proposed with each case. Raises Invalid where none was."""
    units = Unit.objects.in_bulk({case.proposed_lead_id for case in cases} - {None})
    leads = {
        case.pk: units[case.proposed_lead_id] for case in cases if case.proposed_lead_id in units
    }
    without = [case.number or case.title for case in cases if case.pk not in leads]
    if without:
        raise Invalid(
            f"“{'、'.join(without[:5])}”没有建议的整改单位。请填写牵头单位，或不勾选这些问题。",
            field="lead",
        )
    return leads


def _due(
    wanted: datetime.date | None, category: Category | None, case: Case, today: datetime.date
) -> datetime.date:
    if wanted is not None:
        return _not_passed(wanted, today)
    if category is not None and category.working_days is not None:
        return add_working_days(today, category.working_days)
    if case.proposed_due_on is not None and case.proposed_due_on >= today:
        return case.proposed_due_on
    name = case.number or case.title
    raise Invalid(f"“{name}”的类别没有规定整改时限。请填写时限。", field="due_on")


def _not_passed(day: datetime.date, today: datetime.date) -> datetime.date:
    if day < today:
        raise Invalid(f"整改时限“{day}”已经过去。请填写今天或以后的日期。", field="due_on")
    return day
