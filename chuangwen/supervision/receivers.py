"""What supervision does when rooms below tell it something."""

from django.db.models import F

from chuangwen.audit.actions import Entry
from chuangwen.kit import clock
from chuangwen.people.models import Unit
from chuangwen.people.signals import UnitsMerged
from chuangwen.supervision.enums import NoticeStep
from chuangwen.supervision.models import NoticeEvent, SupervisionNotice
from chuangwen.supervision.workflow import OVER


def move_to_merged_unit(news: UnitsMerged) -> None:
    """The unit that is kept answers what was served on the other one and is not over."""
    units = Unit.objects.in_bulk([news.keep_id, news.other_id])
    kept, other = units[news.keep_id], units[news.other_id]
    open_ones = SupervisionNotice.objects.filter(unit=other).exclude(state__in=OVER)
    notices = list(open_ones.select_for_update())
    named = f"{other.name} → {kept.name}"
    NoticeEvent.objects.bulk_create(
        NoticeEvent(
            notice=notice, step=NoticeStep.HAND_OVER, day=clock.today(), text=f"单位合并：{named}",
            account_id=news.by.account_id,
        )
        for notice in notices
    )  # fmt: skip
    news.entries.extend(
        Entry("supervision_notice.handed_over", notice, {"unit": [other.name, kept.name]})
        for notice in notices
    )
    SupervisionNotice.objects.filter(pk__in=[notice.pk for notice in notices]).update(
        unit=kept, version=F("version") + 1
    )
