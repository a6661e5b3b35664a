"""Building blocks of pages: what they say, to the eye and to a screen reader."""

import datetime
from decimal import Decimal

import pytest
from django import forms
from django.template import Context, Template

from chuangwen.web.charts import Trend

FILTER_BAR = '{% filter_bar reset="/tasks/" %}<input name="q">{% endfilter_bar %}'


def rendered(source: str, **values: object) -> str:
    return Template("{% load components %}" + source).render(Context(values))


def test_a_page_header_holds_title_and_actions():
    page = rendered(
        '{% page_header title "共 3 项" %}<a href="/new/">新建</a>{% endpage_header %}',
        title="任务 <全部>",
    )
    assert "<h1>任务 &lt;全部&gt;</h1>" in page
    assert '<div class="page-actions"><a href="/new/">新建</a></div>' in page


def test_a_page_header_without_actions_has_no_empty_box():
    assert "page-actions" not in rendered('{% page_header "任务" %}{% endpage_header %}')


def test_breadcrumbs_link_everything_but_the_page_itself():
    page = rendered('{% breadcrumbs "计划" "/plan/" "行动" "/plan/actions/" "第一项" %}')
    assert page.count("<a ") == 2
    assert '<li aria-current="page">第一项</li>' in page


def test_breadcrumbs_with_a_missing_address_are_an_error():
    with pytest.raises(ValueError, match="shorter"):
        rendered('{% breadcrumbs "计划" "行动" "/plan/actions/" "第一项" %}')


def test_a_badge_has_a_known_tone():
    badge = rendered('{% status_badge "warning" "待审核" %}')
    assert badge.strip() == '<span class="status status-warning">待审核</span>'
    with pytest.raises(ValueError, match="unknown tone"):
        rendered('{% status_badge "purple" "待审核" %}')


@pytest.mark.parametrize(
    ("level", "shape", "words"),
    [
        ("green", "●", "达标"),
        ("yellow", "▲", "接近目标"),
        ("red", "■", "未达标"),
        ("none", "○", "未报送"),
    ],
)
def test_a_traffic_light_speaks_by_shape_and_words(level, shape, words):
    light = rendered("{% traffic_light level %}", level=level)
    assert shape in light
    assert words in light


def test_progress_says_its_numbers():
    bar = rendered('{% progress 3 8 "已报送" %}')
    assert '<progress value="3" max="8" aria-label="已报送">' in bar
    assert "3 / 8（38%）" in bar


def test_progress_of_nothing_is_not_zero_percent():
    bar = rendered('{% progress 0 0 "已报送" %}')
    assert "暂无" in bar
    assert "%" not in bar


def test_a_number_leads_to_its_list():
    assert '<a class="stat-card stat-danger" href="/late/">' in rendered(
        '{% stat_card "逾期" 3 "/late/" "danger" %}'
    )
    assert "href" not in rendered('{% stat_card "逾期" 3 %}')


def test_nought_is_not_alarming():
    assert "stat-neutral" in rendered('{% stat_card "逾期" 0 "/late/" "danger" %}')


def test_a_timeline_marks_where_we_are():
    entries = [
        {"when": datetime.date(2021, 8, 6), "title": "印发", "who": "区创文办"},
        {"when": "9月", "title": "动员", "current": True},
    ]
    line = rendered("{% timeline entries %}", entries=entries)
    assert line.index("印发") < line.index('aria-current="step"') < line.index("动员")
    assert line.count("aria-current") == 1


def test_a_missing_value_is_a_dash_and_zero_is_not():
    shown = rendered(
        "{% definition_list pairs %}", pairs=[("目标", None), ("现状", 0), ("附注", "")]
    )
    assert shown.count("<dd>—</dd>") == 2
    assert "<dd>0</dd>" in shown


def test_a_pager_links_to_the_pages_that_exist():
    assert "上一页" not in rendered('{% pager "" "?after=9" %}')
    assert 'rel="next" href="?after=9"' in rendered('{% pager "" "?after=9" %}')
    assert rendered("{% pager %}") == ""


