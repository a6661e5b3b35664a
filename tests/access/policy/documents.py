"""Official papers. Drafts are seen by who drafts or signs them, issued ones by those concerned."""

from typing import TYPE_CHECKING, Any

from tests.access.policy.rules import (
    CLERK,
    DISTRICT,
    HEAD,
    INSPECTOR,
    LEADER,
    OFFICE,
    READERS,
    VIEWERS,
    Address,
    answers,
)

if TYPE_CHECKING:
    from tests.access.world import World

BY_OFFICE = (answers(200, OFFICE),)
EMPTY_FORM = (answers(422, OFFICE),)
SIGNING = (OFFICE, LEADER)
UNITS = (CLERK, HEAD)
DRAFTS, ISSUED = "draft", "bulletin own sibling"
SEE = (
    answers(200, *SIGNING),
    answers(200, INSPECTOR, on=ISSUED),
    answers(200, *UNITS, on="bulletin own"),
)
FILES = (
    answers(200, *DISTRICT, on=ISSUED),
    answers(200, *UNITS, on="bulletin own"),
    answers(404, *SIGNING, on=DRAFTS),
)


def nothing(world: "World") -> dict[str, Any]:
    return {"step": "submit"}


TABLE = {
    "papers": Address(GET=(answers(200, *READERS),)),
    "paper-new": Address(GET=BY_OFFICE, POST=EMPTY_FORM),
    "paper-notice": Address(POST=EMPTY_FORM),  # none ticked
    "paper-templates": Address(GET=BY_OFFICE),
    "paper-template": Address(GET=BY_OFFICE, POST=EMPTY_FORM, path={"kind": "bulletin"}),
    "paper": Address("paper", GET=SEE),
    "paper-text": Address("paper", GET=SEE),
    "paper-progress": Address("paper", GET=SEE),
    "paper-edit": Address(
        "paper",
        GET=(answers(200, OFFICE, on=DRAFTS), answers(409, OFFICE)),
        POST=(answers(422, OFFICE),),
    ),
    "paper-step": Address("paper", POST=(answers(422, *SIGNING),), send=nothing),
    "paper-draft": Address(
        "paper",
        GET=(answers(409, *SIGNING),),  # none of them is under review
    ),
    "paper-file": Address("paper", GET=FILES, path={"suffix": "pdf"}),
    # Open to everybody: who has the code or the address has the paper.
    "paper-verify": Address(GET=(answers(200, *VIEWERS),), POST=(answers(422, *VIEWERS),)),
    "paper-verified": Address(
        GET=(answers(404, *VIEWERS),), POST=(answers(404, *VIEWERS),), path={"token": "x"}
    ),
}
