"""The one way in which cases move: every step is an event, and the columns follow the events."""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from chuangwen.audit.actions import Entry, record_all
from chuangwen.people.actors import Actor
from chuangwen.rectification.enums import CaseState, ShareKind, ShareState, Step
from chuangwen.rectification.life import Deed, Life, Share, advance
from chuangwen.rectification.models import Case, CaseEvent, CaseShare, EventUnit

# Columns that follow the events, by their names in `Life`.
FOLLOWING = (
    "state", "due_on", "wanted_due_on", "suspended_on", "handed_in_on", "closed_on",
    "reworks", "reopenings",
)  # fmt: skip
WRITTEN = (
    *FOLLOWING, "lead_id", "events_count", "version", "year", "serial", "number", "merged_into_id",
)  # fmt: skip
VERBS = {
    Step.REPORT: "case.reported",
    Step.FILE: "case.filed",
    Step.DECLINE: "case.declined",
    Step.RECONSIDER: "case.reconsidered",
    Step.DISPATCH: "case.dispatched",
    Step.REASSIGN: "case.reassigned",
    Step.ACCEPT: "case.accepted",
    Step.REFUSE: "case.refused",
    Step.FINISH: "case.finished",
    Step.RECALL: "case.recalled",
    Step.PASS: "case.passed",
    Step.FAIL: "case.failed",
    Step.RECHECK: "case.sent_back_to_check",
    Step.CLOSE: "case.closed",
    Step.REOPEN: "case.reopened",
    Step.ASK_EXTENSION: "case.extension_asked",
    Step.EXTEND: "case.extended",
    Step.DENY_EXTENSION: "case.extension_denied",
    Step.SUSPEND: "case.suspended",
    Step.RESUME: "case.resumed",
    Step.CANCEL: "case.cancelled",
    Step.MERGE: "case.merged",
    Step.TAKE_IN: "case.took_in",
    Step.HAND_OVER: "case.handed_over",
}
BATCH = 500


@dataclass(frozen=True)
class Stride:
    """A locked case and what is done to it. `other`: the case that it goes into or takes in;
    `named`: the units of the deed in words, for the log."""

    case: Case
    deed: Deed
    text: str = ""
    named: str = ""
    other: Case | None = None
    is_new: bool = False


def take_step(case: Case, deed: Deed, *, by: Actor, text: str = "", named: str = "") -> CaseEvent:
    """Move one locked case. Raises IllegalTransition and Invalid."""
    return take_steps([Stride(case, deed, text, named)], by=by)[0]


def take_steps(strides: Sequence[Stride], *, by: Actor) -> list[CaseEvent]:
    """Move locked cases, each once, all or none, in nine statements however many there are.

    Call it inside the action's transaction. What the action itself sets on a case (its number, the
    one it is merged into) is written too. Raises IllegalTransition and Invalid.
    """
    events, entries = step_silently(strides, by=by)
    record_all(by=by, entries=entries)
    return events


def step_silently(strides: Sequence[Stride], *, by: Actor) -> tuple[list[CaseEvent], list[Entry]]:
    """Do the same, and leave it to the caller to record the entries in the log."""
    lives = lives_of([stride.case for stride in strides if not stride.is_new])
    events, units, shares, entries = [], [], [], []
    for stride in strides:
        case, deed = stride.case, stride.deed
        before = lives.get(case.pk, Life(CaseState.REPORTED))
        after = before if stride.is_new else advance(before, deed)
        entries.append(Entry(VERBS[deed.step], case, _told(before, after, stride)))
        shares += _changed(case, before, after)
        event = _event(stride, by)
        events.append(event)
        units += [EventUnit(event=event, unit_id=unit, kind=k) for unit, k in deed.units.items()]
        _follow(case, after, is_new=stride.is_new)
    cases = [stride.case for stride in strides]
    columns = [name.removesuffix("_id") for name in WRITTEN]
    if len(cases) == 1:  # the usual one: without a choice between cases in each column
        cases[0].save(update_fields=columns)
    else:
        Case.objects.bulk_update(cases, columns, BATCH)
    CaseEvent.objects.bulk_create(events, BATCH)
    EventUnit.objects.bulk_create(units, BATCH)
    CaseShare.objects.bulk_create(
        shares,
        BATCH,
        update_conflicts=True,
        unique_fields=["case", "unit"],
        update_fields=["kind", "state"],
    )
    return events, entries


def lives_of(cases: Sequence[Case]) -> dict[uuid.UUID, Life]:
    """Return what the columns of cases say of them. One query."""
    shares: dict[uuid.UUID, dict[uuid.UUID, Share]] = defaultdict(dict)
    for row in CaseShare.objects.filter(case__in=[case.pk for case in cases]).order_by():
        shares[row.case_id][row.unit_id] = Share(ShareKind(row.kind), ShareState(row.state))
    return {case.pk: life_of(case, shares[case.pk]) for case in cases}


def life_of(case: Case, shares: dict[uuid.UUID, Share]) -> Life:
    """Return what the columns of one case say of it."""
    columns = {name: getattr(case, name) for name in FOLLOWING}
    return Life(**(columns | {"state": CaseState(case.state), "shares": shares}))


def _follow(case: Case, life: Life, *, is_new: bool) -> None:
    for name in FOLLOWING:
        setattr(case, name, getattr(life, name))
    case.lead_id = life.lead or (None if case.state in NEVER_LED else case.lead_id)
    case.events_count += 1
    case.version += 0 if is_new else 1


def _event(stride: Stride, by: Actor) -> CaseEvent:
    deed = stride.deed
    return CaseEvent(
        case=stride.case,
        sequence=stride.case.events_count + 1,
        step=deed.step,
        day=deed.day,
        unit_id=deed.unit,
        due_on=deed.due_on,
        text=stride.text,
        other=stride.other,
        account_id=by.account_id,
    )


def _changed(case: Case, before: Life, after: Life) -> list[CaseShare]:
    return [
        CaseShare(case=case, unit_id=unit, kind=share.kind, state=share.state)
        for unit, share in after.shares.items()
        if before.shares.get(unit) != share
    ]


def _told(before: Life, after: Life, stride: Stride) -> dict[str, object]:
    """What the audit says: the columns that changed, the unit and the words."""
    changes: dict[str, object] = {
        name: [getattr(before, name), getattr(after, name)]
        for name in FOLLOWING
        if getattr(before, name) != getattr(after, name)
    }
    if stride.named:
        changes["units"] = stride.named
    if stride.other is not None:
        changes["other"] = str(stride.other)
    if stride.text:
        changes["reason"] = stride.text
    return changes


NEVER_LED = (CaseState.REPORTED, CaseState.DECLINED, CaseState.FILED)
