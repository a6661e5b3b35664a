"""Two districts, one ten times the other, made once for all tests of growth."""

import datetime

import pytest

from benchmarks._district import make_district
from chuangwen.search import queries

SMALL, LARGE = 1_000, 10_000
UNITS = 3  # so that each has more than a page in every state, in both


@pytest.fixture(autouse=True)
def autumn(settings):
    """The first of a month: the days of the current month are counted from rows, as they must."""
    settings.CHUANGWEN_TODAY = datetime.date(2021, 9, 1)


@pytest.fixture(autouse=True)
def few_are_many(monkeypatch):
    """Below MANY matches a list sorts them all: that is bounded, and no growth to look for."""
    monkeypatch.setattr(queries, "MANY", 50)


@pytest.fixture(scope="module")
def districts(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        clear()
        made = {size: make_district(size, units=UNITS) for size in (SMALL, LARGE)}
        yield made
        clear()


def clear() -> None:
    """Begin with empty tables, and leave nothing behind for the tests that follow.

    What earlier tests rolled back still lies in the tables of PostgreSQL and would be counted.
    """
    from django.core.management import call_command

    call_command("flush", verbosity=0, interactive=False)
