"""No page of the ledger works harder because it has eight times as many cases."""

import pytest
from django.db import connection

from chuangwen.people.models import Unit
from chuangwen.rectification.models import Category
from chuangwen.tenancy.scope import tenant_scope
from tests.scale.case_made import LARGE, SMALL, Extent, make_ledger
from tests.scale.conftest import clear
from tests.scale.test_growth import assert_no_growth, client_of, cost
from tests.scale.test_rounds import read_by_indexes

pytestmark = pytest.mark.django_db
LISTS = [
    "/cases/", "/cases/?view=mending", "/cases/?view=closed", "/cases/?state=reported",
    "/cases/?state=handling", "/cases/?only=late", "/cases/?only=soon", "/cases/?only=suspended",
    "/cases/?category", "/cases/?area", "/cases/?unit",
    "/cases/?source=hotline", "/cases/?q=小广告", "/cases/?view=mending&sort=new",
    "/cases/?view=mending&area&category&source=tour&only=late",
]  # fmt: skip
OFFICE = [*LISTS, "/", "/cases/figures/", "/supervision/"]
BUREAU = ["/", "/cases/", "/cases/?view=mending", "/cases/?share=accepted"]
CASES = [(name, path) for name, paths in (("office", OFFICE), ("bureau", BUREAU)) for path in paths]


@pytest.fixture(scope="module")
def ledgers(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        clear()
        made = {size: make_ledger(Extent(size)) for size in (SMALL, LARGE)}
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        yield made
        clear()


def address(tenant, path: str) -> str:
    """Put the numbers of this district into an address."""
    with tenant_scope(tenant.pk):
        keys = {
            "category": Category.objects.get(code="01").pk,
            "area": Unit.objects.get(name="第1街道").pk,
            "unit": Unit.objects.get(name="区城管局").pk,
        }
    path, _, query = path.partition("?")
    asked = "&".join(f"{one}={keys[one]}" if one in keys else one for one in query.split("&"))
    return f"{path}?{asked}"


@pytest.mark.parametrize(("name", "path"), CASES)
def test_pages_do_not_grow_with_the_ledger(ledgers, name, path):
    if name == "office":
        read_by_indexes()
    if path == "/cases/figures/" and connection.vendor == "postgresql":
        with connection.cursor() as cursor:  # days of three kinds, each by its index
            cursor.execute("SET LOCAL enable_bitmapscan = on")
    meters = {}
    for size in (SMALL, LARGE):
        tenant = ledgers[size]
        meters[size], _ = cost(client_of(tenant, name), address(tenant, path))
    assert_no_growth(meters[SMALL], meters[LARGE], f"{name} {path}")
