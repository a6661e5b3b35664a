"""A document writes names in many ways; each finds its unit, and visibly how."""

import datetime

import pytest

from chuangwen.kit.errors import Invalid, StaleEdit
from chuangwen.people.actions.aliases import add_alias
from chuangwen.people.actions.enrolment import NamedUnit, enrol_units
from chuangwen.people.actions.groups import create_group, edit_group, remove_group
from chuangwen.people.actions.placing import close_unit
from chuangwen.people.actions.units import create_unit
from chuangwen.people.enums import UnitKind
from chuangwen.people.models import Unit, UnitAlias
from chuangwen.people.queries import expand_group, find_group, find_unit, resolve_names

DAY = datetime.date(2021, 9, 15)


def test_a_name_is_found_by_itself_or_by_alias_and_the_answer_says_which(office, bureau):
    add_alias(unit=bureau, name="区城管局", by=office)
    found = resolve_names(["区城市管理局", "区 城管局", "市城管居"])
    assert (found["区城市管理局"].unit, found["区城市管理局"].by_alias) == (bureau, False)
    assert (found["区 城管局"].unit, found["区 城管局"].by_alias) == (bureau, True)
    assert (found["市城管居"].unit, found["市城管居"].by_alias) == (None, False)


@pytest.mark.parametrize("count", [1, 2000])
def test_any_number_of_names_takes_two_queries(bureau, count, django_assert_num_queries):
    names = [f"第{number}局" for number in range(count)]
    with django_assert_num_queries(2):
        resolve_names(names)


def test_a_closed_unit_is_not_meant_by_a_new_document(office, bureau):
    close_unit(unit=bureau, base_version=1, last_day=DAY, by=office)
    assert find_unit("区城市管理局") is None


def test_enrolment_knows_a_unit_written_with_other_width_or_blanks(office, bureau):
    named = [NamedUnit("区　城市管理局", UnitKind.GOVERNMENT, ("区城管局",))]
    register = enrol_units(named=named, source="工作安排", by=office)
    assert register["区　城市管理局"] == register["区城管局"] == bureau
    assert Unit.objects.filter(kind=UnitKind.GOVERNMENT).count() == 1
    assert [alias.name for alias in UnitAlias.objects.all()] == ["区城管局"]


@pytest.fixture
def streets(office):
    return create_group(
        name="各街道（镇）", kinds=[UnitKind.STREET], aliases=["各镇（街道）"], by=office
    )


def test_a_collective_name_means_the_units_of_its_kinds_on_a_day(office, bureau, streets):
    create_unit(name="炳草岗街道", kind=UnitKind.STREET, by=office)
    old = create_unit(name="向阳村街道", kind=UnitKind.STREET, by=office)
    close_unit(unit=old, base_version=1, last_day=datetime.date(2021, 6, 30), by=office)
    assert [unit.name for unit in expand_group(streets, DAY)] == ["炳草岗街道"]
    assert expand_group(streets, datetime.date(2021, 6, 30)).count() == 2


def test_a_collective_name_is_found_in_each_of_its_spellings(office, streets):
    assert find_group("各街道(镇)") == find_group("各镇(街道)") == streets
    assert find_group("区级各部门") is None


def test_a_spelling_belongs_to_one_collective_name(office, streets):
    with pytest.raises(Invalid, match="已属于“各街道（镇）”"):
        create_group(name="各镇(街道)", kinds=[UnitKind.STREET], by=office)
    with pytest.raises(Invalid, match="没有选择单位类别"):
        create_group(name="区级各部门", kinds=[], by=office)


def test_a_collective_name_is_edited_once_at_a_time_and_removed(office, streets):
    both = [UnitKind.STREET, UnitKind.COMMUNITY]
    edit_group(group=streets, base_version=1, name="各镇街", kinds=both, aliases=[], by=office)
    with pytest.raises(StaleEdit):
        edit_group(group=streets, base_version=1, name="x", kinds=both, aliases=[], by=office)
    remove_group(group=streets, by=office)
    assert find_group("各镇街") is None


@pytest.mark.parametrize("named", ["区老局", "新局"])
def test_what_a_closed_unit_is_also_called_is_not_taken_silently(named, office):
    old = create_unit(name="老局", kind=UnitKind.GOVERNMENT, by=office)
    add_alias(unit=old, name="区老局", by=office)
    close_unit(unit=old, base_version=1, last_day=DAY, by=office)
    written = NamedUnit(named, UnitKind.GOVERNMENT, ("区老局",))
    with pytest.raises(Invalid, match="“区老局”已是停用单位“老局”的别名"):
        enrol_units(named=[written], source="工作安排", by=office)
    assert not Unit.objects.filter(name="新局").exists()


@pytest.mark.parametrize("name", ["局" * 101, "㍿" * 26])  # ㍿ is compared as 株式会社
def test_a_name_longer_than_its_column_is_refused_in_words(name, office):
    with pytest.raises(Invalid, match="最多 100 字"):
        enrol_units(
            named=[NamedUnit("新局", UnitKind.GOVERNMENT, (name,))], source="工作安排", by=office
        )
    with pytest.raises(Invalid, match="最多 100 字"):
        create_group(name=name, kinds=[UnitKind.GOVERNMENT], by=office)


@pytest.mark.parametrize("name", ["", "　 "])
def test_a_collective_name_is_not_empty(office, name):
    with pytest.raises(Invalid, match="名称是空的"):
        create_group(name=name, kinds=[UnitKind.GOVERNMENT], by=office)


def test_two_units_that_a_document_calls_one_are_for_a_person_to_merge(office, bureau):
    other = create_unit(name="区城管中心", kind=UnitKind.GOVERNMENT, by=office)
    written = NamedUnit("区执法局", UnitKind.GOVERNMENT, (bureau.name, other.name))
    with pytest.raises(Invalid, match="在文件中是同一单位，但名录中有两个"):
        enrol_units(named=[written], source="工作安排", by=office)
    assert not Unit.objects.filter(name="区执法局").exists()
