"""问责: proposed, decided, appealed, carried out; nobody outside the circle knows that it is."""

import datetime
from dataclasses import replace

import pytest
from django.apps import apps
from django.db import transaction
from django.db.utils import DatabaseError

from chuangwen.audit.models import AuditEvent
from chuangwen.kit.errors import IllegalTransition, Invalid, NotFound, NotPermitted, StaleEdit
from chuangwen.notices.models import Notice
from chuangwen.people.actions.audit_log import export_events
from chuangwen.people.permissions import Permission
from chuangwen.people.queries.log import LogFilter, events_of
from chuangwen.people.roles import DISTRICT_WIDE, WITHIN_UNIT, Role
from chuangwen.search.models import Posting, SearchText
from chuangwen.supervision.actions.accountability import (
    Decision,
    appeal_accountability,
    carry_out_accountability,
    change_accountability,
    decide_accountability,
    drop_accountability,
    propose_accountability,
    revoke_accountability,
    uphold_accountability,
)
from chuangwen.supervision.enums import AccountabilityState
from chuangwen.supervision.models import Accountability, AccountabilityEvent
from chuangwen.supervision.queries.accountability import (
    course_of_matter,
    named_bases,
    visible_matters,
)
from tests.rectification.conftest import DAY
from tests.townspeople import person

DECISION = Decision("区文明委", DAY, "取消文明单位称号一年。")
MILDER = Decision("区文明委", DAY, "通报批评。")


def now(matter) -> dict[str, object]:
    found = Accountability.objects.get(pk=matter.pk)
    return {"matter": found, "base_version": found.version}


def state(matter) -> str:
    return Accountability.objects.get(pk=matter.pk).state


def test_from_the_proposal_to_the_effect(matter, circle):
    decide_accountability(**now(matter), decision=DECISION, by=circle)
    appeal_accountability(**now(matter), reason="已整改", by=circle)
    change_accountability(**now(matter), decision=MILDER, by=circle)
    carry_out_accountability(**now(matter), effect="已通报", by=circle)
    found = Accountability.objects.get()
    assert (found.state, found.decision, found.effect) == (
        AccountabilityState.CARRIED_OUT, "通报批评。", "已通报",
    )  # fmt: skip
    texts = [event.text for event in AccountabilityEvent.objects.order_by("pk")]
    assert texts[1] == "区文明委，2021-09-15：取消文明单位称号一年。"  # the former one stays
    assert len(texts) == 5


@pytest.mark.parametrize("end", [uphold_accountability, revoke_accountability])
def test_an_appeal_is_answered(matter, circle, end):
    decide_accountability(**now(matter), decision=DECISION, by=circle)
    with pytest.raises(IllegalTransition):
        end(**now(matter), reason="查明", by=circle)
    appeal_accountability(**now(matter), reason="已整改", by=circle)
    end(**now(matter), reason="查明", by=circle)
    is_revoked = end is revoke_accountability
    assert state(matter) == ("revoked" if is_revoked else "upheld")
    if is_revoked:
        with pytest.raises(IllegalTransition):
            carry_out_accountability(**now(matter), effect="已执行", by=circle)


def test_a_proposal_may_be_dropped_with_a_reason(matter, circle):
    with pytest.raises(Invalid):
        drop_accountability(**now(matter), reason="", by=circle)
    drop_accountability(**now(matter), reason="已整改到位", by=circle)
    assert state(matter) == AccountabilityState.DROPPED
    with pytest.raises(IllegalTransition):
        decide_accountability(**now(matter), decision=DECISION, by=circle)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"text": ""}, "text"), ({"decided_by": " "}, "decided_by"),
        ({"decided_on": DAY + datetime.timedelta(days=1)}, "decided_on"),
    ],
)  # fmt: skip
def test_a_decision_is_whole(matter, circle, wrong, field):
    with pytest.raises(Invalid) as refusal:
        decide_accountability(**now(matter), decision=replace(DECISION, **wrong), by=circle)
    assert refusal.value.field == field
    assert state(matter) == AccountabilityState.PROPOSED


def test_who_comes_second_is_told(matter, circle):
    old = now(matter)
    decide_accountability(**old, decision=DECISION, by=circle)
    with pytest.raises(StaleEdit):
        drop_accountability(**old, reason="查明", by=circle)


