"""Accounts of a demonstration: public passwords that need not be changed."""

from functools import cache

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.utils import timezone

from chuangwen.demonstration.accounts import PASSWORD, DemonstrationAccount
from chuangwen.people.actions.account_events import record_account
from chuangwen.people.actors import system_actor
from chuangwen.people.models import Account, Membership, Unit
from chuangwen.tenancy.models import Tenant


@cache
def _public_password() -> str:
    """Hashed once: who knows it anyway gains nothing from seeing it equal in two rows."""
    return make_password(PASSWORD)


@transaction.atomic
def make_account(tenant: Tenant, person: DemonstrationAccount, unit: Unit) -> Account:
    """Make one person with a post in a unit."""
    account = Account(
        tenant=tenant,
        username=person.username,
        name=person.name,
        must_change_password=False,
        password_changed_at=timezone.now(),
    )
    account.password = _public_password()
    account.save()
    Membership.objects.create(account=account, unit=unit, role=person.role)
    by = system_actor(tenant.pk)
    record_account(by=by, verb="account.created", account=account, role=[None, person.role])
    return account
