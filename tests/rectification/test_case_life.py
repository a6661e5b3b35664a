"""The life of a case through the actions, with who may do what."""

import datetime

import pytest

from chuangwen.kit.errors import IllegalTransition, Invalid, NotPermitted, StaleEdit
from chuangwen.people.roles import Role
from chuangwen.rectification.actions.checking import close_case, fail_case, pass_case, reopen_case
from chuangwen.rectification.actions.deadlines import resume_case, suspend_case
from chuangwen.rectification.actions.deciding import decline_cases, file_cases, merge_cases
from chuangwen.rectification.actions.dispatching import dispatch_cases, reassign_case
from chuangwen.rectification.actions.handling import accept_case, refuse_case
from chuangwen.rectification.actions.opening import Origin, open_cases, report_case
from chuangwen.rectification.enums import CaseState, OriginKind, ShareState, Step
from chuangwen.rectification.models import Case, CaseEvent, CaseShare
from chuangwen.rectification.queries import visible_cases
from tests.rectification.conftest import DAY, person
from tests.rectification.conftest import now as fresh


def test_numbers_follow_one_another_in_a_year(seen, office, settings):
    cases = [report_case(seen=seen, by=office) for _ in range(3)]
    file_cases(versions={case.pk: 1 for case in cases[:2]}, by=office)
    settings.CHUANGWEN_TODAY = datetime.date(2022, 1, 4)
    file_cases(versions={cases[2].pk: 1}, by=office)
    numbers = sorted(Case.objects.values_list("number", flat=True))
    assert numbers == ["整改〔2021〕1号", "整改〔2021〕2号", "整改〔2022〕1号"]


def test_what_is_declined_has_no_number_and_says_why(reported, office):
    decline_cases(versions={reported.pk: reported.version}, reason="不在本区范围", by=office)
    case = Case.objects.get()
    assert (case.state, case.number) == (CaseState.DECLINED, "")
    assert CaseEvent.objects.get(step=Step.DECLINE).text == "不在本区范围"


def test_the_deadline_counts_the_categorys_working_days(dispatched):
    # five working days after Wednesday the 15th; the 18th is worked, the 19th to 21st are 中秋
    assert dispatched.due_on == datetime.date(2021, 9, 23)


def test_without_a_limit_a_deadline_must_be_given(filed, category, bureau, office):
    category.working_days = None
    category.save()
    versions = {filed.pk: filed.version}
    with pytest.raises(Invalid, match="没有规定整改时限") as refused:
        dispatch_cases(versions=versions, lead=bureau, by=office)
    assert refused.value.field == "due_on"
    with pytest.raises(Invalid, match="已经过去"):
        dispatch_cases(
            versions=versions, lead=bureau, due_on=DAY - datetime.timedelta(days=1), by=office
        )


def test_many_are_dispatched_at_once_or_none(seen, bureau, office):
    cases = [report_case(seen=seen, by=office) for _ in range(3)]
    file_cases(versions={case.pk: 1 for case in cases[:2]}, by=office)
    with pytest.raises(IllegalTransition, match="待立案"):
        dispatch_cases(
            versions={case.pk: Case.objects.get(pk=case.pk).version for case in cases},
            lead=bureau, by=office,
        )  # fmt: skip
    assert not CaseShare.objects.exists()


def test_a_unit_refuses_and_the_office_gives_it_to_another(dispatched, cast, street):
    (bureau, housing), (clerk, _), office = cast.units, cast.clerks, cast.office
    refuse_case(**fresh(dispatched), unit=bureau, reason="属街道管理", by=clerk)
    case = Case.objects.get()
    assert (case.state, case.lead) == (CaseState.FILED, None)
    dispatch_cases(versions={case.pk: case.version}, lead=street, supporting=[housing], by=office)
    case = Case.objects.get()
    assert (case.state, case.lead) == (CaseState.DISPATCHED, street)
    states = dict(CaseShare.objects.values_list("unit__name", "state"))
    assert states == {
        bureau.name: ShareState.REFUSED,
        housing.name: ShareState.ASSIGNED,
        street.name: ShareState.ASSIGNED,
    }


def test_only_a_units_own_clerk_answers_for_it(dispatched, bureau, builder, office):
    for stranger in (builder, office):
        with pytest.raises(NotPermitted):
            accept_case(**fresh(dispatched), unit=bureau, by=stranger)


