"""Reviewing reported values: accept many at once, or return one with the reason."""

import uuid
from collections.abc import Iterable

from django.db import transaction

from chuangwen.audit.actions import Entry, record, record_all
from chuangwen.framework import workflow
from chuangwen.framework.actions.saving import locked_values, require_open
from chuangwen.framework.announcing import announce_review
from chuangwen.framework.enums import ValueState
from chuangwen.framework.models import IndicatorValue
from chuangwen.framework.wording import clean_text, required
from chuangwen.kit import clock
from chuangwen.kit.errors import NotPermitted
from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission


@transaction.atomic
def accept_values(*, value_ids: Iterable[uuid.UUID], by: Actor) -> int:
    """Accept reported values; each replaces the accepted value that it corrects. Returns how many.

    Raises NotPermitted (also for one's own report), NotFound, IllegalTransition when one was
    reviewed already, and StaleEdit when one was corrected meanwhile. All are accepted or none.
    """
    by.require(Permission.REVIEW_INDICATORS)
    values = locked_values(value_ids)
    for value in values:
        _review(value, "accept", by)
    corrected = {(each.indicator_id, each.unit_id, each.period): each for each in values}
    former = IndicatorValue.objects.filter(
        superseded_by__isnull=True,
        state=ValueState.ACCEPTED,
        indicator_id__in={each.indicator_id for each in values},
        period__in={each.period for each in values},
    )
    replaced = []
    for old in former:
        new = corrected.get((old.indicator_id, old.unit_id, old.period))
        if new is not None:
            old.superseded_by = new
            replaced.append(old)
    IndicatorValue.objects.bulk_update(replaced, ["superseded_by"], batch_size=500)
    IndicatorValue.objects.bulk_update(
        values, ["state", "reviewed_by", "reviewed_at"], batch_size=500
    )
    record_all(
        by=by,
        entries=[
            Entry("indicator_value.accepted", each, {"state": ["reported", "accepted"]})
            for each in values
        ],
    )
    announce_review(values, by)
    return len(values)


@transaction.atomic
def return_value(*, value: IndicatorValue, reason: str, by: Actor) -> IndicatorValue:
    """Send a reported value back with the reason. Raises like `accept_values`, and Invalid."""
    by.require(Permission.REVIEW_INDICATORS)
    why = required(clean_text(reason), label="退回原因", field="reason")
    fresh = locked_values([value.pk])[0]
    _review(fresh, "return", by)
    fresh.return_reason = why
    fresh.save(update_fields=["state", "reviewed_by", "reviewed_at", "return_reason"])
    record(by=by, verb="indicator_value.returned", on=fresh, reason=why)
    announce_review([fresh], by)
    return fresh


def _review(value: IndicatorValue, step: str, by: Actor) -> None:
    require_open(value)
    target = workflow.VALUE.check(step, ValueState(value.state))
    if by.account_id is not None and value.reported_by == by.account_id:
        raise NotPermitted("这个值是您自己填报的，须由他人审核。请交给其他审核人员。")
    value.state = str(target.value)
    value.reviewed_by, value.reviewed_at = by.account_id, clock.now()
