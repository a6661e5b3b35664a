"""Matters of 问责: proposed, decided, appealed, carried out. Recorded as others decided them."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from chuangwen.audit.actions import record
from chuangwen.kit import clock
from chuangwen.kit.errors import Invalid, NotFound, StaleEdit
from chuangwen.people.actors import Actor
from chuangwen.people.models import Unit
from chuangwen.people.permissions import Permission
from chuangwen.rectification.models import Case
from chuangwen.supervision.enums import AccountabilityState, AccountabilityStep
from chuangwen.supervision.models import (
    Accountability,
    AccountabilityBasis,
    AccountabilityEvent,
    SupervisionNotice,
)
from chuangwen.supervision.stepping import required
from chuangwen.supervision.workflow import ACCOUNTABILITY

# All begin with what `people.queries.log.CLOSED` keeps from other readers of the log.
VERBS = {
    AccountabilityStep.DECIDE: "accountability.decided",
    AccountabilityStep.DROP: "accountability.dropped",
    AccountabilityStep.APPEAL: "accountability.appealed",
    AccountabilityStep.UPHOLD: "accountability.upheld",
    AccountabilityStep.CHANGE: "accountability.changed",
    AccountabilityStep.REVOKE: "accountability.revoked",
    AccountabilityStep.CARRY_OUT: "accountability.carried_out",
}
HANDLE = Permission.HANDLE_ACCOUNTABILITY


@dataclass(frozen=True)
class Proposal:
    """Who is to answer for what, on which clause, and what is proposed."""

    unit: Unit
    ground: str
    facts: str
    proposal: str
    person: str = ""
    cases: Sequence[Case] = ()
    notices: Sequence[SupervisionNotice] = ()


@dataclass(frozen=True)
class Decision:
    """What was decided, by which organ, on which day."""

    decided_by: str
    decided_on: datetime.date
    text: str


@transaction.atomic
def propose_accountability(*, proposal: Proposal, by: Actor) -> Accountability:
    """提出建议. Raises Invalid naming the field."""
    by.require(HANDLE)
    matter = Accountability(
        unit=proposal.unit,
        person=proposal.person.strip(),
        ground=required(proposal.ground, "依据的条款", "ground"),
        facts=required(proposal.facts, "事实", "facts"),
        proposal=required(proposal.proposal, "建议怎样问责", "proposal"),
    )
    matter.save(force_insert=True)
    AccountabilityBasis.objects.bulk_create(
        [AccountabilityBasis(matter=matter, case=case) for case in proposal.cases]
        + [AccountabilityBasis(matter=matter, notice=notice) for notice in proposal.notices]
    )
    _event(matter, AccountabilityStep.PROPOSE, matter.proposal, by)
    record(by=by, verb="accountability.proposed", on=matter, reason=matter.proposal)
    return matter


@transaction.atomic
def decide_accountability(
    *, matter: Accountability, base_version: int, decision: Decision, by: Actor
) -> Accountability:
    """作出决定."""
    by.require(HANDLE)
    return _decided(matter, base_version, AccountabilityStep.DECIDE, decision, by)


@transaction.atomic
def drop_accountability(
    *, matter: Accountability, base_version: int, reason: str, by: Actor
) -> Accountability:
    """不予问责, with the reason."""
    by.require(HANDLE)
    why = required(reason, "不予问责的原因", "reason")
    return _take(_locked(matter, base_version), AccountabilityStep.DROP, why, by)


@transaction.atomic
def appeal_accountability(
    *, matter: Accountability, base_version: int, reason: str, by: Actor
) -> Accountability:
    """提出申诉: what is said against the decision."""
    by.require(HANDLE)
    why = required(reason, "申诉的理由", "reason")
    return _take(_locked(matter, base_version), AccountabilityStep.APPEAL, why, by)


@transaction.atomic
def uphold_accountability(
    *, matter: Accountability, base_version: int, reason: str, by: Actor
) -> Accountability:
    """维持原决定."""
    by.require(HANDLE)
    why = required(reason, "维持的理由", "reason")
    return _take(_locked(matter, base_version), AccountabilityStep.UPHOLD, why, by)


@transaction.atomic
def change_accountability(
    *, matter: Accountability, base_version: int, decision: Decision, by: Actor
) -> Accountability:
    """变更决定: the new one holds; the former stays in the course."""
    by.require(HANDLE)
    return _decided(matter, base_version, AccountabilityStep.CHANGE, decision, by)


@transaction.atomic
def revoke_accountability(
    *, matter: Accountability, base_version: int, reason: str, by: Actor
) -> Accountability:
    """撤销决定."""
    by.require(HANDLE)
    why = required(reason, "撤销的理由", "reason")
    return _take(_locked(matter, base_version), AccountabilityStep.REVOKE, why, by)


@transaction.atomic
def carry_out_accountability(
    *, matter: Accountability, base_version: int, effect: str, by: Actor
) -> Accountability:
    """执行: what it led to."""
    by.require(HANDLE)
    said = required(effect, "执行的结果，如取消称号的文件和日期", "effect")
    locked = _locked(matter, base_version)
    locked.effect = said
    return _take(locked, AccountabilityStep.CARRY_OUT, said, by, {"effect": said})


def _decided(
    matter: Accountability,
    base_version: int,
    step: AccountabilityStep,
    decision: Decision,
    by: Actor,
) -> Accountability:
    text = required(decision.text, "决定的内容", "text")
    organ = required(decision.decided_by, "作出决定的机关", "decided_by")
    if decision.decided_on > clock.today():
        raise Invalid(f"决定日期“{decision.decided_on}”还没有到。请核对。", field="decided_on")
    locked = _locked(matter, base_version)
    columns = {"decision": text, "decided_by": organ, "decided_on": decision.decided_on}
    for name, value in columns.items():
        setattr(locked, name, value)
    return _take(locked, step, f"{organ}，{decision.decided_on}：{text}", by, columns)


def _locked(matter: Accountability, base_version: int) -> Accountability:
    rows = Accountability.objects.select_for_update(of=("self",)).select_related("unit")
    locked = rows.filter(pk=matter.pk).first()
    if locked is None:
        raise NotFound("没有找到您要的内容。可能已被删除，或不属于您的单位。")
    if locked.version != base_version:
        raise StaleEdit("这个事项在您打开之后已有人办理。请重新打开，核对后再办。")
    return locked


def _take(
    matter: Accountability,
    step: AccountabilityStep,
    text: str,
    by: Actor,
    columns: Mapping[str, Any] | None = None,
) -> Accountability:
    before = AccountabilityState(matter.state)
    matter.state = ACCOUNTABILITY.check(step.value, before)
    matter.version += 1
    matter.save(update_fields=["state", "version", *(columns or {})])
    _event(matter, step, text, by)
    record(by=by, verb=VERBS[step], on=matter, state=[before, matter.state], reason=text)
    return matter


def _event(matter: Accountability, step: AccountabilityStep, text: str, by: Actor) -> None:
    AccountabilityEvent.objects.create(
        matter=matter, step=step, day=clock.today(), text=text, account_id=by.account_id
    )
