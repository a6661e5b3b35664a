"""Makes the district with its first units and accounts."""

from django.db import transaction
from django.utils import timezone

from chuangwen.audit.actions import open_chain, record
from chuangwen.demonstration import Loaded
from chuangwen.demonstration.accounts import ACCOUNTS, PASSWORD, DemonstrationAccount
from chuangwen.people.actors import system_actor
from chuangwen.people.enums import UnitKind
from chuangwen.people.models import Account, Membership, Unit, UnitAncestry
from chuangwen.tenancy.models import Tenant
from chuangwen.tenancy.scope import tenant_scope

NAME, CODE = "攀枝花市东区", "510402"
KINDS = {"区创文办": UnitKind.COORDINATION, "区发改局": UnitKind.GOVERNMENT}


@transaction.atomic
def load_district() -> Loaded:
    """Return what was loaded; a district that exists is left as its users made it."""
    if Tenant.objects.filter(code=CODE).exists():
        return Loaded(NAME, fresh=False)
    tenant = Tenant.objects.create(name=NAME, code=CODE)
    open_chain(tenant_id=tenant.pk)
    with tenant_scope(tenant.pk):
        units = {name: _make_unit(tenant, name) for name in KINDS}
        for account in ACCOUNTS:
            _make_account(tenant, account, units[account.unit])
    return Loaded(NAME, fresh=True)


def _make_unit(tenant: Tenant, name: str) -> Unit:
    unit = Unit.objects.create(name=name, kind=KINDS[name])
    UnitAncestry.objects.create(ancestor=unit, descendant=unit, depth=0)
    record(by=system_actor(tenant.pk), verb="create_unit", on=unit, name=[None, name])
    return unit


def _make_account(tenant: Tenant, person: DemonstrationAccount, unit: Unit) -> None:
    account = Account(
        tenant=tenant,
        username=person.username,
        name=person.name,
        must_change_password=False,
        password_changed_at=timezone.now(),
    )
    account.set_password(PASSWORD)
    account.save()
    Membership.objects.create(account=account, unit=unit, role=person.role)
    changes = {"username": [None, person.username], "role": [None, person.role]}
    record(by=system_actor(tenant.pk), verb="create_account", on=account, **changes)
