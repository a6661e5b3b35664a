"""No page of a round works harder because ten times as many sites were drawn and visited."""

import pytest
from django.db import connection

from chuangwen.framework.models import SiteType
from chuangwen.inspection.models import Round
from chuangwen.people.models import Account, Unit
from chuangwen.tenancy.scope import tenant_scope
from tests.scale.conftest import clear
from tests.scale.round_made import LARGE, SMALL, make_round
from tests.scale.test_growth import assert_no_growth, client_of, cost

pytestmark = pytest.mark.django_db
BOARDS = ["", "?by=unit", "?by=area", "?by=line", "?by=inspector", "?sort=findings"]
BELOW = ["progress/", "agreement/", "close/"]
SITES = ["", "?result=untested", "?result=failed", "?turn=2"]
NARROW = ["", "round", "site_type", "unit", "area", "inspector"]
SORTS = ["", "due", "category"]
OFFICE = [
    "/rounds/",
    *(f"/rounds/R/{one}" for one in BOARDS + BELOW),
    *(f"/rounds/R/sites/{one}" for one in SITES),
    *(f"/rounds/visits/?{one}" for one in NARROW),
    "/rounds/visits/?round&result=failed", "/rounds/visits/?round&state=counted&site_type",
    "/rounds/visits/?result=passed",
    *(f"/rounds/findings/?{one}&sort={sort}" for one in NARROW for sort in SORTS),
    *(f"/rounds/findings/?state=open&sort={sort}" for sort in SORTS),
    *(f"/rounds/findings/?category=环境卫生&sort={sort}" for sort in SORTS),
    "/inspection/flags/", "/inspection/flags/?state=settled", "/inspection/flags/?kind=no_position",
    "/inspection/records/",
]  # fmt: skip
BUREAU = [
    "/rounds/", "/rounds/R/", "/rounds/R/progress/", "/rounds/R/sites/", "/rounds/visits/",
    "/rounds/visits/?round&result=failed",
    *(f"/rounds/findings/?sort={sort}" for sort in SORTS),
]  # fmt: skip
INSPECTOR = ["/api/field/v1/rounds", "/rounds/R/walk/", "/rounds/R/"]
VIEWERS = {"office": OFFICE, "bureau": BUREAU, "inspector0": INSPECTOR}
CASES = [(name, path) for name, paths in VIEWERS.items() for path in paths]


@pytest.fixture(scope="module")
def rounds(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        clear()
        made = {size: make_round(size) for size in (SMALL, LARGE)}
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
        yield made
        clear()


def read_by_indexes() -> None:
    """PostgreSQL reads small tables whole and joins them so, which says nothing of large ones:
    here it goes by indexes in both, as it does of its own accord once the tables are large."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for way in ("seqscan", "bitmapscan", "hashjoin", "mergejoin"):
                cursor.execute(f"SET LOCAL enable_{way} = off")


def address(tenant, path: str) -> str:
    """Put the numbers of this district into an address."""
    with tenant_scope(tenant.pk):
        keys = {
            "round": Round.objects.get().pk,
            "site_type": SiteType.objects.get(code="1").pk,
            "unit": Unit.objects.get(name="区城管局").pk,
            "area": Unit.objects.get(name="第1街道").pk,
            "inspector": Account.objects.get(username=f"inspector0-{tenant.code}").pk,
        }
    path, _, query = path.replace("/R/", f"/{keys['round']}/").partition("?")
    asked = "&".join(f"{one}={keys[one]}" if one in keys else one for one in query.split("&"))
    return f"{path}?{asked}"


@pytest.mark.parametrize(("name", "path"), CASES)
def test_pages_do_not_grow_with_the_round(rounds, name, path):
    if name == "office":
        read_by_indexes()
    meters = {}
    for size in (SMALL, LARGE):
        tenant = rounds[size]
        meters[size], _ = cost(client_of(tenant, name), address(tenant, path))
    assert_no_growth(meters[SMALL], meters[LARGE], f"{name} {path}")
