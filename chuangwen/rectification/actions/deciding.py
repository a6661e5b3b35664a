"""Whether a problem becomes a numbered case, and what ends one without 销号."""

import uuid
from collections.abc import Mapping

from django.db import transaction

from chuangwen.kit import clock
from chuangwen.kit.errors import Invalid
from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission
from chuangwen.rectification.actions.holding import locked_case, locked_cases, required_text
from chuangwen.rectification.announcing import announce, units_in
from chuangwen.rectification.enums import Step
from chuangwen.rectification.life import Deed
from chuangwen.rectification.models import Case
from chuangwen.rectification.numbering import give_numbers
from chuangwen.rectification.stepping import Stride, take_step, take_steps
from chuangwen.search.actions import keep_found


@transaction.atomic
def file_cases(*, versions: Mapping[uuid.UUID, int], by: Actor) -> list[Case]:
    """立案: accept problems as cases and number them, all or none; they now wait for 派遣."""
    by.require(Permission.MANAGE_CASES)
    return file_held(cases=locked_cases(versions), by=by)


@transaction.atomic
def file_held(*, cases: list[Case], by: Actor) -> list[Case]:
    """立案 of cases that the caller's transaction has locked or made, however many."""
    by.require(Permission.MANAGE_CASES)
    today = clock.today()
    give_numbers(cases, today.year)
    take_steps([Stride(case, Deed(Step.FILE, today)) for case in cases], by=by)
    keep_found(cases)  # by their numbers as well
    return cases


@transaction.atomic
def decline_cases(*, versions: Mapping[uuid.UUID, int], reason: str, by: Actor) -> list[Case]:
    """不予立案, with the reason that whoever reported it will read."""
    by.require(Permission.MANAGE_CASES)
    return _all(versions, Step.DECLINE, required_text(reason, "不予立案的原因", "reason"), by)


@transaction.atomic
def cancel_cases(*, versions: Mapping[uuid.UUID, int], reason: str, by: Actor) -> list[Case]:
    """作废: what was entered by mistake. Its number is not given again."""
    by.require(Permission.MANAGE_CASES)
    return _all(versions, Step.CANCEL, required_text(reason, "作废的原因", "reason"), by)


@transaction.atomic
def reconsider_case(*, case: Case, base_version: int, reason: str, by: Actor) -> Case:
    """Take up again what was declined."""
    by.require(Permission.MANAGE_CASES)
    why = required_text(reason, "重新受理的原因", "reason")
    locked = locked_case(case, base_version)
    take_step(locked, Deed(Step.RECONSIDER, clock.today()), by=by, text=why)
    return locked


@transaction.atomic
def merge_cases(*, keep: Case, versions: Mapping[uuid.UUID, int], reason: str, by: Actor) -> Case:
    """并案: the others end and point to `keep`, which goes on; `versions` holds all of them.

    Raises Invalid when `keep` is not among them or is alone.
    """
    by.require(Permission.MANAGE_CASES)
    why = required_text(reason, "为什么是同一个问题", "reason")
    if keep.pk not in versions or len(versions) < 2:
        raise Invalid("请勾选至少两个问题，并选定其中保留的一个。", field="keep")
    cases = {case.pk: case for case in locked_cases(versions)}
    kept = cases.pop(keep.pk)
    today = clock.today()
    for other in cases.values():
        other.merged_into = kept
    strides = [
        Stride(other, Deed(Step.MERGE, today), text=why, other=kept) for other in cases.values()
    ]
    numbers = "、".join(other.number or other.title for other in cases.values())
    strides.append(Stride(kept, Deed(Step.TAKE_IN, today), text=f"并入：{numbers}。{why}"))
    units = units_in(cases.values())
    take_steps(strides, by=by)
    into = f"并入：{kept}。{why}"
    announce(Step.MERGE, list(cases.values()), by, text=into, units=units)
    return kept


def _all(versions: Mapping[uuid.UUID, int], step: Step, reason: str, by: Actor) -> list[Case]:
    cases = locked_cases(versions)
    deed = Deed(step, clock.today())
    take_steps([Stride(case, deed, text=reason) for case in cases], by=by)
    announce(step, cases, by, text=reason)
    return cases
