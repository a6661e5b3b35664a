"""What the two districts hold of supervision: a ladder, and each case on a rung of it."""

import datetime
from typing import TYPE_CHECKING

from chuangwen.rectification.models import Case
from chuangwen.supervision.models import EscalationStep, Ladder, Rung

if TYPE_CHECKING:
    from .world import District

DAY = datetime.date(2021, 9, 15)


def add_supervision(district: "District") -> None:
    """A rung on which every case stands that a unit has."""
    ladder = Ladder.objects.create(in_force_from=DAY)
    rung = Rung.objects.create(
        ladder=ladder, days=1, name=f"{district.mark}区催办", measure="urge", tells=["clerk"]
    )
    for case in Case.objects.filter(lead__isnull=False):
        EscalationStep.objects.create(
            case=case, due_on=case.due_on, rung=rung, unit=case.lead, days=1, name=rung.name,
            measure="urge", climbed_on=DAY,
        )  # fmt: skip
