import pytest

from chuangwen.reports.official import Heading, document_number
from chuangwen.reports.official.numbering import HeadingCounter, heading_number


@pytest.mark.parametrize(
    ("level", "position", "expected"),
    [(1, 1, "一、"), (1, 12, "十二、"), (2, 10, "（十）"), (3, 7, "7."), (4, 3, "（3）")],
)
def test_levels(level: int, position: int, expected: str) -> None:
    assert heading_number(level, position) == expected


def test_a_heading_restarts_the_levels_below_it() -> None:
    counter = HeadingCounter()
    numbers = [counter.next(level) for level in (1, 2, 2, 3, 1, 2, 3)]
    assert numbers == ["一、", "（一）", "（二）", "1.", "二、", "（一）", "1."]


def test_document_number_has_six_angle_brackets_and_no_zeros() -> None:
    assert document_number("攀东创文指", 2021, 6) == "攀东创文指〔2021〕6号"


@pytest.mark.parametrize("level", [0, 5])
def test_a_fifth_level_does_not_exist(level: int) -> None:
    with pytest.raises(ValueError, match="1 to 4"):
        Heading(level, "层次")
