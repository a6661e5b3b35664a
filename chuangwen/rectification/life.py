"""The life of a case as a pure function: its events, one after the other, make its state.

No row and no clock: a deed carries the day it was done and the deadline it sets, so that folding
the stored events again, in any year and under any calendar, gives what the columns say.
"""

import datetime
import uuid
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from chuangwen.kit.errors import IllegalTransition, Invalid
from chuangwen.rectification.enums import CaseState, ShareKind, ShareState, Step
from chuangwen.rectification.workflow import CASE, SHARE, WITH_UNITS

Units = Mapping[uuid.UUID, ShareKind]
GONE = (ShareState.REFUSED, ShareState.WITHDRAWN)
WHILE_SUSPENDED = (Step.RESUME, Step.CANCEL, Step.MERGE, Step.TAKE_IN, Step.HAND_OVER)
# How far a share is, least first: who takes one over has as much to do as was left.
ON_THE_WAY = (ShareState.ASSIGNED, ShareState.REWORK, ShareState.ACCEPTED, ShareState.DONE)


@dataclass(frozen=True)
class Share:
    """One unit's share of a case."""

    kind: ShareKind
    state: ShareState = ShareState.ASSIGNED


@dataclass(frozen=True)
class Life:
    """What the events so far amount to. `wanted_due_on`: an extension not yet decided on."""

    state: CaseState
    due_on: datetime.date | None = None
    shares: Mapping[uuid.UUID, Share] = field(default_factory=dict)
    suspended_on: datetime.date | None = None
    wanted_due_on: datetime.date | None = None
    handed_in_on: datetime.date | None = None
    closed_on: datetime.date | None = None
    reworks: int = 0
    reopenings: int = 0

    @property
    def live(self) -> dict[uuid.UUID, Share]:
        """The shares of units that still have to do with the case."""
        return {unit: share for unit, share in self.shares.items() if share.state not in GONE}

    @property
    def lead(self) -> uuid.UUID | None:
        """The unit that leads, while one does."""
        leads = (unit for unit, share in self.live.items() if share.kind == ShareKind.LEAD)
        return next(leads, None)


@dataclass(frozen=True)
class Deed:
    """One step as it was done. `unit`: whose share it is about; `units`: to whom a case is given,
    or who has to do it again; `due_on`: the deadline that holds from now on, or is asked for."""

    step: Step
    day: datetime.date
    unit: uuid.UUID | None = None
    units: Units = field(default_factory=dict)
    due_on: datetime.date | None = None


def fold(deeds: Iterable[Deed]) -> Life:
    """Return what a case is after all its deeds, of which the first reports it."""
    rest = iter(deeds)
    first = next(rest)
    if first.step != Step.REPORT:
        raise ValueError("the first event of a case reports it")
    life = Life(CaseState.REPORTED)
    for deed in rest:
        life = advance(life, deed)
    return life


def advance(life: Life, deed: Deed) -> Life:
    """Return the case after one more deed. Raises IllegalTransition, and Invalid for its facts."""
    target = CASE.check(deed.step.value, life.state)
    if life.suspended_on and deed.step not in WHILE_SUSPENDED:
        raise IllegalTransition(
            f"该问题自 {life.suspended_on} 起缓办，不能{deed.step.label}。请先恢复办理。"
        )
    after = _RULES.get(deed.step, _move)(life, deed, target)
    return after if after.state == life.state else _dated(after, deed)


def _dated(life: Life, deed: Deed) -> Life:
    """Handed in is the day on which the last unit did so, until it is sent back to one."""
    handed_in_on, closed_on = life.handed_in_on, None
    if life.state == CaseState.SUBMITTED and deed.step != Step.RECHECK:
        handed_in_on = deed.day
    elif life.state in (CaseState.FILED, *WITH_UNITS):
        handed_in_on = None
    elif life.state == CaseState.CLOSED:
        closed_on = deed.day
    return replace(life, handed_in_on=handed_in_on, closed_on=closed_on)


def _move(life: Life, deed: Deed, target: CaseState) -> Life:
    return replace(life, state=target)


def _end(life: Life, deed: Deed, target: CaseState) -> Life:
    return replace(life, state=target, suspended_on=None, wanted_due_on=None)


def _give(life: Life, deed: Deed, target: CaseState) -> Life:
    """Units named again go on where they were; those no longer named are out of it."""
    leads = [unit for unit, kind in deed.units.items() if kind == ShareKind.LEAD]
    if len(leads) != 1:
        raise Invalid(f"选了 {len(leads)} 个牵头整改单位。请选择一个。", field="lead")
    if deed.due_on is None:
        raise Invalid("没有整改时限。请填写时限。", field="due_on")
    live = life.live
    shares = {
        unit: replace(share, state=ShareState.WITHDRAWN) if unit in live else share
        for unit, share in life.shares.items()
    }
    for unit, kind in deed.units.items():
        shares[unit] = replace(live[unit], kind=kind) if unit in live else Share(kind)
    given = replace(life, shares=shares, due_on=deed.due_on, wanted_due_on=None)
    return replace(given, state=_stage(given))


