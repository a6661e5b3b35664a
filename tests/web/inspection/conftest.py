"""A district with twelve sites of two types, and 王芳 of 创文办 at her desk."""

import pytest

from tests.inspection.rounds.conftest import DAY, District
from tests.web.inspection.desk import browser


@pytest.fixture
def district(tenant, system, settings) -> District:
    settings.CHUANGWEN_TODAY = DAY
    made = District(tenant, system)
    made.add_sites(8, owner=made.commerce)
    made.add_sites(4, kind=made.avenue)
    return made


@pytest.fixture
def office(district):
    return browser(district.office)
