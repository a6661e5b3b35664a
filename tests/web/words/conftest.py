"""The notice of 东区 confirmed through the actions, and people who look at it."""

import datetime
from pathlib import Path

import pytest
from django.test import Client

from chuangwen.people.actions.units import create_unit
from chuangwen.people.enums import UnitKind
from chuangwen.people.models import Account, Membership, Unit
from chuangwen.people.roles import Role
from chuangwen.plan.actions.campaigns import open_campaign
from chuangwen.plan.actions.confirming import confirm_import
from chuangwen.plan.actions.imports import take_in_document
from chuangwen.plan.actions.review import accept_remaining, decide_items
from chuangwen.plan.enums import ItemKind, ItemState
from chuangwen.plan.reading.plain import read_text

NOTICE = Path(__file__).parents[3] / "chuangwen/plan/samples/panzhihua-dongqu-2021.txt"


def sign_in(tenant, username, unit, role):
    account = Account.objects.create(
        tenant=tenant, username=username, name=username, must_change_password=False, password="!"
    )
    Membership.objects.create(account=account, unit=unit, role=role)
    client = Client()
    client.force_login(account)
    return client


@pytest.fixture
def campaign_of_the_district(system):
    return open_campaign(
        name="第七届",
        starts_on=datetime.date(2021, 1, 1),
        ends_on=datetime.date(2023, 12, 31),
        by=system,
    )


@pytest.fixture
def review(campaign_of_the_district, system):
    """The notice, taken in and not yet confirmed."""
    data = NOTICE.read_bytes()
    return take_in_document(
        campaign=campaign_of_the_district,
        source=read_text(data, NOTICE.name),
        name="通知.txt",
        data=data,
        by=system,
    )


@pytest.fixture
def plan(review, system):
    """The notice, confirmed."""
    accept_remaining(plan_import=review, by=system)
    doubts = review.items.filter(kind=ItemKind.ANOMALY).values_list("pk", flat=True)
    decide_items(plan_import=review, item_ids=doubts, state=ItemState.ACCEPTED, by=system)
    review.refresh_from_db()
    day = datetime.date(2021, 8, 6)
    return confirm_import(
        plan_import=review, base_version=review.version, effective_on=day, by=system
    )


def unit_called(name, kind, by):
    """The unit of that name, which the notice may have brought already."""
    return Unit.objects.filter(name=name).first() or create_unit(name=name, kind=kind, by=by)


@pytest.fixture
def wang_fang(tenant, system):
    """Of 创文办."""
    unit = unit_called("区创文办", UnitKind.COORDINATION, system)
    return sign_in(tenant, "wangfang", unit, Role.OFFICE)


@pytest.fixture
def li_mei(tenant, system):
    """Clerk of 区发改局."""
    unit = unit_called("区发改局", UnitKind.GOVERNMENT, system)
    return sign_in(tenant, "limei", unit, Role.CLERK)
