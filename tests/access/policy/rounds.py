"""Rounds, visits and findings. Units see nothing of a draft, nor of a blind round that runs."""

from tests.access.policy.rules import (
    DISTRICT,
    INSPECTOR,
    LEADER,
    OFFICE,
    READERS,
    STAFF,
    Address,
    answers,
)

STARTED = "running blind sibling closed"
BY_OFFICE = (answers(200, OFFICE),)
EMPTY_FORM = (answers(422, OFFICE),)
ALL_STARTED = (answers(200, OFFICE), answers(200, *DISTRICT, on=STARTED))
SEE = (*ALL_STARTED, answers(200, *STAFF, on="running closed"))
OF_DRAFT = (answers(200, OFFICE, on="draft"), answers(409, OFFICE))
CHANGE_DRAFT = (answers(422, OFFICE, on="draft"), answers(409, OFFICE))
REPORT = (answers(200, *DISTRICT, on=STARTED), answers(409, OFFICE))
STEP = Address("round", POST=EMPTY_FORM)  # without the version that the viewer saw

TABLE = {
    "rounds": Address(GET=(answers(200, *READERS),)),
    "round-new": Address(GET=BY_OFFICE, POST=EMPTY_FORM),
    "round": Address("round", GET=SEE),
    "round-progress": Address("round", GET=SEE),
    "round-sites": Address("round", GET=SEE),
    "round-agreement": Address("round", GET=ALL_STARTED),
    "round-walk": Address("round", GET=(answers(200, OFFICE), answers(200, INSPECTOR, on=STARTED))),
    "round-report": Address("round", GET=REPORT),
    "round-report-file": Address("round", path={"suffix": "xlsx"}, GET=REPORT),
    "round-report-pdf": Address(
        "round", POST=(answers(302, *DISTRICT, on=STARTED), answers(409, OFFICE))
    ),
    "round-report-pdf-state": Address("round", GET=REPORT),
    "round-answers": Address("round", path={"suffix": "csv"}, GET=REPORT),
    "round-edit": Address("round", GET=OF_DRAFT, POST=CHANGE_DRAFT),
    "round-sample": Address("round", GET=OF_DRAFT, POST=CHANGE_DRAFT),
    "round-pairs": Address("round", GET=BY_OFFICE),
    "round-sites-add": STEP,
    "round-sites-drop": STEP,
    "round-pair-add": STEP,
    "round-pair-put": STEP,
    "round-pair-take": STEP,
    "round-pair-dissolve": STEP,
    "round-divide": STEP,
    "round-give": STEP,
    "round-start": STEP,
    "round-close": Address(
        "round",
        GET=(answers(200, OFFICE, on="running blind sibling"), answers(409, OFFICE)),
        POST=(answers(422, OFFICE, on="running blind sibling"), answers(409, OFFICE)),
    ),
    "round-discard": STEP,
    "visits": Address(GET=(answers(200, *READERS),)),
    "visit": Address(
        "visit",
        GET=(
            answers(200, OFFICE, LEADER),
            answers(200, INSPECTOR, on="own child sibling"),  # the blind one is his own unit's
            answers(200, *STAFF, on="own child"),
        ),
    ),
    # No small picture is made in these tests.
    "visit-photo": Address("photo", path={"size": "small"}, GET=(answers(404, *DISTRICT, *STAFF),)),
    "findings": Address(GET=(answers(200, *READERS),)),
    "findings-export": Address(GET=(answers(200, *READERS),)),
    "findings-transfer": Address(POST=EMPTY_FORM),
    "findings-withdraw": Address(POST=EMPTY_FORM),
}
