"""The steps of a review over HTTP: forms with errors beside the fields, and what a script gets."""

import io
import re

import pytest

from chuangwen.plan.enums import ItemChange, ItemKind, ItemState
from chuangwen.plan.models import ImportItem, PlanImport
from tests.web.plan.test_walk import NOTICE, confirmed, office  # noqa: F401 - fixtures

SCRIPT = {"HTTP_X_REVIEW": "1"}


@pytest.fixture
def review(office):  # noqa: F811 - the fixture
    office.post("/plan/imports/new/", {"file": io.BytesIO(NOTICE.read_bytes())})
    return PlanImport.objects.get()


def item_of(review, kind, **data):
    return review.items.filter(kind=kind, **data).order_by("position").first()


def address(item, step=""):
    return f"/plan/imports/{item.plan_import_id}/items/{item.pk}/{step}"


def form_of(item):
    """What the browser would send of the item's own form."""
    return {"version": item.version, "name": item.data["name"], "operator": ">=", "unit": "%"}


def test_an_edit_is_refused_beside_its_field_and_nothing_is_lost(office, review):  # noqa: F811
    target = item_of(review, ItemKind.TARGET)
    typed = form_of(target) | {"name": "辛苦填的名称", "value": "七十"}
    answer = office.post(address(target), typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "辛苦填的名称" in page
    assert "七十" in page
    assert re.search(r'id="f-\w+-value_error">[^<]*“七十”不是数字', page)
    target.refresh_from_db()
    assert target.state == ItemState.PROPOSED


def test_a_stale_edit_keeps_what_was_typed_and_shows_what_is_there_now(
    office,  # noqa: F811
    review,
):
    task = item_of(review, ItemKind.TASK)
    office.post(address(task), {"version": 1, "title": "别人的题目"})
    answer = office.post(address(task), {"version": 1, "title": "我的题目"})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert 'value="我的题目"' in page
    assert "现在是：别人的题目" in page
    again = office.post(address(task), {"version": 2, "title": "我的题目"})
    assert again.status_code == 302


def test_splitting_gives_two_neighbours_and_undo_gives_one_again(office, review):  # noqa: F811
    task = item_of(review, ItemKind.TASK)
    before = review.items.count()
    at = task.data["text"].index("。") + 1
    answer = office.post(address(task, "split/"), {"version": 1, "at": at}, **SCRIPT)
    added = review.items.get(kind=ItemKind.TASK, is_added=True)
    page = answer.content.decode()
    assert f'data-item="{added.pk}"' in page
    assert re.search(rf'data-item="{added.pk}"[^>]*data-after="{task.pk}"', page)
    text = review.source.text
    task.refresh_from_db()
    assert text[task.start : task.end] == task.data["text"]
    assert text[added.start : added.end] == added.data["text"]
    answer = office.post(f"/plan/imports/{review.pk}/undo/", {}, **SCRIPT)
    assert f'data-removed="{added.pk}"' in answer.content.decode()
    assert review.items.count() == before
    task.refresh_from_db()
    assert not task.is_edited


def test_a_split_at_the_edge_is_refused(office, review):  # noqa: F811
    task = item_of(review, ItemKind.TASK)
    answer = office.post(address(task, "split/"), {"version": 1, "at": 0})
    assert answer.status_code == 422
    assert "拆不出两条" in answer.content.decode()


def test_merging_ticked_neighbours(office, review):  # noqa: F811
    first, second, third = review.items.filter(kind=ItemKind.TASK).order_by("position")[:3]
    form = {"decision": "merge", "item": [first.pk, third.pk]}
    refused = office.post(f"/plan/imports/{review.pk}/decide/", form)
    assert refused.status_code == 422
    form["item"] = [first.pk, second.pk]
    office.post(f"/plan/imports/{review.pk}/decide/", form)
    second.refresh_from_db()
    merged = ImportItem.objects.get(pk=first.pk)
    assert second.state == ItemState.DROPPED
    assert second.data["text"] in merged.data["text"]
    assert (merged.start, merged.end) == (first.start, second.end)


def test_adding_from_marked_text_with_kind_and_section(office, review):  # noqa: F811
    action = item_of(review, ItemKind.ACTION)
    start = action.start + 30
    query = {"kind_of_item": "duty", "start": start, "end": start + 6}
    page = office.get(f"/plan/imports/{review.pk}/items/new/", query).content.decode()
    assert re.search(rf'<option value="{action.pk}" selected>', page)
    refused = office.post(f"/plan/imports/{review.pk}/items/new/", query | {"name": "区统计局"})
    assert refused.status_code == 422
    form = {"name": "区统计局", "role": "responsible", "collective": "否", "parent": action.pk}
    office.post(f"/plan/imports/{review.pk}/items/new/", query | form)
    added = review.items.get(is_added=True)
    assert (added.parent_id, added.start, added.state) == (action.pk, start, ItemState.ACCEPTED)


def test_rejecting_and_accepting_a_doubt_changes_what_it_is_about(office, review):  # noqa: F811
    doubt = next(
        item
        for item in review.items.filter(kind=ItemKind.ANOMALY)
        if review.source.text[item.start : item.end] == "202186"
    )
    form = {"version": 1, "reading": "2021年8月6日", "decision": "drop"}
    answer = office.post(address(doubt, "settle/"), form, **SCRIPT)
    document = item_of(review, ItemKind.DOCUMENT)
    assert document.data["date"] is None
    assert f'data-item="{document.pk}"' in answer.content.decode()
    form = {"version": 2, "reading": "2021年8月16日", "decision": "accept"}
    office.post(address(doubt, "settle/"), form)
    assert item_of(review, ItemKind.DOCUMENT).data["date"] == "2021-08-16"
    office.post(f"/plan/imports/{review.pk}/undo/")
    office.post(f"/plan/imports/{review.pk}/undo/")
    assert item_of(review, ItemKind.DOCUMENT).data["date"] == "2021-08-06"


def test_a_reading_that_is_no_day_is_refused_beside_what_was_typed(office, review):  # noqa: F811
    doubt = item_of(review, ItemKind.ANOMALY)
    form = {"version": 1, "reading": "2021年8月36日", "decision": "accept"}
    answer = office.post(address(doubt, "settle/"), form)
    assert answer.status_code == 422
    assert "2021年8月36日" in answer.content.decode()
    doubt.refresh_from_db()
    assert doubt.state == ItemState.PROPOSED


def test_the_summary_says_what_will_be_and_what_blocks(office, review):  # noqa: F811
    page = office.get(f"/plan/imports/{review.pk}/").content.decode()
    assert re.search(r"还有 \d+ 处疑点没有核对", page)
    assert f"已核对 0/{review.items.count()}" in page


def test_the_very_same_file_again_has_no_differences(office, confirmed):  # noqa: F811
    office.post("/plan/imports/new/", {"file": io.BytesIO(NOTICE.read_bytes())})
    again = PlanImport.objects.exclude(pk=confirmed.pk).get()
    page = office.get(f"/plan/imports/{again.pk}/").content.decode()
    assert "没有差异" in page
    assert "不改动任何内容" in page
    answer = office.post(f"/plan/imports/{again.pk}/confirm/", {"version": 1})
    assert answer.status_code == 302


def test_an_amended_copy_shows_old_and_new(office, confirmed, django_assert_max_num_queries):  # noqa: F811
    text = NOTICE.read_text().replace("生活污水集中收集率≥75%", "生活污水集中收集率≥80%")
    office.post("/plan/imports/new/", {"file": io.BytesIO(text.encode())})
    again = PlanImport.objects.exclude(pk=confirmed.pk).get()
    assert again.amends == confirmed.source
    office.get(f"/plan/imports/{again.pk}/")  # shows the message of the import, once
    with django_assert_max_num_queries(8):
        page = office.get(f"/plan/imports/{again.pk}/").content.decode()
    assert "<del>75</del> → <ins>80</ins>" in page
    changed = again.items.get(kind=ItemKind.INDICATOR, change=ItemChange.CHANGED)
    answer = office.post(
        f"/plan/imports/{again.pk}/decide/", {"decision": "drop", "item": [changed.pk]}, **SCRIPT
    )
    assert "保留原内容" in answer.content.decode()
    office.post(f"/plan/imports/{again.pk}/compare/", {"amends": ""})
    again.refresh_from_db()
    assert again.amends is None


@pytest.fixture
def paged(review, monkeypatch):
    """The same review, of which only a few cards fit on a page."""
    monkeypatch.setattr("chuangwen.web.plan.review_context.PART", 20)
    return review


def test_a_filter_acts_on_the_whole_reading_and_so_does_all(office, paged):  # noqa: F811
    address = f"/plan/imports/{paged.pk}/"
    tasks = paged.items.filter(kind=ItemKind.TASK)
    total = tasks.count()
    first = tasks.order_by("position").first()
    form = {"decision": "accept", "item": [first.pk], "kind_filter": "task"}
    office.post(f"{address}decide/", form)
    page = office.get(address, {"kind": "task", "state": "proposed"}).content.decode()
    assert f"符合 {total - 1} 条，分 {-(-(total - 1) // 20)} 页" in page
    assert f'data-item="{first.pk}"' not in page
    assert "kind=task&amp;state=proposed&amp;part=2" in page
    form = {"decision": "drop", "everything": "1", "kind_filter": "task", "state": "proposed"}
    stale = office.post(f"{address}decide/", form | {"number": total})
    assert stale.status_code == 409
    assert not tasks.filter(state=ItemState.DROPPED).exists()
    done = office.post(f"{address}decide/", form | {"number": total - 1})
    assert done.headers["Location"] == f"{address}?kind=task&state=proposed"
    assert tasks.filter(state=ItemState.DROPPED).count() == total - 1
    first.refresh_from_db()
    assert first.state == ItemState.ACCEPTED
    office.post(f"{address}undo/")
    assert tasks.filter(state=ItemState.PROPOSED).count() == total - 1


def test_doubtful_items_are_found_over_all_pages_and_counted(office, paged):  # noqa: F811
    answer = office.get(f"/plan/imports/{paged.pk}/", {"kind": "all", "doubtful": "1", "part": 2})
    doubts = paged.items.filter(kind=ItemKind.ANOMALY)
    page = answer.content.decode()
    assert f"其中疑点 {doubts.count()} 处，按现在的读法接受" in page
    assert answer.context["passing"] > doubts.count()
    narrow = {"kind": "all", "doubtful": "1", "only": "document"}
    assert office.get(f"/plan/imports/{paged.pk}/", narrow).context["passing"] == 0
    odd = {"kind": "all", "state": "?", "only": "?", "change": "?"}
    assert office.get(f"/plan/imports/{paged.pk}/", odd).context["passing"] == paged.items.count()


def test_before_all_is_decided_changes_and_what_is_gone_are_counted(
    office,  # noqa: F811
    confirmed,  # noqa: F811
    monkeypatch,
):
    monkeypatch.setattr("chuangwen.web.plan.review_context.PART", 1)
    text = NOTICE.read_text().replace("生活污水集中收集率≥75%", "生活污水集中收集率≥80%")
    office.post("/plan/imports/new/", {"file": io.BytesIO(text.replace("、区民政局", "").encode())})
    again = PlanImport.objects.exclude(pk=confirmed.pk).get()
    answer = office.get(f"/plan/imports/{again.pk}/", {"kind": "changes"})
    changed, gone = (again.items.filter(change=one).count() for one in ("changed", "gone"))
    assert changed
    assert gone
    page = answer.content.decode()
    assert f"其中改动 {changed} 项，采用新内容" in page
    assert f"没有写的 {gone} 项，确认后标为不再要求" in page


def test_a_reading_on_one_page_is_filtered_by_the_script(office, review):  # noqa: F811
    page = office.get(f"/plan/imports/{review.pk}/", {"kind": "task"}).content.decode()
    assert "data-review-filter" in page
    assert "筛选出的全部" not in page
