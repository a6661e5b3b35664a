"""Home, signing in, one's own account, and what monitoring asks."""

from tests.access.policy.rules import AUDIT, SECURITY, SIGNED_IN, SYSTEM, VIEWERS, Address, answers

TABLE = {
    "home": Address(GET=(answers(200, *SIGNED_IN),)),
    "overview": Address(GET=(answers(200, SYSTEM, SECURITY, AUDIT),)),
    "gallery": Address(GET=(answers(404, *SIGNED_IN),)),  # for developers: with DEBUG only
    "health": Address(GET=(answers(200, *VIEWERS),)),
    "login": Address(GET=(answers(200, *VIEWERS),), POST=(answers(422, *VIEWERS),)),
    # Nobody's password was right a moment ago: back to the log-in page.
    "login-code": Address(GET=(answers(302, *VIEWERS),), POST=(answers(302, *VIEWERS),)),
    # Not configured: no such address.
    "oidc": Address(GET=(answers(404, *VIEWERS),)),
    "oidc-back": Address(GET=(answers(404, *VIEWERS),)),
    "cas": Address(GET=(answers(404, *VIEWERS),)),
    "cas-back": Address(GET=(answers(404, *VIEWERS),)),
    "logout": Address(POST=(answers(302, *SIGNED_IN),)),
    "password": Address(GET=(answers(200, *SIGNED_IN),), POST=(answers(422, *SIGNED_IN),)),
    "own-account": Address(GET=(answers(200, *SIGNED_IN),)),
    "own-totp": Address(GET=(answers(200, *SIGNED_IN),), POST=(answers(422, *SIGNED_IN),)),
    "own-totp-remove": Address(POST=(answers(422, *SIGNED_IN),)),  # wants the password
    "own-recovery-codes": Address(POST=(answers(422, *SIGNED_IN),)),  # wants the password
    "own-session-end": Address(POST=(answers(404, *SIGNED_IN),)),  # no handle given
    "own-sessions-end": Address(POST=(answers(302, *SIGNED_IN),)),
}
