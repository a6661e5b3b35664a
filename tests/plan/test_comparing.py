"""An amended document: only what differs is asked, and only what is chosen applies."""

import datetime

import pytest

from chuangwen.kit.errors import Invalid
from chuangwen.plan.actions.comparing import compare_again
from chuangwen.plan.actions.confirming import confirm_import
from chuangwen.plan.actions.imports import take_in_document
from chuangwen.plan.actions.reshaping import split_item
from chuangwen.plan.actions.review import accept_remaining, decide_items, edit_item
from chuangwen.plan.enums import DutyKind, ItemChange, ItemKind, ItemState, TaskState
from chuangwen.plan.models import (
    Action,
    Duty,
    GoalArea,
    ImportItem,
    IndicatorDemand,
    KeyWork,
    Mechanism,
    Phase,
    Target,
    Task,
)
from chuangwen.plan.reading.plain import read_text

DAY, LATER = datetime.date(2021, 8, 6), datetime.date(2021, 10, 8)
MODELS = (GoalArea, Action, KeyWork, Phase, Target, Task, Duty, IndicatorDemand, Mechanism)


def accept_everything(plan_import, by):
    accept_remaining(plan_import=plan_import, by=by)
    doubts = plan_import.items.filter(kind=ItemKind.ANOMALY, state=ItemState.PROPOSED)
    if keys := list(doubts.values_list("pk", flat=True)):
        decide_items(plan_import=plan_import, item_ids=keys, state=ItemState.ACCEPTED, by=by)


def take_in(campaign, by, text, name="修订.txt"):
    data = text.encode()
    return take_in_document(
        campaign=campaign, source=read_text(data, name), name=name, data=data, by=by
    )


def content():
    """Everything that a person sees of the campaign, without places in texts."""
    hidden = {"source_id", "start", "end", "position"}
    return {
        model.__name__: sorted(
            repr(sorted((key, value) for key, value in row.items() if key not in hidden))
            for row in model.objects.values()
        )
        for model in MODELS
    }


def differing(plan_import):
    items = plan_import.items.exclude(change=ItemChange.SAME).exclude(kind=ItemKind.ANOMALY)
    return sorted(items, key=lambda item: (item.change, item.kind, str(item)))


@pytest.fixture
def confirmed(taken_in, office):
    accept_everything(taken_in, office)
    return confirm_import(plan_import=taken_in, base_version=1, effective_on=DAY, by=office)


@pytest.fixture
def notice(confirmed):
    return confirmed.source.text


@pytest.fixture
def amended(confirmed, campaign, office, notice):
    """A lead unit is another one, a task is gone, 75 % became 80 %, 70 % became 75 %."""
    text = notice
    for old, new in (
        ("牵头单位区委政法委", "牵头单位：区财政局"),
        ("202170%以上测评点位达标", "2021年75%以上测评点位达标"),
        ("生活污水集中收集率≥75%", "生活污水集中收集率≥80%"),
    ):
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    gone = Task.objects.filter(action__title="公共环境提升行动").order_by("position")[1]
    text = text.replace(notice[gone.start : gone.end], "")
    return take_in(campaign, office, text), gone


def test_a_first_document_is_all_new_and_compared_with_nothing(taken_in):
    assert taken_in.compared_at is None
    assert set(taken_in.items.values_list("change", flat=True)) == {ItemChange.NEW}


def test_the_very_same_file_has_no_differences_and_changes_nothing(
    confirmed, campaign, office, notice
):
    before = content()
    again = take_in(campaign, office, notice)
    assert again.amends == confirmed.source
    assert [(item.kind, str(item), item.differences) for item in differing(again)] == []
    assert not again.items.filter(state=ItemState.PROPOSED).exists()
    confirm_import(plan_import=again, base_version=1, effective_on=LATER, by=office)
    assert content() == before


def test_what_a_reviewer_edited_split_or_dropped_is_no_difference_the_next_time(
    taken_in, campaign, office
):
    tasks = taken_in.items.filter(kind=ItemKind.TASK).order_by("position")
    edited, cut, dropped = tasks[3], tasks[5], tasks[8]
    edit_item(item=edited, base_version=1, changes={"title": "改过的任务"}, by=office)
    split_item(item=cut, base_version=1, at=30, by=office)
    decide_items(plan_import=taken_in, item_ids=[dropped.pk], state=ItemState.DROPPED, by=office)
    accept_everything(taken_in, office)
    confirm_import(plan_import=taken_in, base_version=1, effective_on=DAY, by=office)
    before = content()
    again = take_in(campaign, office, taken_in.source.text)
    assert [(item.kind, str(item), item.differences) for item in differing(again)] == []
    confirm_import(plan_import=again, base_version=1, effective_on=LATER, by=office)
    assert content() == before
    assert Task.objects.filter(title="改过的任务").count() == 1


def test_an_amended_copy_shows_just_what_was_amended(amended, confirmed):
    again, gone = amended
    assert again.amends == confirmed.source
    found = differing(again)
    shown = {(item.change, item.kind) for item in found}
    lead = next(item for item in found if item.kind == ItemKind.DUTY)
    assert lead.change == ItemChange.CHANGED
    assert lead.differences == {"unit": ["区委政法委", "区财政局"]}
    target = next(item for item in found if item.kind == ItemKind.TARGET)
    assert target.differences["value"] == ["70", "75"]
    indicator = next(item for item in found if item.kind == ItemKind.INDICATOR)
    assert indicator.differences["value"] == ["75", "80"]
    assert [str(item) for item in found if item.change == ItemChange.GONE] == [str(gone)]
    assert (ItemChange.NEW, ItemKind.TASK) not in shown


