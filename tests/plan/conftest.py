"""The notice of 东区 taken in for review by 王芳 of the 创文办."""

from pathlib import Path

import pytest

from chuangwen.kit.ids import new_id
from chuangwen.people.actors import Actor, Post
from chuangwen.people.models import Unit
from chuangwen.people.roles import Role
from chuangwen.plan.actions.imports import take_in_document
from chuangwen.plan.models import Campaign
from chuangwen.plan.reading.plain import read_text

NOTICE = Path(__file__).parents[2] / "chuangwen/plan/samples/panzhihua-dongqu-2021.txt"


@pytest.fixture
def office(tenant) -> Actor:
    unit = Unit.objects.create(name="区创文办", kind="coordination")
    return Actor(tenant.pk, new_id(), "王芳", (Post(Role.OFFICE, unit.pk, unit.name),))


@pytest.fixture
def campaign(tenant) -> Campaign:
    return Campaign.objects.create(name="第七届", starts_on="2021-01-01", ends_on="2023-12-31")


@pytest.fixture
def taken_in(campaign, office):
    data = NOTICE.read_bytes()
    return take_in_document(
        campaign=campaign,
        source=read_text(data, NOTICE.name),
        name="通知.txt",
        data=data,
        by=office,
    )
