"""The ladder, what stands on it, and 督办单. Units see what they see anyway, and no drafts."""

from typing import TYPE_CHECKING, Any

from tests.access.policy.rules import (
    ACCOUNTABILITY,
    DISTRICT,
    INSPECTOR,
    LEADER,
    OFFICE,
    READERS,
    STAFF,
    Address,
    answers,
)

if TYPE_CHECKING:
    from tests.access.world import World

BY_OFFICE = (answers(200, OFFICE),)
EMPTY_FORM = (answers(422, OFFICE),)
SERVED = "own child sibling"
SEE = (
    answers(200, OFFICE),
    answers(200, LEADER, INSPECTOR, on=SERVED),
    answers(200, *STAFF, on="own child"),
)


def answer(world: "World") -> dict[str, Any]:
    return {"step": "answer"}


def decision(world: "World") -> dict[str, Any]:
    return {"step": "decide"}


def report(world: "World") -> dict[str, Any]:
    return {"step": "report"}


TABLE = {
    "standings": Address(GET=(answers(200, *READERS),)),
    "standings-export": Address(GET=(answers(200, *READERS),)),
    "ladder": Address(GET=BY_OFFICE, POST=EMPTY_FORM),
    "supervision-notices": Address(GET=(answers(200, *DISTRICT, *STAFF),)),
    "supervision-notices-export": Address(GET=(answers(200, *READERS),)),
    "supervision-notice-new": Address(GET=BY_OFFICE, POST=EMPTY_FORM),
    "supervision-notice": Address("supervision_notice", GET=SEE),
    "supervision-notice-edit": Address(
        "supervision_notice",
        GET=(answers(200, OFFICE, on="draft"), answers(409, OFFICE, on=SERVED)),
        POST=EMPTY_FORM,
    ),
    # Without what was done; leaders and inspectors act on none.
    "supervision-notice-step": Address(
        "supervision_notice",
        POST=(answers(422, OFFICE), answers(422, *STAFF, on="own child")),
        send=answer,
    ),
    "supervision-notice-document": Address("supervision_notice", GET=SEE, path={"suffix": "docx"}),
    # The closed circle alone; 创文办 itself gets no further than the gate.
    "accountabilities": Address(GET=(answers(200, ACCOUNTABILITY),)),
    "accountability-new": Address(
        GET=(answers(200, ACCOUNTABILITY),), POST=(answers(422, ACCOUNTABILITY),)
    ),
    "accountability": Address("matter", GET=(answers(200, ACCOUNTABILITY),)),
    "accountability-step": Address("matter", POST=(answers(422, ACCOUNTABILITY),), send=decision),
    "meetings": Address(GET=(answers(200, *READERS),)),
    "meeting-new": Address(GET=BY_OFFICE, POST=EMPTY_FORM),
    "meeting": Address(
        "meeting", GET=(answers(200, *DISTRICT), answers(200, *STAFF, on="own child"))
    ),
    "meeting-edit": Address(
        "meeting",
        GET=(answers(409, OFFICE),),
        POST=EMPTY_FORM,  # it was held
    ),
    "meeting-step": Address(
        "meeting",
        POST=(answers(422, OFFICE), answers(422, *STAFF, on="own child")),
        send=report,
    ),
}
