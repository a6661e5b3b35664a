"""测评体系 and its indicators."""

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

# Drafts are for those who edit them.
PUBLISHED = (answers(200, OFFICE), answers(200, *READERS, on="published"))
BY_OFFICE = (answers(200, OFFICE),)
EMPTY_FORM = (answers(422, OFFICE),)
MOVED = (answers(302, OFFICE, on="draft"), answers(409, OFFICE))
SEE = (answers(200, *DISTRICT), answers(200, *STAFF, on=REACH))

TABLE = {
    "framework": Address(GET=(answers(200, *READERS),)),
    "framework-new": Address(GET=BY_OFFICE, POST=EMPTY_FORM),
    "framework-template": Address(POST=(answers(302, OFFICE),)),
    "framework-import": Address(GET=BY_OFFICE, POST=EMPTY_FORM),
    "framework-version": Address("version", GET=PUBLISHED),
    "framework-copy": Address("version", POST=EMPTY_FORM),
    "framework-publish": Address("version", POST=EMPTY_FORM),
    "framework-discard": Address(
        "version", POST=(answers(302, OFFICE, on="draft"), answers(409, OFFICE))
    ),
    "framework-export": Address("version", path={"suffix": "yaml"}, GET=PUBLISHED),
    "framework-diff": Address("version", GET=PUBLISHED),
    "framework-mapping": Address("version", GET=BY_OFFICE, POST=EMPTY_FORM),
    "node-new": Address("version", GET=BY_OFFICE, POST=EMPTY_FORM),
    "node-child": Address("node", GET=BY_OFFICE, POST=EMPTY_FORM),
    "node-edit": Address("node", GET=BY_OFFICE, POST=EMPTY_FORM),
    "node-move": Address("node", POST=MOVED),
    "node-remove": Address("node", POST=EMPTY_FORM),
    "standard-new": Address("content", GET=BY_OFFICE, POST=EMPTY_FORM),
    "standard": Address("standard", GET=PUBLISHED),
    "standard-edit": Address("standard", GET=BY_OFFICE, POST=EMPTY_FORM),
    "standard-remove": Address("standard", POST=EMPTY_FORM),
    "site-types": Address(GET=(answers(200, *READERS),)),
    "site-type-new": Address(GET=BY_OFFICE, POST=EMPTY_FORM),
    "site-types-reference": Address(POST=(answers(302, OFFICE),)),
    "site-type-edit": Address("site_type", GET=BY_OFFICE, POST=EMPTY_FORM),
    "site-type-move": Address("site_type", POST=(answers(302, OFFICE),)),
    "site-type-remove": Address("site_type", POST=EMPTY_FORM),
    "checklists": Address("version", GET=PUBLISHED),
    "checklist-new": Address("version", GET=BY_OFFICE, POST=EMPTY_FORM),
    "checklists-reference": Address("version", POST=MOVED),
    "checklist-import": Address("version", GET=BY_OFFICE, POST=EMPTY_FORM),
    "checklist": Address("checklist", GET=PUBLISHED),
    "checklist-edit": Address("checklist", GET=BY_OFFICE, POST=EMPTY_FORM),
    "checklist-move": Address("checklist", POST=MOVED),
    "checklist-remove": Address("checklist", POST=EMPTY_FORM),
    "checklist-xlsform": Address("checklist", GET=PUBLISHED),
    "group-new": Address("checklist", GET=BY_OFFICE, POST=EMPTY_FORM),
    "group-edit": Address("line_group", GET=BY_OFFICE, POST=EMPTY_FORM),
    "group-move": Address("line_group", POST=MOVED),
    # It has a line.
    "group-remove": Address(
        "line_group", POST=(answers(422, OFFICE, on="draft"), answers(409, OFFICE))
    ),
    "line-new": Address("line_group", GET=BY_OFFICE, POST=EMPTY_FORM),
    "line-edit": Address("check_line", GET=BY_OFFICE, POST=EMPTY_FORM),
    "line-move": Address("check_line", POST=MOVED),
    "line-remove": Address("check_line", POST=EMPTY_FORM),
    # No photo is chosen.
    "line-examples": Address(
        "check_line", POST=(answers(422, OFFICE, on="draft"), answers(409, OFFICE))
    ),
    "indicators": Address(GET=(answers(200, *READERS),)),
    "indicator-summary": Address(GET=(answers(200, *READERS),)),
    "indicator-waiting": Address(GET=BY_OFFICE),
    "indicator-accept": Address(POST=EMPTY_FORM),
    "indicator-reporters": Address(GET=EMPTY_FORM, POST=EMPTY_FORM),  # no indicator chosen
    "indicator": Address("indicator", GET=SEE),
    "indicator-report": Address(
        "indicator",
        GET=(answers(200, OFFICE), answers(200, CLERK, on=REACH)),
        POST=(answers(422, OFFICE), answers(422, CLERK, on=REACH)),
    ),
    "indicator-new": Address(GET=BY_OFFICE, POST=EMPTY_FORM),
    "indicator-edit": Address("indicator", GET=BY_OFFICE, POST=EMPTY_FORM),
    "indicator-setting": Address(
        "indicator", GET=BY_OFFICE, POST=EMPTY_FORM, send=lambda world: {"form": "clause"}
    ),
    "indicator-end": Address("reporter", POST=(answers(302, OFFICE),)),
    "indicator-correct": Address(
        "value",
        # What others read, only the unit's own people correct.
        GET=(
            answers(200, OFFICE, CLERK, on="own"),
            answers(403, OFFICE),
            answers(403, CLERK, on=REACH),
        ),
        POST=(
            answers(422, OFFICE, CLERK, on="own"),
            answers(403, OFFICE),
            answers(403, CLERK, on=REACH),
        ),
    ),
    "indicator-return": Address("value", POST=EMPTY_FORM),
}
