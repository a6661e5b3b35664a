"""Holding a round by the buttons of its pages."""

import re

from django.test import Client

from chuangwen.inspection.models import Round
from chuangwen.people.models import Account


def browser(actor) -> Client:
    client = Client()
    account = Account.objects.get(pk=actor.account_id)
    account.must_change_password = False
    account.save()
    client.force_login(account)
    return client


HEAD = {
    "name": "9 月模拟测评",
    "kind": "mock",
    "starts_on": "2021-09-10",
    "ends_on": "2021-09-30",
    "second_percent": "0",
}
SAMPLE = {
    "method": "stratified",
    "strata": ["site_type"],
    "size": "6",
    "margin": "5",
    "confidence": "95",
    "expected": "50",
    "least": "1",
    "seed": "2021-09-15",
}


def made(office, district, **head) -> Round:
    answer = office.post("/rounds/new/", HEAD | {"framework_version": district.version.pk} | head)
    assert answer.status_code == 302, answer.content.decode()
    return Round.objects.latest("number")


def post(office, within, step, **fields):
    within.refresh_from_db()
    return office.post(f"/rounds/{within.pk}/{step}/", {"version": within.version, **fields})


def close(office, within, **fields):
    """Close a round by its page, confirming what that page says is open."""
    page = office.get(f"/rounds/{within.pk}/close/").content.decode()
    confirmed = re.search(r'name="confirmed" value="([^"]+)"', page)
    given = {"confirmed": confirmed[1]} if confirmed else {}
    return post(office, within, "close", **given | fields)


def started(office, district, **head) -> Round:
    within = made(office, district, **head)
    assert post(office, within, "sample", **SAMPLE).status_code == 302
    for one in (district.liu, district.sun):
        assert post(office, within, "pairs/add", account=[one.account_id]).status_code == 302
    assert post(office, within, "pairs/divide").status_code == 302
    assert post(office, within, "start").status_code == 302
    within.refresh_from_db()
    return within
