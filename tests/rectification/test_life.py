"""The pure life of a case: what follows what."""

import datetime
import uuid

import pytest

from chuangwen.kit.errors import IllegalTransition, Invalid
from chuangwen.rectification.enums import CaseState, ShareKind, ShareState, Step
from chuangwen.rectification.life import Deed, Life, advance, fold

DAY = datetime.date(2021, 9, 15)
DUE = datetime.date(2021, 9, 24)
LATER = datetime.date(2021, 10, 8)
A, B, C = uuid.uuid4(), uuid.uuid4(), uuid.uuid4()
GIVEN = {A: ShareKind.LEAD, B: ShareKind.SUPPORTING}


def lived(*steps: Deed | Step | tuple[Step, uuid.UUID]) -> Life:
    """Fold deeds, of which the plain ones are written as their step, with the unit if any."""
    deeds = [Deed(Step.REPORT, DAY), Deed(Step.FILE, DAY)]
    for step in steps:
        if isinstance(step, Deed):
            deeds.append(step)
        elif isinstance(step, tuple):
            deeds.append(Deed(step[0], DAY, unit=step[1]))
        else:
            deeds.append(Deed(step, DAY))
    return fold(deeds)


DISPATCH = Deed(Step.DISPATCH, DAY, units=GIVEN, due_on=DUE)
ALL_DONE = (DISPATCH, (Step.ACCEPT, A), (Step.ACCEPT, B), (Step.FINISH, A), (Step.FINISH, B))


def test_a_case_waits_to_be_checked_when_the_last_unit_has_handed_in() -> None:
    before, after = lived(*ALL_DONE[:-1]), lived(*ALL_DONE)
    assert (before.state, before.handed_in_on) == (CaseState.HANDLING, None)
    assert (after.state, after.handed_in_on) == (CaseState.SUBMITTED, DAY)


def test_closing_comes_after_the_check_only() -> None:
    with pytest.raises(IllegalTransition, match="待销号"):
        lived(*ALL_DONE, Step.CLOSE)
    closed = lived(*ALL_DONE, Step.PASS, Deed(Step.CLOSE, LATER))
    assert (closed.state, closed.closed_on, closed.handed_in_on) == (CaseState.CLOSED, LATER, DAY)


def test_the_leading_units_refusal_brings_the_case_back_to_the_office() -> None:
    life = lived(DISPATCH, (Step.ACCEPT, B), (Step.REFUSE, A))
    assert (life.state, life.lead) == (CaseState.FILED, None)
    with pytest.raises(IllegalTransition):  # nobody leads: the other cannot hand in
        advance(life, Deed(Step.FINISH, DAY, unit=B))


def test_a_supporting_units_refusal_does_not_hold_the_others_up() -> None:
    life = lived(DISPATCH, (Step.REFUSE, B), (Step.ACCEPT, A), (Step.FINISH, A))
    assert life.state == CaseState.SUBMITTED
    assert life.shares[B].state == ShareState.REFUSED


def test_reassigning_keeps_what_a_unit_that_stays_has_done() -> None:
    again = Deed(
        Step.REASSIGN, DAY, units={C: ShareKind.LEAD, B: ShareKind.SUPPORTING}, due_on=LATER
    )
    life = lived(DISPATCH, (Step.ACCEPT, B), (Step.FINISH, B), again)
    assert life.shares[B].state == ShareState.DONE
    assert life.shares[A].state == ShareState.WITHDRAWN
    assert (life.lead, life.due_on, life.state) == (C, LATER, CaseState.HANDLING)


def test_rework_is_for_the_units_named_and_counted() -> None:
    fail = Deed(Step.FAIL, DAY, units={A: ShareKind.LEAD}, due_on=LATER)
    life = lived(*ALL_DONE, fail)
    assert (life.state, life.reworks, life.due_on) == (CaseState.REWORK, 1, LATER)
    assert [life.shares[one].state for one in (A, B)] == [ShareState.REWORK, ShareState.DONE]
    assert life.handed_in_on is None
    assert advance(life, Deed(Step.FINISH, LATER, unit=A)).handed_in_on == LATER


def test_a_recalled_hand_in_is_no_hand_in() -> None:
    life = lived(*ALL_DONE, (Step.RECALL, B))
    assert (life.state, life.handed_in_on) == (CaseState.HANDLING, None)


def test_rechecking_does_not_change_the_day_of_handing_in() -> None:
    life = lived(*ALL_DONE, Step.PASS, Deed(Step.RECHECK, LATER))
    assert (life.state, life.handed_in_on) == (CaseState.SUBMITTED, DAY)


def test_a_suspended_case_stands_still() -> None:
    life = lived(DISPATCH, (Step.ACCEPT, A), Step.SUSPEND)
    assert life.suspended_on == DAY
    with pytest.raises(IllegalTransition, match="缓办"):
        advance(life, Deed(Step.FINISH, DAY, unit=A))
    resumed = advance(life, Deed(Step.RESUME, LATER, due_on=LATER))
    assert (resumed.suspended_on, resumed.due_on) == (None, LATER)
    with pytest.raises(IllegalTransition, match="没有缓办"):
        advance(resumed, Deed(Step.RESUME, LATER))


def test_an_extension_is_asked_for_and_granted_or_denied() -> None:
    asked = lived(DISPATCH, Deed(Step.ASK_EXTENSION, DAY, unit=A, due_on=LATER))
    assert (asked.due_on, asked.wanted_due_on) == (DUE, LATER)
    granted = advance(asked, Deed(Step.EXTEND, DAY, due_on=LATER))
    assert (granted.due_on, granted.wanted_due_on) == (LATER, None)
    denied = advance(asked, Deed(Step.DENY_EXTENSION, DAY))
    assert (denied.due_on, denied.wanted_due_on) == (DUE, None)
    with pytest.raises(IllegalTransition, match="没有待批"):
        advance(denied, Deed(Step.DENY_EXTENSION, DAY))
    with pytest.raises(Invalid, match="晚于"):
        lived(DISPATCH, Deed(Step.ASK_EXTENSION, DAY, unit=A, due_on=DUE))
    with pytest.raises(Invalid, match="没有参与"):
        lived(DISPATCH, Deed(Step.ASK_EXTENSION, DAY, unit=C, due_on=LATER))


def test_a_problem_that_comes_back_begins_anew_with_its_history() -> None:
    life = lived(*ALL_DONE, Step.PASS, Step.CLOSE, Step.REOPEN)
    assert (life.state, life.reopenings, life.due_on) == (CaseState.FILED, 1, None)
    again = advance(life, DISPATCH)
    assert again.shares[A].state == ShareState.ASSIGNED


@pytest.mark.parametrize(
    ("units", "words"),
    [({}, "0 个牵头"), ({A: ShareKind.LEAD, B: ShareKind.LEAD}, "2 个牵头"),
     ({A: ShareKind.SUPPORTING}, "0 个牵头")],
)  # fmt: skip
def test_one_unit_leads(units: dict[uuid.UUID, ShareKind], words: str) -> None:
    with pytest.raises(Invalid, match=words):
        lived(Deed(Step.DISPATCH, DAY, units=units, due_on=DUE))


def test_the_end_is_the_end() -> None:
    for end in (Step.CANCEL, Step.MERGE):
        life = lived(DISPATCH, Step.SUSPEND, end)
        assert life.suspended_on is None
        for step in Step:
            if step == Step.REPORT:
                continue
            with pytest.raises(IllegalTransition):
                advance(life, Deed(step, DAY, unit=A, units=GIVEN, due_on=LATER))
