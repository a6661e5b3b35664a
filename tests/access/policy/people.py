"""Units, accounts, roles and the log."""

from tests.access.policy.rules import (
    AUDIT,
    DISTRICT,
    OFFICE,
    REACH,
    READERS,
    SECURITY,
    STAFF,
    SYSTEM,
    Address,
    answers,
)

REGISTER = (OFFICE, SYSTEM)  # keep the register
SEE_UNIT = (answers(200, *DISTRICT, SYSTEM), answers(200, *STAFF, on=REACH))
SHOWN = (answers(200, *REGISTER),)
EMPTY_FORM = (answers(422, *REGISTER),)
DONE = (answers(302, *REGISTER),)

TABLE = {
    "units": Address(GET=(answers(200, *READERS, SYSTEM),)),
    "units-export": Address(GET=(answers(200, *READERS, SYSTEM),)),
    "units-template": Address(GET=SHOWN),
    "units-import": Address(GET=SHOWN, POST=EMPTY_FORM),
    "unit-new": Address(GET=SHOWN, POST=EMPTY_FORM),
    "unit": Address("unit", GET=SEE_UNIT),
    "unit-edit": Address("unit", GET=SHOWN, POST=EMPTY_FORM),
    "unit-move": Address("unit", GET=SHOWN, POST=EMPTY_FORM),
    "unit-close": Address("unit", GET=SHOWN, POST=EMPTY_FORM),
    "unit-reopen": Address("unit", POST=EMPTY_FORM),
    "unit-merge": Address("unit", GET=SHOWN, POST=EMPTY_FORM),
    "unit-alias-new": Address("unit", POST=EMPTY_FORM),
    "unit-alias-remove": Address("alias", POST=DONE),
    "unit-groups": Address(GET=SHOWN),
    "unit-group-new": Address(GET=SHOWN, POST=EMPTY_FORM),
    "unit-group": Address("group", GET=SHOWN, POST=EMPTY_FORM),
    "unit-group-remove": Address("group", POST=DONE),
    "accounts": Address(GET=(answers(200, SYSTEM, SECURITY),)),
    "account": Address("account", GET=(answers(200, SYSTEM, SECURITY),)),
    "account-new": Address(GET=(answers(200, SYSTEM),), POST=(answers(422, SYSTEM),)),
    "account-edit": Address("account", GET=(answers(200, SYSTEM),), POST=(answers(422, SYSTEM),)),
    "account-active": Address("account", POST=(answers(302, SYSTEM),)),
    "account-password": Address("account", POST=(answers(200, SYSTEM),)),
    "account-grant": Address("account", POST=(answers(422, SECURITY),)),
    "account-sessions-end": Address("account", POST=(answers(302, SECURITY),)),
    "account-totp-remove": Address("account", POST=(answers(302, SECURITY),)),
    "account-unblock": Address(
        "account", POST=(answers(302, SECURITY, on="own"), answers(404, SECURITY))
    ),
    "role-end": Address(
        "membership", POST=(answers(302, SECURITY, on="open"), answers(409, SECURITY))
    ),
    "login-failures": Address(GET=(answers(200, SECURITY),)),
    "roles": Address(GET=(answers(200, SYSTEM, SECURITY, AUDIT),)),
    "audit": Address(GET=(answers(200, AUDIT),)),
    "audit-verify": Address(POST=(answers(200, AUDIT),)),
    "audit-export": Address(path={"suffix": "csv"}, POST=(answers(200, AUDIT),)),
}
