"""Site types are kept by the office, in an order, and never lost while something uses them."""

import pytest

from chuangwen.framework.actions.checklists import add_checklist
from chuangwen.framework.actions.frameworks import publish_version
from chuangwen.framework.actions.site_types import (
    add_site_type,
    edit_site_type,
    move_site_type,
    remove_site_type,
)
from chuangwen.framework.checklist_document import ChecklistEntry, SiteTypeEntry
from chuangwen.framework.enums import SiteShape
from chuangwen.framework.models import SiteType
from chuangwen.framework.queries.checklists import visible_site_types
from chuangwen.kit.errors import Invalid, NotFound, NotPermitted, StaleEdit


def entry(code="MARKET", name="农贸市场", **more):
    return SiteTypeEntry(code=code, name=name, **more)


@pytest.fixture
def market(wang_fang):
    return add_site_type(content=entry(), by=wang_fang)


def codes():
    return [each.code for each in SiteType.objects.all()]


def test_the_office_adds_them_in_order_and_moves_them(market, wang_fang):
    street = add_site_type(
        content=entry(" STREET ", " 主次 干道 ", shape=SiteShape.STREET), by=wang_fang
    )
    assert (street.code, street.name, street.shape) == ("STREET", "主次 干道", SiteShape.STREET)
    assert codes() == ["MARKET", "STREET"]
    move_site_type(site_type=street, step=-1, by=wang_fang)
    assert codes() == ["STREET", "MARKET"]
    move_site_type(site_type=street, step=-1, by=wang_fang)
    assert codes() == ["STREET", "MARKET"]


def test_code_and_name_are_used_once(market, wang_fang):
    with pytest.raises(Invalid, match="已有编号“MARKET”或名称“集市”的点位类型"):
        add_site_type(content=entry(name="集市"), by=wang_fang)
    with pytest.raises(Invalid, match="已有编号"):
        add_site_type(content=entry(code="OTHER"), by=wang_fang)
    with pytest.raises(Invalid, match="“编号”没有填写"):
        add_site_type(content=entry(code=" "), by=wang_fang)


def test_an_edit_on_an_outdated_page_is_refused(market, wang_fang):
    edit_site_type(site_type=market, content=entry(name="菜市场"), base_version=1, by=wang_fang)
    with pytest.raises(StaleEdit):
        edit_site_type(site_type=market, content=entry(name="集市"), base_version=1, by=wang_fang)
    assert SiteType.objects.get().name == "菜市场"


def test_one_with_a_checklist_is_not_removed(market, draft, wang_fang):
    add_checklist(version=draft, content=ChecklistEntry(site_type="MARKET"), by=wang_fang)
    with pytest.raises(Invalid, match="“农贸市场”还在使用（测评表），没有删除"):
        remove_site_type(site_type=market, base_version=1, by=wang_fang)
    draft.checklists.get().delete()
    remove_site_type(site_type=market, base_version=1, by=wang_fang)
    with pytest.raises(NotFound):
        remove_site_type(site_type=market, base_version=1, by=wang_fang)


def test_the_shape_stays_once_a_published_version_looks_at_it(market, draft, wang_fang):
    add_checklist(version=draft, content=ChecklistEntry(site_type="MARKET"), by=wang_fang)
    draft.refresh_from_db()
    publish_version(version=draft, base_version=draft.version, by=wang_fang)
    content = entry(shape=SiteShape.STREET)
    with pytest.raises(Invalid, match="形态不能再改"):
        edit_site_type(site_type=market, content=content, base_version=1, by=wang_fang)
    renamed = entry(name="集贸市场")
    edit_site_type(site_type=market, content=renamed, base_version=1, by=wang_fang)


def test_a_clerk_reads_them_and_changes_none(market, li_mei, zhao_min):
    assert list(visible_site_types(li_mei)) == [market]
    assert not visible_site_types(zhao_min)
    for write in (
        lambda: add_site_type(content=entry("A", "甲"), by=li_mei),
        lambda: edit_site_type(site_type=market, content=entry(), base_version=1, by=li_mei),
        lambda: move_site_type(site_type=market, step=1, by=li_mei),
        lambda: remove_site_type(site_type=market, base_version=1, by=li_mei),
    ):
        with pytest.raises(NotPermitted):
            write()
