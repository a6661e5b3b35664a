"""What units are told of the indicators they report and of the review of their values."""

import uuid
from collections.abc import Iterator, Sequence

from chuangwen.framework.enums import ValueState
from chuangwen.framework.models import Indicator, IndicatorReporter, IndicatorValue
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


def announce_reporters(reporters: Sequence[IndicatorReporter], by: Actor) -> None:
    """Tell those in the units who report what their unit reports from now on.

    One notice a unit, however many indicators; the reporters come with unit and indicator.
    """
    by_unit: dict[uuid.UUID, list[IndicatorReporter]] = {}
    for each in reporters:
        by_unit.setdefault(each.unit_id, []).append(each)
    people = people_by_unit(clock.today(), units=by_unit, roles=REPORTERS)

    def notes() -> Iterator[Told]:
        for unit_id, own in by_unit.items():
            names = [each.indicator.name for each in own]
            single = len(own) == 1
            note = Note(
                kind=NoticeKind.REPORTER_ASSIGNED,
                subject=f"请填报指标：{names[0]}" + ("" if single else f"等 {len(own)} 个"),
                body=f"{own[0].valid_from} 起由{own[0].unit.name}填报：{'；'.join(names)}。",
                key=f"reporter-assigned:{own[0].pk}",
                about=AboutKind.INDICATOR if single else AboutKind.INDICATORS,
                about_id=own[0].indicator_id if single else None,
            )
            yield from told(note, people.get(unit_id, ()))

    notify(notes=notes(), by=by)


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
