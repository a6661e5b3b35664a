"""The first account of an installation: nobody is there yet who could grant it."""

from dataclasses import dataclass

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from chuangwen.audit.actions import open_chain, record
from chuangwen.kit.errors import ChuangwenError
from chuangwen.people.actions.account_events import record_account
from chuangwen.people.actors import Actor, system_actor
from chuangwen.people.enums import UnitKind
from chuangwen.people.models import Account, Membership, Unit, UnitAncestry
from chuangwen.tenancy.models import Tenant
from chuangwen.tenancy.scope import tenant_scope

SHORTEST_PASSWORD = 12


@dataclass(frozen=True)
class NewAdministrator:
    """What has to be known. `role` is one of the three separated roles of people.roles."""

    tenant_code: str
    tenant_name: str
    unit: str
    username: str
    name: str
    role: str
    password: str


@transaction.atomic
def create_administrator(new: NewAdministrator) -> Account:
    """Make tenant and unit if needed, then the account with its role.

    Raises ChuangwenError for a weak password, a taken log-in name or an unnamed new tenant;
    nothing is written then.
    """
    _check_password(new.password)
    if Account.objects.filter(username=new.username).exists():
        raise _taken(new.username)
    tenant = _tenant(new)
    with tenant_scope(tenant.pk):
        by = system_actor(tenant.pk)
        unit = _unit(new.unit, by)
        try:
            with transaction.atomic():
                return _account(new, tenant, unit, by)
        except IntegrityError as error:
            raise _taken(new.username) from error


def _taken(username: str) -> ChuangwenError:
    return ChuangwenError(f"登录名“{username}”已被使用，没有建立账号。请换一个登录名。")


def _check_password(password: str) -> None:
    if len(password) < SHORTEST_PASSWORD:
        raise ChuangwenError(
            f"口令只有 {len(password)} 位，没有建立账号。请至少用 {SHORTEST_PASSWORD} 位。"
        )
    try:
        validate_password(password)
    except ValidationError as error:
        raise ChuangwenError(f"口令不合要求：{'；'.join(error.messages)}") from error


def _tenant(new: NewAdministrator) -> Tenant:
    tenant = Tenant.objects.filter(code=new.tenant_code).first()
    if tenant is not None:
        return tenant
    if not new.tenant_name:
        raise ChuangwenError(
            f"还没有代码为“{new.tenant_code}”的城市或区县。请用 --tenant-name 写明名称以新建。"
        )
    tenant = Tenant.objects.create(code=new.tenant_code, name=new.tenant_name)
    open_chain(tenant_id=tenant.pk)
    return tenant


def _unit(name: str, by: Actor) -> Unit:
    unit = Unit.objects.filter(name=name, valid_until__isnull=True).first()
    if unit is not None:
        return unit
    unit = Unit.objects.create(name=name, kind=UnitKind.COORDINATION)
    UnitAncestry.objects.create(ancestor=unit, descendant=unit, depth=0)
    record(by=by, verb="unit.created", on=unit, name=[None, unit.name])
    return unit


def _account(new: NewAdministrator, tenant: Tenant, unit: Unit, by: Actor) -> Account:
    account = Account(
        tenant=tenant,
        username=new.username,
        name=new.name,
        must_change_password=True,
        password_changed_at=timezone.now(),
    )
    account.set_password(new.password)
    account.save()
    Membership.objects.create(account=account, unit=unit, role=new.role)
    record_account(by=by, verb="account.created", account=account, role=[None, new.role])
    return account
