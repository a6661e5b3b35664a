"""Defining what is measured, and what it is compared with."""

import datetime
from decimal import Decimal

import pytest

from chuangwen.audit.models import AuditEvent
from chuangwen.framework.actions.entering import enter_indicators
from chuangwen.framework.actions.frameworks import publish_version
from chuangwen.framework.actions.indicators import (
    create_indicator,
    create_indicators,
    edit_indicator,
    record_clause,
)
from chuangwen.framework.actions.reporting_units import assign_reporters, set_reference_value
from chuangwen.framework.document import ClauseEntry, IndicatorEntry
from chuangwen.framework.enums import IndicatorKind, Operator, ReferenceKind
from chuangwen.framework.models import Indicator, ReferenceValue, StandardIndicator
from chuangwen.framework.periods import Period
from chuangwen.kit.errors import ImportRefused, Invalid, NotPermitted, StaleEdit

BOTH_AVERAGES = (ReferenceKind.PROVINCIAL_AVERAGE, ReferenceKind.NATIONAL_AVERAGE)


def sewage(**more):
    fields = {
        "name": "生活污水集中收集率",
        "kind": IndicatorKind.NUMERIC,
        "operator": Operator.AT_LEAST,
        "value": Decimal(75),
        "unit": "%",
        "text": "生活污水集中收集率≥75%",
        "source": "行动计划 三（八）",
    }
    return IndicatorEntry(**(fields | more))


def income(**more):
    fields = {
        "name": "城乡居民人均可支配收入水平",
        "kind": IndicatorKind.RELATIVE,
        "operator": Operator.MORE_THAN,
        "references": BOTH_AVERAGES,
    }
    return IndicatorEntry(**(fields | more))


def test_an_indicator_keeps_the_words_of_its_clause(wang_fang):
    indicator = create_indicator(content=sewage(), by=wang_fang)
    assert (indicator.text, indicator.source) == ("生活污水集中收集率≥75%", "行动计划 三（八）")


def test_a_weaker_clause_stands_beside_the_first(wang_fang):
    indicator = create_indicator(content=sewage(), by=wang_fang)
    clause = ClauseEntry(source="工作安排 二（八）", text="推进生活污水集中收集率达标")
    record_clause(indicator=indicator, clause=clause, by=wang_fang)
    assert indicator.clauses.get().text == "推进生活污水集中收集率达标"
    with pytest.raises(Invalid, match="已记录条款“工作安排 二（八）”"):
        record_clause(indicator=indicator, clause=clause, by=wang_fang)


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        (sewage(value=None), "数值指标须有比较符和目标值"),
        (sewage(references=BOTH_AVERAGES), "没有参照"),
        (income(references=()), "至少一种参照"),
        (income(kind=IndicatorKind.QUALITATIVE), "定性指标没有比较符"),
        (sewage(name=""), "“指标名称”没有填写"),
        (sewage(alternative_of="没有的"), "没有指标“没有的”"),
        (sewage(alternative_of="生活污水集中收集率"), "不能替代自己"),
    ],
)
def test_a_definition_must_make_sense(wang_fang, bad, message):
    with pytest.raises(Invalid, match=message):
        create_indicator(content=bad, by=wang_fang)
    assert not Indicator.objects.exists()


def test_a_name_stands_for_one_indicator(wang_fang):
    create_indicator(content=sewage(), by=wang_fang)
    with pytest.raises(Invalid, match="已有同名指标"):
        create_indicator(content=sewage(), by=wang_fang)


def test_one_of_two_indicators_may_suffice(wang_fang):
    level, growth = create_indicators(
        contents=[income(), income(name="收入增长率", alternative_of="城乡居民人均可支配收入水平")],
        by=wang_fang,
    )
    assert growth.alternative_of == level


def test_clerks_define_nothing(li_mei):
    with pytest.raises(NotPermitted):
        create_indicator(content=sewage(), by=li_mei)


def test_a_new_target_needs_a_reason_and_leaves_a_trace(wang_fang):
    indicator = create_indicator(content=sewage(), by=wang_fang)
    change = {"indicator": indicator, "content": sewage(value=Decimal(80)), "base_version": 1}
    with pytest.raises(Invalid, match="“修改原因”没有填写"):
        edit_indicator(**change, reason=" ", by=wang_fang)
    edit_indicator(**change, reason="2022年安排提高", by=wang_fang)
    event = AuditEvent.objects.get(verb="indicator.edited")
    assert event.changes["value"] == ["75.0000", "80"]
    assert event.changes["reason"] == "2022年安排提高"
    with pytest.raises(StaleEdit):
        edit_indicator(**change, reason="又改", by=wang_fang)


