"""The campaign into which documents are taken."""

import datetime

from django.db import transaction

from chuangwen.audit.actions import record
from chuangwen.kit import clock
from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission
from chuangwen.plan.models import Campaign
from chuangwen.plan.queries import current_campaign


@transaction.atomic
def open_campaign(
    *, name: str, starts_on: datetime.date, ends_on: datetime.date, by: Actor
) -> Campaign:
    """Open a 创建周期."""
    by.require(Permission.MANAGE_PLAN)
    campaign = Campaign.objects.create(name=name, starts_on=starts_on, ends_on=ends_on)
    record(by=by, verb="campaign.opened", on=campaign, name=[None, name])
    return campaign


def campaign_for_import(*, by: Actor) -> Campaign:
    """Return the campaign in force; opens one of three years from this January when none is."""
    campaign = current_campaign()
    if campaign is not None:
        return campaign
    year = clock.today().year
    return open_campaign(
        name=f"{year}—{year + 2}年创建周期",
        starts_on=datetime.date(year, 1, 1),
        ends_on=datetime.date(year + 2, 12, 31),
        by=by,
    )
