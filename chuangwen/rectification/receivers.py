"""What the ledger of cases does when rooms below tell it something."""

from django.db.models import F

from chuangwen.audit.actions import Entry
from chuangwen.kit import clock
from chuangwen.people.models import Unit
from chuangwen.people.signals import UnitsMerged
from chuangwen.rectification.enums import ShareKind, Step
from chuangwen.rectification.life import GONE, Deed
from chuangwen.rectification.models import Case, CaseShare
from chuangwen.rectification.stepping import Stride, step_silently
from chuangwen.rectification.workflow import OVER


def move_to_merged_unit(news: UnitsMerged) -> None:
    """The unit that is kept goes on with the other's shares of all cases that are not over, with
    an event each. What is over stays with the unit that did it."""
    units = Unit.objects.in_bulk([news.keep_id, news.other_id])
    kept, other = units[news.keep_id], units[news.other_id]
    shares = CaseShare.objects.filter(unit=other).exclude(state__in=GONE)
    cases = Case.objects.exclude(state__in=OVER).filter(pk__in=shares.values("case_id"))
    deed = Deed(Step.HAND_OVER, clock.today(), unit=other.pk, units={kept.pk: ShareKind.SUPPORTING})
    named = f"{other.name} → {kept.name}"
    strides = [
        Stride(case, deed, text="单位合并", named=named)
        for case in cases.order_by("pk").select_for_update()
    ]
    if strides:
        news.entries.extend(step_silently(strides, by=news.by)[1])
    for column in ("area", "reported_by", "proposed_lead"):
        placed = Case.objects.exclude(state__in=OVER).filter(**{column: other})
        news.entries.extend(
            Entry("case.edited", case, {column: [other.name, kept.name]}) for case in placed
        )
        placed.update(**{column: kept}, version=F("version") + 1)