def test_who_handled_a_case_does_not_check_it(handed_in, tenant, bureau, inspector):
    insider = person(tenant, "qianjin", "钱进", Role.INSPECTOR, bureau)
    with pytest.raises(NotPermitted, match="不能自己核查"):
        pass_case(**fresh(handed_in), text="看过", by=insider)
    pass_case(**fresh(handed_in), text="井盖已更换，平整", by=inspector)
    assert Case.objects.get().state == CaseState.VERIFIED


def test_an_inspector_checks_but_the_office_closes(handed_in, inspector, office):
    pass_case(**fresh(handed_in), text="井盖已更换", by=inspector)
    with pytest.raises(NotPermitted):
        close_case(**fresh(handed_in), by=inspector)
    close_case(**fresh(handed_in), by=office)
    case = Case.objects.get()
    assert (case.state, case.closed_on) == (CaseState.CLOSED, DAY)


def test_rework_has_a_new_deadline(handed_in, bureau, inspector):
    due = datetime.date(2021, 9, 28)
    fail_case(**fresh(handed_in), units=[bureau], due_on=due, text="仍有缺口", by=inspector)
    case = Case.objects.get()
    assert (case.state, case.due_on, case.reworks) == (CaseState.REWORK, due, 1)
    states = dict(CaseShare.objects.values_list("unit__name", "state"))
    assert states[bureau.name] == ShareState.REWORK


def test_the_clock_stands_still_while_a_case_is_suspended(dispatched, office, settings):
    suspend_case(**fresh(dispatched), reason="汛期道路封闭", by=office)
    settings.CHUANGWEN_TODAY = datetime.date(2021, 9, 24)  # 16, 17, 18, 22, 23 and 24 are worked
    resume_case(**fresh(dispatched), by=office)
    case = Case.objects.get()
    # six working days after the 23rd: the 25th is no working day, Sunday the 26th is
    assert case.due_on == datetime.date(2021, 9, 30)
    assert case.suspended_on is None


def test_the_same_problem_twice_becomes_one_case(dispatched, seen, office):
    twin = report_case(seen=seen, by=office)
    now = Case.objects.get(pk=dispatched.pk)
    merge_cases(
        keep=now, versions={now.pk: now.version, twin.pk: twin.version},
        reason="同一处井盖", by=office,
    )  # fmt: skip
    twin.refresh_from_db()
    assert (twin.state, twin.merged_into) == (CaseState.MERGED, now)
    assert Case.objects.get(pk=now.pk).state == CaseState.DISPATCHED
    words = CaseEvent.objects.get(step=Step.TAKE_IN).text
    assert "人行道井盖破损" in words


def test_a_problem_that_comes_back_keeps_its_number(handed_in, inspector, office):
    pass_case(**fresh(handed_in), text="好", by=inspector)
    close_case(**fresh(handed_in), by=office)
    reopen_case(**fresh(handed_in), reason="又碎了", by=office)
    case = Case.objects.get()
    assert (case.state, case.number, case.reopenings) == (CaseState.FILED, "整改〔2021〕1号", 1)
    assert (case.lead, case.due_on, case.closed_on) == (None, None, None)


def test_a_finding_becomes_a_case_once(seen, office, reported):
    origin = Origin(OriginKind.FINDING, reported.pk)
    assert len(open_cases(found=[(seen, origin)], by=office)) == 1
    assert open_cases(found=[(seen, origin)], by=office) == []


def test_an_old_page_does_not_overwrite(dispatched, street, office):
    old = {"case": dispatched, "base_version": dispatched.version}
    reassign_case(**fresh(dispatched), lead=street, reason="属地", by=office)
    with pytest.raises(StaleEdit, match="已有人办理"):
        reassign_case(**old, lead=street, reason="属地", by=office)


def test_a_unit_sees_what_it_was_given_or_reported(dispatched, cast, street, tenant):
    seen, clerk, office = cast.seen, cast.clerks[0], cast.office
    outsider = person(tenant, "sunli", "孙丽", Role.CLERK, street)
    own = report_case(seen=seen, unit=street, by=outsider)
    assert set(visible_cases(outsider)) == {own}
    assert set(visible_cases(clerk)) == {dispatched}
    assert set(visible_cases(office)) == {own, dispatched}
