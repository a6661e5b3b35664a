"""Which step is possible in which state of a task and of a unit's part; all others are refused."""

import itertools

import pytest

from chuangwen.kit.errors import IllegalTransition
from chuangwen.plan.enums import PartState as Part
from chuangwen.plan.enums import TaskState as Task
from chuangwen.plan.workflow import PART, TASK

OF_PART = {
    Part.ASSIGNED: {"submit": Part.SUBMITTED, "withdraw": Part.WITHDRAWN},
    Part.SUBMITTED: {
        "return": Part.RETURNED,
        "confirm": Part.CONFIRMED,
        "withdraw": Part.WITHDRAWN,
    },
    Part.RETURNED: {"submit": Part.SUBMITTED, "withdraw": Part.WITHDRAWN},
    Part.CONFIRMED: {
        "recall": Part.SUBMITTED,
        "finish": Part.DONE,
        "withdraw": Part.WITHDRAWN,
    },
    Part.DONE: {"rework": Part.CONFIRMED, "close": Part.CLOSED},
    Part.CLOSED: {"reopen": Part.DONE},
    Part.WITHDRAWN: {"renew": Part.ASSIGNED},
}
OF_TASK = {
    Task.PROPOSED: {"dispatch": Task.DISPATCHED, "cancel": Task.CANCELLED},
    Task.DISPATCHED: {
        "dispatch": Task.DISPATCHED,  # to further units
        "complete": Task.COMPLETED,
        "cancel": Task.CANCELLED,
    },
    Task.COMPLETED: {"reopen": Task.DISPATCHED},
    Task.CANCELLED: {},
}


@pytest.mark.parametrize(
    ("workflow", "states", "expected"), [(PART, Part, OF_PART), (TASK, Task, OF_TASK)]
)
def test_only_these_steps_lead_from_a_state_and_where_they_say(workflow, states, expected):
    assert set(expected) == set(states)
    steps = {step for possible in expected.values() for step in possible}
    for state, step in itertools.product(states, steps):
        if step in expected[state]:
            assert workflow.check(step, state) == expected[state][step]
        else:
            with pytest.raises(IllegalTransition):
                workflow.check(step, state)
