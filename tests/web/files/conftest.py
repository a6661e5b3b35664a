"""A confirmed part of 区发改局 with progress to report, and people around it."""

import datetime
import json

import pytest
from django_tasks_db.models import DBTaskResult

from chuangwen.files.tasks import make_derivatives
from chuangwen.people.actions.units import create_unit
from chuangwen.people.enums import UnitKind
from chuangwen.people.roles import Role
from chuangwen.plan.actions.dispatching import Assignment, dispatch_many
from chuangwen.plan.actions.parts import Step, confirm_measures, submit_measures
from chuangwen.plan.enums import DutyKind
from chuangwen.plan.models import Campaign, Task
from tests.web.signing import sign_in


@pytest.fixture
def office_unit(system):
    return create_unit(name="区创文办", kind=UnitKind.COORDINATION, by=system)


@pytest.fixture
def wang_fang(tenant, office_unit):
    """Of 创文办."""
    return sign_in(tenant, "wangfang", office_unit, Role.OFFICE)


@pytest.fixture
def leader(tenant, office_unit):
    """Reads the whole district, belongs to no unit that owns files."""
    return sign_in(tenant, "zhangjian", office_unit, Role.LEADER)


@pytest.fixture
def part(tenant, reform, system):
    campaign = Campaign.objects.create(name="第七届", starts_on="2021-01-01", ends_on="2023-12-31")
    task = Task.objects.create(campaign=campaign, title="停车泊位应划尽划")
    (made,) = dispatch_many(
        assignments=[Assignment(task.pk, reform.pk, DutyKind.LEAD, None)], by=system
    )
    steps = [Step("划线", datetime.date(2021, 9, 30))]
    made = submit_measures(part=made, base_version=1, steps=steps, by=system)
    return confirm_measures(part=made, base_version=2, by=system)


@pytest.fixture
def report(part, li_mei):
    """Post a progress entry as 李梅."""

    def post(**fields):
        data = {"day": "2021-09-01", "text": "已划线 30 处", **fields}
        return li_mei.post(f"/plan/parts/{part.pk}/progress/", data)

    return post


def run_worker():
    for waiting in DBTaskResult.objects.all():
        make_derivatives.func(*waiting.args_kwargs["args"])


def bytes_of(answer):
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def send_ahead(client, content, name):
    from django.core.files.uploadedfile import SimpleUploadedFile

    sent = client.post("/files/uploads/", {"files": SimpleUploadedFile(name, content)})
    return sent, json.loads(sent.content)
