"""Who is told what when cases move."""

import datetime

import pytest

from chuangwen.notices.enums import AboutKind, NoticeKind
from chuangwen.notices.models import Notice
from chuangwen.people.models import Account, Unit
from chuangwen.people.roles import Role
from chuangwen.rectification.actions.checking import close_cases, fail_case, pass_case, reopen_case
from chuangwen.rectification.actions.deadlines import (
    ask_extension,
    deny_extension,
    extend_case,
    resume_case,
    suspend_case,
)
from chuangwen.rectification.actions.deciding import (
    cancel_cases,
    decline_cases,
    file_cases,
    merge_cases,
)
from chuangwen.rectification.actions.dispatching import dispatch_cases, reassign_case
from chuangwen.rectification.actions.handling import accept_case, finish_case, refuse_case
from chuangwen.rectification.actions.opening import report_case
from chuangwen.rectification.models import Case
from tests.rectification.conftest import now as fresh
from tests.rectification.conftest import person

LATER = datetime.date(2021, 10, 15)


@pytest.fixture(autouse=True)
def _people(office, inspector, clerk, builder):
    """Everybody is there before anything happens."""


def told(kind: NoticeKind) -> dict[str, str]:
    """Return what was told of a kind, by the log-in of who was told."""
    rows = Notice.objects.filter(kind=kind)
    return dict(rows.values_list("recipient__username", "subject"))


def test_the_units_of_a_case_are_told_of_it_and_how_long_they_have(dispatched):
    subjects = told(NoticeKind.CASE_DISPATCHED)
    assert subjects == dict.fromkeys(("limei", "zhaolei"), "需要整改：人行道井盖破损")
    notice = Notice.objects.filter(recipient__username="limei").get()
    assert "整改〔2021〕1号" in notice.body
    assert "2021-09-23" in notice.body
    assert (notice.about_kind, notice.about_id) == (AboutKind.CASE, dispatched.pk)


def test_many_cases_of_one_batch_are_one_notice(seen, bureau, office):
    cases = [report_case(seen=seen, by=office) for _ in range(12)]
    file_cases(versions={case.pk: 1 for case in cases}, by=office)
    versions = dict(Case.objects.values_list("pk", "version"))
    dispatch_cases(versions=versions, lead=bureau, by=office)
    notice = Notice.objects.get(recipient__username="limei")
    assert notice.subject == "需要整改：12 个问题"
    assert notice.about_kind == AboutKind.CASES
    assert "……共 12 个" in notice.body


def test_who_reported_hears_why_it_is_no_case(seen, street, office, tenant):
    clerk = person(tenant, "sunli", "孙丽", Role.CLERK, street)
    case = report_case(seen=seen, unit=street, by=clerk)
    decline_cases(versions={case.pk: case.version}, reason="不在本区", by=office)
    assert told(NoticeKind.CASE_ENDED) == {"sunli": "问题不予立案：人行道井盖破损"}
    assert "不在本区" in Notice.objects.get().body


def test_the_office_hears_that_a_unit_refuses(dispatched, bureau, clerk):
    refuse_case(**fresh(dispatched), unit=bureau, reason="属街道", by=clerk)
    assert told(NoticeKind.CASE_REFUSED) == {"wangfang": "单位退回问题：人行道井盖破损"}
    assert "区城市管理局：属街道" in Notice.objects.get(kind=NoticeKind.CASE_REFUSED).body


def test_the_unit_that_has_it_and_the_one_that_has_it_no_more_are_told(
    dispatched, housing, street, office, tenant
):
    person(tenant, "sunli", "孙丽", Role.CLERK, street)
    reassign_case(**fresh(dispatched), lead=street, supporting=[housing], reason="属地", by=office)
    assert told(NoticeKind.CASE_REASSIGNED) == {
        "sunli": "整改单位已调整：人行道井盖破损",
        "zhaolei": "整改单位已调整：人行道井盖破损",
        "limei": "问题已改派其他单位：人行道井盖破损",
    }