def test_an_empty_state_says_what_to_do():
    state = rendered(
        '{% empty_state "还没有任务" "请先导入。" %}<a href="/">导入</a>{% endempty_state %}'
    )
    assert "还没有任务" in state
    assert '<a href="/">导入</a>' in state


def test_a_confirmation_posts_with_the_token_and_asks():
    form = rendered(
        '{% confirm "办结" "/close/" tone="danger" %}<p>办结后不能修改。</p>{% endconfirm %}',
        csrf_token="secret",
    )
    assert 'name="csrfmiddlewaretoken" value="secret"' in form
    assert 'action="/close/"' in form
    assert "确定办结吗？" in form
    assert "<p>办结后不能修改。</p>" in form


def test_a_filter_bar_is_a_search_by_get():
    bar = rendered(FILTER_BAR)
    assert '<form method="get"' in bar
    assert 'role="search"' in bar


@pytest.mark.parametrize(
    ("asked", "is_offered"),
    [("", False), ("?q=", False), ("?sort=due&after=x&page=2", False), ("?q=划线&sort=due", True)],
)
def test_conditions_can_be_cleared_when_there_are_any(rf, asked, is_offered):
    bar = rendered(FILTER_BAR, request=rf.get(f"/tasks/{asked}"))
    assert ('<a href="/tasks/">清除条件</a>' in bar) == is_offered


class MeasureForm(forms.Form):
    """A form as units fill it in."""

    measure = forms.CharField(label="措施", help_text="写明做什么、做到什么程度。")
    due = forms.DateField(label="完成时限", required=False)
    weather = forms.ChoiceField(
        label="频次", choices=[("w", "每周"), ("m", "每月")], widget=forms.RadioSelect
    )


def test_a_field_announces_help_and_error():
    form = MeasureForm({"measure": ""})
    field = rendered("{% form_field form.measure %}", form=form)
    assert 'aria-describedby="id_measure_help id_measure_error"' in field
    assert 'aria-invalid="true"' in field
    assert 'id="id_measure_help">写明做什么' in field
    assert 'id="id_measure_error"><li>' in field
    assert '<label class="form-label" for="id_measure">措施' in field


def test_an_optional_field_says_so_and_has_nothing_to_announce():
    field = rendered("{% form_field form.due %}", form=MeasureForm())
    assert "（选填）" in field
    assert "aria-describedby" not in field


def test_a_group_of_choices_is_named_by_its_label():
    field = rendered("{% form_field form.weather %}", form=MeasureForm())
    assert 'role="group" aria-labelledby="id_weather_label"' in field
    assert '<span class="form-label" id="id_weather_label">频次' in field


def test_sample_data_is_labelled():
    assert "演示数据" in rendered("{% demo_label %}")


def test_a_chart_carries_its_numbers_twice_for_script_and_for_reading():
    trend = Trend("达标率", "%", [("2021", Decimal("61.5")), ("2022", None)], target=70)
    figure = rendered("{% chart trend %}", trend=trend)
    assert '"values": [61.5, null]' in figure
    assert "目标 70%" in figure
    assert '<td class="number">61.5</td>' in figure
    assert '<td class="number">未报送</td>' in figure
    assert "演示数据" not in figure


def test_a_chart_says_which_of_its_values_are_samples():
    points = [("2020年", Decimal(58)), ("2021年", Decimal("61.5"))]
    figure = rendered("{% chart trend %}", trend=Trend("达标率", "%", points, samples=["2021年"]))
    assert "demo-label" in figure.split("</figcaption>")[0]
    rows = figure.split("<tbody>")[1].split("</tr>")
    assert ["demo-label" in row for row in rows[:2]] == [False, True]


def test_a_toolbar_is_a_named_group():
    assert 'role="group" aria-label="批量操作"' in rendered(
        '{% toolbar "批量操作" %}<button>催办</button>{% endtoolbar %}'
    )
