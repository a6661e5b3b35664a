"""Makes the district of the notice: its campaign through the users' own actions, its accounts."""

import datetime
from importlib.resources import files

from django.db import transaction

from chuangwen.audit.actions import open_chain
from chuangwen.demonstration import Loaded
from chuangwen.demonstration.accounts import ACCOUNTS, LEADER, OFFICE
from chuangwen.demonstration.activity import load_activity
from chuangwen.demonstration.cases import load_cases
from chuangwen.demonstration.documents import load_papers
from chuangwen.demonstration.meetings import load_meetings
from chuangwen.demonstration.people import make_account
from chuangwen.demonstration.rounds import load_rounds
from chuangwen.demonstration.sites import load_sites
from chuangwen.demonstration.supervision import load_supervision
from chuangwen.framework.actions.frameworks import publish_version
from chuangwen.framework.actions.importing import load_reference_template
from chuangwen.people.actions.groups import create_group
from chuangwen.people.actions.units import create_unit
from chuangwen.people.actors import Actor, system_actor
from chuangwen.people.enums import DEPARTMENTS, UnitKind
from chuangwen.people.models import Account, Unit
from chuangwen.people.queries import actor_of
from chuangwen.plan.actions.campaigns import open_campaign
from chuangwen.plan.actions.confirming import confirm_import
from chuangwen.plan.actions.imports import take_in_document
from chuangwen.plan.actions.review import accept_remaining, decide_items
from chuangwen.plan.enums import ItemKind, ItemState
from chuangwen.plan.reading import read_document
from chuangwen.tenancy.models import Tenant
from chuangwen.tenancy.scope import tenant_scope

NAME, CODE = "攀枝花市东区", "510402"
NOTICE = "panzhihua-dongqu-2021.txt"
ISSUED_ON = datetime.date(2021, 8, 6)


@transaction.atomic
def load_district() -> Loaded:
    """Return what was loaded; a district that exists is left as its users made it."""
    if Tenant.objects.filter(code=CODE).exists():
        return Loaded(NAME, fresh=False)
    tenant = Tenant.objects.create(name=NAME, code=CODE)
    open_chain(tenant_id=tenant.pk)
    with tenant_scope(tenant.pk):
        by = system_actor(tenant.pk)
        create_unit(name="区创文办", kind=UnitKind.COORDINATION, by=by)
        _make_campaign(by)
        load_framework(by)
        for account in ACCOUNTS:
            make_account(tenant, account, Unit.objects.get(name=account.unit))
        load_activity()
        office = actor_of(Account.objects.get(tenant=tenant, username=OFFICE))
        load_sites(office)
        load_rounds(office)
        load_cases(office)
        load_supervision(office)
        load_meetings(office)
        leader = actor_of(Account.objects.get(tenant=tenant, username=LEADER))
        load_papers(office, leader)
    return Loaded(NAME, fresh=True)


def load_framework(by: Actor) -> None:
    """Publish the reference template with its checklists, so that rounds can be held by it."""
    version = load_reference_template(by=by)
    publish_version(version=version, base_version=version.version, by=by)


def _make_campaign(by: Actor) -> None:
    """Read the notice and accept all of it; who wants to see the review imports it again."""
    data = (files("chuangwen.plan") / "samples" / NOTICE).read_bytes()
    campaign = open_campaign(
        name="创建第七届全国文明城市行动计划（2021—2023年）",
        starts_on=datetime.date(2021, 1, 1),
        ends_on=datetime.date(2023, 12, 31),
        by=by,
    )
    taken = take_in_document(
        campaign=campaign, source=read_document(data, NOTICE), name=NOTICE, data=data, by=by
    )
    accept_remaining(plan_import=taken, by=by)
    doubts = taken.items.filter(kind=ItemKind.ANOMALY).values_list("pk", flat=True)
    decide_items(plan_import=taken, item_ids=doubts, state=ItemState.ACCEPTED, by=by)
    confirm_import(plan_import=taken, base_version=1, effective_on=ISSUED_ON, by=by)
    create_group(name="区级各部门", kinds=DEPARTMENTS, by=by)
    create_group(name="各街道(镇)", kinds=[UnitKind.STREET], by=by)
