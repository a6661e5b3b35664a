"""The gallery belongs to demonstrations."""

import pytest
from django.test import Client

from chuangwen.people.models import Account


@pytest.fixture
def li_mei(client: Client, tenant):
    account = Account.objects.create(
        tenant=tenant, username="fagai", name="李梅", must_change_password=False
    )
    client.force_login(account)
    return client


def test_it_shows_every_block(li_mei, settings):
    settings.CHUANGWEN_DEMONSTRATION = True
    page = li_mei.get("/gallery/").content.decode()
    for block in ("page-header", "stat-card", "time-line", "filter-bar", "confirm-dialog", "light"):
        assert f'class="{block}' in page


def test_a_real_district_has_none(li_mei, settings):
    settings.CHUANGWEN_DEMONSTRATION = False
    assert li_mei.get("/gallery/").status_code == 404
