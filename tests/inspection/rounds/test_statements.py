"""What a write of a round costs: ten statements; a few more where it writes many rows at once."""

import pytest
from django.db import connection

from chuangwen.inspection.actions.closing import close_round
from chuangwen.inspection.actions.dividing import give_sites
from chuangwen.inspection.actions.pairs import add_pair, put_in_pair, remove_member, remove_pair
from chuangwen.inspection.actions.rounds import create_round, edit_round
from chuangwen.inspection.actions.running import (
    add_sites_while_running,
    remove_site_while_running,
)
from chuangwen.inspection.actions.sampling import choose_sites, drop_sites
from chuangwen.inspection.actions.starting import start_round
from chuangwen.inspection.models import Pair, RoundSite

pytestmark = pytest.mark.django_db
MOST, MOST_OF_MANY = 10, 15


@pytest.fixture
def place(district):
    district.add_sites(8)
    return district


def create(place):
    return create_round, {"facts": place.facts()}


def edit(place):
    within = place.drawn()
    return edit_round, {"within": within, "facts": place.facts(note="改")}


def choose(place):
    within = place.draft()
    return choose_sites, {"within": within, "site_ids": [place.sites[0].pk]}


def drop(place):
    within = place.drawn()
    return drop_sites, {"within": within, "site_ids": [place.sites[0].pk]}


def pair(place):
    within = place.drawn()
    return add_pair, {"within": within, "account_ids": [place.liu.account_id]}


def put(place):
    within = place.grouped()
    first, second = Pair.objects.filter(round=within)
    member = first.members.get()
    return put_in_pair, {"within": within, "account": member.account_id, "pair": second.pk}


def unpair(place):
    within = place.grouped()
    return remove_pair, {"within": within, "pair": Pair.objects.filter(round=within).first().pk}


def take_out(place):
    return remove_member, {"within": place.grouped(), "account": place.liu.account_id}


def give(place):
    within = place.grouped()
    first, second = Pair.objects.filter(round=within)
    row = RoundSite.objects.filter(pair=first).first()
    return give_sites, {"within": within, "round_site_ids": [row.pk], "pair": second.pk}


def start(place):
    return start_round, {"within": place.grouped()}


def add(place):
    within = place.running()
    new = place.add_sites(1)[0]
    return add_sites_while_running, {"within": within, "site_ids": [new.pk], "reason": "新开业"}


def remove(place):
    within = place.running()
    return remove_site_while_running, {
        "within": within,
        "site_id": place.sites[0].pk,
        "reason": "拆迁",
    }


SINGLE = [create, edit, choose, drop, pair, put, unpair, take_out]
MANY = [give, start, add, remove]  # whole pairs walk anew, units are told, lines are counted


def statements_of(place, prepare) -> list[str]:
    act, given = prepare(place)
    if "within" in given:
        given["within"].refresh_from_db()
        given["base_version"] = given["within"].version
    seen: list[str] = []

    def note(execute, sql, params, many, context):
        if sql.split(None, 1)[0].upper() in {"SELECT", "INSERT", "UPDATE", "DELETE", "WITH"}:
            seen.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        act(by=place.office, **given)
    return seen


@pytest.mark.parametrize("prepare", [*SINGLE, *MANY], ids=lambda one: one.__name__)
def test_a_write_takes_few_statements(place, prepare):
    seen = statements_of(place, prepare)
    assert any(sql.startswith(("INSERT", "UPDATE")) for sql in seen)
    assert len(seen) <= (MOST if prepare in SINGLE else MOST_OF_MANY), "\n".join(
        sql[:200] for sql in seen
    )


def test_closing_does_not_take_more_statements_for_more_sites(place):
    counts = []
    for number in (8, 60):
        place.add_sites(number - len(place.sites))
        within = place.running(name=f"{number} 个点位")

        def close(place, within=within):
            return close_round, {"within": within}

        counts.append(len(statements_of(place, close)))
    assert counts[0] == counts[1]
