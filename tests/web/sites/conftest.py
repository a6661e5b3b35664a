"""王芳 of 创文办 and 李梅 of 区城市管理局 at their browsers, with one market in the register."""

import datetime

import pytest
from django.test import Client

from chuangwen.people.models import Account
from tests.sites.conftest import (  # noqa: F401 - fixtures
    DAY,
    _day,
    avenue,
    bureau,
    clerk,
    community,
    hotline,
    inspector,
    market,
    new_site,
    office,
    office_unit,
    site,
    street,
    street_clerk,
)

YESTERDAY = DAY - datetime.timedelta(days=1)


def browser_of(actor) -> Client:
    Account.objects.filter(pk=actor.account_id).update(must_change_password=False)
    client = Client()
    client.force_login(Account.objects.get(pk=actor.account_id))
    return client


@pytest.fixture
def at_office(office) -> Client:  # noqa: F811
    return browser_of(office)


@pytest.fixture
def at_bureau(clerk) -> Client:  # noqa: F811
    return browser_of(clerk)
