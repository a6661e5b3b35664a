"""The steps of a paper. Diagram and permission page come from here."""

from chuangwen.documents.enums import PaperState as State
from chuangwen.documents.enums import PaperStep as Step
from chuangwen.kit.workflow import Transition, Workflow

BEFORE_ISSUE = (State.DRAFT, State.REVIEW, State.SIGNED)
NUMBERED = (State.WAITING, State.MAKING, State.STOPPED, State.ISSUED)
SEALED = (State.REVIEW, State.SIGNED, *NUMBERED)  # what was counted is put down


def _step(step: Step, sources: tuple[State, ...], target: State | None) -> Transition[State]:
    return Transition(step.value, sources, target, str(step.label))


PAPER = Workflow(
    "公文",
    [
        _step(Step.EDIT, (State.DRAFT,), None),
        _step(Step.SUBMIT, (State.DRAFT,), State.REVIEW),
        _step(Step.RETURN, (State.REVIEW, State.SIGNED), State.DRAFT),
        _step(Step.SIGN, (State.REVIEW,), State.SIGNED),
        _step(Step.ISSUE, (State.SIGNED,), State.WAITING),
        _step(Step.FREEZE, (State.MAKING,), State.ISSUED),
        _step(Step.FAIL, (State.WAITING, State.MAKING), State.STOPPED),
        _step(Step.RETRY, (State.STOPPED,), State.WAITING),
        _step(Step.WITHDRAW, BEFORE_ISSUE, State.WITHDRAWN),
        _step(Step.REVOKE, (State.ISSUED,), None),
    ],
)
