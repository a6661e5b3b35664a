"""Signed-in people of 东区, and the reference template to look at."""

import datetime

import pytest

from chuangwen.framework.actions.frameworks import publish_version
from chuangwen.framework.actions.importing import load_reference_template
from chuangwen.framework.actions.reporting_units import assign_reporters
from chuangwen.framework.models import Indicator
from chuangwen.people.actions.units import create_unit
from chuangwen.people.enums import UnitKind
from chuangwen.people.roles import Role
from tests.web.signing import sign_in

YEAR = 2020
START = datetime.date(2019, 1, 1)


@pytest.fixture
def wang_fang(tenant, system):
    """Of 创文办."""
    unit = create_unit(name="区创文办", kind=UnitKind.COORDINATION, by=system)
    return sign_in(tenant, "wangfang", unit, Role.OFFICE)


@pytest.fixture
def zhao_min(tenant, reform):
    """System administrator."""
    return sign_in(tenant, "zhaomin", reform, Role.SYSTEM_ADMINISTRATOR)


@pytest.fixture
def template(system):
    """The reference template as a draft."""
    return load_reference_template(by=system)


@pytest.fixture
def published(template, system):
    return publish_version(version=template, base_version=template.version, by=system)


@pytest.fixture
def participation(template, reform, system):
    """群众参与率 >98 %, reported by 区发改局."""
    indicator = Indicator.objects.get(name="创建活动的群众参与率")
    assign_reporters(pairs=[(indicator, reform)], valid_from=START, by=system)
    return indicator


def text_of(answer):
    return answer.content.decode()
