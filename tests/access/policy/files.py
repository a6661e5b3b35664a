"""Files that are attached to what units report."""

from tests.access.policy.rules import (
    CLERK,
    DISTRICT,
    OFFICE,
    REACH,
    STAFF,
    WEST,
    Address,
    answers,
)

SEE = (answers(200, *DISTRICT), answers(200, *STAFF, on=REACH))

TABLE = {
    "file": Address("file", GET=SEE),
    "file-original": Address("file", GET=SEE),
    # A text has no small picture; photos are asked for in tests/web/files.
    "file-thumbnail": Address("file", GET=(answers(404, *DISTRICT, *STAFF),)),
    # No reason given. A clerk sees the files of subordinate units and does not remove them.
    "file-remove": Address(
        "file",
        POST=(answers(422, OFFICE), answers(422, CLERK, on="own"), answers(403, CLERK, on=REACH)),
    ),
    "file-upload": Address(POST=(answers(422, OFFICE, CLERK),)),
    # Taking back what is not one's own does nothing, and does not say so.
    "file-discard": Address(
        "upload", POST=(answers(204, OFFICE, CLERK, WEST, on="another foreign missing"),)
    ),
}