def test_an_indicator_named_by_a_published_version_keeps_its_name(draft, wang_fang):
    indicator = create_indicator(content=sewage(), by=wang_fang)
    StandardIndicator.objects.create(standard=draft.standards.get(), indicator=indicator)
    publish_version(version=draft, base_version=1, by=wang_fang)
    with pytest.raises(Invalid, match="不能改名"):
        edit_indicator(
            indicator=indicator,
            content=sewage(name="污水收集率"),
            reason="简称",
            base_version=1,
            by=wang_fang,
        )


def test_a_reference_value_is_corrected_without_losing_the_old_one(wang_fang):
    indicator = create_indicator(content=income(), by=wang_fang)
    for value in (Decimal(36000), Decimal(36154)):
        set_reference_value(
            indicator=indicator,
            kind=ReferenceKind.PROVINCIAL_AVERAGE,
            period=Period(2020),
            value=value,
            source="四川省统计公报",
            by=wang_fang,
        )
    current = ReferenceValue.objects.get(superseded_by=None)
    assert current.value == Decimal(36154)
    assert current.superseded.get().value == Decimal(36000)


def test_an_indicator_is_compared_only_with_what_its_definition_names(wang_fang):
    indicator = create_indicator(content=income(), by=wang_fang)
    with pytest.raises(Invalid, match="不与“上级下达指标”比较"):
        set_reference_value(
            indicator=indicator,
            kind=ReferenceKind.ASSIGNED,
            period=Period(2020),
            value=Decimal(1),
            source="文件",
            by=wang_fang,
        )


def test_a_reference_with_values_stays_in_the_definition(wang_fang):
    indicator = create_indicator(content=income(), by=wang_fang)
    set_reference_value(
        indicator=indicator,
        kind=ReferenceKind.PROVINCIAL_AVERAGE,
        period=Period(2020),
        value=Decimal(1),
        source="公报",
        by=wang_fang,
    )
    with pytest.raises(Invalid, match="已有参照值，不能去掉"):
        edit_indicator(
            indicator=indicator,
            content=income(references=(ReferenceKind.NATIONAL_AVERAGE,)),
            reason="改",
            base_version=1,
            by=wang_fang,
        )


def test_a_unit_is_asked_once(wang_fang, reform):
    indicator = create_indicator(content=sewage(), by=wang_fang)
    request = {"pairs": [(indicator, reform)], "valid_from": datetime.date(2021, 8, 6)}
    assign_reporters(**request, by=wang_fang)
    with pytest.raises(Invalid, match="已在填报"):
        assign_reporters(**request, by=wang_fang)


def test_a_second_document_adds_its_clause_to_a_known_indicator(wang_fang):
    first = enter_indicators(contents=[sewage()], by=wang_fang)["生活污水集中收集率"]
    again = sewage(source="工作安排 二（八）", text="确保收集率≥75%")
    assert enter_indicators(contents=[again], by=wang_fang)["生活污水集中收集率"] == first
    assert first.clauses.get().text == "确保收集率≥75%"
    enter_indicators(contents=[again], by=wang_fang)
    assert first.clauses.count() == 1


def test_a_second_document_does_not_change_what_is_demanded(wang_fang):
    enter_indicators(contents=[sewage()], by=wang_fang)
    with pytest.raises(ImportRefused) as refusal:
        enter_indicators(contents=[sewage(value=Decimal(80))], by=wang_fang)
    assert "要求与文件不同" in str(refusal.value.problems[0])


def test_only_a_unit_that_exists_on_that_day_is_made_to_report(reform, wang_fang):
    indicator = create_indicator(content=sewage(), by=wang_fang)
    day = datetime.date(2021, 3, 1)
    reform.valid_until = day - datetime.timedelta(days=1)
    reform.save()
    with pytest.raises(Invalid, match="在 2021-03-01 已停用或未启用"):
        assign_reporters(pairs=[(indicator, reform)], valid_from=day, by=wang_fang)


def test_every_indicator_that_is_defined_leaves_its_event(wang_fang):
    made = create_indicators(contents=[sewage(), sewage(name="污泥无害化处置率")], by=wang_fang)
    events = AuditEvent.objects.filter(verb="indicator.created")
    assert set(events.values_list("object_id", flat=True)) == {one.pk for one in made}
