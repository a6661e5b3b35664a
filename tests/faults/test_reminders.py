"""Four processes send the same day's reminders and route its e-mails, on each database."""

from tests.ops.installation import Installation

GIVE = """
from chuangwen.commands import start_django; start_django()
import datetime
from chuangwen.audit.actions import open_chain
from chuangwen.notices.actions.reminders import claim_run
from chuangwen.people.actions.units import create_unit
from chuangwen.people.actors import system_actor
from chuangwen.people.models import Account, Membership
from chuangwen.plan.models import Campaign, Task
from chuangwen.plan.actions.dispatching import Assignment, dispatch_many
from chuangwen.tenancy.models import Tenant
from chuangwen.tenancy.scope import tenant_scope
from tests.faults.client import DUE, OWN_DISTRICT
tenant = Tenant.objects.create(name="试验区", code=OWN_DISTRICT)
open_chain(tenant_id=tenant.pk)
with tenant_scope(tenant.pk):
    by = system_actor(tenant.pk)
    unit = create_unit(name="区发改局", kind="government", by=by)
    clerk = Account.objects.create(tenant=tenant, username="faults-limei", name="李梅",
                                   email="limei@example.gov.cn")
    Membership.objects.create(account=clerk, unit=unit, role="clerk")
    campaign = Campaign.objects.create(name="第七届", starts_on=DUE, ends_on=DUE)
    for number in range(30):
        task = Task.objects.create(campaign=campaign, title=f"任务{number}")
        dispatch_many(assignments=[Assignment(task.pk, unit.pk, "lead", DUE)], by=by)
    assert claim_run(DUE) is not None
"""
COUNT = """
from chuangwen.commands import start_django; start_django()
from chuangwen.notices.models import Delivery, Notice
notices = Notice.across_tenants.filter(kind="due_today", tenant__code="990001")
print(notices.count(), notices.values("about_id").distinct().count(),
      Delivery.across_tenants.filter(notice__in=notices).count())
"""


def test_everybody_is_told_once_and_gets_one_e_mail(district: Installation, together, monkeypatch):
    monkeypatch.setitem(district.settings, "CHUANGWEN_EMAIL_URL", "smtp://127.0.0.1:9")
    made = district.python(GIVE)
    assert made.returncode == 0, made.stderr
    assert together("remind", 4) == ["done"] * 4
    assert together("route", 4) == ["done"] * 4
    assert district.python(COUNT).stdout.split() == ["30", "30", "30"]
