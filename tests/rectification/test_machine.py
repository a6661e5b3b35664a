"""Any steps by anyone in any order: nothing illegal, nothing lost, and the columns say what the
events amount to. `CHUANGWEN_STEPS=20000` for the long run."""

import datetime
import os
from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, settings, strategies
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from chuangwen.audit.queries import verify
from chuangwen.kit.errors import IllegalTransition, Invalid, NotPermitted, StaleEdit
from chuangwen.rectification.actions import checking, deadlines, deciding, dispatching, handling
from chuangwen.rectification.actions.opening import report_case
from chuangwen.rectification.enums import CaseState as S
from chuangwen.rectification.folding import folded
from chuangwen.rectification.models import Case, CaseEvent
from chuangwen.rectification.stepping import lives_of
from tests.rectification.cast import Cast

DAY = datetime.date(2021, 9, 15)
STEPS = int(os.environ.get("CHUANGWEN_STEPS", "2000"))
EACH = 50
# Written by hand, not taken from the table under test: where a case may go from where.
NEXT = {
    S.REPORTED: {S.FILED, S.DECLINED, S.CANCELLED},
    S.DECLINED: {S.REPORTED},
    S.FILED: {S.DISPATCHED, S.HANDLING, S.REWORK, S.SUBMITTED, S.CANCELLED},
    S.DISPATCHED: {S.HANDLING, S.FILED, S.CANCELLED},
    S.HANDLING: {S.SUBMITTED, S.FILED, S.DISPATCHED, S.CANCELLED},
    S.REWORK: {S.SUBMITTED, S.FILED, S.HANDLING, S.DISPATCHED, S.CANCELLED},
    S.SUBMITTED: {S.VERIFIED, S.REWORK, S.HANDLING, S.CANCELLED},
    S.VERIFIED: {S.CLOSED, S.SUBMITTED, S.CANCELLED},
    S.CLOSED: {S.FILED},
    S.CANCELLED: set(),
}
ONWARDS = {
    S.REPORTED: ["file", "file", "decline"],
    S.DECLINED: ["reconsider"],
    S.FILED: ["dispatch", "resume"],
    S.DISPATCHED: ["accept", "resume"],
    S.HANDLING: ["accept", "finish", "resume"],
    S.REWORK: ["accept", "finish", "resume"],
    S.SUBMITTED: ["pass", "pass", "fail"],
    S.VERIFIED: ["close"],
    S.CLOSED: ["reopen"],
}
MOVES_DEADLINES = {"dispatch", "reassign", "fail", "extend", "resume", "reopen"}


def _deeds(
    cast: Cast, case: Case, version: int, first: int, days: int
) -> dict[str, Callable[[], Any]]:
    """Every step, by the person whose step it is; `first` says which unit leads or acts."""
    one = {"case": case, "base_version": version}
    many = {"versions": {case.pk: version}}
    unit, other = cast.units[first], cast.units[1 - first]
    own = {"unit": unit, "by": cast.clerks[first]}
    day = DAY + datetime.timedelta(days=days)
    office, checker = {"by": cast.office}, {"by": cast.inspector}
    return {
        "file": lambda: deciding.file_cases(**many, **office),
        "decline": lambda: deciding.decline_cases(**many, reason="不属实", **office),
        "reconsider": lambda: deciding.reconsider_case(**one, reason="属实", **office),
        "cancel": lambda: deciding.cancel_cases(**many, reason="登记有误", **office),
        "dispatch": lambda: dispatching.dispatch_cases(
            **many, lead=unit, supporting=[other], **office),
        "reassign": lambda: dispatching.reassign_case(
            **one, lead=unit, due_on=day, reason="分工", **office),
        "accept": lambda: handling.accept_case(**one, **own),
        "refuse": lambda: handling.refuse_case(**one, reason="不是本单位", **own),
        "finish": lambda: handling.finish_case(**one, text="已更换", **own),
        "recall": lambda: handling.recall_case(**one, reason="又坏了", **own),
        "pass": lambda: checking.pass_case(**one, text="已更换", **checker),
        "fail": lambda: checking.fail_case(**one, due_on=day, text="没换", **checker),
        "recheck": lambda: checking.recheck_case(**one, reason="照片不清", **office),
        "close": lambda: checking.close_case(**one, **office),
        "reopen": lambda: checking.reopen_case(**one, reason="又坏了", **office),
        "ask": lambda: deadlines.ask_extension(**one, due_on=day, reason="缺料", **own),
        "extend": lambda: deadlines.extend_case(**one, due_on=day, **office),
        "deny": lambda: deadlines.deny_extension(**one, reason="够用", **office),
        "suspend": lambda: deadlines.suspend_case(**one, reason="汛期", **office),
        "resume": lambda: deadlines.resume_case(**one, **office),
        "check_by_handler": lambda: checking.pass_case(**one, text="好了", by=cast.clerks[first]),
    }  # fmt: skip


