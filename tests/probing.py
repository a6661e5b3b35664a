"""Every write that any test asks a page for is seen to leave its event in the audit chain.

That every action says so in its code is checked in `tests/architecture`; here each request of
Django's test client, in the whole suite, is watched while it is answered.
"""

from collections.abc import Iterator
from typing import Any
from unittest import mock

import pytest
from django.test import Client

from tests.ledger import ledger

EVENT = "audit_auditevent"
# Addresses that write no business record, and the only tables that they may then write.
OWN_MATTERS = {
    "notices-read": ("notices_notice",),
    "notice-read": ("notices_notice",),
    "notice-open": ("notices_notice",),
    "notice-settings": ("notices_emailchoice",),
    # What a phone sends is evidence itself; the event is that a visit was made of it, or that a
    # person has to look.
    "field-record": ("inspection_fieldrecord",),
    "field-blob": ("files_storedfile", "files_derivative", "django_tasks", "inspection_heldphoto"),
}
plain_request = Client.request


class UnrecordedWriteError(AssertionError):
    """A page changed rows and no event tells of it."""


def request(client: Client, **asked: Any) -> Any:
    """Answer as always; raise if the answer is a success that wrote without an event."""
    if asked.get("REQUEST_METHOD", "GET") in ("GET", "HEAD", "OPTIONS"):
        return plain_request(client, **asked)
    with ledger() as book:
        answer = plain_request(client, **asked)
    if answer.status_code < 400 and book.written:
        name = answer.resolver_match.url_name
        own = OWN_MATTERS.get(name, ())
        written = [sql for sql in book.written if not any(table in sql for table in own)]
        if written and not any(EVENT in sql for sql in written):
            raise UnrecordedWriteError(f"{name} wrote without an event: {written[0]}")
    return answer


@pytest.fixture(autouse=True)
def _every_write_has_its_event() -> Iterator[None]:
    with mock.patch.object(Client, "request", request):
        yield