def _share_step(life: Life, deed: Deed, target: CaseState) -> Life:
    if deed.unit is None or (share := life.shares.get(deed.unit)) is None:
        raise Invalid("该单位没有参与这个问题的整改。请核对单位。", field="unit")
    state = SHARE.check(deed.step.value, share.state)
    after = replace(life, shares={**life.shares, deed.unit: replace(share, state=state)})
    if deed.step == Step.REFUSE and share.kind == ShareKind.LEAD:
        return replace(after, state=target, wanted_due_on=None)
    stage = _stage(after)
    wanted = None if stage == CaseState.SUBMITTED else life.wanted_due_on
    return replace(after, state=stage, wanted_due_on=wanted)


def _fail(life: Life, deed: Deed, target: CaseState) -> Life:
    if deed.due_on is None:
        raise Invalid("没有返工时限。请填写时限。", field="due_on")
    again = [unit for unit in deed.units if unit in life.live]
    if not again:
        raise Invalid("没有选择要返工的单位。请至少选择一个参与整改的单位。", field="units")
    shares = dict(life.shares)
    for unit in again:
        state = SHARE.check("fail", shares[unit].state)
        shares[unit] = replace(shares[unit], state=state)
    return replace(life, state=target, shares=shares, due_on=deed.due_on, reworks=life.reworks + 1)


def _reopen(life: Life, deed: Deed, target: CaseState) -> Life:
    shares = {
        unit: replace(share, state=ShareState.WITHDRAWN) for unit, share in life.shares.items()
    }
    return replace(life, state=target, shares=shares, due_on=None, reopenings=life.reopenings + 1)


def _hand_over(life: Life, deed: Deed, target: CaseState) -> Life:
    """The unit that is kept at a merger goes on with the other's share, and leads where it led."""
    live = life.live
    if deed.unit is None or (former := live.get(deed.unit)) is None or len(deed.units) != 1:
        raise Invalid("该单位没有参与整改，或没有写明移交给谁。请核对单位。", field="unit")
    (keep,) = deed.units
    both = [share for share in (former, live.get(keep)) if share is not None]
    leads = any(share.kind == ShareKind.LEAD for share in both)
    kept = Share(
        kind=ShareKind.LEAD if leads else ShareKind.SUPPORTING,
        state=min((share.state for share in both), key=ON_THE_WAY.index),
    )
    gone = replace(former, state=ShareState.WITHDRAWN)
    after = replace(life, shares={**life.shares, deed.unit: gone, keep: kept})
    return replace(after, state=_stage(after)) if life.state in WITH_UNITS else after


def _ask(life: Life, deed: Deed, target: CaseState) -> Life:
    if deed.unit not in life.live:
        raise Invalid("该单位没有参与这个问题的整改。请核对单位。", field="unit")
    if deed.due_on is None or (life.due_on and deed.due_on <= life.due_on):
        raise Invalid(f"申请的时限应晚于现在的时限 {life.due_on}。请重新填写。", field="due_on")
    return replace(life, wanted_due_on=deed.due_on)


def _extend(life: Life, deed: Deed, target: CaseState) -> Life:
    if deed.due_on is None or (life.due_on and deed.due_on <= life.due_on):
        raise Invalid(f"延期后的时限应晚于现在的时限 {life.due_on}。请重新填写。", field="due_on")
    return replace(life, due_on=deed.due_on, wanted_due_on=None)


def _deny(life: Life, deed: Deed, target: CaseState) -> Life:
    if life.wanted_due_on is None:
        raise IllegalTransition("没有待批的延期申请，可能已有人批过。请刷新页面查看。")
    return replace(life, wanted_due_on=None)


def _suspend(life: Life, deed: Deed, target: CaseState) -> Life:
    return replace(life, suspended_on=deed.day, wanted_due_on=None)


def _resume(life: Life, deed: Deed, target: CaseState) -> Life:
    if life.suspended_on is None:
        raise IllegalTransition("该问题没有缓办，可能已有人恢复。请刷新页面查看。")
    return replace(life, suspended_on=None, due_on=deed.due_on or life.due_on)


def _stage(life: Life) -> CaseState:
    """Where a case with units is, by how far they are."""
    states = {share.state for share in life.live.values()}
    if states == {ShareState.DONE}:
        return CaseState.SUBMITTED
    if ShareState.REWORK in states:
        return CaseState.REWORK
    if states & {ShareState.ACCEPTED, ShareState.DONE}:
        return CaseState.HANDLING
    return CaseState.DISPATCHED


_RULES: dict[Step, Callable[[Life, Deed, CaseState], Life]] = {
    Step.DISPATCH: _give,
    Step.REASSIGN: _give,
    Step.ACCEPT: _share_step,
    Step.REFUSE: _share_step,
    Step.FINISH: _share_step,
    Step.RECALL: _share_step,
    Step.FAIL: _fail,
    Step.HAND_OVER: _hand_over,
    Step.REOPEN: _reopen,
    Step.ASK_EXTENSION: _ask,
    Step.EXTEND: _extend,
    Step.DENY_EXTENSION: _deny,
    Step.SUSPEND: _suspend,
    Step.RESUME: _resume,
    Step.CANCEL: _end,
    Step.MERGE: _end,
}
