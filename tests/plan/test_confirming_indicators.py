"""Confirming the notice: every indicator of both documents, with what each clause demands."""

import datetime
from collections import Counter
from decimal import Decimal

import pytest
import yaml

from chuangwen.audit.models import AuditEvent
from chuangwen.framework.enums import IndicatorKind, ReferenceKind
from chuangwen.framework.models import Indicator
from chuangwen.framework.wording import plain_number
from chuangwen.kit.errors import ImportRefused, Invalid
from chuangwen.plan.actions.confirming import confirm_import
from chuangwen.plan.actions.imports import take_in_document
from chuangwen.plan.actions.review import accept_remaining, decide_items, edit_item
from chuangwen.plan.enums import ItemKind, ItemState
from chuangwen.plan.models import Action, GoalArea, IndicatorDemand, Mechanism, Phase, Target
from chuangwen.plan.reading.plain import read_text
from tests.plan.conftest import NOTICE

DAY = datetime.date(2021, 8, 6)
EXPECTED = yaml.safe_load(
    (NOTICE.parents[3] / "tests/plan/parsing/fixtures/notice_expected.yaml").read_text()
)
DOCUMENTS = {"P": "行动计划", "A": "工作安排"}


def accept(plan_import, by):
    accept_remaining(plan_import=plan_import, by=by)
    doubts = plan_import.items.filter(kind=ItemKind.ANOMALY).values_list("pk", flat=True)
    decide_items(plan_import=plan_import, item_ids=doubts, state=ItemState.ACCEPTED, by=by)


def confirm(plan_import, by):
    plan_import.refresh_from_db()
    return confirm_import(
        plan_import=plan_import, base_version=plan_import.version, effective_on=DAY, by=by
    )


@pytest.fixture
def confirmed(taken_in, office):
    accept(taken_in, office)
    return confirm(taken_in, office)


def take_in(text, campaign, by):
    data = text.encode()
    return take_in_document(
        campaign=campaign, source=read_text(data), name="修订.txt", data=data, by=by
    )


def test_the_plan_has_ten_areas_and_ten_actions(confirmed):
    assert (GoalArea.objects.count(), Action.objects.count()) == (10, 10)


def test_every_numeric_indicator_of_both_documents_keeps_its_exact_number(confirmed):
    demands = IndicatorDemand.objects.filter(value__isnull=False).select_related("indicator")
    found = Counter(
        (
            demand.clause.split(" ")[0],
            demand.indicator.name,
            demand.operator,
            plain_number(demand.value),
            demand.unit,
        )
        for demand in demands
    )
    renamed = {"全民法治宣传教育普及率": "全民法治宣传教育的普及率"}  # one indicator, two spellings
    wanted = Counter(
        (DOCUMENTS[document], renamed.get(name, name), operator, str(value), unit)
        for document, name, operator, value, unit in EXPECTED["numeric"]
    )
    assert found == wanted


def test_numeric_definitions_are_exact_and_of_one_name_there_is_one(confirmed):
    assert Indicator.objects.get(name="空气质量优良天数比例").value == Decimal("87.5")
    strict = Indicator.objects.get(name="创建活动的群众参与率")
    assert (strict.operator, strict.value, strict.unit) == (">", 98, "%")
    assert Indicator.objects.get(name="个人卫生支出占卫生总费用的比例").operator == "<="
    distinct = {name for _document, name, *_ in EXPECTED["numeric"]} - {"全民法治宣传教育普及率"}
    assert (
        set(Indicator.objects.filter(kind=IndicatorKind.NUMERIC).values_list("name", flat=True))
        == distinct
    )


def test_relative_indicators_know_what_they_are_compared_with(confirmed):
    income = Indicator.objects.get(name="城乡居民人均可支配收入水平")
    assert set(income.references.values_list("kind", flat=True)) == {
        ReferenceKind.NATIONAL_AVERAGE,
        ReferenceKind.PROVINCIAL_AVERAGE,
    }
    growth = Indicator.objects.get(name="城乡居民人均可支配收入年增长率")
    assert growth.alternative_of == income
    science = Indicator.objects.get(name="公民具备的科学素质的比例")
    assert [each.kind for each in science.references.all()] == [ReferenceKind.PROVINCIAL_AVERAGE]
    land = Indicator.objects.get(name="建设用地规模")
    assert (land.operator, land.references.get().kind) == ("<=", ReferenceKind.ASSIGNED)
    assert {name for _document, name, *_ in EXPECTED["relative"]} == set(
        Indicator.objects.filter(kind=IndicatorKind.RELATIVE).values_list("name", flat=True)
    )


