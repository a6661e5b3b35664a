"""A district with pages, on 2021-09-15."""

import pytest

from chuangwen.people.roles import Role
from tests.web.plan.people import TODAY, District


@pytest.fixture
def district(tenant, settings) -> District:
    settings.CHUANGWEN_TODAY = TODAY
    return District(tenant)


@pytest.fixture
def wang_fang(district):
    return district.sign_in(Role.OFFICE)


@pytest.fixture
def li_mei(district):
    return district.sign_in(Role.CLERK, "区发改局")
