"""督办单: numbered when served, signed for, answered, decided on; who may do what, who hears."""

import datetime
from dataclasses import replace

import pytest
from django.db import transaction
from django.db.utils import DatabaseError

from chuangwen.kit.errors import IllegalTransition, Invalid, NotPermitted, StaleEdit
from chuangwen.notices.enums import NoticeKind
from chuangwen.notices.models import Notice
from chuangwen.people.actions.merging import merge_units
from chuangwen.rectification.actions.deadlines import suspend_case
from chuangwen.rectification.actions.deciding import cancel_cases
from chuangwen.rectification.actions.handling import accept_case, finish_case
from chuangwen.rectification.models import Case
from chuangwen.supervision.actions.answering import answer_notice, receipt_notice
from chuangwen.supervision.actions.notices import (
    accept_answer,
    close_notice,
    draft_notice,
    edit_notice,
    return_answer,
    serve_notice,
    withdraw_notice,
)
from chuangwen.supervision.enums import NoticeState
from chuangwen.supervision.models import NoticeEvent, SupervisionNotice
from chuangwen.supervision.queries.notices import visible_notices
from tests.rectification.conftest import DAY, now
from tests.supervision.conftest import current


def state(notice) -> str:
    return SupervisionNotice.objects.get(pk=notice.pk).state


def told(kind) -> dict[str, str]:
    rows = Notice.objects.filter(kind=kind)
    return dict(rows.values_list("recipient__username", "subject"))


def test_a_draft_has_no_number_and_nobody_hears_of_it(drafted, clerk, inspector, office):
    assert (drafted.number, drafted.due_on, state(drafted)) == ("", None, NoticeState.DRAFT)
    assert not Notice.objects.filter(about_id=drafted.pk).exists()
    assert drafted in visible_notices(office)
    for other in (clerk, inspector):
        assert drafted not in visible_notices(other)


def test_served_it_has_its_number_and_a_deadline_in_working_days(drafted, clerk, head, office):
    serve_notice(**current(drafted), by=office)
    notice = SupervisionNotice.objects.get()
    assert (notice.number, notice.served_on, notice.due_on) == (
        "督办〔2021〕1号", DAY, datetime.date(2021, 9, 23),
    )  # fmt: skip
    subject = f"收到督办单：督办〔2021〕1号 {notice.title}"
    assert told(NoticeKind.SUPERVISION_SERVED) == dict.fromkeys(("limei", "zhangjun"), subject)
    assert notice in visible_notices(clerk)


def test_numbers_have_no_gap_and_begin_anew_each_year(draft, office, settings):
    numbers = []
    for day in (DAY, DAY, datetime.date(2022, 1, 4)):
        settings.CHUANGWEN_TODAY = day
        notice = draft_notice(draft=draft, by=office)
        numbers.append(serve_notice(**current(notice), by=office).notice.number)
    assert numbers == ["督办〔2021〕1号", "督办〔2021〕2号", "督办〔2022〕1号"]


def test_from_the_signature_to_the_end(served, clerk, office):
    receipt_notice(**current(served), by=clerk)
    answer_notice(**current(served), text="已更换", by=clerk)
    assert set(told(NoticeKind.SUPERVISION_ANSWERED)) == {"wangfang"}
    return_answer(**current(served), reason="没有照片", answer_days=2, by=office)
    assert SupervisionNotice.objects.get().due_on == datetime.date(2021, 9, 17)
    answer_notice(**current(served), text="已更换，附照片", by=clerk)
    accept_answer(**current(served), by=office)
    close_notice(**current(served), text="同意办结", by=office)
    assert state(served) == NoticeState.CLOSED
    assert [event.step for event in NoticeEvent.objects.order_by("pk")] == [
        "draft", "serve", "receipt", "answer", "return", "answer", "accept", "close",
    ]  # fmt: skip
    assert Notice.objects.filter(kind=NoticeKind.SUPERVISION_DECIDED).count() == 3


def test_nobody_answers_before_signing_and_nothing_skips_a_step(served, clerk, office):
    for step in (
        lambda: answer_notice(**current(served), text="已更换", by=clerk),
        lambda: accept_answer(**current(served), by=office),
        lambda: close_notice(**current(served), by=office),
        lambda: serve_notice(**current(served), by=office),
    ):
        with pytest.raises(IllegalTransition):
            step()
    assert state(served) == NoticeState.SERVED
    assert SupervisionNotice.objects.get().serial == 1


def test_another_units_people_do_not_sign_for_it(served, builder, office):
    for other in (builder, office):
        with pytest.raises(NotPermitted):
            receipt_notice(**current(served), by=other)


