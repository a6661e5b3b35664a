"""No page of the register works harder because there are ten times as many sites.

The whole district on the map costs its cells, a street's view what it shows.
"""

import datetime
import uuid

import pytest
from django.db import transaction

from chuangwen.audit.actions import open_chain
from chuangwen.framework.models import SiteType
from chuangwen.people.actions.tree import grow
from chuangwen.people.models import Account, Membership, Unit
from chuangwen.search.actions import keep_found
from chuangwen.sites.actions.recounting import rebuild_site_tallies
from chuangwen.sites.models import Site, SiteDuty
from chuangwen.tenancy.models import Tenant
from chuangwen.tenancy.scope import tenant_scope
from tests.scale.conftest import LARGE, SMALL, clear
from tests.scale.test_growth import assert_no_growth, client_of, cost

pytestmark = pytest.mark.django_db
BEGUN = datetime.date(2021, 3, 1)
KINDS = ("农贸市场", "公厕", "小区", "背街小巷", "主次干道")
OWN = 120  # the sites of one bureau, in both districts
OTHERS = 60  # bureaus that answer for the rest, as many as a district has
PAGES = [
    "/sites/", "/sites/?q=公厕", "/sites/?sort=name", "/sites/?sort=importance",
    "/sites/?state=closed", "/sites/?state=all", "/sites/?marked=1", "/sites/?importance=3",
    "/sites/map.json", "/sites/map.json?state=all", "type", "area", "unit", "site", "view",
]  # fmt: skip
BUREAU_PAGES = ["/sites/", "/sites/?sort=name", "/sites/?q=公厕", "site"]
CASES = [("office", path) for path in PAGES] + [("bureau", path) for path in BUREAU_PAGES]


def make_register(count: int) -> Tenant:
    """One in ten is closed, one in nine marked; a bureau has OWN of them, a street one in four."""
    tenant = Tenant.objects.create(name="东区", code=f"5105{count:06}")
    open_chain(tenant_id=tenant.pk)
    with tenant_scope(tenant.pk):
        bureau = Unit.objects.create(name="区城管局", kind="government")
        others = [Unit.objects.create(name=f"第{n}局", kind="government") for n in range(OTHERS)]
        streets = [Unit.objects.create(name=f"第{n}街道", kind="street") for n in range(4)]
        grow()
        types = [
            SiteType.objects.create(code=str(n), name=name, shape="place", position=n)
            for n, name in enumerate(KINDS)
        ]
        for name, role in (("office", "office"), ("bureau", "clerk")):
            account = Account.objects.create(
                tenant=tenant, username=f"{name}-{tenant.code}", name=name,
                must_change_password=False,
            )  # fmt: skip
            Membership.objects.create(account=account, unit=bureau, role=role)
        sites = [_site(n, count, types, streets) for n in range(count)]
        Site.objects.bulk_create(sites, batch_size=1000)
        with transaction.atomic():
            keep_found(sites)
        step = count // OWN
        duties = [
            SiteDuty(
                site=site, kind="owner", valid_from=BEGUN,
                unit=bureau if n % step == 0 and n // step < OWN else others[n % OTHERS],
            )
            for n, site in enumerate(sites)
        ]  # fmt: skip
        SiteDuty.objects.bulk_create(duties, batch_size=1000)
        rebuild_site_tallies()
    return tenant


def _site(n: int, count: int, types: list[SiteType], streets: list[Unit]) -> Site:
    """The same density everywhere: a larger district is a larger place."""
    closed = n % 10 == 9
    return Site(
        code=f"D{n:06}",
        name=f"{KINDS[n % 5]}第{n}号",
        site_type=types[n % 5],
        area=streets[n % 4],
        longitude=round(100.5 + n // 100 * 0.001, 7),
        latitude=round(26.5 + n % 100 * 0.001, 7),
        importance=n % 3 + 1,
        is_demonstration=n % 9 == 0,
        state="closed" if closed else "open",
        closed_on=BEGUN if closed else None,
        address=f"人民路{n}号",
    )


@pytest.fixture(scope="module")
def registers(django_db_setup, django_db_blocker):
    from django.db import connection

    with django_db_blocker.unblock():
        clear()
        made = {size: make_register(size) for size in (SMALL, LARGE)}
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        yield made
        clear()


def address(tenant, name, path) -> str:
    with tenant_scope(tenant.pk):
        own: dict[str, uuid.UUID] = {
            "type": SiteType.objects.get(code="1").pk,
            "area": Unit.objects.get(name="第1街道").pk,
            "unit": Unit.objects.get(name="区城管局").pk,
        }
        if path in own:
            return f"/sites/?{path}={own[path]}"
        if path == "site":
            duties = SiteDuty.objects.filter(unit__name="区城管局").order_by("site__code")
            return f"/sites/{duties[50].site_id}/"
        if path == "view":
            return "/sites/map.json?bbox=100.502,26.51,100.508,26.53"
    return path


@pytest.mark.parametrize(("name", "path"), CASES)
def test_pages_do_not_grow_with_the_register(registers, name, path):
    meters = {}
    for size in (SMALL, LARGE):
        tenant = registers[size]
        meters[size], _ = cost(client_of(tenant, name), address(tenant, name, path))
    assert_no_growth(meters[SMALL], meters[LARGE], f"{name} {path}")
