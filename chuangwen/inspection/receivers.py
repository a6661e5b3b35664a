"""What rounds do when rooms below tell them something."""

from django.db.models import F

from chuangwen.audit.actions import Entry
from chuangwen.inspection.enums import FindingState
from chuangwen.inspection.models import Finding
from chuangwen.people.models import Unit
from chuangwen.people.signals import UnitsMerged


def move_to_merged_unit(news: UnitsMerged) -> None:
    """The unit that is kept mends from now on what was found at the closed one, with an event each.

    Results stay with the unit that was tested: they are what was found then.
    """
    units = Unit.objects.in_bulk([news.keep_id, news.other_id])
    change = [units[news.other_id].name, units[news.keep_id].name]
    waiting = Finding.objects.filter(unit_id=news.other_id, state=FindingState.OPEN)
    news.entries.extend(
        Entry("finding.handed_over", finding, {"unit": change}) for finding in waiting
    )
    waiting.update(unit_id=news.keep_id, version=F("version") + 1)
