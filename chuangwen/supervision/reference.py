"""A ladder to begin with. It is 参考设置: no document prescribes it, and every page says so."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from chuangwen.supervision.enums import Audience, Measure

REFERENCE = "参考设置：本系统提供的起点，不是任何文件的规定，请按本市的制度修改后再启用。"


@dataclass(frozen=True)
class RungPlan:
    """A rung as somebody wants it; `id` names one that is there already."""

    days: int
    name: str
    measure: Measure
    tells: tuple[Audience, ...]
    id: UUID | None = None


@dataclass(frozen=True)
class LadderPlan:
    """A whole ladder as somebody wants it."""

    rungs: Sequence[RungPlan]
    in_force_from: datetime.date
    is_active: bool = True
    most_a_day: int = 3
    quiet_from: datetime.time = datetime.time(21)
    quiet_until: datetime.time = datetime.time(7, 30)


_CLERK, _HEAD, _LEADER, _OFFICE = Audience
RUNGS = (
    RungPlan(-3, "到期前提醒", Measure.REMIND, (_CLERK,)),
    RungPlan(1, "超期催办联络员", Measure.URGE, (_CLERK,)),
    RungPlan(3, "超期催办负责人", Measure.URGE, (_CLERK, _HEAD)),
    RungPlan(5, "报告分管领导", Measure.URGE, (_HEAD, _LEADER)),
    RungPlan(7, "列入通报", Measure.BULLETIN, (_CLERK, _HEAD, _OFFICE)),
    RungPlan(10, "提请约谈", Measure.TALK, (_HEAD, _LEADER, _OFFICE)),
    RungPlan(15, "提出问责建议", Measure.ACCOUNTABILITY, (_OFFICE,)),
)


def reference_plan(day: datetime.date) -> LadderPlan:
    """Return the ladder that is proposed where there is none."""
    return LadderPlan(rungs=RUNGS, in_force_from=day)
