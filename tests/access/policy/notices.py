"""Notices, reminders and calendars."""

from tests.access.policy.rules import (
    OFFICE,
    READERS,
    SIGNED_IN,
    SYSTEM,
    VIEWERS,
    Address,
    answers,
)

TABLE = {
    "notices": Address(GET=(answers(200, *SIGNED_IN),)),
    "notices-read": Address(POST=(answers(302, *SIGNED_IN),)),
    "notice-settings": Address(GET=(answers(200, *SIGNED_IN),), POST=(answers(302, *SIGNED_IN),)),
    # Another's notice is nobody else's business.
    "notice-open": Address("notice", POST=(answers(404, *SIGNED_IN),)),
    "notice-read": Address("notice", POST=(answers(404, *SIGNED_IN),)),
    "reminder-settings": Address(GET=(answers(200, OFFICE),), POST=(answers(422, OFFICE),)),
    "deliveries": Address(GET=(answers(200, SYSTEM),), POST=(answers(302, SYSTEM),)),
    "plan-calendar": Address(GET=(answers(200, *READERS),)),
    "plan-calendar-file": Address(GET=(answers(200, *READERS),)),
    "plan-calendar-address": Address(GET=(answers(200, *READERS),), POST=(answers(200, *READERS),)),
    # Whoever knows the token reads it; nobody has this one.
    "calendar-feed": Address(path={"token": "unknown"}, GET=(answers(404, *VIEWERS),)),
}
