"""Our XLSForm is accepted by the tools of ODK, and asks what the checklist judges."""

import re
from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from pyxform.xls2xform import convert

from chuangwen.framework.checklist_document import SiteTypeEntry
from chuangwen.framework.enums import LineShape, Outcome, PhotoRule
from chuangwen.framework.xlsform.questions import failure, line_rows
from chuangwen.framework.xlsform.reading import read_xlsform
from chuangwen.framework.xlsform.writing import write_xlsform
from tests.framework.exchange.builders import checklists, market
from tests.framework.test_judging import CASES, rule_of

VALUE = "{http://www.w3.org/2002/xforms}value"
MARKET = SiteTypeEntry(code="MARKET", name="农贸市场", note="含集贸市场")
FORMS = checklists("MARKET", ["1.10"]).filter(lambda each: any(each.lines))
# XLSForm takes ${…} and instance(…) in a label for answers.
HOSTILE = [
    "每 ${line_1} 米", "${", "$${}", "${不存在}", "$\u2060{已有连接符}", "${last-saved#line_1}",
    "a${b", "instance('x')/root", "见 instance\u2060('x')/root[a=1]/b 处",
    "<output value='/data'/>", "# *粗* _斜_ [链](http://x)", "=1+1", "../..",
]  # fmt: skip


def exported(checklist):
    return write_xlsform(checklist, MARKET, form_id="market_2021", version="2021年版")


def accepted(content):
    """Return the XForm that pyxform makes; it raises for whatever it does not accept."""
    return convert(BytesIO(content), validate=False, file_type=".xlsx")


@given(checklist=FORMS)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_our_own_form_comes_back_equal_and_without_remarks(checklist):
    reading = read_xlsform(exported(checklist), {"1.10"})
    assert reading.checklist == checklist
    assert reading.site_type == MARKET
    assert reading.remarks == ()


@given(checklist=FORMS)
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
def test_pyxform_accepts_any_checklist(checklist):
    assert accepted(exported(checklist)).warnings == []


@pytest.mark.parametrize("words", HOSTILE)
def test_no_words_are_taken_for_a_reference_and_they_show_and_come_back_the_same(words):
    lines = [
        replace(line, text=words, guidance=words, category=words, source=words)
        for line in market().lines
    ]
    group = replace(market().groups[0], title=words, lines=tuple(lines))
    checklist = replace(market(), groups=(group,), note=words, source=words)
    site_type = replace(MARKET, name=words, note=words)
    content = write_xlsform(checklist, site_type, form_id="hostile", version="2021年版")
    form = ElementTree.fromstring(accepted(content).xform)  # noqa: S314 - made a moment ago
    shown = {"".join(text.itertext()).replace("\u2060", "") for text in form.iter(VALUE)}
    assert words.replace("\u2060", "") in shown
    reading = read_xlsform(content, {"1.10"})
    assert (reading.checklist, reading.site_type) == (checklist, site_type)


def test_the_same_checklist_gives_the_same_bytes():
    assert exported(market()) == exported(market())


def test_the_form_has_a_group_a_heading_and_chinese_labels():
    form = accepted(exported(market())).xform
    assert form.count("<group ") == len(market().groups) == 2
    for words in ("农贸市场测评表", "环境卫生", "每 500 米有分类垃圾桶", "不适用的原因"):
        assert words in form
    assert 'translation lang="中文 (zh)"' in form
    assert 'version="2021年版"' in form


def test_values_are_bounded_and_a_photo_is_asked_for_when_a_line_is_not_met():
    form = accepted(exported(market())).xform
    assert 'constraint=". &gt;= 0 and . &lt;=  /data/group_1/line_3_whole "' in form
    photo = re.search(r'<bind nodeset="/data/group_1/line_3_photo"[^>]*>', form)[0]
    assert "line_3_part  * 100 &lt; 90 *  /data/group_1/line_3_whole" in photo
    assert 'required="true()"' in photo
    always = re.search(r'<bind nodeset="/data/group_1/line_1_photo"[^>]*>', form)[0]
    assert "/data/group_1/line_1  != 'na'" in always


def test_an_empty_checklist_is_a_form_too():
    empty = replace(market(), groups=())
    assert accepted(exported(empty)).xform


def test_the_types_follow_the_shapes():
    rows = {
        line.shape: [row["type"] for row in line_rows(replace(line, may_not_apply=False), "a")]
        for line in market().lines
    }
    assert rows == {
        LineShape.EXISTS: ["select_one found", "image"],
        LineShape.COUNT: ["note", "decimal", "image"],
        LineShape.DENSITY: ["note", "decimal", "decimal", "image"],
        LineShape.RATIO: ["note", "decimal", "decimal", "image"],
        LineShape.ABSENCE: ["note", "decimal", "image"],
        LineShape.BEHAVIOUR: ["note", "integer", "integer", "image"],
        LineShape.FREE: ["text"],
    }


def line_of(rule):
    names = ("shape", "threshold", "unit", "per", "per_unit")
    return replace(next(market().lines), **{name: getattr(rule, name) for name in names})


def holds(expression, values):
    """Evaluate one of our comparisons with exact numbers, as XPath would."""
    for name, value in values.items():
        expression = expression.replace(f"${{a_{name}}}", f"Decimal('{value}')")
    expression = re.sub(r"(?<![\w.'(])(\d+(\.\d+)?)(?!['\w.])", r"Decimal('\1')", expression)
    return eval(expression, {"Decimal": Decimal})  # noqa: S307 - our own arithmetic


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, id=case["name"])
        for case in CASES["lines"]
        if case.get("outcome") in {"passed", "failed"}
    ],
)
def test_the_condition_of_the_photo_is_the_judgement(case):
    line = line_of(rule_of(case["line"]))
    values = case["answer"]["values"]
    expression = failure(line, "a")
    if line.shape is LineShape.EXISTS:
        assert expression == "${a} = 'no'"
    else:
        assert holds(expression, values) is (case["outcome"] == Outcome.FAILED)


def test_a_photo_is_asked_for_as_the_rule_says():
    for photo, count in ((PhotoRule.NEVER, 0), (PhotoRule.ALWAYS, 1), (PhotoRule.ON_FAILURE, 1)):
        line = replace(next(market().lines), photo=photo)
        assert [row["type"] for row in line_rows(line, "a")].count("image") == count
