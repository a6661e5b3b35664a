"""The steps of a case and of a unit's share in it. Diagram and permission page come from here."""

from chuangwen.kit.workflow import Transition, Workflow
from chuangwen.rectification.enums import CaseState as Case
from chuangwen.rectification.enums import ShareState as Share
from chuangwen.rectification.enums import Step

WITH_UNITS = (Case.DISPATCHED, Case.HANDLING, Case.REWORK)
BEFORE_THE_END = (Case.REPORTED, Case.FILED, *WITH_UNITS, Case.SUBMITTED, Case.VERIFIED)
OVER = (Case.DECLINED, Case.CLOSED, Case.CANCELLED, Case.MERGED)


def _step(step: Step, sources: tuple[Case, ...], target: Case | None) -> Transition[Case]:
    return Transition(step.value, sources, target, str(step.label))


CASE = Workflow(
    "问题",
    [
        _step(Step.FILE, (Case.REPORTED,), Case.FILED),
        _step(Step.DECLINE, (Case.REPORTED,), Case.DECLINED),
        _step(Step.RECONSIDER, (Case.DECLINED,), Case.REPORTED),
        _step(Step.DISPATCH, (Case.FILED,), Case.DISPATCHED),
        _step(Step.REASSIGN, WITH_UNITS, Case.DISPATCHED),
        _step(Step.ACCEPT, WITH_UNITS, Case.HANDLING),
        _step(Step.REFUSE, WITH_UNITS, Case.FILED),
        _step(Step.FINISH, WITH_UNITS, Case.SUBMITTED),
        _step(Step.RECALL, (*WITH_UNITS, Case.SUBMITTED), Case.HANDLING),
        _step(Step.PASS, (Case.SUBMITTED,), Case.VERIFIED),
        _step(Step.FAIL, (Case.SUBMITTED,), Case.REWORK),
        _step(Step.RECHECK, (Case.VERIFIED,), Case.SUBMITTED),
        _step(Step.CLOSE, (Case.VERIFIED,), Case.CLOSED),
        _step(Step.REOPEN, (Case.CLOSED,), Case.FILED),
        _step(Step.ASK_EXTENSION, WITH_UNITS, None),
        _step(Step.EXTEND, WITH_UNITS, None),
        _step(Step.DENY_EXTENSION, WITH_UNITS, None),
        _step(Step.SUSPEND, (Case.FILED, *WITH_UNITS), None),
        _step(Step.RESUME, (Case.FILED, *WITH_UNITS), None),
        _step(Step.CANCEL, BEFORE_THE_END, Case.CANCELLED),
        _step(Step.MERGE, BEFORE_THE_END, Case.MERGED),
        _step(Step.TAKE_IN, BEFORE_THE_END, None),
        _step(Step.HAND_OVER, BEFORE_THE_END, None),
    ],
)

SHARE = Workflow(
    "本单位的整改",
    [
        Transition("accept", (Share.ASSIGNED,), Share.ACCEPTED, "接收"),
        Transition("refuse", (Share.ASSIGNED,), Share.REFUSED, "退回"),
        Transition("finish", (Share.ACCEPTED, Share.REWORK), Share.DONE, "报送整改结果"),
        Transition("recall", (Share.DONE,), Share.ACCEPTED, "撤回报送"),
        Transition("fail", (Share.DONE,), Share.REWORK, "返工"),
    ],
)
