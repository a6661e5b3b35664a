"""A small district for pages: whoever signs in, units, an action, tasks and parts."""

import datetime

from django.test import Client

from chuangwen.people.actions.units import create_unit
from chuangwen.people.actors import system_actor
from chuangwen.people.enums import UnitKind
from chuangwen.people.models import Account, Membership, Unit
from chuangwen.plan.actions.dispatching import Assignment, dispatch_many
from chuangwen.plan.enums import DutyKind
from chuangwen.plan.models import Action, Campaign, Duty, Task, TaskPart
from chuangwen.search.actions import keep_found
from chuangwen.tenancy.scope import current_tenant_id

TODAY = datetime.date(2021, 9, 15)
DUE = datetime.date(2021, 12, 31)


class District:
    """Makes what a page shows, through the same actions that clicks run."""

    def __init__(self, tenant) -> None:
        self.tenant = tenant
        self.system = system_actor(current_tenant_id())
        self.campaign = Campaign.objects.create(
            name="第七届", starts_on="2021-01-01", ends_on="2023-12-31"
        )
        self.action = Action.objects.create(
            campaign=self.campaign, number="（一）", title="公共环境提升行动"
        )

    def unit(self, name: str, kind: UnitKind = UnitKind.GOVERNMENT) -> Unit:
        found = Unit.objects.filter(name=name).first()
        return found or create_unit(name=name, kind=kind, by=self.system)

    def sign_in(self, role, unit: str = "区创文办", username: str = "") -> Client:
        username = username or f"{role}-{unit}"
        account = Account.objects.create(
            tenant=self.tenant, username=username, name=username, must_change_password=False
        )
        Membership.objects.create(account=account, unit=self.unit(unit), role=role)
        client = Client()
        client.force_login(account)
        return client

    def duty(self, unit: str, kind: DutyKind = DutyKind.LEAD, **place) -> Duty:
        place = place or {"action": self.action}
        return Duty.objects.create(
            campaign=self.campaign, unit=self.unit(unit), kind=kind, written_name=unit, **place
        )

    def task(self, title: str = "停车泊位划线", **facts) -> Task:
        facts = {"action": self.action, **facts}
        task = Task.objects.create(campaign=self.campaign, title=title, **facts)
        keep_found([task])
        return task

    def part(self, task: Task | None = None, unit: str = "区发改局", due_on=DUE) -> TaskPart:
        task = task or self.task()
        (part,) = dispatch_many(
            assignments=[Assignment(task.pk, self.unit(unit).pk, DutyKind.LEAD, due_on)],
            by=self.system,
        )
        return part
