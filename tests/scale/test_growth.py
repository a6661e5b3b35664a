"""No page works harder because the district has ten times as many tasks.

Work is counted, so the test says the same on a slow machine: see work.py. What is small on both
sides may differ by a deeper index: that is what FLOOR allows.
"""

import pytest
from django.db import connection
from django.test import Client

from chuangwen.people.models import Account
from chuangwen.plan.models import Action, Task
from chuangwen.tenancy.scope import tenant_scope
from tests.scale.conftest import LARGE, SMALL
from tests.scale.work import metered

pytestmark = pytest.mark.django_db
GROWTH = 1.2
FLOOR = {"sqlite": 5000, "postgresql": 100}
MOST_QUERIES = 8
DISTRICT_PAGES = [
    "/",
    "/plan/",
    "/plan/?q=公厕",
    "/plan/?q=点位",
    "/plan/parts/",
    "/plan/parts/?state=submitted",
    "/plan/parts/?late=1",
    "/plan/tasks/",
    "/plan/tasks/?sort=due",
    "/plan/tasks/?sort=title",
    "/plan/tasks/?q=公厕",
    "task",
    "action",
    "branch",
]
COUNTING = {"office", "street"}
WHOLE_PAGES_OF_A_BUREAU = {"/", "/plan/", "/plan/parts/", "/plan/parts/?late=1"}


def client_of(tenant, name):
    client = Client()
    client.force_login(Account.objects.get(username=f"{name}-{tenant.code}"))
    return client


def address(tenant, path):
    with tenant_scope(tenant.pk):
        if path == "task":
            return f"/plan/tasks/{Task.objects.order_by('position')[500].pk}/"
        if path in {"action", "branch"}:
            action = Action.objects.order_by("position")[3].pk
            return f"/plan/{'actions' if path == 'action' else 'branches/action'}/{action}/"
    return path


def cost(client, path):
    assert client.get(path).status_code == 200  # fills the caches of templates and statements
    with metered() as meter:
        answer = client.get(path)
    assert answer.status_code == 200
    return meter, answer


def assert_no_growth(small, large, what):
    assert len(large.queries) <= MOST_QUERIES, (what, large.queries)
    most = max(small.work * GROWTH, small.work + FLOOR[connection.vendor])
    dearest = large.queries[max(range(len(large.costs)), key=large.costs.__getitem__)]
    assert large.work <= most, f"{what}: {small.work} → {large.work}, most of it for {dearest}"


@pytest.mark.parametrize("name", ["office", "bureau", "street"])
@pytest.mark.parametrize("path", DISTRICT_PAGES)
def test_pages_do_not_grow_with_the_tasks(districts, path, name):
    if name == "bureau" and path not in WHOLE_PAGES_OF_A_BUREAU:
        pytest.skip("another unit's task, or less than a page in the small district")
    if connection.vendor == "postgresql" and name == "street" and "?q=" in path:
        pytest.skip("PostgreSQL gathers the parts of a street before it looks up the words")
    if path == "/" and name in COUNTING:
        pytest.skip("it counts rows: see benchmarks/README.md")
    meters = {}
    for size in (SMALL, LARGE):
        tenant = districts[size]
        meters[size], _ = cost(client_of(tenant, name), address(tenant, path))
    assert_no_growth(meters[SMALL], meters[LARGE], f"{name} {path}")


def test_a_deep_page_costs_what_the_first_one_does(districts):
    client = client_of(districts[LARGE], "office")
    first, answer = cost(client, "/plan/parts/")
    for _ in range(100):
        answer = client.get("/plan/parts/" + answer.context["page"].following)
    deep, _ = cost(client, "/plan/parts/" + answer.context["page"].following)
    assert_no_growth(first, deep, "page 101")
