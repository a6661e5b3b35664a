"""Tasks, duties and questions: lists, bulk steps, and the office's work on parts."""

from typing import TYPE_CHECKING, Any

from tests.access.policy.rules import (
    CLERK,
    DISTRICT,
    HEAD,
    LEADER,
    OFFICE,
    REACH,
    READERS,
    STAFF,
    Address,
    answers,
)

if TYPE_CHECKING:
    from tests.access.world import World

BY_OFFICE = (answers(200, OFFICE),)
EMPTY_FORM = (answers(422, OFFICE),)
SEE = (answers(200, *DISTRICT), answers(200, *STAFF, on=REACH))
EXPORTERS = (OFFICE, LEADER, CLERK, HEAD)
LIVE = "own child sibling closed"


def at_first(world: "World") -> dict[str, Any]:
    """A form that names the version which everything starts with."""
    return {"version": 1}


TABLE = {
    "plan-tasks": Address(GET=(answers(200, *READERS),)),
    "plan-tasks-export": Address(GET=(answers(200, *EXPORTERS),)),
    "plan-task-new": Address(GET=BY_OFFICE, POST=EMPTY_FORM),
    "plan-task-edit": Address("task", GET=BY_OFFICE, POST=EMPTY_FORM),
    "plan-task-duties": Address("task", GET=BY_OFFICE, POST=EMPTY_FORM),
    "plan-reopen": Address("task", POST=EMPTY_FORM),
    # Bulk steps name their tasks in the form: none here.
    "plan-bulk-dispatch": Address(GET=EMPTY_FORM, POST=EMPTY_FORM),
    "plan-bulk-deadline": Address(GET=EMPTY_FORM, POST=EMPTY_FORM),
    "plan-bulk-cancel": Address(GET=EMPTY_FORM, POST=EMPTY_FORM),
    "plan-urge": Address(GET=BY_OFFICE, POST=EMPTY_FORM),
    "plan-parts-export": Address(GET=(answers(200, *EXPORTERS),)),
    "plan-parts-confirm": Address(POST=EMPTY_FORM),
    "plan-queue": Address(GET=BY_OFFICE),
    "plan-copy": Address(
        "part", GET=(answers(200, OFFICE, on=LIVE), answers(200, CLERK, on=REACH))
    ),
    # What was never confirmed cannot be taken back.
    "plan-recall": Address("part", POST=(answers(409, OFFICE, on=LIVE),), send=at_first),
    "plan-part-office": Address(
        "part", GET=(answers(200, OFFICE, on=LIVE),), POST=(answers(422, OFFICE, on=LIVE),)
    ),
    "plan-action-duties": Address("action", GET=BY_OFFICE, POST=EMPTY_FORM),
    "plan-duty": Address("duty", GET=BY_OFFICE, POST=EMPTY_FORM),
    "plan-duty-expand": Address(
        "duty",
        GET=(answers(200, OFFICE, on="collective"), answers(422, OFFICE)),
        POST=EMPTY_FORM,
    ),
    "plan-area": Address("area", GET=(answers(200, *READERS),)),
    "plan-key-work": Address("key_work", GET=(answers(200, *READERS),)),
    "plan-timeline": Address(GET=(answers(200, *READERS),)),
    "unit-work": Address("unit", GET=SEE),
    "unit-duties": Address(
        "unit",
        path={"suffix": "xlsx"},
        GET=(
            answers(200, OFFICE, LEADER),
            answers(200, *STAFF, on="own"),
            answers(403, *STAFF, on=REACH),
        ),
    ),
    "plan-questions": Address(GET=(answers(200, *READERS),)),
    "plan-questions-export": Address(GET=(answers(200, *EXPORTERS),)),
    "plan-question-new": Address(GET=(answers(200, *STAFF),), POST=(answers(422, *STAFF),)),
    "plan-question": Address("question", GET=SEE),
    "plan-question-answer": Address("question", POST=EMPTY_FORM),
}
