"""The register of sites."""

from typing import TYPE_CHECKING, Any

from tests.access.policy.rules import (
    CLERK,
    DISTRICT,
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
# Who sees a site and is not its owner's clerk is told so: 403; the rest never saw it: 404.
BY_OWNER = (
    answers(302, OFFICE),
    answers(302, CLERK, on="own"),
    answers(403, *DISTRICT),
    answers(403, *STAFF, on=REACH),
)


def work(world: "World") -> dict[str, Any]:
    return {"title": "改造公厕", "done_on": "2021-09-01", "difficulty": "2"}


def correction(world: "World") -> dict[str, Any]:
    return {**work(world), "version": 1, "reason": "决算"}


TABLE = {
    "sites": Address(GET=(answers(200, *READERS),)),
    "sites-export": Address(path={"suffix": "csv"}, GET=(answers(200, *READERS),)),
    "sites-map": Address(GET=(answers(200, *READERS),)),
    "sites-boundaries": Address(GET=(answers(200, *READERS),)),
    "site-boundaries": Address(GET=BY_OFFICE, POST=EMPTY_FORM),
    # In force already; and no reason is given.
    "site-boundaries-apply": Address("boundary_file", POST=(answers(409, OFFICE),)),
    "site-boundaries-remove": Address("boundary_file", POST=EMPTY_FORM),
    "sites-cards": Address(GET=(answers(200, *READERS),)),
    "sites-duplicates": Address(GET=BY_OFFICE),
    "sites-merge": Address(GET=EMPTY_FORM, POST=EMPTY_FORM),  # which two is in the form
    "sites-template": Address(GET=BY_OFFICE),
    "sites-bulk": Address(GET=EMPTY_FORM, POST=EMPTY_FORM),  # none ticked
    "site-new": Address(GET=BY_OFFICE, POST=EMPTY_FORM),
    "site-imports": Address(GET=BY_OFFICE, POST=EMPTY_FORM),
    "site-import": Address("site_import", GET=BY_OFFICE, POST=(answers(409, OFFICE),)),
    "site": Address("site", GET=SEE),
    "site-edit": Address("site", GET=BY_OFFICE, POST=EMPTY_FORM),
    "site-reopen": Address("site", POST=EMPTY_FORM),
    "site-duty-end": Address("site_duty", POST=EMPTY_FORM),
    "site-work": Address("site", POST=BY_OWNER, send=work),
    "site-work-edit": Address(
        "site_work",
        GET=SEE,
        POST=BY_OWNER,
        send=correction,
    ),
    # No photo given; others' rights are asked first.
    "site-photos": Address(
        "site",
        POST=(
            answers(422, OFFICE),
            answers(422, CLERK, on="own"),
            answers(403, *DISTRICT),
            answers(403, *STAFF, on=REACH),
        ),
    ),
}
