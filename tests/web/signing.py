"""Somebody at a browser, signed in."""

from django.test import Client

from chuangwen.people.models import Account, Membership


def sign_in(tenant, username, unit, role):
    account = Account.objects.create(
        tenant=tenant,
        username=username,
        name=username,
        must_change_password=False,
        password="!",
    )
    Membership.objects.create(account=account, unit=unit, role=role)
    client = Client()
    client.force_login(account)
    return client
