"""Judging lines and sites. The cases stand in a file that the phone's tests run too."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chuangwen.framework.enums import LineShape, Outcome, PassRule, PhotoRule
from chuangwen.framework.judging import (
    LineAnswer,
    LineRule,
    SiteRule,
    judge_line,
    judge_site,
)
from chuangwen.framework.observing import VALUE_LABELS, VALUE_NAMES, WORDS, Fault, ImpossibleAnswers

VECTORS = Path(__file__).parents[2] / "frontend/field-engine/vectors/judging.json"
CASES = json.loads(VECTORS.read_text(encoding="utf-8"))
BENCHES = LineRule("a", LineShape.DENSITY, Decimal(1), "个", Decimal(500), "米")
CLEAN = LineRule("a", LineShape.ABSENCE, unit="处")


def named(cases):
    return [pytest.param(case, id=case["name"]) for case in cases]


def number(written):
    return None if written is None else Decimal(written)


def rule_of(line):
    return LineRule(
        key=line.get("id", "line"),
        shape=LineShape(line["shape"]),
        threshold=number(line.get("threshold")),
        unit=line.get("unit", ""),
        per=number(line.get("per")),
        per_unit=line.get("per_unit", ""),
        photo=PhotoRule(line["photo"]),
        weight=Decimal(line.get("weight", 1)),
        is_veto=line.get("is_veto", False),
        may_not_apply=line.get("may_not_apply", True),
    )


def answer_of(answer):
    return LineAnswer(
        line=answer.get("line", "line"),
        values=answer["values"],
        not_applicable=answer.get("not_applicable", False),
        note=answer.get("note", ""),
    )


@pytest.mark.parametrize("case", named(CASES["lines"]))
def test_a_line_is_judged_as_the_vectors_say(case):
    rule, answer = rule_of(case["line"]), answer_of(case["answer"])
    if "faults" in case:
        with pytest.raises(ImpossibleAnswers) as error:
            judge_line(rule, answer)
        assert [[each.field, each.fault] for each in error.value.faults] == case["faults"]
        return
    judgement = judge_line(rule, answer)
    assert judgement.outcome == case["outcome"]
    assert judgement.needs_photo is case["needs_photo"]
    assert judgement.reason


@pytest.mark.parametrize("case", named(CASES["sites"]))
def test_a_site_is_judged_as_the_vectors_say(case):
    site = SiteRule(PassRule(case["pass_rule"]), number(case.get("pass_percent")))
    lines = [rule_of(line) for line in case["lines"]]
    answers = [answer_of(answer) for answer in case["answers"]]
    if "faults" in case:
        with pytest.raises(ImpossibleAnswers) as error:
            judge_site(site, lines, answers)
        found = [[each.line, each.field, each.fault] for each in error.value.faults]
        assert found == case["faults"]
        return
    judgement = judge_site(site, lines, answers)
    assert judgement.passed is case["passed"]
    assert judgement.score == number(case["score"])
    assert [line.rule.key for line in judgement.failed] == case["failed"]


def test_the_vectors_show_every_shape_fault_and_rule():
    lines, sites = CASES["lines"], CASES["sites"]
    assert {case["line"]["shape"] for case in lines} == set(LineShape)
    assert {case["pass_rule"] for case in sites} == set(PassRule)
    assert {case.get("outcome") for case in lines} - {None} == set(Outcome)
    shown = {fault for case in lines + sites for *_place, fault in case.get("faults", [])}
    assert shown == set(Fault)
    judged = {(case["line"]["shape"], case.get("outcome")) for case in lines}
    for shape in set(LineShape) - {LineShape.FREE}:
        assert {(shape, Outcome.PASSED), (shape, Outcome.FAILED)} <= judged
    names = [case["name"] for case in lines]
    assert len(names) == len(set(names)) >= 60


def test_every_value_and_fault_has_its_words():
    assert set(WORDS) == set(Fault)
    assert {name for names in VALUE_NAMES.values() for name in names} <= set(VALUE_LABELS)


@pytest.mark.parametrize(
    ("rule", "values", "reason"),
    [
        (
            BENCHES,
            {"found": "1", "measure": "800"},
            "800 米 1 个，合每 500 米 0.62 个，要求不少于 1 个",
        ),
        (
            LineRule("a", LineShape.RATIO, Decimal(90), "盏"),
            {"part": "89", "whole": "99"},
            "99 盏中 89 盏符合，占 89.89%，要求不低于 90%",
        ),
        (
            LineRule("a", LineShape.BEHAVIOUR, Decimal("33.33")),
            {"seen": "3", "bad": "1"},
            "观察 3 人，1 人不文明，占 33.34%，要求不超过 33.33%",
        ),
        (CLEAN, {"found": "3"}, "发现 3 处"),
        (CLEAN, {"found": "0"}, "没有发现"),
    ],
)
def test_the_reason_never_shows_a_number_that_contradicts_the_outcome(rule, values, reason):
    assert judge_line(rule, LineAnswer("a", values)).reason == reason


def test_the_result_of_a_site_says_what_it_rests_on():
    score = SiteRule(PassRule.SCORE, Decimal(90))
    judgement = judge_site(score, [CLEAN], [LineAnswer("a", {"found": "2"})])
    assert judgement.reason == "得分 0，未达到合格线 90"
    assert (judgement.weight_passed, judgement.weight_judged) == (0, 1)
    assert judgement.lines[0].values == {"found": Decimal(2)}
    assert judgement.lines[0].rule is CLEAN


def test_the_message_names_the_value_and_counts_the_rest():
    with pytest.raises(ImpossibleAnswers, match="“数量”没有填写。请补上。（共 2 处）") as error:
        judge_line(BENCHES, LineAnswer("a", {}))
    assert error.value.field == "found"


@pytest.mark.parametrize(
    "definition",
    [
        {"shape": LineShape.COUNT},
        {"shape": LineShape.EXISTS, "threshold": Decimal(1)},
        {"shape": LineShape.DENSITY, "threshold": Decimal(1)},
        {"shape": LineShape.DENSITY, "threshold": Decimal(1), "per": Decimal(0)},
        {"shape": LineShape.COUNT, "threshold": Decimal(1), "per": Decimal(5)},
    ],
)
def test_a_definition_that_cannot_be_judged_is_refused(definition):
    with pytest.raises(ValueError, match="does not fit"):
        LineRule("a", **definition)


@given(
    weights=st.lists(
        st.tuples(st.decimals(0, 99999, places=4), st.booleans()), min_size=1, max_size=12
    ),
    percent=st.decimals(0, 100, places=2),
)
def test_a_site_that_shows_its_pass_mark_passes_and_no_other(weights, percent):
    lines = [
        LineRule(str(place), LineShape.EXISTS, weight=weight)
        for place, (weight, _met) in enumerate(weights)
    ]
    answers = [
        LineAnswer(str(place), {"found": "1" if met else "0"})
        for place, (_weight, met) in enumerate(weights)
    ]
    judgement = judge_site(SiteRule(PassRule.SCORE, percent), lines, answers)
    if judgement.score is None:
        assert judgement.passed is None
    else:
        assert judgement.passed is (judgement.score >= percent)
        assert judgement.score == round(judgement.score, 4)
        assert judgement.score <= 100


@given(part=st.integers(0, 10**6), whole=st.integers(1, 10**6))
def test_a_ratio_is_compared_as_a_fraction(part, whole):
    part = min(part, whole)
    rule = LineRule("a", LineShape.RATIO, Decimal("33.3333"))
    outcome = judge_line(rule, LineAnswer("a", {"part": str(part), "whole": str(whole)})).outcome
    assert (outcome == Outcome.PASSED) is (part * 10**6 >= 333333 * whole)


@given(st.text())
def test_whatever_is_typed_is_a_number_or_a_fault(written):
    try:
        values = judge_line(CLEAN, LineAnswer("a", {"found": written})).values
    except ImpossibleAnswers:
        return
    assert values["found"] >= 0
