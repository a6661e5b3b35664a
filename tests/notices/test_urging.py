"""催办: who may, who is told, once a day, what is left out."""

import pytest
import time_machine
from django.test import Client

from chuangwen.audit.models import AuditEvent
from chuangwen.kit.errors import Invalid, NotPermitted
from chuangwen.notices.models import Notice
from chuangwen.people.actions.units import create_unit
from chuangwen.people.enums import UnitKind
from chuangwen.plan.actions.tasks import cancel_task
from chuangwen.plan.actions.urging import MOST_AT_ONCE, Urged, remind_units


@pytest.fixture
def urge(wang_fang):
    def run(*parts, text="") -> Urged:
        ids = [part.pk for part in parts]
        return remind_units(part_ids=ids, text=text, by=wang_fang.actor)

    return run


def test_clerk_and_head_are_told_and_it_is_on_record(give, unit, li_mei, zhang_wei, urge):
    (part,) = give(unit)
    assert urge(part, text="周五前报来") == Urged(1, 0, 0, 0)
    told = Notice.objects.filter(kind="urged")
    assert {notice.recipient_id for notice in told} == {li_mei.account.pk, zhang_wei.account.pk}
    assert "周五前报来" in told[0].body
    event = AuditEvent.objects.get(verb="part.urged")
    assert (event.object_id, event.changes) == (part.pk, {"text": "周五前报来"})


def test_once_a_day_and_again_the_next(give, unit, li_mei, urge):
    (part,) = give(unit)
    with time_machine.travel("2021-09-15 02:00Z"):
        urge(part)
        assert urge(part) == Urged(0, 1, 0, 0)
    with time_machine.travel("2021-09-15 16:30Z"):  # past midnight in Shanghai
        assert urge(part) == Urged(1, 0, 0, 0)
    assert AuditEvent.objects.filter(verb="part.urged").count() == 2


@pytest.mark.usefixtures("li_mei")
def test_what_cannot_be_urged_is_counted(give, unit, urge, wang_fang, system):
    empty = create_unit(name="区档案馆", kind=UnitKind.INSTITUTION, by=system)
    (cancelled,) = give(unit, title="作废的")
    cancel_task(
        task=cancelled.task,
        base_version=cancelled.task.version,
        reason="重复",
        by=wang_fang.actor,
    )
    parts = [*give(unit), *give(empty), cancelled]
    assert urge(*parts) == Urged(urged=1, already_today=0, nobody_there=1, not_open=1)


def test_units_do_not_urge(give, unit, li_mei):
    (part,) = give(unit)
    with pytest.raises(NotPermitted):
        remind_units(part_ids=[part.pk], text="", by=li_mei.actor)


def test_nothing_chosen_and_too_much_are_refused(urge, wang_fang):
    with pytest.raises(Invalid, match="没有选择"):
        urge()
    many = [Notice().pk for _ in range(MOST_AT_ONCE + 1)]
    with pytest.raises(Invalid, match="最多 1000 项"):
        remind_units(part_ids=many, text="", by=wang_fang.actor)


@pytest.mark.usefixtures("li_mei")
def test_statements_stay_few(give, unit, urge, django_assert_max_num_queries):
    parts = [give(unit, title=f"任务{number}")[0] for number in range(40)]
    with django_assert_max_num_queries(10):
        assert urge(*parts).urged == 40


def test_the_page_lists_what_is_late_and_returns_to_itself(give, unit, li_mei, wang_fang):
    (part,) = give(unit)  # due in 2021, hence late
    client = Client()
    client.force_login(wang_fang.account)
    page = client.get("/plan/parts/remind/").content.decode()
    assert "停车泊位应划尽划" in page
    answer = client.post(
        "/plan/parts/remind/",
        {"part": f"{part.pk}:3", "text": "请抓紧", "next": "//evil.example/"},
        follow=True,
    )
    assert answer.redirect_chain == [("/plan/parts/remind/", 302)]
    assert "已催办 1 项。" in answer.content.decode()
    again = client.post("/plan/parts/remind/", {"part": str(part.pk)}, follow=True)
    assert "1 项今天已催办过" in again.content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_asks_five_times(give, unit, wang_fang, number, django_assert_max_num_queries):
    for each in range(number):
        give(unit, title=str(each))
    client = Client()
    client.force_login(wang_fang.account)
    with django_assert_max_num_queries(5):
        assert client.get("/plan/parts/remind/").status_code == 200


def test_a_clerk_finds_the_page_closed(li_mei):
    client = Client()
    client.force_login(li_mei.account)
    assert client.get("/plan/parts/remind/").status_code == 403