def test_who_answered_does_not_decide_on_the_answer(draft, office, office_unit, clerk):
    own = draft_notice(draft=replace(draft, unit=office_unit), by=office)
    serve_notice(**current(own), by=office)
    receipt_notice(**current(own), by=office)
    answer_notice(**current(own), text="已办", by=office)
    with pytest.raises(NotPermitted, match="不能由您审阅"):
        accept_answer(**current(own), by=office)
    with pytest.raises(NotPermitted):
        return_answer(**current(own), reason="不全", answer_days=1, by=clerk)


def test_who_is_late_by_a_version_changes_nothing(drafted, draft, office):
    old = current(drafted)
    edit_notice(**old, draft=replace(draft, demands="限三日内更换。"), by=office)
    with pytest.raises(StaleEdit):
        serve_notice(**old, by=office)
    assert state(drafted) == NoticeState.DRAFT
    assert SupervisionNotice.objects.get().demands == "限三日内更换。"


def test_it_is_withdrawn_with_a_reason_and_the_number_is_gone(served, draft, clerk, office):
    with pytest.raises(Invalid, match="撤回的原因"):
        withdraw_notice(**current(served), reason=" ", by=office)
    withdraw_notice(**current(served), reason="发错单位", by=office)
    assert "督办单已撤回" in told(NoticeKind.SUPERVISION_DECIDED)["limei"]
    following = draft_notice(draft=draft, by=office)
    assert serve_notice(**current(following), by=office).notice.serial == 2


def test_a_draft_that_is_withdrawn_is_told_to_nobody(drafted, clerk, office):
    withdraw_notice(**current(drafted), reason="不需要了", by=office)
    assert not Notice.objects.filter(about_id=drafted.pk).exists()
    assert drafted not in visible_notices(clerk)


def test_it_is_only_about_cases_that_the_unit_still_mends(draft, dispatched, street, office):
    with pytest.raises(Invalid, match="不由“炳草岗街道”整改"):
        draft_notice(draft=replace(draft, unit=street), case_ids=[dispatched.pk], by=office)
    version = Case.objects.get(pk=dispatched.pk).version
    cancel_cases(versions={dispatched.pk: version}, reason="错", by=office)
    with pytest.raises(Invalid, match="已报送、已结束"):
        draft_notice(draft=draft, case_ids=[dispatched.pk], by=office)
    assert not SupervisionNotice.objects.exists()


def _finish(case, bureau, clerk, office):
    """The bureau's share is done; the other unit's is not, so the case is still with units."""
    accept_case(**now(case), unit=bureau, by=clerk)
    finish_case(**now(case), unit=bureau, text="已更换", by=clerk)


def _suspend(case, bureau, clerk, office):
    suspend_case(**now(case), reason="雨季", by=office)


def _cancel(case, bureau, clerk, office):
    cancel_cases(versions={case.pk: now(case)["base_version"]}, reason="错", by=office)


@pytest.mark.parametrize("happens", [_finish, _suspend, _cancel])
def test_what_the_unit_no_longer_owes_is_neither_drafted_nor_served(  # noqa: PLR0917 - fixtures
    drafted, draft, dispatched, bureau, clerk, office, happens
):
    happens(dispatched, bureau, clerk, office)
    with pytest.raises(Invalid, match=dispatched.title):
        draft_notice(draft=draft, case_ids=[dispatched.pk], by=office)
    with pytest.raises(Invalid, match=f"{dispatched.title}.*另行起草"):
        serve_notice(**current(drafted), by=office)
    found = SupervisionNotice.objects.get()
    assert (found.state, found.number, found.due_on) == (NoticeState.DRAFT, "", None)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": " "}, "title"), ({"title": "长" * 101}, "title"), ({"text": ""}, "text"),
        ({"demands": ""}, "demands"), ({"answer_days": 0}, "answer_days"),
        ({"answer_days": 61}, "answer_days"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(draft, office, wrong, field):
    with pytest.raises(Invalid) as refusal:
        draft_notice(draft=replace(draft, **wrong), by=office)
    assert refusal.value.field == field


def test_the_unit_that_is_kept_answers_what_the_other_owed(
    served, bureau, housing, builder, system
):
    merge_units(keep=housing, other=bureau, by=system)
    assert SupervisionNotice.objects.get().unit == housing
    receipt_notice(**current(served), by=builder)
    assert "区城市管理局 → 区住房城乡建设局" in NoticeEvent.objects.get(step="hand_over").text


def test_the_database_keeps_the_course_as_it_was(served):
    for change in (
        lambda: NoticeEvent.objects.update(text="改"),
        lambda: NoticeEvent.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