def test_what_it_rests_on_is_named_by_number(dispatched, served, circle, clerk):
    cases, notices = named_bases(circle, "整改〔2021〕1号、督办[2021]1号")
    assert (cases, notices) == ([dispatched], [served])
    assert named_bases(circle, "") == ([], [])
    for wrong in ("整改〔2021〕9号", "督办〔2020〕1号", "通报〔2021〕1号", "1"):
        with pytest.raises(Invalid, match="没有编号为"):
            named_bases(circle, wrong)


def test_a_case_written_in_two_ways_is_one_basis(proposal, dispatched, served, circle):
    written = "整改〔2021〕1号、整改2021-1、督办〔2021〕1号、督办[2021]1号"
    cases, notices = named_bases(circle, written)
    assert (cases, notices) == ([dispatched], [served])
    whole = replace(proposal, cases=cases, notices=notices)
    assert propose_accountability(proposal=whole, by=circle).bases.count() == 2


OTHERS = [role for role in Role if role != Role.ACCOUNTABILITY]


def test_one_role_alone_carries_the_permission():
    handle = Permission.HANDLE_ACCOUNTABILITY
    assert [role for role, held in DISTRICT_WIDE.items() if handle in held] == [Role.ACCOUNTABILITY]
    assert not [role for role, held in WITHIN_UNIT.items() if handle in held]


@pytest.mark.parametrize("role", OTHERS)
def test_nobody_else_sees_a_matter_or_does_anything_with_it(matter, proposal, tenant, bureau, role):
    """Not even in the unit that is meant."""
    other = person(tenant, "sunli", "孙丽", role, bureau)
    assert not visible_matters(other).exists()
    with pytest.raises(NotFound):
        course_of_matter(other, matter.pk)
    for act in (
        lambda: propose_accountability(proposal=proposal, by=other),
        lambda: decide_accountability(**now(matter), decision=DECISION, by=other),
        lambda: carry_out_accountability(**now(matter), effect="已执行", by=other),
    ):
        with pytest.raises(NotPermitted):
            act()


def test_the_log_shows_it_to_nobody_else(matter, circle, tenant, office_unit):
    decide_accountability(**now(matter), decision=DECISION, by=circle)
    auditor = person(tenant, "zhouqiang", "周强", Role.AUDIT_ADMINISTRATOR, office_unit)
    hidden = AuditEvent.objects.filter(object_id=matter.pk)
    assert hidden.count() == 2
    for wanted in (LogFilter(), LogFilter(object_id=matter.pk), LogFilter(account="gaojie"),
                   LogFilter(verb="accountability.decided")):  # fmt: skip
        found = events_of(auditor, wanted)
        assert not found.filter(object_id=matter.pk).exists()
        assert not found.filter(verb__startswith="accountability").exists()
        exported = export_events(wanted=wanted, suffix="csv", by=auditor)
        assert matter.pk not in {event.object_id for event in exported}
    assert events_of(circle, LogFilter(object_id=matter.pk)).count() == 2


def test_no_notice_and_no_search_tells_of_it(matter, circle, bureau):
    before = Notice.objects.count()
    decide_accountability(**now(matter), decision=DECISION, by=circle)
    appeal_accountability(**now(matter), reason="已整改", by=circle)
    assert Notice.objects.count() == before
    assert not Notice.objects.filter(about_id=matter.pk).exists()
    assert not Notice.objects.filter(body__contains="取消文明单位").exists()
    assert not SearchText.objects.filter(pk=matter.pk).exists()
    assert not SearchText.objects.filter(text__contains="书面检查").exists()
    assert not Posting.objects.filter(object_id=matter.pk).exists()


def test_no_table_outside_the_ledger_points_to_it():
    """Or a list of that table could tell of it."""
    ledger = {"Accountability", "AccountabilityBasis", "AccountabilityEvent"}
    pointing = {
        model.__name__
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created
        and getattr(field.related_model, "__name__", "") in ledger
    }  # fmt: skip
    assert pointing <= ledger
    for model in apps.get_models():
        back = {one.get_accessor_name() for one in model._meta.related_objects
                if one.related_model.__name__ in ledger}  # fmt: skip
        assert model.__name__ in ledger or back <= {None}, model


def test_the_database_keeps_the_course_as_it_was(matter):
    for change in (
        lambda: AccountabilityEvent.objects.update(text="改"),
        lambda: AccountabilityEvent.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
