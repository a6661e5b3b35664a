import pytest

from chuangwen.reports.official.titles import break_title
from chuangwen.reports.text import em_width

LONG = (
    "关于印发《攀枝花市东区创建第七届全国文明城市行动计划（2021—2023年）》"
    "《攀枝花市东区创建全国文明城市2021年工作安排》的通知"
)


def test_a_short_title_stays_on_one_line() -> None:
    assert break_title("区发改局创文责任清单", 20) == "区发改局创文责任清单"


def test_the_authors_own_line_breaks_are_kept() -> None:
    assert break_title("攀枝花市东区\n责任分解表", 20) == "攀枝花市东区\n责任分解表"


def test_lines_fit_and_nothing_is_lost() -> None:
    lines = break_title(LONG, 20).split("\n")
    assert "".join(lines) == LONG
    assert len(lines) == 4
    assert all(em_width(line) <= 20 for line in lines)


def test_lines_end_at_words() -> None:
    lines = break_title(LONG, 20).split("\n")
    assert not any(line[0] in "》）年—的" or line[-1] in "《（—" for line in lines)
    assert not any(line[-2:] == "全国" for line in lines)


@pytest.mark.parametrize("limit", [8, 12, 20, 28])
def test_years_keep_their_unit(limit: int) -> None:
    lines = break_title("攀枝花市东区创建全国文明城市2021年工作责任分解表", limit).split("\n")
    assert any("2021年" in line for line in lines)


def test_one_endless_word_is_left_to_the_word_processor() -> None:
    assert break_title("a" * 100, 20) == "a" * 100


def test_figures_of_wide_replacement_fonts_still_fit() -> None:
    title = "创建第七届全国文明城市行动计划（2021—2023年）责任分解表"
    assert em_width(title) <= 29
    first, second = break_title(title, 29).split("\n")
    assert second != "表"
    assert abs(em_width(first) - em_width(second)) < 12
