"""东区 after its notice, made once for a file of tests; two people look at it."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client, override_settings

from chuangwen.audit.actions import open_chain
from chuangwen.people.actions.units import create_unit
from chuangwen.people.actors import Actor, system_actor
from chuangwen.people.enums import UnitKind
from chuangwen.people.models import Unit
from chuangwen.people.roles import Role
from chuangwen.plan.actions.campaigns import open_campaign
from chuangwen.plan.actions.confirming import confirm_import
from chuangwen.plan.actions.imports import take_in_document
from chuangwen.plan.actions.review import accept_remaining, decide_items
from chuangwen.plan.enums import ItemKind, ItemState
from chuangwen.plan.models import Campaign, PlanImport
from chuangwen.plan.reading.plain import read_text
from chuangwen.tenancy.models import Tenant
from chuangwen.tenancy.scope import tenant_scope
from tests.web.signing import sign_in

NOTICE = Path(__file__).parents[3] / "chuangwen/plan/samples/panzhihua-dongqu-2021.txt"


@dataclass
class District:
    """What the notice made, and two people at their browsers."""

    tenant: Tenant
    system: Actor
    campaign: Campaign
    plan: PlanImport
    wang_fang: Client  # of 创文办
    li_mei: Client  # clerk of 区发改局


@pytest.fixture(scope="module")
def made_district(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[District]:
    data = tmp_path_factory.mktemp("data")
    settings = override_settings(CHUANGWEN_DATA=data, CHUANGWEN_TODAY=datetime.date(2021, 9, 15))
    with settings, django_db_blocker.unblock(), transaction.atomic():
        yield _make()
        transaction.set_rollback(True)


@pytest.fixture
def district(made_district: District) -> Iterator[District]:
    """The district; what a test writes is taken back after it."""
    with transaction.atomic(), tenant_scope(made_district.tenant.pk):
        yield made_district
        transaction.set_rollback(True)


@pytest.fixture
def plan(district: District) -> PlanImport:
    return district.plan


@pytest.fixture
def wang_fang(district: District) -> Client:
    return district.wang_fang


@pytest.fixture
def li_mei(district: District) -> Client:
    return district.li_mei


def _make() -> District:
    tenant = Tenant.objects.create(name="东区", code="510402")
    open_chain(tenant_id=tenant.pk)
    with tenant_scope(tenant.pk):
        by = system_actor(tenant.pk)
        campaign = open_campaign(
            name="第七届",
            starts_on=datetime.date(2021, 1, 1),
            ends_on=datetime.date(2023, 12, 31),
            by=by,
        )
        plan = _confirmed_notice(campaign, by)
        office = _unit("区创文办", UnitKind.COORDINATION, by)
        reform = _unit("区发改局", UnitKind.GOVERNMENT, by)
        return District(
            tenant,
            by,
            campaign,
            plan,
            sign_in(tenant, "wangfang", office, Role.OFFICE),
            sign_in(tenant, "limei", reform, Role.CLERK),
        )


def _confirmed_notice(campaign: Campaign, by: Actor) -> PlanImport:
    data = NOTICE.read_bytes()
    source = read_text(data, NOTICE.name)
    review = take_in_document(campaign=campaign, source=source, name="通知.txt", data=data, by=by)
    accept_remaining(plan_import=review, by=by)
    doubts = review.items.filter(kind=ItemKind.ANOMALY).values_list("pk", flat=True)
    decide_items(plan_import=review, item_ids=doubts, state=ItemState.ACCEPTED, by=by)
    review.refresh_from_db()
    day = datetime.date(2021, 8, 6)
    return confirm_import(plan_import=review, base_version=review.version, effective_on=day, by=by)


def _unit(name: str, kind: UnitKind, by: Actor) -> Unit:
    """The unit of that name, which the notice may have brought already."""
    return Unit.objects.filter(name=name).first() or create_unit(name=name, kind=kind, by=by)
