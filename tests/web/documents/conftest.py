"""王芳 of 创文办, 陈建国 who signs, 李梅 and 赵磊 of two bureaus at their browsers."""

import pytest
from django.test import Client

from tests.documents.conftest import (  # noqa: F401 - fixtures
    _day,
    builder,
    bureau,
    category,
    clerk,
    dispatched,
    draft,
    filed,
    housing,
    inspector,
    issued,
    leader,
    office,
    office_unit,
    reported,
    seen,
)
from tests.web.sites.conftest import browser_of


@pytest.fixture
def at_office(office) -> Client:  # noqa: F811
    return browser_of(office)


@pytest.fixture
def at_desk(leader) -> Client:  # noqa: F811
    return browser_of(leader)


@pytest.fixture
def at_bureau(clerk) -> Client:  # noqa: F811
    return browser_of(clerk)


@pytest.fixture
def at_housing(builder) -> Client:  # noqa: F811
    return browser_of(builder)
