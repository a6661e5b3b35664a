"""No page works harder because the district has ten times as many tasks.

Work is counted, so the test says the same on a slow machine: see work.py. What is small on both
sides may differ by a deeper index: that is what FLOOR allows.
"""

import re

import pytest
from django.db import connection
from django.test import Client

from chuangwen.people.models import Account, Membership
from chuangwen.plan.models import Action, TaskPart
from chuangwen.tenancy.scope import tenant_scope
from tests.scale.conftest import LARGE, SMALL
from tests.scale.work import metered

pytestmark = pytest.mark.django_db
GROWTH = 1.2
FLOOR = {"sqlite": 5000, "postgresql": 100}
MOST_QUERIES = 8
PAGES = [
    "/",
    "/plan/",
    "/plan/?q=公厕",
    "/plan/?q=点位",
    "/plan/parts/",
    "/plan/parts/?state=submitted",
    "/plan/parts/?state=owed",
    "/plan/parts/?state=open",
    "/plan/parts/?late=1",
    "/plan/parts/?sort=unit",
    "/plan/parts/?sort=task",
    "/plan/parts/?sort=state",
    "/plan/parts/?q=公厕",
    "/plan/parts/?q=公厕&sort=unit",
    "/plan/parts/?q=公厕&sort=task",
    "/plan/tasks/",
    "/plan/tasks/?sort=due",
    "/plan/tasks/?sort=title",
    "/plan/tasks/?sort=state",
    "/plan/tasks/?q=公厕",
    "/plan/tasks/?q=公厕&sort=title",
    "/plan/tasks/?q=校园&sort=title",
    "task",
    "part",
    "action",
    "branch",
    "work",
]
OFFICE_PAGES = [
    "/plan/tasks/?ready=1",
    "/plan/tasks/?ready=1&sort=due",
    "/plan/tasks/?state=proposed",
    "/plan/parts/queue/",
    "/plan/parts/remind/",
    "judging",
]
# A single unit has less than a page of tasks with these words, or below one action, in the small
# district: it looks for a word that all have, and the street's pages stand for the branches.
BUREAU_PAGES = [
    re.sub("公厕|校园|点位", "辖区", path) for path in PAGES if path not in {"action", "branch"}
]
VIEWERS = {"office": [*PAGES, *OFFICE_PAGES], "bureau": BUREAU_PAGES, "street": PAGES}
CASES = [(name, path) for name, paths in VIEWERS.items() for path in dict.fromkeys(paths)]


def client_of(tenant, name):
    client = Client()
    client.force_login(Account.objects.get(username=f"{name}-{tenant.code}"))
    return client


def address(tenant, name, path):
    """The same place in both districts: something of the viewer's, in the middle."""
    with tenant_scope(tenant.pk):
        unit = Membership.objects.get(account__username=f"{name}-{tenant.code}").unit_id
        parts = TaskPart.objects.filter(unit=unit).order_by("task__position")
        if path == "work":
            return f"/plan/units/{unit}/"
        if path == "part":
            return f"/plan/parts/{parts[20].pk}/"
        if path == "judging":
            waiting = TaskPart.objects.filter(state="submitted").order_by("task_id")
            return f"/plan/parts/{waiting[20].pk}/?queue=all"
        if path == "task":
            return f"/plan/tasks/{parts[20].task_id}/"
        if path in {"action", "branch"}:
            action = Action.objects.order_by("position")[3].pk
            return f"/plan/{'actions' if path == 'action' else 'branches/action'}/{action}/"
    return path


def cost(client, path):
    client.get(path)  # fills the caches of templates and statements
    with metered() as meter:
        answer = client.get(path)
    assert answer.status_code in (200, 302)
    return meter, answer


def assert_no_growth(small, large, what):
    assert len(large.queries) <= MOST_QUERIES, (what, large.queries)
    most = max(small.work * GROWTH, small.work + FLOOR[connection.vendor])
    dearest = large.queries[max(range(len(large.costs)), key=large.costs.__getitem__)]
    assert large.work <= most, f"{what}: {small.work} → {large.work}, most of it for {dearest}"


@pytest.mark.parametrize(("name", "path"), CASES)
def test_pages_do_not_grow_with_the_tasks(districts, name, path):
    meters = {}
    for size in (SMALL, LARGE):
        tenant = districts[size]
        meters[size], _ = cost(client_of(tenant, name), address(tenant, name, path))
    assert_no_growth(meters[SMALL], meters[LARGE], f"{name} {path}")


def test_a_deep_page_costs_what_the_first_one_does(districts):
    client = client_of(districts[LARGE], "office")
    first, answer = cost(client, "/plan/parts/")
    for _ in range(100):
        answer = client.get("/plan/parts/" + answer.context["page"].following)
    deep, _ = cost(client, "/plan/parts/" + answer.context["page"].following)
    assert_no_growth(first, deep, "page 101")
