"""整改统计: the page, its period and filter, the workbook, and the rule for ranking."""

import datetime
import io

import pytest
from python_calamine import CalamineWorkbook

from chuangwen.rectification.models import Case
from chuangwen.rectification.queries.figures import fewest_to_rank

pytestmark = pytest.mark.django_db


@pytest.fixture
def late(dispatched) -> Case:
    Case.objects.filter(pk=dispatched.pk).update(due_on=datetime.date(2021, 9, 14))
    return Case.objects.get(pk=dispatched.pk)


def row_of(page: str, name: str) -> str:
    (row,) = [one for one in page.split("<tr>") if f">{name}</a></td>" in one]
    return row


@pytest.mark.parametrize(
    ("by", "name"), [("unit", "区城市管理局"), ("category", "井盖破损"), ("source", "实地测评")]
)
def test_each_row_leads_to_its_cases(at_office, late, by, name):
    page = at_office.get(f"/cases/figures/?by={by}").content.decode()
    row = row_of(page, name)
    for column, number in (("发现", 1), ("立案", 1), ("应结案", 1), ("超期未结", 1)):
        assert f'<td data-label="{column}" class="number">{number}</td>' in row
    assert 'data-label="按期结案率" class="number">0.0%' in row
    (address,) = [one for one in row.split('"') if "only=late" in one]
    listed = at_office.get(address.replace("&amp;", "&")).content.decode()
    assert f"/cases/{late.pk}/" in listed


def test_another_period_has_other_cases(at_office, late):
    page = at_office.get("/cases/figures/?since=2021-08-01&until=2021-08-31").content.decode()
    assert "2021年8月1日至2021年8月31日" in page
    assert 'data-label="应结案" class="number">0<' in row_of(page, "区城市管理局")


@pytest.mark.parametrize("query", ["since=kein", "since=2021-09-20&until=2021-09-01", "until=9999"])
def test_a_wrong_day_is_told_as_typed_and_nothing_breaks(at_office, late, query):
    answer = at_office.get(f"/cases/figures/?{query}")
    assert answer.status_code == 422
    assert "alert-danger" in answer.content.decode()
    assert at_office.get(f"/cases/figures/export/?{query}").status_code == 422


def test_the_workbook_says_the_same(at_office, late):
    answer = at_office.get("/cases/figures/export/")
    book = CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    assert book.sheet_names == ["牵头整改单位", "单位排名", "类别", "来源", "说明"]
    head, row, whole = book.get_sheet_by_name("牵头整改单位").to_python()
    found = dict(zip(head, row, strict=True))
    assert found["牵头整改单位"] == "区城市管理局"
    assert (found["应结案"], found["超期未结"], found["按期结案率"]) == (1, 1, "0.0%")
    assert whole[1:] == row[1:]
    ranks = book.get_sheet_by_name("单位排名").to_python()
    assert ranks[1][:3] == ["区级部门和单位", "不足5个，不排名", "区城市管理局"]


def test_who_has_too_few_stands_apart_until_the_rule_says_otherwise(at_office, late):
    page = at_office.get("/cases/figures/").content.decode()
    assert "应结案少于 5 个，不排名：区城市管理局（0／1，0.0%）" in page
    answer = at_office.post("/cases/figures/rule/", {"fewest": "1", "back": "by=unit"})
    assert answer["Location"] == "/cases/figures/?by=unit"
    assert fewest_to_rank() == 1
    page = at_office.get("/cases/figures/").content.decode()
    assert '<td data-label="位次" class="number">1</td><td data-label="单位">区城市管理局' in page


@pytest.mark.parametrize("raw", ["", "0", "-1", "五", "99999999999"])
def test_a_wrong_number_changes_nothing(at_office, raw):
    assert at_office.post("/cases/figures/rule/", {"fewest": raw}).status_code == 422
    assert fewest_to_rank() == 5


def test_no_more_queries_with_more_units(at_office, late, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        at_office.get("/cases/figures/")


def test_units_do_not_see_it(at_bureau, late):
    assert at_bureau.get("/cases/figures/").status_code == 403
