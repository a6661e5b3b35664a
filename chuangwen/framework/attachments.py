"""Documents that prove reported values, example photos of check lines: who opens and removes."""

from chuangwen.files.owners import OwnerKind
from chuangwen.framework.enums import ValueState
from chuangwen.framework.models import CheckLine, IndicatorValue
from chuangwen.framework.queries.checklists import visible_lines
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


def _sees_every_original(_actor: Actor, _line: CheckLine) -> bool:
    """They are made to be shown; yet the picture without place and camera serves as well."""
    return False


def _may_remove_example(actor: Actor, line: CheckLine) -> bool:
    """As the line itself: in drafts only."""
    version = line.checklist.framework_version
    return version.is_draft and actor.may(Permission.MANAGE_FRAMEWORK)


def _example(name: str, label: str) -> OwnerKind:
    return OwnerKind(
        name=name,
        label=label,
        visible=visible_lines,
        sees_originals=_sees_every_original,
        may_remove=_may_remove_example,
    )


GOOD_EXAMPLE = _example("framework.good_example", "测评项的正确示例")
BAD_EXAMPLE = _example("framework.bad_example", "测评项的错误示例")
EXAMPLES = (GOOD_EXAMPLE, BAD_EXAMPLE)
