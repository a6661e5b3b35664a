"""The steps of a 督办单, and of a matter of 问责. Diagram and permission page come from here."""

from chuangwen.kit.workflow import Transition, Workflow
from chuangwen.supervision.enums import AccountabilityState as Matter
from chuangwen.supervision.enums import AccountabilityStep as Act
from chuangwen.supervision.enums import NoticeState as State
from chuangwen.supervision.enums import NoticeStep as Step

# What the unit still owes something for, and what is over.
OWED = (State.SERVED, State.RECEIPTED, State.RETURNED)
OVER = (State.CLOSED, State.WITHDRAWN)


def _step(step: Step, sources: tuple[State, ...], target: State | None) -> Transition[State]:
    return Transition(step.value, sources, target, str(step.label))


NOTICE = Workflow(
    "督办单",
    [
        _step(Step.EDIT, (State.DRAFT,), None),
        _step(Step.SERVE, (State.DRAFT,), State.SERVED),
        _step(Step.RECEIPT, (State.SERVED,), State.RECEIPTED),
        _step(Step.ANSWER, (State.RECEIPTED, State.RETURNED), State.ANSWERED),
        _step(Step.ACCEPT, (State.ANSWERED,), State.ACCEPTED),
        _step(Step.RETURN, (State.ANSWERED,), State.RETURNED),
        _step(Step.CLOSE, (State.ACCEPTED,), State.CLOSED),
        _step(
            Step.WITHDRAW,
            (State.DRAFT, *OWED, State.ANSWERED, State.ACCEPTED),
            State.WITHDRAWN,
        ),
    ],
)


def _matter(step: Act, sources: tuple[Matter, ...], target: Matter) -> Transition[Matter]:
    return Transition(step.value, sources, target, str(step.label))


ACCOUNTABILITY = Workflow(
    "问责事项",
    [
        _matter(Act.DECIDE, (Matter.PROPOSED,), Matter.DECIDED),
        _matter(Act.DROP, (Matter.PROPOSED,), Matter.DROPPED),
        _matter(Act.APPEAL, (Matter.DECIDED,), Matter.APPEALED),
        _matter(Act.UPHOLD, (Matter.APPEALED,), Matter.UPHELD),
        _matter(Act.CHANGE, (Matter.APPEALED,), Matter.CHANGED),
        _matter(Act.REVOKE, (Matter.APPEALED,), Matter.REVOKED),
        _matter(Act.CARRY_OUT, (Matter.DECIDED, Matter.UPHELD, Matter.CHANGED), Matter.CARRIED_OUT),
    ],
)
