"""The application with a bug planted on purpose, to see that the trial finds it.

Only the harness serves this module; `FIELD_PLANTED_BUG` says which bug.
"""

import os
import random

from chuangwen.asgi import application as application  # noqa: PLC0414 - what granian serves


def early_receipt() -> None:
    """A receipt for what is then taken back: the phone would delete its only copy."""
    from django.db import transaction

    from chuangwen.api.field import records

    plain = records.confirm_record

    def confirm(**given):
        with transaction.atomic():
            outcome = plain(**given)
            if outcome.record.committed_at and random.random() < 0.2:  # noqa: S311
                transaction.set_rollback(True)
        return outcome

    records.confirm_record = confirm


def counted_outside() -> None:
    """Counts added again whenever a record is confirmed again."""
    from chuangwen.inspection.actions import confirming
    from chuangwen.inspection.models import Visit
    from chuangwen.inspection.tallies import add_to_tallies

    plain = confirming.confirm

    def confirm(**given):
        outcome = plain(**given)
        visit = Visit.objects.filter(record=outcome.record).first()
        if visit is not None:
            add_to_tallies({(visit.round_id, "round", visit.round_id): {**NOTHING, "tested": 1}})
        return outcome

    confirming.confirm = confirm


def unchecked_hash() -> None:
    """Bytes are kept without looking whether they are those that were promised."""
    from chuangwen.files.actions import photos

    plain = photos._check
    photos._check = lambda file, found, promised: plain(file, promised, promised)


NOTHING = dict.fromkeys(("drawn", "tested", "passed", "lines", "failed_lines", "findings"), 0)
BUGS = {
    "early receipt": early_receipt,
    "counted outside": counted_outside,
    "unchecked hash": unchecked_hash,
}
BUGS[os.environ["FIELD_PLANTED_BUG"]]()
