"""Closing a round: what is still open is said first and has to be confirmed."""

import json
import uuid

import pytest

from chuangwen.inspection.enums import FlagKind, RecordState
from chuangwen.inspection.models import FieldRecord, Round, RoundSite, VisitFlag
from tests.inspection.rounds.conftest import walk
from tests.web.inspection.desk import browser, close, post, started

pytestmark = pytest.mark.django_db


@pytest.fixture
def within(district, office) -> Round:
    return started(office, district)


def walk_all(district, within):
    rows = RoundSite.objects.filter(round=within).select_related("checklist")
    return [walk(district, row) for row in rows]


def record(actor, of_round, state, number) -> FieldRecord:
    return FieldRecord.objects.create(
        account_id=actor.account_id, device="测试机", sha256=f"f{number:063}", state=state,
        content=json.dumps({"round": str(of_round)}), round_named=of_round,
    )  # fmt: skip


def shown(office, within) -> str:
    return office.get(f"/rounds/{within.pk}/close/").content.decode()


def is_closed(within) -> bool:
    within.refresh_from_db()
    return within.closed_at is not None


def test_nothing_open_needs_no_tick(district, office, within):
    walk_all(district, within)
    page = shown(office, within)
    assert "没有。抽中的点位全部测完" in page
    assert 'name="confirmed"' not in page
    assert post(office, within, "close").status_code == 302
    assert is_closed(within)


def test_everything_open_is_named_with_its_number(district, office, within):
    visits = walk_all(district, within)[:2]
    walk_all_but_one = RoundSite.objects.filter(round=within).count()
    VisitFlag.objects.create(visit=visits[0], kind=FlagKind.FAR_AWAY)
    VisitFlag.objects.create(visit=visits[1], kind=FlagKind.VERY_QUICK, state="settled")
    record(district.liu, within.pk, RecordState.WAITING, 1)
    record(district.liu, within.pk, RecordState.WAITING, 2)
    record(district.sun, within.pk, RecordState.QUARANTINED, 3)
    # Of another round, and done with: neither is counted.
    record(district.sun, uuid.uuid4(), RecordState.QUARANTINED, 4)
    record(district.sun, within.pk, RecordState.DISMISSED, 5)
    assert walk_all_but_one == 6
    page = shown(office, within)
    assert "没有测的点位" not in page
    assert ">1 份</a>" in page
    assert ">1 条</a>" in page
    assert "刘洁的手机还有" in page
    assert ">2 份记录</a>" in page
    assert "孙磊的手机" not in page
    assert 'value="0-1-1-2"' in page


def test_untested_sites_are_counted_once_though_drawn_twice(district, office):
    within = started(office, district, second_percent="100")
    assert RoundSite.objects.filter(round=within, turn=2).exists()
    walk(district, RoundSite.objects.filter(round=within, turn=1).first())
    assert 'value="5-0-0-0"' in shown(office, within)


def test_without_the_tick_nothing_is_closed(office, within):
    answer = post(office, within, "close")
    assert answer.status_code == 422
    assert "勾选确认" in answer.content.decode()
    assert not is_closed(within)


def test_what_came_up_meanwhile_has_to_be_confirmed_anew(district, office, within):
    seen = {"confirmed": "6-0-0-0"}
    record(district.liu, within.pk, RecordState.WAITING, 1)
    answer = post(office, within, "close", **seen)
    assert answer.status_code == 422
    assert "刚才又有变化" in answer.content.decode()
    assert not is_closed(within)
    assert close(office, within).status_code == 302
    assert is_closed(within)


def test_a_round_that_does_not_run_has_no_closing_page(office, within):
    close(office, within)
    assert office.get(f"/rounds/{within.pk}/close/").status_code == 409


def test_only_who_runs_rounds_sees_it(district, within):
    assert browser(district.clerk).get(f"/rounds/{within.pk}/close/").status_code == 403