def test_nothing_that_was_not_chosen_changes(amended, office):
    again, gone = amended
    before = content()
    waiting = again.items.filter(state=ItemState.PROPOSED).values_list("pk", flat=True)
    decide_items(plan_import=again, item_ids=list(waiting), state=ItemState.DROPPED, by=office)
    confirm_import(plan_import=again, base_version=1, effective_on=LATER, by=office)
    assert content() == before
    gone.refresh_from_db()
    assert gone.state == TaskState.PROPOSED


def test_what_is_chosen_is_changed_and_retired(amended, office):
    again, gone = amended
    accept_everything(again, office)
    rest = again.items.exclude(state=ItemState.ACCEPTED).values_list("pk", flat=True)
    decide_items(plan_import=again, item_ids=list(rest), state=ItemState.ACCEPTED, by=office)
    confirm_import(plan_import=again, base_version=1, effective_on=LATER, by=office)
    leads = Duty.objects.filter(action__title="法治环境提升行动", kind=DutyKind.LEAD)
    assert {(duty.unit.name, duty.valid_from, duty.valid_until) for duty in leads} == {
        ("区委政法委", DAY, LATER - datetime.timedelta(days=1)),
        ("区财政局", LATER, None),
    }
    gone.refresh_from_db()
    assert gone.state == TaskState.CANCELLED
    target = Target.objects.get(name="测评点位达标率", phase__name__startswith="2021")
    assert target.value == 75


def test_after_the_amended_document_the_same_again_has_no_differences(amended, office, campaign):
    again, _ = amended
    accept_everything(again, office)
    rest = again.items.filter(state=ItemState.PROPOSED).values_list("pk", flat=True)
    decide_items(plan_import=again, item_ids=list(rest), state=ItemState.DROPPED, by=office)
    confirm_import(plan_import=again, base_version=1, effective_on=LATER, by=office)
    before = content()
    third = take_in(campaign, office, again.source.text)
    assert [(item.kind, str(item), item.differences) for item in differing(third)] == []
    confirm_import(plan_import=third, base_version=1, effective_on=LATER, by=office)
    assert content() == before


def test_a_change_that_is_refused_keeps_the_section_for_what_hangs_below(
    confirmed, campaign, office, notice
):
    old = "打造廉洁高效的政务环境"
    again = take_in(campaign, office, notice.replace(old, "打造廉洁勤政高效的政务环境"))
    action = again.items.get(kind=ItemKind.ACTION, change=ItemChange.CHANGED)
    before = content()
    waiting = again.items.filter(state=ItemState.PROPOSED).values_list("pk", flat=True)
    decide_items(plan_import=again, item_ids=list(waiting), state=ItemState.DROPPED, by=office)
    assert action.children.filter(state=ItemState.ACCEPTED).exists()
    confirm_import(plan_import=again, base_version=1, effective_on=LATER, by=office)
    assert content() == before


def test_a_hand_edited_value_is_shown_and_not_overwritten(confirmed, campaign, office, notice):
    area = GoalArea.objects.first()
    GoalArea.objects.filter(pk=area.pk).update(goal="办公室改写的目标")
    again = take_in(campaign, office, notice)
    item = again.items.get(kind=ItemKind.AREA, change=ItemChange.CHANGED)
    assert item.differences["goal"][0] == "办公室改写的目标"
    decide_items(plan_import=again, item_ids=[item.pk], state=ItemState.DROPPED, by=office)
    confirm_import(plan_import=again, base_version=1, effective_on=LATER, by=office)
    area.refresh_from_db()
    assert area.goal == "办公室改写的目标"


def test_an_edit_in_the_campaign_after_the_comparison_stops_the_confirmation(
    confirmed, campaign, office, notice
):
    again = take_in(campaign, office, notice)
    GoalArea.objects.filter(pk=GoalArea.objects.first().pk).update(goal="刚改的目标")
    with pytest.raises(Invalid, match="重新比对"):
        confirm_import(plan_import=again, base_version=1, effective_on=LATER, by=office)
    compare_again(plan_import=again, amends=confirmed.source, by=office)
    item = again.items.get(kind=ItemKind.AREA, change=ItemChange.CHANGED)
    assert item.differences["goal"][0] == "刚改的目标"
    assert item.state == ItemState.PROPOSED


def test_without_an_amended_document_nothing_is_gone(amended, office):
    again, _ = amended
    assert again.items.filter(change=ItemChange.GONE).exists()
    compare_again(plan_import=again, amends=None, by=office)
    assert not again.items.filter(change=ItemChange.GONE).exists()


def test_only_a_confirmed_document_can_be_amended(amended, office):
    again, _ = amended
    with pytest.raises(Invalid, match="已确认过的文件"):
        compare_again(plan_import=again, amends=again.source, by=office)


def test_editing_back_to_what_exists_makes_it_the_same(amended, office):
    again, _ = amended
    target = again.items.get(kind=ItemKind.TARGET, change=ItemChange.CHANGED)
    edit_item(item=target, base_version=target.version, changes={"value": "70"}, by=office)
    assert set(ImportItem.objects.get(pk=target.pk).differences) <= {"text"}
