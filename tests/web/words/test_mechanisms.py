"""What the document orders about checking, and the clauses of an indicator side by side."""

from chuangwen.framework.models import Indicator
from chuangwen.plan.models import Mechanism


def text_of(answer):
    return answer.content.decode()


def test_mechanisms_are_listed_by_kind_with_frequency_and_words(plan, li_mei):
    page = text_of(li_mei.get("/plan/mechanisms/"))
    assert "各职能部门每月对所分管领域的创文工作进行拉练检查" in page
    assert "未写明" not in page and " open data-loaded>" not in page and "清除条件" not in page
    timed = text_of(li_mei.get("/plan/mechanisms/?timed=1&kind=督查"))
    assert "区创文办、各牵头单位常态到点位进行现场督查和指导" in timed
    assert "频次：常态" in timed and " open data-loaded>" in timed and "清除条件" in timed
    assert "没有符合条件" in text_of(li_mei.get("/plan/mechanisms/?q=没有这样的话"))


def test_an_indicator_shows_its_clauses_side_by_side(plan, wang_fang):
    indicator = Indicator.objects.get(name="空气质量优良天数比例")
    page = text_of(wang_fang.get(f"/framework/indicators/{indicator.pk}/"))
    assert "行动计划 三（九）" in page and "工作安排 二（九）" in page
    assert page.count("按此执行") == 2
    assert "并列保留" not in page


def test_the_pages_ask_at_most_eight_times(plan, wang_fang, django_assert_max_num_queries):
    assert Mechanism.objects.count() > 100
    indicator = Indicator.objects.get(name="空气质量优良天数比例")
    places = ("/plan/mechanisms/", f"/framework/indicators/{indicator.pk}/")
    places += (f"/framework/indicators/{indicator.pk}/?records=1",)
    for address in (*places, f"/plan/sources/{plan.source_id}/?start=1&end=9"):
        with django_assert_max_num_queries(8):
            assert wang_fang.get(address).status_code == 200
