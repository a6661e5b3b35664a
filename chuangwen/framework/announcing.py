"""What units are told of the review of their values."""

from collections.abc import Iterator, Sequence

from chuangwen.framework.enums import ValueState
from chuangwen.framework.models import Indicator, IndicatorValue
from chuangwen.framework.periods import parse_period
from chuangwen.kit import clock
from chuangwen.notices.actions.notifying import notify
from chuangwen.notices.enums import AboutKind, NoticeKind
from chuangwen.notices.notes import Note, Told, told
from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission
from chuangwen.people.queries import people_by_unit
from chuangwen.people.roles import WITHIN_UNIT

REPORTERS = [role for role, may in WITHIN_UNIT.items() if Permission.REPORT_INDICATORS in may]
WORDS = {
    ValueState.ACCEPTED: (NoticeKind.VALUE_ACCEPTED, "指标值已接收"),
    ValueState.RETURNED: (NoticeKind.VALUE_RETURNED, "指标值被退回"),
}


def announce_review(values: Sequence[IndicatorValue], by: Actor) -> None:
    """Tell those in the units who report how their values were judged.

    Three statements, whatever the number of values; called in the review's transaction.
    """
    names = dict(
        Indicator.objects.filter(pk__in={each.indicator_id for each in values}).values_list(
            "pk", "name"
        )
    )
    units = {each.unit_id for each in values}
    people = people_by_unit(clock.today(), units=units, roles=REPORTERS)

    def notes() -> Iterator[Told]:
        for value in values:
            kind, word = WORDS[ValueState(value.state)]
            note = Note(
                kind=kind,
                subject=f"{word}：{names[value.indicator_id]} {parse_period(value.period).label}",
                body=f"原因：{value.return_reason}" if value.return_reason else "",
                key=f"{kind.value}:{value.pk}",
                about=AboutKind.INDICATOR,
                about_id=value.indicator_id,
            )
            yield from told(note, people.get(value.unit_id, ()))

    notify(notes=notes(), by=by)
