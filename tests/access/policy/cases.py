"""Cases and their categories. Units see what was given to them or reported by them."""

from typing import TYPE_CHECKING, Any

from tests.access.policy.rules import (
    CLERK,
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
REACH = "own child"
SEE = (answers(200, *DISTRICT), answers(200, *STAFF, on=REACH))


def nothing(world: "World") -> dict[str, Any]:
    return {"step": "cancel"}


TABLE = {
    "cases": Address(GET=(answers(200, *READERS),)),
    "cases-export": Address(GET=(answers(200, *READERS),)),
    "case-new": Address(
        GET=(answers(200, OFFICE, INSPECTOR, CLERK),),
        POST=(answers(422, OFFICE, INSPECTOR, CLERK),),
    ),
    "cases-import": Address(GET=BY_OFFICE, POST=EMPTY_FORM),
    "cases-import-template": Address(GET=BY_OFFICE),
    "cases-bulk": Address(GET=EMPTY_FORM, POST=EMPTY_FORM),  # none ticked
    "case": Address("case", GET=SEE),
    # Without the version that the viewer saw; leaders and heads act on no case.
    "case-step": Address(
        "case",
        POST=(answers(422, OFFICE, INSPECTOR), answers(422, CLERK, on=REACH)),
        send=nothing,
    ),
    "case-origin": Address(
        "case",
        GET=(
            answers(302, OFFICE, LEADER, INSPECTOR, on="reported"),
            answers(404, *DISTRICT, *STAFF),
        ),
    ),
    "case-figures": Address(GET=(answers(200, *DISTRICT),)),
    "case-figures-export": Address(GET=(answers(200, *DISTRICT),)),
    "case-figures-rule": Address(POST=EMPTY_FORM),
    "case-categories": Address(GET=BY_OFFICE),
    "case-categories-template": Address(GET=BY_OFFICE),
    "case-categories-import": Address(GET=BY_OFFICE, POST=EMPTY_FORM),
    "case-category-new": Address(GET=BY_OFFICE, POST=EMPTY_FORM),
    "case-category": Address("category", GET=BY_OFFICE, POST=EMPTY_FORM),
}
