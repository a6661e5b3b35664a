"""王芳 keeps the register of units: makes, changes, moves, closes and reopens them."""

import datetime

import pytest

from chuangwen.audit.models import AuditEvent
from chuangwen.kit import clock
from chuangwen.kit.errors import IllegalTransition, Invalid, NotPermitted, StaleEdit
from chuangwen.people.actions.aliases import add_alias, remove_alias
from chuangwen.people.actions.placing import close_unit, move_unit, reopen_unit
from chuangwen.people.actions.units import create_unit, edit_unit
from chuangwen.people.enums import UnitKind
from chuangwen.people.models import Unit, UnitAncestry
from chuangwen.people.queries import open_on
from chuangwen.tenancy.models import Tenant
from chuangwen.tenancy.scope import tenant_scope

GOVERNMENT = UnitKind.GOVERNMENT


def tree() -> set[tuple[str, str, int]]:
    pairs = UnitAncestry.objects.select_related("ancestor", "descendant")
    return {(pair.ancestor.name, pair.descendant.name, pair.depth) for pair in pairs}


def true_tree() -> set[tuple[str, str, int]]:
    """Walk the parents, as slowly and surely as possible."""
    pairs = set()
    for unit in Unit.objects.all():
        above, depth = unit, 0
        while above is not None:
            pairs.add((above.name, unit.name, depth))
            above, depth = above.parent, depth + 1
    return pairs


def edited(unit, office, **changes):
    facts = {"name": unit.name, "kind": unit.kind, "code": unit.code, "valid_from": unit.valid_from}
    return edit_unit(unit=unit, base_version=unit.version, by=office, **{**facts, **changes})


def test_a_new_unit_stands_below_its_parent_and_is_in_the_log(office, bureau):
    station = create_unit(name="环卫站", kind=GOVERNMENT, parent=bureau, by=office)
    assert ("区城市管理局", "环卫站", 1) in tree()
    assert tree() == true_tree()
    event = AuditEvent.objects.get(object_id=station.pk)
    assert (event.verb, event.changes["name"]) == ("unit.created", [None, "环卫站"])


@pytest.mark.parametrize("name", ["区城市管理局", "区 城市管理局", "ＣＧ局"])
def test_a_name_means_one_unit_whatever_its_width_and_blanks(office, bureau, name):
    add_alias(unit=bureau, name="cg局", by=office)
    with pytest.raises(Invalid, match=r"已有单位|别名"):
        create_unit(name=name, kind=GOVERNMENT, by=office)


@pytest.mark.parametrize("name", ["", " 　", "长" * 101])
def test_an_empty_or_endless_name_is_refused(office, name):
    with pytest.raises(Invalid, match="名称"):
        create_unit(name=name, kind=GOVERNMENT, by=office)


def test_a_code_belongs_to_one_unit(office, bureau):
    with pytest.raises(Invalid, match="编码“CG”已用于“区城市管理局”"):
        create_unit(name="区采购中心", kind=GOVERNMENT, code="CG", by=office)


def test_two_districts_may_use_the_same_name(office, bureau, db):
    west = Tenant.objects.create(name="西区", code="510403")
    with tenant_scope(west.pk):
        Unit.objects.create(name=bureau.name, kind=GOVERNMENT)


def test_a_clerk_may_not_touch_the_register(clerk, bureau):
    with pytest.raises(NotPermitted):
        create_unit(name="环卫站", kind=GOVERNMENT, by=clerk)
    with pytest.raises(NotPermitted):
        add_alias(unit=bureau, name="城管", by=clerk)


def test_renaming_keeps_the_former_name_as_an_alias(office, bureau):
    renamed = edited(bureau, office, name="区综合行政执法局")
    assert [alias.name for alias in renamed.aliases.all()] == ["区城市管理局"]
    back = edited(renamed, office, name="区城市管理局")
    assert [alias.name for alias in back.aliases.all()] == ["区综合行政执法局"]


def test_an_edit_on_top_of_another_edit_is_refused(office, bureau):
    edited(bureau, office, code="CGJ")
    with pytest.raises(StaleEdit, match="已被别人修改"):
        edited(bureau, office, code="X")
    assert Unit.objects.get(pk=bureau.pk).code == "CGJ"


def test_an_edit_that_changes_nothing_leaves_no_trace(office, bureau):
    before = AuditEvent.objects.count()
    assert edited(bureau, office).version == bureau.version
    assert AuditEvent.objects.count() == before


