"""Deadlines as offices write them, found on 1 September 2021."""

import datetime

import pytest

from chuangwen.rectification.problem_list.days import read_deadline, read_found_on

FOUND_ON = datetime.date(2021, 9, 1)


def day(written: str, title: str = "整改时限") -> str:
    """The day as month-day, or why there is none."""
    found = read_deadline(written, title, FOUND_ON)
    return f"{found.day:%m-%d}" if found.day else found.problem


@pytest.mark.parametrize(
    ("written", "read"),
    [
        # The end of a range is the deadline.
        ("2021年9月1日-9月20日", "09-20"),
        ("2021.9.1-9.20", "09-20"),
        ("2021/9/15-9/20", "09-20"),
        ("2021年9月15日-20日", "09-20"),
        ("2021年9月15日至10月8日前", "10-08"),
        ("9月15日-20日", "09-20"),
        ("2021年9月20日前整改到位", "09-20"),
        # Chinese numerals.
        ("九月十五日前", "09-15"),
        ("九月十五", "09-15"),
        ("九月底前", "09-30"),
        ("二〇二一年九月十五日", "09-15"),
        ("十月一日", "10-01"),
        ("三日内", "09-04"),
        ("三月内", "12-01"),
        ("十个工作日", "09-15"),
        # Days of the month, not so many days.
        ("本月20日前", "09-20"),
        ("15日前", "09-15"),
        ("15日前完成整改", "09-15"),
        ("本月15日至20日", "09-20"),
        ("下月10日前", "10-10"),
        ("20日内", "09-21"),
        # Thirds of a month.
        ("9月上旬", "09-10"),
        ("9月中旬前", "09-20"),
        ("9月下旬", "09-30"),
        ("2021年9月上旬至10月中旬", "10-20"),
    ],
)
def test_deadlines_are_the_days_that_are_meant(written, read):
    assert day(written) == read


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("十十一个工作日", "看不出是哪一天"),
        ("\U0001105a", "看不出是哪一天"),
        ("\U0001105a" * 5, "看不出是哪一天"),
        ("\U0001105a个工作日", "看不出是哪一天"),
        ("三五天", "看不出是哪一天"),
        ("两三天内", "看不出是哪一天"),
        ("9月初", "看不出是哪一天"),
        ("每月15日前", "看不出是哪一天"),
        ("2021年9月1日至月底", "看不出是哪一天"),
        ("2021年9月1日至2021年9月31日", "没有这一天"),
        ("31日前", "没有这一天"),
    ],
)
def test_what_is_no_day_is_told(written, problem):
    assert day(written) == problem


def test_days_of_finding_in_chinese_numerals_and_odd_signs():
    today = datetime.date(2021, 9, 15)
    assert read_found_on("九月八日", FOUND_ON, today).day == datetime.date(2021, 9, 8)
    assert read_found_on("2021年9月1日-3日", FOUND_ON, today).day == FOUND_ON
    assert read_found_on("\U0001105a" * 5, FOUND_ON, today).problem
