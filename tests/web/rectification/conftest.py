"""王芳 of 创文办, 周敏 who inspects and clerks of two bureaus at their browsers."""

import pytest
from django.test import Client

from tests.rectification.conftest import (  # noqa: F401 - fixtures
    _day,
    builder,
    bureau,
    cast,
    category,
    clerk,
    dispatched,
    filed,
    handed_in,
    housing,
    inspector,
    office,
    office_unit,
    reported,
    seen,
    street,
)
from tests.web.sites.conftest import browser_of


@pytest.fixture
def at_office(office) -> Client:  # noqa: F811
    return browser_of(office)


@pytest.fixture
def at_bureau(clerk) -> Client:  # noqa: F811
    return browser_of(clerk)


@pytest.fixture
def at_housing(builder) -> Client:  # noqa: F811
    return browser_of(builder)


@pytest.fixture
def in_the_field(inspector) -> Client:  # noqa: F811
    return browser_of(inspector)
