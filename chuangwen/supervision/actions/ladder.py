"""The office sets the district's ladder."""

import uuid
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from django.db import transaction

from chuangwen.audit.actions import record
from chuangwen.kit.errors import Invalid, StaleEdit
from chuangwen.kit.samples import is_sampling
from chuangwen.kit.upserts import insert_missing
from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission
from chuangwen.supervision.models import Ladder, Rung
from chuangwen.supervision.queries.ladder import rungs_of
from chuangwen.supervision.reference import RUNGS, LadderPlan, RungPlan

MOST_RUNGS = 12
MOST_BEFORE, MOST_AFTER = 60, 250  # working days
MOST_A_DAY = 20


@transaction.atomic
def set_ladder(*, plan: LadderPlan, base_version: int, by: Actor) -> Ladder:
    """Replace the ladder by the one wanted; version 0 means that there was none.

    A rung keeps its identity by `id`, and with it what was climbed already. Raises Invalid naming
    the field, and StaleEdit.
    """
    by.require(Permission.MANAGE_SUPERVISION)
    rungs = _checked(plan.rungs)
    if not 1 <= plan.most_a_day <= MOST_A_DAY:
        raise Invalid(
            f"“每人每天最多提醒”的“{plan.most_a_day}”超出范围。请填 1 至 {MOST_A_DAY}。",
            field="most_a_day",
        )
    new = Ladder(in_force_from=plan.in_force_from, version=0, is_sample=is_sampling())
    insert_missing([new], ["tenant"])
    ladder = Ladder.objects.select_for_update().get()
    if ladder.version != base_version:
        raise StaleEdit("督促阶梯刚被别人改动，您的改动没有保存。请刷新页面后重新填写。")
    before = _told(rungs_of(ladder))
    for name in ("is_active", "in_force_from", "most_a_day", "quiet_from", "quiet_until"):
        setattr(ladder, name, getattr(plan, name))
    ladder.is_reference = [_kernel(one) for one in rungs] == [_kernel(one) for one in RUNGS]
    ladder.version += 1
    ladder.save()
    _write(ladder, rungs)
    record(
        by=by, verb="ladder.set", on=ladder, rungs=[before, _told(rungs)],
        is_active=plan.is_active, day=plan.in_force_from, most_a_day=plan.most_a_day,
        quiet=f"{plan.quiet_from:%H:%M}–{plan.quiet_until:%H:%M}",
    )  # fmt: skip
    return ladder


def _checked(rungs: Sequence[RungPlan]) -> list[RungPlan]:
    """Return the rungs, the lowest first. Raises Invalid."""
    if not 1 <= len(rungs) <= MOST_RUNGS:
        raise Invalid(f"阶梯有 {len(rungs)} 级。请写 1 至 {MOST_RUNGS} 级。", field="rungs")
    found = sorted(rungs, key=lambda one: one.days)
    for one in found:
        if not -MOST_BEFORE <= one.days <= MOST_AFTER:
            raise Invalid(
                f"“{one.name}”的“{one.days}”超出范围。"
                f"请填 -{MOST_BEFORE}（到期前）至 {MOST_AFTER}（超期后）之间的工作日数。",
                field="rungs",
            )
        if not one.tells:
            raise Invalid(f"“{one.name}”没有选告知谁。请至少勾选一项。", field="rungs")
    for lower, higher in pairwise(found):
        if lower.days == higher.days:
            raise Invalid(
                f"“{lower.name}”和“{higher.name}”都在第 {lower.days} 个工作日。"
                "请合并为一级，或改动其中一级的天数。",
                field="rungs",
            )
    return found


def _write(ladder: Ladder, rungs: Sequence[RungPlan]) -> None:
    known = {rung.pk: rung for rung in Rung.objects.filter(ladder=ladder)}
    kept = {one.id for one in rungs if one.id}
    Rung.objects.filter(ladder=ladder).exclude(pk__in=kept & known.keys()).update(is_active=False)
    changed = list(_changed(ladder, rungs, known))
    new = [rung for rung in changed if rung.pk not in known]
    Rung.objects.bulk_create(new)
    Rung.objects.bulk_update(
        [rung for rung in changed if rung.pk in known],
        ["days", "name", "measure", "tells", "is_active"],
    )


def _changed(
    ladder: Ladder, rungs: Sequence[RungPlan], known: Mapping[uuid.UUID, Rung]
) -> Iterator[Rung]:
    for one in rungs:
        rung = (known.get(one.id) if one.id else None) or Rung(ladder=ladder)
        rung.days, rung.name, rung.measure = one.days, one.name.strip(), one.measure
        rung.tells, rung.is_active = [each.value for each in one.tells], True
        yield rung


def _kernel(one: RungPlan) -> tuple[object, ...]:
    return one.days, one.name, one.measure, set(one.tells)


def _told(rungs: Sequence[RungPlan | Rung]) -> str:
    return "；".join(f"{one.days:+d} {one.name}" for one in rungs)
