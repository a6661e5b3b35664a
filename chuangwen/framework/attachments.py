"""The documents that prove reported values, and who may open and remove them."""

from chuangwen.files.owners import OwnerKind
from chuangwen.framework.enums import ValueState
from chuangwen.framework.models import IndicatorValue
from chuangwen.framework.queries.indicators import visible_values
from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission


def _sees_originals(actor: Actor, value: IndicatorValue) -> bool:
    own = value.unit_id in actor.unit_ids
    return own or actor.may_everywhere(Permission.REVIEW_INDICATORS)


def _may_remove(actor: Actor, value: IndicatorValue) -> bool:
    """The proof of an accepted value is for the office to remove."""
    if actor.may_everywhere(Permission.REVIEW_INDICATORS):
        return True
    own = actor.may(Permission.REPORT_INDICATORS, unit_id=value.unit_id)
    return own and value.state != ValueState.ACCEPTED


VALUE = OwnerKind(
    name="framework.value",
    label="指标值",
    visible=visible_values,
    sees_originals=_sees_originals,
    may_remove=_may_remove,
)
