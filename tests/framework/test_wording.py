"""Numbers and words as clerks type them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chuangwen.framework.wording import clean_line, clean_text, plain_number, read_number
from chuangwen.kit.errors import Invalid


@pytest.mark.parametrize(
    ("typed", "unit", "number"),
    [
        ("92.5", "%", "92.5"),
        (" ９２．５％ ", "%", "92.5"),
        ("1,234.5", "元", "1234.5"),
        ("0.3 平方米", "平方米", "0.3"),
        ("-1.5", "", "-1.5"),
        (".5", "", "0.5"),
    ],
)
def test_numbers_are_read_as_they_are_typed(typed, unit, number):
    assert read_number(typed, unit=unit) == Decimal(number)


@pytest.mark.parametrize(
    "typed", ["", "约90", "NaN", "Infinity", "1e5", "九十", "90%", "1.23456", "1" * 15]
)
def test_what_is_no_storable_number_is_refused_with_the_text(typed):
    with pytest.raises(Invalid, match=f"^“{typed[:10]}"):
        read_number(typed)


@given(st.decimals(min_value=-(10**13), max_value=10**13, places=4))
def test_the_plain_form_is_exact(number):
    assert read_number(plain_number(number)) == number
    assert "E" not in plain_number(number)


@given(st.text())
def test_cleaning_is_settled_after_one_pass(text):
    assert clean_text(clean_text(text)) == clean_text(text)
    assert clean_line(clean_line(text)) == clean_line(text)
    assert "\n" not in clean_line(text)
