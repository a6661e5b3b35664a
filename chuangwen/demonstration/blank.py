"""A second, blank district: where a visitor imports the notice himself, from the first click on."""

from django.db import transaction

from chuangwen.audit.actions import open_chain
from chuangwen.demonstration.accounts import BLANK_ACCOUNTS
from chuangwen.demonstration.people import make_account
from chuangwen.people.actions.units import create_unit
from chuangwen.people.actors import system_actor
from chuangwen.people.enums import UnitKind
from chuangwen.people.models import Unit
from chuangwen.tenancy.models import Tenant
from chuangwen.tenancy.scope import tenant_scope

NAME, CODE = "演示空白区", "000000"
UNITS = (("区创文办", UnitKind.COORDINATION), ("区发改局", UnitKind.GOVERNMENT))


@transaction.atomic
def load_blank_district() -> None:
    """Make the district with two units and somebody in each, unless it exists."""
    if Tenant.objects.filter(code=CODE).exists():
        return
    tenant = Tenant.objects.create(name=NAME, code=CODE)
    open_chain(tenant_id=tenant.pk)
    with tenant_scope(tenant.pk):
        by = system_actor(tenant.pk)
        for name, kind in UNITS:
            create_unit(name=name, kind=kind, by=by)
        for account in BLANK_ACCOUNTS:
            make_account(tenant, account, Unit.objects.get(name=account.unit))