def test_yes_or_no_standards_of_both_documents_are_one_indicator(confirmed):
    names = Indicator.objects.filter(kind=IndicatorKind.QUALITATIVE).values_list("name", flat=True)
    for _document, part in EXPECTED["qualitative"]:
        key = part.replace("委员会", "委")
        assert any(key in name for name in names), part
    banned = Indicator.objects.get(name__contains="国家禁毒委")
    clauses = IndicatorDemand.objects.filter(indicator=banned).values_list("clause", flat=True)
    assert list(clauses) == ["行动计划 三（八）", "工作安排 二（八）"]


@pytest.mark.parametrize(
    ("name", "clauses"),
    [
        ("生活污水集中收集率", {"≥75%": "行动计划 三（八）", "达标": "工作安排 二（八）"}),
        ("创建活动的群众参与率", {">98%": "行动计划 三（十）", "不断提高": "工作安排 二（十）"}),
        ("群众满意度", {">95%": "行动计划 三（十）", "不断提高": "工作安排 二（十）"}),
    ],
)
def test_both_readings_of_a_conflict_are_kept_and_the_first_rules(confirmed, name, clauses):
    indicator = Indicator.objects.get(name=name)
    demands = list(IndicatorDemand.objects.filter(indicator=indicator))
    assert len(demands) == 2
    for words, clause in clauses.items():
        (demand,) = [each for each in demands if words in each.text]
        assert demand.clause == clause
        assert demand.text == confirmed.source.text[demand.start : demand.end]
    assert indicator.value is not None
    (in_area,) = [demand for demand in demands if demand.area is not None]
    (in_action,) = [demand for demand in demands if demand.action is not None]
    assert in_area.value is not None and in_action.value is None


def test_the_other_clause_rules_when_the_reviewer_says_so(taken_in, office):
    accept(taken_in, office)
    doubts = taken_in.items.filter(kind=ItemKind.ANOMALY, data__kind="conflict")
    sewage = doubts.get(data__reading__startswith="生活污水集中收集率")
    decide_items(plan_import=taken_in, item_ids=[sewage.pk], state=ItemState.DROPPED, by=office)
    confirm(taken_in, office)
    indicator = Indicator.objects.get(name="生活污水集中收集率")
    assert (indicator.kind, indicator.value) == (IndicatorKind.QUALITATIVE, None)
    demands = IndicatorDemand.objects.filter(indicator=indicator)
    assert {demand.value for demand in demands} == {75, None}


def test_mechanisms_have_frequency_actors_and_words(confirmed):
    monthly = Mechanism.objects.get(name="拉练检查")
    assert (monthly.frequency, monthly.actors) == ("每月", "各职能部门")
    for name, frequency, part in EXPECTED["mechanisms"]:
        found = Mechanism.objects.filter(name=name, text__contains=part)
        assert frequency or "" in {each.frequency for each in found}, (name, part)
        assert found.exists(), (name, part)


def test_targets_know_their_year_and_overlapping_months_stay(confirmed):
    years = Target.objects.filter(name="测评点位达标率").values_list("year", "value")
    assert set(years) == {(2021, 70), (2022, 90), (2023, 100)}
    stages = Phase.objects.filter(kind="stage").order_by("starts_on")
    spans = [(stage.starts_on.month, stage.ends_on.month) for stage in stages]
    assert spans == [(2, 7), (7, 8), (8, 12)]


def test_the_same_document_again_doubles_nothing(confirmed, campaign, office):
    models = (Indicator, IndicatorDemand, Mechanism, Target)
    before = [model.objects.count() for model in models]
    again = take_in(confirmed.source.text, campaign, office)
    accept(again, office)
    confirm(again, office)
    assert [model.objects.count() for model in models] == before


