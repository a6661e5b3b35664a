"""A district that begins finds the common site types and their checklists one click away."""

from dataclasses import replace

import pytest

from chuangwen.framework.actions.checklists import add_checklist, remove_checklist
from chuangwen.framework.actions.frameworks import create_framework, publish_version
from chuangwen.framework.actions.importing import import_version
from chuangwen.framework.actions.site_types import add_site_type
from chuangwen.framework.checklist_document import ChecklistEntry, SiteTypeEntry
from chuangwen.framework.enums import Standing
from chuangwen.framework.models import CheckLine, Checklist, SiteType
from tests.framework.exchange.builders import small
from tests.web.framework.conftest import text_of

BUTTON = "载入参考测评表"


@pytest.fixture
def own(system):
    """An empty draft of a framework of the district's own."""
    return create_framework(name="本市测评体系", standing=Standing.LOCAL, label="2021", by=system)


def test_the_empty_register_leads_over_the_types_to_the_first_site(wang_fang):
    page = text_of(wang_fang.get("/sites/"))
    assert "点位按类型登记" in page
    assert "载入常见点位类型" in page
    answer = wang_fang.post("/framework/site-types/reference/", {"back": "/sites/"})
    assert (answer.status_code, answer.url) == (302, "/sites/")
    assert SiteType.objects.count() == 24
    page = text_of(wang_fang.get("/sites/"))
    assert "已载入 24 种常见点位类型" in page
    assert "导入点位名录" in page
    answer = wang_fang.post("/framework/site-types/reference/", {"back": "https://elsewhere/"})
    assert answer.url == "/framework/site-types/"
    assert SiteType.objects.count() == 24


def test_a_draft_of_ones_own_takes_the_reference_checklists_over(wang_fang, own):
    address = f"/framework/versions/{own.pk}/checklists/"
    assert BUTTON in text_of(wang_fang.get(address))
    answer = wang_fang.post(f"{address}reference/", follow=True)
    assert "已载入 24 份参考测评表。不是官方文本" in text_of(answer)
    assert BUTTON not in text_of(answer)
    assert Checklist.objects.filter(framework_version=own).count() == 24
    assert not CheckLine.objects.filter(checklist__framework_version=own, standard__isnull=False)
    assert all("非官方" in one.source for one in Checklist.objects.all())


def test_what_is_there_stays_and_nothing_is_loaded_twice(wang_fang, own, system):
    market = SiteTypeEntry(code="MARKET", name="农贸市场")
    reference = wang_fang.post("/framework/site-types/reference/")
    assert reference.status_code == 302
    kind = SiteType.objects.get(name=market.name)
    mine = add_checklist(
        version=own, content=ChecklistEntry(site_type=kind.code, note="自己的"), by=system
    )
    address = f"/framework/versions/{own.pk}/checklists/reference/"
    assert "已载入 23 份" in text_of(wang_fang.post(address, follow=True))
    mine.refresh_from_db()
    assert (mine.note, mine.lines.count()) == ("自己的", 0)
    assert wang_fang.post(address).status_code == 422
    assert Checklist.objects.count() == 24


def test_lines_keep_the_standards_that_the_version_has(wang_fang, template, system):
    before = set(CheckLine.objects.values_list("code", "standard"))
    assert any(standard for _, standard in before)
    for checklist in template.checklists.all():
        remove_checklist(checklist=checklist, base_version=checklist.version, by=system)
    wang_fang.post(f"/framework/versions/{template.pk}/checklists/reference/")
    assert set(CheckLine.objects.values_list("code", "standard")) == before


def test_another_type_of_the_same_name_is_for_a_person_to_settle(wang_fang, own, system):
    add_site_type(content=SiteTypeEntry(code="MY-1", name="农贸市场"), by=system)
    answer = wang_fang.post(f"/framework/versions/{own.pk}/checklists/reference/")
    assert (answer.status_code, "编号是“MY-1”" in text_of(answer)) == (422, True)
    assert SiteType.objects.count() == 1
    assert not Checklist.objects.exists()


def test_a_published_version_without_checklists_says_how_to_go_on(wang_fang, li_mei, system):
    bare = replace(small(), name="另一体系", checklists=(), site_types=())
    own = import_version(document=bare, by=system)
    publish_version(version=own, base_version=own.version, by=system)
    address = f"/framework/versions/{own.pk}/checklists/"
    page = text_of(wang_fang.get(address))
    assert "请复制为新版本" in page
    assert BUTTON not in page
    assert wang_fang.post(f"{address}reference/").status_code == 409
    assert li_mei.post(f"{address}reference/").status_code == 403
