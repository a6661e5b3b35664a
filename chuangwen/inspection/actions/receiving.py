"""Taking in what a phone sends: sealed records and their photos. Nothing that arrived is lost."""

import uuid
from collections.abc import Iterable

from chuangwen.files.actions.photos import Arrival, Span, receive_photo
from chuangwen.inspection.keeping import Received, hold_photo, keep_record, require_sender
from chuangwen.people.actors import Actor


def receive_record(*, record_id: uuid.UUID, content: bytes, by: Actor) -> Received:
    """Keep sealed bytes under the number that the phone gave them; sending again changes nothing.

    What cannot be confirmed as it is goes into quarantine with the reason. Raises NotPermitted for
    who never inspected, RecordTooLarge, and OtherRecord when the number has other bytes.
    """
    require_sender(by)
    return keep_record(record_id=record_id, content=content, inspector=by, by=by)


def receive_blob(*, sha256: str, span: Span, content: Iterable[bytes], by: Actor) -> Arrival:
    """Keep a part of a photo, or all of it; see `receive_photo` for what it raises."""
    require_sender(by)
    arrival = receive_photo(sha256=sha256, span=span, content=content, by=by)
    if arrival.is_whole:
        hold_photo(sha256=sha256)
    return arrival
