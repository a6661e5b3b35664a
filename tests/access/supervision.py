"""What the two districts hold of supervision: a ladder, and each case on a rung of it."""

import datetime
from typing import TYPE_CHECKING

from chuangwen.rectification.models import Case
from chuangwen.supervision.models import (
    Accountability,
    AccountabilityBasis,
    AccountabilityEvent,
    DecisionReport,
    EscalationStep,
    Ladder,
    Meeting,
    MeetingDecision,
    MeetingUnit,
    NoticeCase,
    NoticeEvent,
    Rung,
    SupervisionNotice,
)

if TYPE_CHECKING:
    from .world import District

DAY = datetime.date(2021, 9, 15)


def add_supervision(district: "District") -> None:
    """A rung on which every case stands that a unit has; a 督办单 to each unit, and a draft."""
    ladder = Ladder.objects.create(in_force_from=DAY)
    rung = Rung.objects.create(
        ladder=ladder, days=1, name=f"{district.mark}区催办", measure="urge", tells=["clerk"]
    )
    for case in Case.objects.filter(lead__isnull=False):
        EscalationStep.objects.create(
            case=case, due_on=case.due_on, rung=rung, unit=case.lead, days=1, name=rung.name,
            measure="urge", climbed_on=DAY,
        )  # fmt: skip
    for serial, relation in enumerate(("own", "child", "sibling", "draft"), 1):
        unit = district.units.get(relation, district.units["own"])
        is_draft = relation == "draft"
        notice = SupervisionNotice.objects.create(
            title=f"{district.mark}区督办{relation}", text=f"{district.mark}区问题", unit=unit,
            demands="限期整改", answer_days=5, state="draft" if is_draft else "receipted",
            **({} if is_draft else {
                "year": 2021, "serial": serial, "number": f"督办〔2021〕{serial}号",
                "served_on": DAY, "due_on": DAY,
            }),
        )  # fmt: skip
        NoticeEvent.objects.create(notice=notice, step="draft", day=DAY)
        for case in Case.objects.filter(lead=unit):
            NoticeCase.objects.create(notice=notice, case=case)
        district.add("supervision_notice", relation, pk=notice.pk)
    mark, unit = district.mark, district.units["own"]
    matter = Accountability.objects.create(
        unit=unit, person=f"{mark}区责任人", ground=f"{mark}区条款", facts=f"{mark}区事实",
        proposal=f"{mark}区建议",
    )  # fmt: skip
    AccountabilityEvent.objects.create(matter=matter, step="propose", day=DAY, text=f"{mark}区建议")
    AccountabilityBasis.objects.create(matter=matter, case=Case.objects.filter(lead=unit).first())
    district.add("matter", "here", pk=matter.pk)
    for relation in ("own", "child", "sibling"):
        unit = district.units[relation]
        meeting = Meeting.objects.create(
            kind="dispatch", title=f"{mark}区调度会{relation}", held_on=DAY, agenda=f"{mark}区议程",
            minutes=f"{mark}区纪要", state="held",
        )  # fmt: skip
        MeetingUnit.objects.create(
            meeting=meeting, unit=unit, presence="present", who=f"{mark}区人"
        )
        decision = MeetingDecision.objects.create(
            meeting=meeting, text=f"{mark}区议定", unit=unit, due_on=DAY
        )
        DecisionReport.objects.create(decision=decision, day=DAY, text=f"{mark}区落实")
        district.add("meeting", relation, pk=meeting.pk)
