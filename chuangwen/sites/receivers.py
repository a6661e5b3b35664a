"""What the register of sites does when rooms below tell it something."""

from django.db.models import F, Q

from chuangwen.audit.actions import Entry
from chuangwen.kit import clock
from chuangwen.people.models import Unit
from chuangwen.people.signals import UnitsMerged
from chuangwen.sites.actions.merging import end_yesterday
from chuangwen.sites.models import Boundary, Site, SiteDuty


def move_to_merged_unit(news: UnitsMerged) -> None:
    """The unit that is kept answers from today on for what the closed one did, and its area
    takes in the closed one's; with an event each."""
    today = clock.today()
    units = Unit.objects.in_bulk([news.keep_id, news.other_id])
    change = [units[news.other_id].name, units[news.keep_id].name]
    not_over = Q(valid_until__isnull=True) | Q(valid_until__gte=today)
    duties = list(SiteDuty.objects.filter(not_over, unit_id=news.other_id).select_related("site"))
    begun = [duty for duty in duties if duty.valid_from < today]
    ahead = [duty.pk for duty in duties if duty.valid_from >= today]
    SiteDuty.objects.filter(pk__in=ahead).update(unit_id=news.keep_id)
    successors = [
        SiteDuty(
            site_id=duty.site_id, kind=duty.kind, unit_id=news.keep_id, holder=duty.holder,
            valid_from=today, valid_until=duty.valid_until, source=duty.source,
        )
        for duty in begun
    ]  # fmt: skip
    end_yesterday(begun)
    SiteDuty.objects.bulk_create(successors, batch_size=500)
    news.entries.extend(
        Entry("site.duty_assigned", duty.site, {"kind": [None, duty.kind], "unit": change})
        for duty in duties
    )
    placed = Site.objects.filter(area_id=news.other_id)
    news.entries.extend(Entry("site.edited", site, {"area": change}) for site in placed)
    Boundary.objects.filter(area_id=news.other_id).update(area_id=news.keep_id)
    placed.update(area_id=news.keep_id, version=F("version") + 1)
