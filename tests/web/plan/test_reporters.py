"""Choosing who reports many indicators at once, as the documents suggest or otherwise."""

import uuid

import pytest

from chuangwen.audit.models import AuditEvent
from chuangwen.framework.models import Indicator, IndicatorReporter
from chuangwen.notices.models import Notice
from chuangwen.people.models import Account
from chuangwen.plan.enums import DutyKind
from chuangwen.plan.models import IndicatorDemand

PAGE = "/framework/indicators/reporters/"


def body(answer):
    return answer.content.decode()


@pytest.fixture
def demanded(district):
    """Two indicators of the action whose lead is 区发改局, and one that no action demands."""
    district.duty("区发改局")
    district.duty("区民政局", DutyKind.RESPONSIBLE)
    made = []
    for place, name in enumerate(["亮灯率", "床位数", "满意度"]):
        indicator = Indicator.objects.create(name=name, kind="qualitative", position=place)
        if name != "满意度":
            IndicatorDemand.objects.create(
                campaign=district.campaign, indicator=indicator, action=district.action
            )
        made.append(indicator)
    return made


def pair(indicator, unit):
    return f"{indicator.pk}:{unit.pk}"


def test_the_list_offers_the_choice_to_the_office_only(district, wang_fang, li_mei, demanded):
    assert body(wang_fang.get("/framework/indicators/")).count('name="indicator"') == 3
    district_unit = district.unit("区发改局")
    IndicatorReporter.objects.create(
        indicator=demanded[0], unit=district_unit, valid_from="2021-01-01"
    )
    page = body(li_mei.get("/framework/indicators/"))
    assert "亮灯率" in page and 'name="indicator"' not in page


def test_the_lead_of_the_demanding_action_is_ticked(district, wang_fang, demanded):
    query = "&".join(f"indicator={each.pk}" for each in demanded)
    page = body(wang_fang.get(f"{PAGE}?{query}"))
    lead, other = district.unit("区发改局"), district.unit("区民政局")
    assert f'value="{pair(demanded[0], lead)}" checked' in page
    assert f'value="{pair(demanded[0], other)}">' in page, "responsible units are offered, unticked"
    assert "公共环境提升行动牵头单位" in page
    assert "行动计划没有提示单位" in page, "of the third indicator"


def test_choosing_shows_what_will_be_and_writes_only_when_told(district, wang_fang, demanded):
    li_mei = Account.objects.filter(username="clerk-区发改局")
    assert not li_mei.exists()
    lead, street = district.unit("区发改局"), district.unit("大渡口街道")
    IndicatorReporter.objects.create(indicator=demanded[2], unit=street, valid_from="2021-01-01")
    form = {
        "indicator": [each.pk for each in demanded],
        "pair": [pair(demanded[0], lead), pair(demanded[1], lead)],
        "unit": [street.pk],
        "valid_from": "2021-09-01",
        "back": "unit=none",
    }
    preview = body(wang_fang.post(PAGE, form))
    assert "将新增 4 条填报责任" in preview
    assert "另有 1 条已在填报" in preview
    assert IndicatorReporter.objects.count() == 1, "a preview writes nothing"
    chosen = [pair(demanded[0], lead), pair(demanded[1], lead), pair(demanded[1], street)]
    applied = {**form, "pair": chosen, "unit": [], "step": "apply"}
    answer = wang_fang.post(PAGE, applied)
    assert answer.status_code == 302
    assert answer.url == "/framework/indicators/?unit=none"
    rows = IndicatorReporter.objects.filter(valid_from="2021-09-01")
    assert set(rows.values_list("indicator__name", "unit__name")) == {
        ("亮灯率", "区发改局"),
        ("床位数", "区发改局"),
        ("床位数", "大渡口街道"),
    }
    assert AuditEvent.objects.filter(verb="indicator.reporter_assigned").count() == 3
    again = wang_fang.post(PAGE, applied)
    assert again.status_code == 422
    assert "没有要新增的填报单位" in body(again)


def test_a_unit_hears_once_of_all_its_indicators(district, wang_fang, li_mei, demanded):
    lead = district.unit("区发改局")
    form = {
        "indicator": [each.pk for each in demanded],
        "pair": [pair(each, lead) for each in demanded],
        "valid_from": "2021-09-01",
        "step": "apply",
    }
    wang_fang.post(PAGE, form)
    notice = Notice.objects.get(recipient__username="clerk-区发改局")
    assert notice.subject == "请填报指标：亮灯率等 3 个"
    assert "亮灯率；床位数；满意度" in notice.body


def test_the_filter_finds_what_nobody_reports(district, wang_fang, demanded):
    unit = district.unit("区发改局")
    IndicatorReporter.objects.create(indicator=demanded[0], unit=unit, valid_from="2021-01-01")
    page = body(wang_fang.get("/framework/indicators/?unit=none"))
    assert "床位数" in page and "亮灯率" not in page
    page = body(wang_fang.get(f"/framework/indicators/?unit={unit.pk}"))
    assert "亮灯率" in page and "床位数" not in page
    assert wang_fang.get("/framework/indicators/?unit=甲").status_code == 422


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"pair": []}, "没有要新增的填报单位"),
        ({"valid_from": "九月"}, "“九月”不是日期"),
        ({"pair": ["甲:乙"]}, "页面内容不完整"),
        ({"pair": [], "unit": [str(uuid.uuid4())]}, "已不存在"),
    ],
)
def test_bad_choices_are_refused_in_words(district, wang_fang, demanded, change, words):
    lead = district.unit("区发改局")
    form = {
        "indicator": [demanded[0].pk],
        "pair": [pair(demanded[0], lead)],
        "valid_from": "2021-09-01",
        "step": "apply",
    }
    answer = wang_fang.post(PAGE, form | change)
    assert answer.status_code == 422
    assert words in body(answer)
    assert not IndicatorReporter.objects.exists()
    assert wang_fang.get(PAGE).status_code == 422
    assert wang_fang.get(f"{PAGE}?indicator={uuid.uuid4()}").status_code == 409


@pytest.mark.parametrize("count", [1, 3])
def test_the_page_takes_eight_queries_at_most(
    district, wang_fang, demanded, count, django_assert_max_num_queries
):
    query = "&".join(f"indicator={each.pk}" for each in demanded[:count])
    with django_assert_max_num_queries(8):
        wang_fang.get(f"{PAGE}?{query}")
    with django_assert_max_num_queries(8):
        wang_fang.get("/framework/indicators/")
