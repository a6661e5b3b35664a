"""What a write of the register costs: at most ten statements; a few more for a new site."""

import pytest
from django.db import connection

from chuangwen.sites.actions.duties import Charge, assign_duty, end_duty
from chuangwen.sites.actions.editing import create_site, edit_site
from chuangwen.sites.actions.merging import merge_sites
from chuangwen.sites.actions.states import close_sites, mark_demonstration, reopen_site
from chuangwen.sites.actions.works import Work, correct_work, record_work
from chuangwen.sites.enums import Difficulty, SiteDutyKind
from chuangwen.sites.facts import SiteFacts
from tests.sites.conftest import DAY, SQUARE

pytestmark = pytest.mark.django_db
MOST = 10
MOST_FOR_NEW = 14  # its number, words, duty, boundary, the map's cells, and the unit's notice
WORK = Work("改造公厕", DAY, Difficulty.HARD)


@pytest.fixture
def place(site, new_site, office, clerk, street_clerk, street, market):  # noqa: PLR0917 - fixtures
    class Place:
        seen = {"site": site, "base_version": 1}
        both = {site.pk: 1, new_site("另一个", owner=street).pk: 1}
        other = new_site("第三个", owner=street, telephone="0812")
        facts = SiteFacts(name="湖滨市场", site_type=market, address="新街3号", point=SQUARE)

    Place.site, Place.office, Place.clerk, Place.street = site, office, clerk, street
    return Place


def create(place):
    create_site(facts=place.facts, owner=place.street, by=place.office)


def edit(place):
    edit_site(facts=place.facts, by=place.office, **place.seen)


def close(place):
    close_sites(versions=place.both, reason="拆迁", by=place.office)


def mark(place):
    mark_demonstration(versions=place.both, is_demonstration=True, by=place.office)


def assign(place):
    charge = Charge(SiteDutyKind.OWNER, place.street, DAY)
    assign_duty(versions=place.both, charge=charge, by=place.office)


def end(place):
    duty = place.site.duties.get()
    return lambda: end_duty(duty=duty, last_day=DAY, reason="调整", by=place.office)


def merge(place):
    merge_sites(
        keep=place.site, keep_version=1, other=place.other, other_version=1, by=place.office
    )


def reopen(place):
    close_sites(versions={place.site.pk: 1}, reason="拆迁", by=place.office)
    seen = {"site": place.site, "base_version": 2}
    return lambda: reopen_site(reason="恢复", by=place.office, **seen)


def record(place):
    record_work(site=place.site, work=WORK, by=place.clerk)


def correct(place):
    row = record_work(site=place.site, work=Work("绿化", DAY, Difficulty.EASY), by=place.clerk)
    seen = {"row": row, "base_version": 2}
    return lambda: correct_work(work=WORK, reason="决算", by=place.clerk, **seen)


AT_ONCE = [create, edit, close, mark, assign, merge, record]
AFTER_OTHERS = [end, reopen, correct]


@pytest.mark.parametrize("write", [*AT_ONCE, *AFTER_OTHERS], ids=lambda write: write.__name__)
def test_a_write_is_at_most_ten_statements(place, write):
    act = write(place) if write in AFTER_OTHERS else lambda: write(place)
    seen = []

    def note(execute, sql, params, many, context):
        if sql.split(None, 1)[0].upper() in {"SELECT", "INSERT", "UPDATE", "DELETE", "WITH"}:
            seen.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        act()
    assert any(sql.startswith(("INSERT", "UPDATE")) for sql in seen)
    most = MOST_FOR_NEW if write is create else MOST
    assert len(seen) <= most, "\n".join(sql[:200] for sql in seen)