def test_the_same_document_leaves_a_definition_alone_that_the_office_edited(
    confirmed, campaign, office
):
    Indicator.objects.filter(name="道路照明亮灯率").update(value=97)
    again = take_in(confirmed.source.text, campaign, office)
    accept(again, office)
    confirm(again, office)
    assert Indicator.objects.get(name="道路照明亮灯率").value == 97


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"kind": "qualitative", "operator": "", "value": "", "unit": ""}, ("qualitative", None)),
        ({"value": "88"}, ("numeric", 88)),
    ],
)
def test_a_correction_of_the_same_clause_changes_the_definition_and_is_shown(
    confirmed, campaign, office, changes, expected
):
    again = take_in(confirmed.source.text, campaign, office)
    numeric = again.items.filter(kind=ItemKind.INDICATOR, data__kind="numeric", data__unit="%")
    item = next(one for one in numeric if demands_of(one) == 1)
    assert edit_item(item=item, base_version=item.version, changes=changes, by=office)
    item.refresh_from_db()
    assert set(item.differences) == set(changes)
    accept(again, office)
    confirm(again, office)
    indicator = IndicatorDemand.objects.get(pk=item.existing_id).indicator
    assert (indicator.kind, indicator.value) == expected


def demands_of(item) -> int:
    demand = IndicatorDemand.objects.get(pk=item.existing_id)
    return IndicatorDemand.objects.filter(indicator=demand.indicator).count()


def test_an_amended_clause_renews_the_definition_and_the_old_clause_stays(
    confirmed, campaign, office
):
    text = confirmed.source.text.replace("道路照明亮灯率95%以上", "道路照明亮灯率96.5%以上", 1)
    amended = take_in(text, campaign, office)
    accept(amended, office)
    changed = amended.items.filter(state=ItemState.PROPOSED).values_list("pk", flat=True)
    decide_items(plan_import=amended, item_ids=changed, state=ItemState.ACCEPTED, by=office)
    confirm(amended, office)
    indicator = Indicator.objects.get(name="道路照明亮灯率")
    assert indicator.value == Decimal("96.5")
    values = IndicatorDemand.objects.filter(indicator=indicator).values_list("value", flat=True)
    assert Decimal("96.5") in values and Decimal(95) in values
    event = AuditEvent.objects.get(verb="indicator.edited")
    assert event.changes["reason"] == "按“修订.txt”修订"


def test_a_reported_indicator_does_not_change_its_kind(confirmed, campaign, office, monkeypatch):
    indicator = Indicator.objects.get(name="道路照明亮灯率")
    indicator.values.create(
        unit_id=office.posts[0].unit_id,
        period="2021",
        period_ends_on="2021-12-31",
        number=96,
        document="统计表",
    )
    text = confirmed.source.text.replace("道路照明亮灯率95%以上", "道路照明亮灯率96.5%以上")
    amended = take_in(text, campaign, office)
    accept(amended, office)
    changed = amended.items.filter(state=ItemState.PROPOSED).values_list("pk", flat=True)
    decide_items(plan_import=amended, item_ids=changed, state=ItemState.ACCEPTED, by=office)
    item = amended.items.filter(kind=ItemKind.INDICATOR, data__name="道路照明亮灯率").first()
    edit_item(
        item=item,
        base_version=item.version,
        changes={"kind": "qualitative", "value": "", "operator": "", "unit": ""},
        by=office,
    )
    with pytest.raises(ImportRefused) as refused:
        confirm(amended, office)
    assert "道路照明亮灯率" in str(refused.value.problems[0])


def test_what_is_no_number_is_named_and_nothing_is_written(taken_in, office):
    accept(taken_in, office)
    item = taken_in.items.filter(kind=ItemKind.INDICATOR, data__name="道路照明亮灯率").first()
    item.data = {**item.data, "value": "九成五"}
    item.save()
    with pytest.raises(Invalid, match=r"道路照明亮灯率.*九成五"):
        confirm(taken_in, office)
    assert not Indicator.objects.exists()
    assert not Action.objects.exists()


def test_no_unit_is_made_to_report_an_indicator(confirmed):
    """Per-indicator owners are not in the notice: the office assigns them."""
    assert not Indicator.objects.filter(reporters__isnull=False).exists()
