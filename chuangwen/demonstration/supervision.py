"""Sample supervision of the demonstration: the ladder, and what climbed it by its own day."""

import datetime

from chuangwen.demonstration.cases import TODAY
from chuangwen.kit.clock import as_on
from chuangwen.kit.samples import sampling
from chuangwen.people.actors import Actor, system_actor
from chuangwen.supervision.actions.climbing import climb
from chuangwen.supervision.actions.ladder import set_ladder
from chuangwen.supervision.actions.telling import send_reminders
from chuangwen.supervision.reference import reference_plan

FIRST = datetime.date(2021, 9, 6)
NOON = datetime.time(12)
DAY = datetime.timedelta(days=1)


def load_supervision(office: Actor) -> None:
    """Set the reference ladder, and let the sample cases climb it day by day."""
    system = system_actor(office.tenant_id)
    with sampling(), as_on(FIRST):
        set_ladder(plan=reference_plan(FIRST), base_version=0, by=office)
    day = FIRST
    while day <= TODAY:
        with sampling(), as_on(day):
            climb(day=day, by=system)
            send_reminders(day=day, at=NOON, by=system)
        day += DAY
