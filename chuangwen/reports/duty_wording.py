"""How duties, deadlines and targets read in a document or a spreadsheet."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from chuangwen.reports.duty_sheet import (
    ActionDuties,
    Deadline,
    DutyKind,
    IndicatorTarget,
    UnitDuty,
)
from chuangwen.reports.text import chinese_date


@dataclass(frozen=True, slots=True)
class ResponsibilityRow:
    """One line of 责任分解表: one task with the units and indicators that hold for it."""

    number: str
    action: str
    task: str
    lead_units: tuple[str, ...]
    responsible_units: tuple[str, ...]
    supporting_units: tuple[str, ...]
    deadline: Deadline
    indicators: tuple[IndicatorTarget, ...]


def responsibility_rows(actions: Iterable[ActionDuties]) -> Iterator[ResponsibilityRow]:
    """Yield one row a task; an action without tasks keeps a row, so that nobody is forgotten."""
    for action in actions:
        yield from _rows_of(action)


def _rows_of(action: ActionDuties) -> Iterator[ResponsibilityRow]:
    for task in action.tasks:
        own_units = task.lead_units or task.responsible_units or task.supporting_units
        bearer = task if own_units else action
        yield ResponsibilityRow(
            number=task.number,
            action=action.title,
            task=task.text,
            lead_units=bearer.lead_units,
            responsible_units=bearer.responsible_units,
            supporting_units=bearer.supporting_units,
            deadline=task.deadline,
            indicators=task.indicators or action.indicators,
        )
    if not action.tasks:
        yield ResponsibilityRow(
            number=str(action.number),
            action=action.title,
            task="",
            lead_units=action.lead_units,
            responsible_units=action.responsible_units,
            supporting_units=action.supporting_units,
            deadline=Deadline(),
            indicators=action.indicators,
        )


def deadline_wording(deadline: Deadline) -> str:
    """Return 2021年12月31日（长期坚持), one of the two, or nothing."""
    if deadline.day is None:
        return deadline.note
    note = f"（{deadline.note}）" if deadline.note else ""
    return chinese_date(deadline.day) + note


def indicator_wording(indicator: IndicatorTarget) -> str:
    """Return 道路照明亮灯率≥95%（2021年）."""
    scope = f"（{indicator.scope}）" if indicator.scope else ""
    gap = "" if indicator.value is not None else "："
    return f"{indicator.name}{gap}{indicator.wording()}{scope}".rstrip("：")


def basis_wording(basis: Iterable[str]) -> str:
    """Return 《甲》《乙》: titles side by side, each in its own brackets."""
    return "".join(title if title.startswith("《") else f"《{title}》" for title in basis)


def in_kind_order(duties: Iterable[UnitDuty]) -> list[UnitDuty]:
    """Return duties with 牵头 first, then in the order of `DutyKind`; equals keep their order."""
    order = {kind: place for place, kind in enumerate(DutyKind)}
    return sorted(duties, key=lambda duty: order[duty.kind])


def duty_counts(duties: Iterable[UnitDuty]) -> str:
    """Return 牵头2项、责任5项 for the kinds that occur, in the order of `DutyKind`."""
    counts = Counter(duty.kind for duty in duties)
    return "、".join(f"{kind}{counts[kind]}项" for kind in DutyKind if counts[kind])
