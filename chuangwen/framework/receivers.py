"""What the framework does when rooms below tell it something."""

import datetime

from chuangwen.audit.actions import Entry
from chuangwen.framework.models import IndicatorReporter
from chuangwen.kit import clock
from chuangwen.people.models import Unit
from chuangwen.people.signals import UnitsMerged


def move_to_merged_unit(news: UnitsMerged) -> None:
    """The unit that is kept reports from today on what the closed one did, with an event each;
    values stay whose they are."""
    open_rows = IndicatorReporter.objects.filter(valid_until__isnull=True)
    own = open_rows.filter(unit_id=news.keep_id).values("indicator")
    today = clock.today()
    names = dict(
        Unit.objects.filter(pk__in=[news.keep_id, news.other_id]).values_list("pk", "name")
    )
    kept, closed = names[news.keep_id], names[news.other_id]
    ended = list(open_rows.filter(unit_id=news.other_id).select_related("indicator"))
    missing = {row.pk for row in open_rows.filter(unit_id=news.other_id).exclude(indicator__in=own)}
    for row in ended:
        row.valid_until = max(row.valid_from, today - datetime.timedelta(days=1))
    IndicatorReporter.objects.bulk_update(ended, ["valid_until"], batch_size=200)
    IndicatorReporter.objects.bulk_create(
        [
            IndicatorReporter(
                indicator_id=row.indicator_id,
                unit_id=news.keep_id,
                valid_from=max(row.valid_from, today),
            )
            for row in ended
            if row.pk in missing
        ],
        batch_size=500,
    )
    for row in ended:
        changes = {"unit": [closed, None], "valid_until": [None, row.valid_until]}
        news.entries.append(Entry("indicator.reporter_ended", row.indicator, changes))
        if row.pk in missing:
            changes = {"unit": [None, kept]}
            news.entries.append(Entry("indicator.reporter_assigned", row.indicator, changes))