def test_only_the_last_unit_to_hand_in_calls_the_office(dispatched, cast):
    office = {"wangfang": "整改完成待核查：人行道井盖破损"}
    for unit, by, heard in zip(cast.units, cast.clerks, ({}, office), strict=True):
        accept_case(**fresh(dispatched), unit=unit, by=by)
        finish_case(**fresh(dispatched), unit=unit, text="已更换", by=by)
        assert told(NoticeKind.CASE_SUBMITTED) == heard


def test_only_the_units_that_do_it_again_are_told_of_rework(handed_in, bureau, inspector):
    fail_case(**fresh(handed_in), units=[bureau], due_on=LATER, text="有缺口", by=inspector)
    assert told(NoticeKind.CASE_FAILED) == {"limei": "核查不通过，需要返工：人行道井盖破损"}
    assert "有缺口" in Notice.objects.get(kind=NoticeKind.CASE_FAILED).body


def test_an_extension_is_asked_of_the_office_and_answered_to_the_units(
    dispatched, bureau, clerk, office
):
    ask_extension(**fresh(dispatched), unit=bureau, due_on=LATER, reason="备料", by=clerk)
    assert set(told(NoticeKind.CASE_EXTENSION_ASKED)) == {"wangfang"}
    deny_extension(**fresh(dispatched), reason="可先围挡", by=office)
    denied = told(NoticeKind.CASE_EXTENSION_DECIDED)
    assert denied == dict.fromkeys(("limei", "zhaolei"), "没有同意延期：人行道井盖破损")
    extend_case(**fresh(dispatched), due_on=LATER, by=office)
    body = Notice.objects.filter(recipient__username="limei").latest("pk").body
    assert str(LATER) in body


def test_the_units_are_told_when_the_clock_stands_and_runs_again(dispatched, office):
    suspend_case(**fresh(dispatched), reason="封路", by=office)
    resume_case(**fresh(dispatched), by=office)
    mine = Notice.objects.filter(recipient__username="limei", kind=NoticeKind.CASE_SUSPENDED)
    assert [one.subject.split("：")[0] for one in mine.order_by("pk")] == [
        "问题缓办", "问题恢复办理",
    ]  # fmt: skip


def test_the_end_and_the_return_of_a_problem_are_told_to_who_mended_it(
    handed_in,
    inspector,
    office,
):
    pass_case(**fresh(handed_in), text="好", by=inspector)
    now = Case.objects.get()
    close_cases(versions={now.pk: now.version}, text="同意", by=office)
    assert set(told(NoticeKind.CASE_CLOSED)) == {"limei", "zhaolei"}
    reopen_case(**fresh(handed_in), reason="又碎了", by=office)
    assert set(told(NoticeKind.CASE_REOPENED)) == {"limei", "zhaolei"}


@pytest.mark.parametrize("step", ["cancel", "merge"])
def test_units_need_not_go_on_with_what_is_over(dispatched, seen, office, step):
    kept = report_case(seen=seen, by=office)
    versions = {dispatched.pk: dispatched.version}
    if step == "cancel":
        cancel_cases(versions=versions, reason="登记错了", by=office)
    else:
        merge_cases(keep=kept, versions=versions | {kept.pk: 1}, reason="同一处", by=office)
    assert set(told(NoticeKind.CASE_ENDED)) == {"limei", "zhaolei"}


def test_who_acts_is_not_told_of_it(filed, office_unit, office):
    assert Account.objects.filter(memberships__unit=office_unit, pk=office.account_id).exists()
    dispatch_cases(versions={filed.pk: filed.version}, lead=office_unit, due_on=LATER, by=office)
    assert told(NoticeKind.CASE_DISPATCHED) == {}
    assert Unit.objects.get(pk=office_unit.pk).name == "区创文办"