def test_moving_takes_everything_below_along(office, bureau, office_unit):
    station = create_unit(name="环卫站", kind=GOVERNMENT, parent=bureau, by=office)
    create_unit(name="环卫一队", kind=GOVERNMENT, parent=station, by=office)
    move_unit(unit=bureau, base_version=1, parent=office_unit, by=office)
    assert ("区创文办", "环卫一队", 3) in tree()
    assert tree() == true_tree()
    move_unit(unit=station, base_version=1, parent=None, by=office)
    assert tree() == true_tree()


def test_a_unit_cannot_be_moved_below_itself(office, bureau):
    station = create_unit(name="环卫站", kind=GOVERNMENT, parent=bureau, by=office)
    for parent in (station, bureau):
        with pytest.raises(Invalid, match="本身或其下级"):
            move_unit(unit=bureau, base_version=1, parent=parent, by=office)


def test_moving_takes_the_same_statements_whatever_hangs_below(
    office, bureau, office_unit, django_assert_max_num_queries
):
    for number in range(30):
        create_unit(name=f"{number}队", kind=GOVERNMENT, parent=bureau, by=office)
    with django_assert_max_num_queries(14):  # savepoint and release are two of them
        move_unit(unit=bureau, base_version=1, parent=office_unit, by=office)


def test_a_closed_unit_frees_its_name_and_can_be_reopened(office, bureau):
    closed = close_unit(unit=bureau, base_version=1, last_day=clock.today(), by=office)
    successor = create_unit(name="区城市管理局", kind=GOVERNMENT, by=office)
    with pytest.raises(Invalid, match="已有单位"):
        reopen_unit(unit=closed, base_version=2, by=office)
    edited(successor, office, name="区城管局")
    with pytest.raises(Invalid, match="别名"):
        reopen_unit(unit=closed, base_version=2, by=office)
    remove_alias(alias=successor.aliases.get(), by=office)
    assert reopen_unit(unit=closed, base_version=2, by=office).valid_until is None
    with pytest.raises(IllegalTransition, match="没有停用"):
        reopen_unit(unit=closed, base_version=3, by=office)


def test_a_unit_with_open_units_below_cannot_be_closed(office, bureau):
    create_unit(name="环卫站", kind=GOVERNMENT, parent=bureau, by=office)
    with pytest.raises(Invalid, match="还有未停用的下级单位：环卫站"):
        close_unit(unit=bureau, base_version=1, last_day=clock.today(), by=office)


def test_a_unit_cannot_end_before_it_began_nor_begin_after_it_ended(office):
    unit = create_unit(
        name="区大数据局", kind=GOVERNMENT, valid_from=datetime.date(2021, 3, 1), by=office
    )
    with pytest.raises(Invalid, match="早于启用日期"):
        close_unit(unit=unit, base_version=1, last_day=datetime.date(2021, 2, 1), by=office)
    closed = close_unit(unit=unit, base_version=1, last_day=datetime.date(2021, 4, 1), by=office)
    with pytest.raises(Invalid, match="晚于停用日期"):
        edited(closed, office, valid_from=datetime.date(2021, 5, 1))


def test_a_unit_exists_on_its_first_and_on_its_last_day(office):
    first, last = datetime.date(2021, 3, 1), datetime.date(2021, 4, 1)
    unit = create_unit(name="区大数据局", kind=GOVERNMENT, valid_from=first, by=office)
    closed = close_unit(unit=unit, base_version=1, last_day=last, by=office)
    day = datetime.timedelta(days=1)
    found = [open_on(Unit.objects.all(), one).contains(unit) for one in (first - day, first, last)]
    assert [*found, open_on(Unit.objects.all(), last + day).contains(unit)] == [
        False, True, True, False,
    ]  # fmt: skip
    assert edited(closed, office, valid_from=last).valid_from == last  # of a single day


def test_nothing_can_be_put_below_a_closed_unit(office, bureau):
    yesterday = clock.today() - datetime.timedelta(days=1)
    closed = close_unit(unit=bureau, base_version=1, last_day=yesterday, by=office)
    with pytest.raises(Invalid, match="已停用"):
        create_unit(name="环卫站", kind=GOVERNMENT, parent=closed, by=office)


def test_an_alias_given_twice_or_gone_already_is_said(office, bureau):
    alias = add_alias(unit=bureau, name="城管局", source="2021年工作安排", by=office)
    with pytest.raises(Invalid, match="不必再添加"):
        add_alias(unit=bureau, name="城 管 局", by=office)
    remove_alias(alias=alias, by=office)
    with pytest.raises(Exception, match="没有这个别名"):
        remove_alias(alias=alias, by=office)
