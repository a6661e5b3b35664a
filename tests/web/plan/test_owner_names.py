"""Names that the register does not know are named before confirming, and get a meaning there."""

import re

import pytest

from chuangwen.audit.models import AuditEvent
from chuangwen.people.actions.units import create_unit
from chuangwen.people.enums import UnitKind
from chuangwen.people.models import Unit, UnitAlias, UnitGroup
from chuangwen.plan.actions.review import accept_remaining, decide_items
from chuangwen.plan.enums import ItemKind, ItemState
from chuangwen.plan.models import Duty, PlanImport
from tests.web.plan.test_walk import confirmed, office  # noqa: F401 - fixtures

PLAN = """关于印发《某区创建全国文明城市行动计划》的通知
一、环境整治提升行动
（一）整治背街小巷。清扫保洁到位。
牵头单位：区综合执法局
责任单位：区发展和改革局、区园林绿化大队、各街道（镇）
"""


@pytest.fixture
def review(office, tenant, system):  # noqa: F811 - the fixture
    create_unit(name="区综合执法局", kind=UnitKind.GOVERNMENT, by=system)
    create_unit(name="区发改局", kind=UnitKind.GOVERNMENT, by=system)
    office.post("/plan/imports/new/", {"text": PLAN, "name": "计划.txt"})
    taken = PlanImport.objects.get()
    accept_remaining(plan_import=taken, by=system)
    doubts = taken.items.filter(kind=ItemKind.ANOMALY).values_list("pk", flat=True)
    if doubts:
        decide_items(plan_import=taken, item_ids=doubts, state=ItemState.ACCEPTED, by=system)
    return taken


def body(answer):
    return re.sub(r"\s+", " ", answer.content.decode())


def names_page(review):
    return f"/plan/imports/{review.pk}/names/"


def choices_of(page, **meant):
    """What the browser would send: every name by its place, and for some a choice."""
    names = re.findall(r'name="name" value="([^"]+)"', page)
    form = {"name": names}
    for name, fields in meant.items():
        number = next(place for place, one in enumerate(names) if one.startswith(name))
        form |= {f"{field}-{number}": value for field, value in fields.items()}
    return form


def test_the_summary_names_what_the_register_does_not_know(office, review):  # noqa: F811
    page = body(office.get(f"/plan/imports/{review.pk}/"))
    assert '区园林绿化大队<small class="quiet">（将新建）</small>' in page
    assert "（集体称谓未定义）" in page
    assert "区综合执法局<small" not in page, "known to the register"
    assert names_page(review) in page


def test_a_usual_other_spelling_is_proposed(office, review):  # noqa: F811
    page = body(office.get(names_page(review)))
    assert re.search(r'<strong>区发展和改革局</strong>.*?name="unit-\d+" value="区发改局"', page)


def test_unit_alias_and_group_are_chosen_in_one_step(office, review, system):  # noqa: F811
    page = body(office.get(names_page(review)))
    form = choices_of(
        page,
        区发展和改革局={"meaning": "alias", "unit": "区发改局"},
        区园林绿化大队={"meaning": "unit", "kind": "事业单位"},
        各街道={"meaning": "group", "group": ["street"]},
    )
    assert office.post(names_page(review), form).status_code == 302
    assert not Unit.objects.filter(name="区园林绿化大队").exists(), "only confirming makes it"
    assert UnitGroup.objects.get().kinds == ["street"]
    event = AuditEvent.objects.get(verb="plan.owner_names_settled")
    assert event.changes["区发展和改革局"] == [None, "已有单位的另一种写法：区发改局"]
    review.refresh_from_db()
    answer = office.post(f"/plan/imports/{review.pk}/confirm/", {"version": review.version})
    assert answer.status_code == 302, body(answer)
    assert Unit.objects.get(name="区园林绿化大队").kind == UnitKind.INSTITUTION
    assert UnitAlias.objects.get(name="区发展和改革局").unit.name == "区发改局"
    duties = Duty.objects.filter(written_name="区发展和改革局")
    assert {duty.unit.name for duty in duties} == {"区发改局"}
    assert not Unit.objects.filter(name="区发展和改革局").exists()


def test_an_owner_without_any_meaning_blocks_in_words(office, review, system):  # noqa: F811
    unit = review.items.get(kind=ItemKind.UNIT, data__name="区园林绿化大队")
    decide_items(plan_import=review, item_ids=[unit.pk], state=ItemState.DROPPED, by=system)
    page = body(office.get(f"/plan/imports/{review.pk}/"))
    assert "名录中没有这些责任单位：“区园林绿化大队”" in page
    form = choices_of(body(office.get(names_page(review))), 区园林绿化大队={"meaning": "drop"})
    assert office.post(names_page(review), form).status_code == 302
    assert "没有着落" not in body(office.get(f"/plan/imports/{review.pk}/"))
    undone = office.post(f"/plan/imports/{review.pk}/undo/", {})
    assert undone.status_code == 302
    assert "没有着落" in body(office.get(f"/plan/imports/{review.pk}/"))


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"meaning": "alias", "unit": ""}, "请填写它是哪个单位的另一种写法"),
        ({"meaning": "alias", "unit": "区没有局"}, "名录中没有“区没有局”"),
        ({"meaning": "group"}, "请勾选这个集体称谓包含哪几类单位"),
        ({"meaning": "甲"}, "处理方式无效"),
        ({"meaning": "unit", "kind": "甲类"}, "不在可选范围"),
        ({}, "没有选择任何处理"),
    ],
)
def test_a_refused_choice_comes_back_as_made(office, review, fields, words):  # noqa: F811
    form = choices_of(body(office.get(names_page(review))), 区园林绿化大队=fields)
    answer = office.post(names_page(review), form)
    assert answer.status_code == 422
    assert words in body(answer)
    assert not UnitGroup.objects.exists()
    assert not AuditEvent.objects.filter(verb="plan.owner_names_settled").exists()


def test_a_name_that_is_known_meanwhile_is_not_settled_again(office, review, system):  # noqa: F811
    form = choices_of(
        body(office.get(names_page(review))), 区园林绿化大队={"meaning": "unit", "kind": "其他"}
    )
    create_unit(name="区园林绿化大队", kind=UnitKind.INSTITUTION, by=system)
    answer = office.post(names_page(review), form)
    assert answer.status_code == 409
    assert "“区园林绿化大队”已经有着落" in body(answer)


def test_the_page_takes_eight_queries_at_most(
    office,  # noqa: F811
    review,
    django_assert_max_num_queries,
):
    office.get(names_page(review))  # shows the messages of before
    with django_assert_max_num_queries(8):
        office.get(names_page(review))


def test_a_collective_name_proposes_the_kind_that_it_names(office, review):  # noqa: F811
    page = body(office.get(names_page(review)))
    street = re.search(r"<strong>各街道.*?</tr>", page)[0]
    assert re.findall(r'value="(\w+)" checked', street) == ["street"]


def test_a_review_without_doubts_begins_with_everything(office, review):  # noqa: F811
    page = body(office.get(f"/plan/imports/{review.pk}/"))
    assert not review.items.filter(kind=ItemKind.ANOMALY).exists()
    assert "这一类没有条目" not in page
    assert "整治背街小巷" in page
