"""A forced change of password concerns the password of this system, and only who signs in by it.

Whoever the city's identity service vouches for proved the identity elsewhere; a one-time password
that was never used stays locked behind its change.
"""

import datetime

import pytest
from django.test import Client

from chuangwen.kit import clock
from chuangwen.people.models import Account

from .conftest import sign_in
from .test_single_sign_on import come_back, come_back_with_ticket, leave, service

__all__ = ["service"]  # the fixture
LONG_AGO = datetime.timedelta(days=400)


def enter_by(means: str, client: Client, service) -> None:
    if means == "oidc":
        come_back(client, leave(client, service))
    else:
        come_back_with_ticket(client, service)


def is_held(client: Client) -> bool:
    """Nothing but the page for a new password opens."""
    answer = client.get("/units/")
    return (answer.status_code, answer.headers.get("Location")) == (302, "/password/")


@pytest.fixture(params=["one-time password", "expired by the profile"])
def forced(request, li_mei, settings) -> Account:
    if request.param == "one-time password":
        Account.objects.filter(pk=li_mei.pk).update(must_change_password=True)
    else:
        settings.CHUANGWEN_PASSWORD_PROFILE = "dengbao"
        Account.objects.filter(pk=li_mei.pk).update(password_changed_at=clock.now() - LONG_AGO)
    return li_mei


@pytest.mark.parametrize("means", ["oidc", "cas"])
def test_the_identity_service_opens_all_pages_and_leaves_the_change_due(
    client, service, forced, means
):
    enter_by(means, client, service)
    assert client.get("/units/").status_code == 200
    by_password = Client()
    sign_in(by_password)
    assert is_held(by_password)
    assert client.get("/units/").status_code == 200  # the other session changes nothing for it


@pytest.mark.parametrize("means", ["oidc", "cas"])
def test_the_password_in_the_same_browser_ends_what_the_service_opened(
    client, service, forced, means
):
    enter_by(means, client, service)
    sign_in(client)
    assert is_held(client)


def test_an_address_or_a_form_cannot_claim_another_means(client, forced):
    sign_in(client)
    for asked in ("/units/?_means=oidc", "/units/?means=cas"):
        assert client.get(asked).status_code == 302
    client.post("/password/", {"means": "oidc", "_means": "oidc"})
    assert is_held(client)


@pytest.mark.parametrize("means", ["oidc", "cas"])
def test_who_came_by_the_service_sets_no_password_without_the_old_one(
    client, service, forced, means
):
    enter_by(means, client, service)
    before = Account.objects.get(pk=forced.pk).password
    new = {"new": "另一个口令-二〇二一", "again": "另一个口令-二〇二一"}
    answer = client.post("/password/", {"old": "", **new})
    assert answer.status_code == 422
    assert Account.objects.get(pk=forced.pk).password == before