NAMES = [
    "file", "decline", "reconsider", "cancel", "dispatch", "reassign", "accept", "refuse", "finish",
    "recall", "pass", "fail", "recheck", "close", "reopen", "ask", "extend", "deny", "suspend",
    "resume", "check_by_handler",
]  # fmt: skip


def machine(cast: Cast, reached: set[S]) -> type[RuleBasedStateMachine]:
    class CaseLife(RuleBasedStateMachine):
        @initialize()
        def report(self) -> None:
            self.case = report_case(seen=cast.seen, by=cast.office)
            reached.add(S.REPORTED)

        @rule(data=strategies.data(), first=strategies.integers(0, 1))
        def go_on(self, data: strategies.DataObject, first: int) -> None:
            """What leads on; or few lives would get as far as 销号."""
            state = S(Case.objects.get(pk=self.case.pk).state)
            if state in ONWARDS:
                self.step(data.draw(strategies.sampled_from(ONWARDS[state])), first, 30, False)

        @rule(
            name=strategies.sampled_from(NAMES),
            first=strategies.integers(0, 1),
            days=strategies.integers(-3, 40),
            is_stale=strategies.sampled_from([False] * 9 + [True]),
        )
        def any_step(self, name: str, first: int, days: int, is_stale: bool) -> None:
            self.step(name, first, days, is_stale)

        def step(self, name: str, first: int, days: int, is_stale: bool) -> None:
            before = Case.objects.get(pk=self.case.pk)
            version = before.version - 1 if is_stale else before.version
            deed = _deeds(cast, before, version, first, days)[name]
            try:
                deed()
            except (IllegalTransition, Invalid, NotPermitted, StaleEdit) as error:
                assert len(error.message) > 10
                assert _columns(Case.objects.get(pk=before.pk)) == _columns(before)
                return
            assert not is_stale, name
            assert name != "check_by_handler"
            after = Case.objects.get(pk=before.pk)
            assert after.version == before.version + 1
            if after.state != before.state:
                assert S(after.state) in NEXT[S(before.state)], (name, before.state, after.state)
            if after.due_on != before.due_on:
                assert name in MOVES_DEADLINES, name
            reached.add(S(after.state))
            _refuse_columns_beside_the_events(after)

    return CaseLife


def test_any_steps_in_any_order(cast, tenant):
    reached: set[S] = set()
    run_state_machine_as_test(
        machine(cast, reached),
        settings=settings(
            max_examples=max(STEPS // EACH, 1),
            stateful_step_count=EACH,
            deadline=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
    assert reached == set(NEXT)  # every state was lived through
    assert not verify(tenant_id=tenant.pk).faults


def _refuse_columns_beside_the_events(case: Case) -> None:
    life = folded([case])[case.pk]
    assert lives_of([case])[case.pk] == life
    assert case.lead_id == life.lead or life.lead is None
    sequences = CaseEvent.objects.filter(case=case).values_list("sequence", flat=True)
    assert list(sequences) == list(range(1, case.events_count + 1))


def _columns(case: Case) -> dict[str, Any]:
    return {field.attname: getattr(case, field.attname) for field in Case._meta.concrete_fields}
