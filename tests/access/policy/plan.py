"""The plan: documents, actions, tasks and each unit's part in them."""

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
    WEST,
    Address,
    Rule,
    answers,
)

if TYPE_CHECKING:
    from tests.access.world import World

BY_OFFICE = (answers(200, OFFICE),)
EMPTY_FORM = (answers(422, OFFICE),)
IN_REVIEW = (answers(422, OFFICE, on="review"), answers(409, OFFICE))
SEE = (answers(200, *DISTRICT), answers(200, *STAFF, on=REACH))
# A part that was withdrawn is gone for everybody.
SEE_PART = (answers(200, *DISTRICT, on="own child sibling closed"), *SEE[1:])
SEE_SOURCE = (answers(200, *READERS, on="confirmed"), answers(200, OFFICE, on="review"))
WORKERS = (OFFICE, CLERK)


def for_own_unit(status: int) -> tuple[Rule, ...]:
    """创文办 sees every part and works on its own only; a clerk never for a subordinate unit."""
    return (
        answers(status, *WORKERS, on="own"),
        answers(403, OFFICE, on="child sibling closed"),
        answers(403, CLERK, on="child closed"),
    )


def edit(world: "World", **fields: Any) -> dict[str, Any]:
    """A form that reaches the object: rights are asked before and after it is loaded."""
    return {"version": 1, **fields}


def dispatch(world: "World") -> dict[str, Any]:
    return {"unit": [str(world.east.units["sibling"].pk)], "kind": "lead"}


def decide(world: "World") -> dict[str, Any]:
    return {"decision": "accept", "item": [str(world.east.paths["item"]["review"]["item"])]}


def submit(world: "World") -> dict[str, Any]:
    return edit(world, text=["制定方案"], due_on=["2021-09-30"])


def progress(world: "World") -> dict[str, Any]:
    return edit(world, text="已开工", day="2021-09-15")


def cancel(world: "World") -> dict[str, Any]:
    return edit(world, reason="不再要求")


def send_back(world: "World") -> dict[str, Any]:
    return edit(world, decision="return", reason="缺时限")


TABLE = {
    "plan": Address(GET=(answers(200, *READERS),)),
    "plan-action": Address("action", GET=(answers(200, *READERS),)),
    "plan-imports": Address(GET=BY_OFFICE),
    "plan-take-in": Address(GET=(answers(302, OFFICE),), POST=EMPTY_FORM),
    "plan-reading": Address("reading", GET=BY_OFFICE),
    "plan-reading-cancel": Address(
        "reading",
        POST=(answers(302, OFFICE, on="failed waiting"), answers(409, OFFICE, on="cancelled")),
    ),
    "plan-reading-retry": Address(
        "reading",
        POST=(answers(302, OFFICE, on="failed"), answers(409, OFFICE, on="waiting cancelled")),
    ),
    "plan-review": Address("import", GET=BY_OFFICE),
    "plan-owner-names": Address("import", GET=BY_OFFICE, POST=EMPTY_FORM),
    "plan-decide": Address(
        "import", POST=(answers(302, OFFICE, on="review"), answers(409, OFFICE)), send=decide
    ),
    "plan-item": Address("item", GET=BY_OFFICE, POST=EMPTY_FORM),
    "plan-item-split": Address("item", POST=EMPTY_FORM),
    "plan-item-settle": Address("item", POST=EMPTY_FORM),
    "plan-item-add": Address("import", GET=BY_OFFICE, POST=IN_REVIEW),
    "plan-undo": Address("import", POST=IN_REVIEW),
    "plan-compare": Address(
        "import", POST=(answers(302, OFFICE, on="review"), answers(409, OFFICE))
    ),
    # A document that is still reviewed is for its reviewers.
    "plan-source": Address("source", GET=SEE_SOURCE),
    "plan-source-text": Address("source", GET=SEE_SOURCE),
    "plan-branch": Address("action", path={"kind": "action"}, GET=(answers(200, *READERS),)),
    "plan-goal-indicators": Address(
        "action", path={"kind": "action"}, GET=(answers(200, *READERS),)
    ),
    "plan-branch-units": Address("task", GET=SEE),
    "plan-mechanisms": Address(GET=(answers(200, *READERS),)),
    # These imports are from before originals were kept.
    "plan-original": Address("import", GET=(answers(404, *DISTRICT),)),
    "plan-accept-rest": Address(
        "import", POST=(answers(302, OFFICE, on="review"), answers(409, OFFICE))
    ),
    "plan-confirm": Address("import", POST=EMPTY_FORM),
    "plan-discard": Address(
        "import", POST=(answers(302, OFFICE, on="review"), answers(409, OFFICE))
    ),
    "plan-task": Address("task", GET=SEE),
    "plan-dispatch": Address("task", GET=BY_OFFICE, POST=(answers(302, OFFICE),), send=dispatch),
    "plan-complete": Address("task", POST=EMPTY_FORM),
    "plan-cancel": Address("task", POST=(answers(302, OFFICE),), send=cancel),
    "plan-parts": Address(GET=(answers(200, *READERS),)),
    "plan-part": Address("part", GET=SEE_PART),
    "plan-submit": Address("part", POST=for_own_unit(302), send=submit),
    # Measures that nobody has handed in cannot be returned.
    "plan-judge": Address(
        "part", POST=(answers(409, OFFICE, on="own child sibling closed"),), send=send_back
    ),
    # Nor can progress be noted or work be finished before its measures are confirmed.
    "plan-progress": Address("part", POST=for_own_unit(409), send=progress),
    "plan-finish": Address("part", POST=for_own_unit(409), send=edit),
    "plan-table": Address(
        path={"suffix": "xlsx"}, GET=(answers(200, OFFICE, LEADER, CLERK, HEAD, WEST),)
    ),
}
