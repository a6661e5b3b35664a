"""Turning pages: nothing twice, nothing left out, whatever is added meanwhile; in any order."""

import base64
import datetime
import itertools
import json
import random

import pytest
from django.db.models import F
from django.test import RequestFactory

from chuangwen.people.models import Unit
from chuangwen.plan.models import Campaign, Task
from chuangwen.rectification.models import Case
from chuangwen.web import seeking
from chuangwen.web.paging import page_of

ORDERS = [
    ("position", "pk"),
    ("-position", "-pk"),
    ("position",),
    ("-position", "title"),
    (F("due_on").asc(nulls_last=True), "pk"),
    (F("due_on").desc(nulls_last=True), "-position"),
    ("due_on", "-title"),
    ("-due_on", "pk"),
    ("area__title", "-due_on", "pk"),
]


@pytest.fixture
def tasks(tenant):
    campaign = Campaign.objects.create(name="第七届", starts_on="2021-01-01", ends_on="2023-12-31")
    dice = random.Random(5)  # noqa: S311 - the same rows every time
    Task.objects.bulk_create(
        Task(
            campaign=campaign,
            title=f"任务{dice.randrange(6)}",
            position=dice.randrange(4),
            due_on=dice.choice([None, "2021-03-01", "2021-04-01"]),
        )
        for _ in range(40)
    )
    return campaign


def pages(rows, size=7, link="following", address=""):
    """Follow one link from page to page."""
    for _ in range(100):
        page = page_of(RequestFactory().get(f"/{address}"), rows, size)
        yield page
        address = getattr(page, link)
        if not address:
            return
    raise AssertionError("the pages never end")


@pytest.mark.parametrize("order", ORDERS, ids=str)
def test_all_rows_forward_and_back_in_order(tasks, order):
    rows = Task.objects.order_by(*order)
    forward = list(pages(rows))
    keys = [row.pk for page in forward for row in page.rows]
    assert len(keys) == len(set(keys)) == 40
    values = [(row.position, row.title, row.due_on) for page in forward for row in page.rows]
    if order[0] in {"position", "-position"}:
        assert [v[0] for v in values] == sorted((v[0] for v in values), reverse=order[0][0] == "-")
    back = list(pages(rows, link="previous", address=forward[-2].following))
    turned = [row.pk for page in back[::-1] for row in page.rows]
    assert turned == keys
    assert [page.number for page in back] == [6, 5, 4, 3, 2, 1]


def test_missing_days_stand_where_the_order_says(tasks):
    last = Task.objects.order_by(F("due_on").asc(nulls_last=True), "pk")
    days = [row.due_on for page in pages(last) for row in page.rows]
    assert [day for day, _ in itertools.groupby(day is None for day in days)] == [False, True]
    first = Task.objects.order_by(F("due_on").asc(nulls_first=True), "pk")
    days = [row.due_on for page in pages(first) for row in page.rows]
    assert [day for day, _ in itertools.groupby(day is None for day in days)] == [True, False]


def test_rows_added_and_taken_away_meanwhile_move_nothing(tasks):
    rows = Task.objects.order_by("position", "pk")
    whole = [row.pk for page in pages(rows) for row in page.rows]
    page = page_of(RequestFactory().get("/"), rows, 7)
    Task.objects.create(campaign=tasks, title="插在前面", position=0, due_on=None)
    Task.objects.filter(pk=page.rows[-1].pk).delete()  # the very row of the cursor
    rest = [row.pk for each in pages(rows, address=page.following) for row in each.rows]
    assert [row.pk for row in page.rows] + [pk for pk in rest if pk in whole] == whole
    assert len(rest) - len([pk for pk in rest if pk in whole]) <= 1


def test_the_first_page_again_when_too_little_is_left_before(tasks):
    rows = Task.objects.order_by("position", "pk")
    _, second, *_ = pages(rows)
    Task.objects.filter(pk__in=[row.pk for row in rows[:3]]).delete()
    page = page_of(RequestFactory().get("/" + second.previous), rows, 7)
    assert (len(page.rows), page.previous, page.number) == (7, "", 1)


@pytest.mark.parametrize(
    "cursor", ["x", "W10", "WzEsMl0", "bnVsbA", "WyJ4IiwieSJd", "é", "WyJcdTAwMDAiLCJ4Il0", "e30"]
)
def test_a_cursor_that_is_none_begins_anew(tasks, cursor):
    rows = Task.objects.order_by("position", "pk")
    page = page_of(RequestFactory().get("/", {"after": cursor, "before": cursor}), rows, 7)
    assert [row.pk for row in page.rows] == [row.pk for row in rows[:7]]


def test_other_filters_stay_in_the_address(tasks):
    request = RequestFactory().get("/?q=网报&state=open&page=1")
    page = page_of(request, Task.objects.order_by("position", "pk"), 7)
    assert page.following.startswith("?q=%E7%BD%91%E6%8A%A5&state=open&after=")
    assert page.following.endswith("&page=2")


def test_one_query_a_page_and_none_is_skipped(tasks, django_assert_num_queries):
    rows = Task.objects.select_related("area").order_by("area__title", "pk")
    following = page_of(RequestFactory().get("/"), rows, 7).following
    with django_assert_num_queries(1) as seen:
        page_of(RequestFactory().get("/" + following), rows, 7)
    assert "OFFSET" not in seen.captured_queries[0]["sql"]


def test_an_order_that_no_row_carries_is_a_programming_error(tenant):
    with pytest.raises(TypeError, match="cannot page"):
        page_of(RequestFactory().get("/"), Unit.objects.order_by("?"), 7)
    with pytest.raises(TypeError, match="cannot page"):
        page_of(RequestFactory().get("/"), Unit.objects.order_by("parent"), 7)


def test_a_generated_column_is_read_as_what_it_is(tenant):
    keys = seeking.keys_of(Case.objects.order_by("owed_on", "pk"))
    case = Case()
    case.owed_on = datetime.date(2021, 9, 10)
    assert seeking.read_cursor(seeking.cursor_of(case, keys), keys) == [case.owed_on, case.pk]
    endless = base64.urlsafe_b64encode(json.dumps(["9" * 40, str(case.pk)]).encode()).decode()
    assert seeking.read_cursor(endless, keys) is None
