"""Reviewing an import: every item has its words, nothing applies, decisions are kept."""

import pytest

from chuangwen.kit.errors import IllegalTransition, Invalid, NotFound, NotPermitted, StaleEdit
from chuangwen.kit.ids import new_id
from chuangwen.people.actors import Actor
from chuangwen.plan.actions.imports import discard_import, take_in_document
from chuangwen.plan.actions.review import accept_remaining, add_item, decide_items, edit_item
from chuangwen.plan.enums import ItemKind, ItemState
from chuangwen.plan.models import Action, ImportItem, SourceDocument
from chuangwen.plan.reading.plain import read_text


def test_the_notice_gives_ten_actions_whose_owners_hang_below_them(taken_in):
    actions = taken_in.items.filter(kind=ItemKind.ACTION)
    assert actions.count() == 10
    second = actions.order_by("position")[1]
    leads = second.children.filter(kind=ItemKind.DUTY, data__role="lead")
    assert [item.data["name"] for item in leads] == ["区政府办公室", "区行政审批局"]


def test_nothing_applies_before_it_is_confirmed(taken_in):
    assert not Action.objects.exists()
    assert not taken_in.items.exclude(state=ItemState.PROPOSED).exists()


def test_the_same_file_twice_is_stored_once(taken_in, campaign, office):
    text = taken_in.source.text
    again = take_in_document(
        campaign=campaign, source=read_text(text.encode()), name="b", data=text.encode(), by=office
    )
    assert again.source == taken_in.source
    assert SourceDocument.objects.count() == 1


def test_dropping_an_action_drops_its_tasks_and_duties(taken_in, office):
    action = taken_in.items.filter(kind=ItemKind.ACTION).first()
    decide_items(plan_import=taken_in, item_ids=[action.pk], state=ItemState.DROPPED, by=office)
    assert set(action.children.values_list("state", flat=True)) == {ItemState.DROPPED}


def test_items_of_another_import_do_not_exist(taken_in, office):
    with pytest.raises(NotFound):
        decide_items(plan_import=taken_in, item_ids=[new_id()], state=ItemState.ACCEPTED, by=office)


def test_an_edit_on_old_content_is_refused_and_changes_nothing(taken_in, office):
    item = taken_in.items.filter(kind=ItemKind.TASK).first()
    edit_item(item=item, base_version=1, changes={"title": "新题目"}, by=office)
    with pytest.raises(StaleEdit):
        edit_item(item=item, base_version=1, changes={"title": "旧页面上的题目"}, by=office)
    assert ImportItem.objects.get(pk=item.pk).data["title"] == "新题目"


def test_only_known_fields_can_be_edited(taken_in, office):
    item = taken_in.items.filter(kind=ItemKind.TASK).first()
    with pytest.raises(Invalid):
        edit_item(item=item, base_version=1, changes={"applied_id": "x"}, by=office)


def test_accepting_the_rest_leaves_the_anomalies_to_a_person(taken_in, office):
    accept_remaining(plan_import=taken_in, by=office)
    waiting = taken_in.items.filter(state=ItemState.PROPOSED)
    assert set(waiting.values_list("kind", flat=True)) == {ItemKind.ANOMALY}


def test_added_text_must_lie_inside_the_source(taken_in, office):
    length = len(taken_in.source.text)
    with pytest.raises(Invalid):
        add_item(
            plan_import=taken_in,
            kind=ItemKind.TASK,
            values={"title": "x"},
            by=office,
            start=length - 1,
            end=length + 1,
        )


def test_a_discarded_import_cannot_be_reviewed(taken_in, office):
    discard_import(plan_import=taken_in, by=office)
    with pytest.raises(IllegalTransition):
        accept_remaining(plan_import=taken_in, by=office)


def test_strangers_may_not_review(taken_in, tenant):
    stranger = Actor(tenant.pk, new_id(), "路人")
    with pytest.raises(NotPermitted):
        accept_remaining(plan_import=taken_in, by=stranger)
