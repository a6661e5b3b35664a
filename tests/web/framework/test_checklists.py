"""Site types and checklists over HTTP: look, edit, move, photograph, exchange."""

import io
from dataclasses import replace

import pytest

from chuangwen.framework.actions.importing import import_version
from chuangwen.framework.models import CheckLine, Checklist, LineGroup, SiteType
from chuangwen.framework.queries.checklist_documents import whole_checklist
from chuangwen.framework.queries.examples import examples_of
from tests.files import samples
from tests.framework.exchange.builders import market, small
from tests.framework.xlsform.test_export import exported
from tests.framework.xlsform.test_import import YES_NO, form
from tests.web.framework.conftest import text_of

LINE = {
    "code": "8",
    "text": "过道有指示牌",
    "shape": "density",
    "threshold": "１",
    "unit": "块",
    "per": "50",
    "per_unit": "米",
    "photo": "always",
    "weight": "",
    "may_not_apply": "on",
    "days": "5",
}


@pytest.fixture
def draft(system):
    return import_version(document=small(), by=system)


@pytest.fixture
def checklist(draft):
    return draft.checklists.get()


@pytest.fixture
def group(checklist):
    return checklist.groups.first()


def test_the_template_brings_types_and_lists_that_say_what_they_are(wang_fang, template):
    page = text_of(wang_fang.get("/framework/site-types/"))
    assert "农贸市场" in page
    page = text_of(wang_fang.get(f"/framework/versions/{template.pk}/checklists/"))
    assert "共 24 份" in page
    assert "本系统参考写法，非官方" in page
    hotline = Checklist.objects.get(site_type__name="热线电话")
    page = text_of(wang_fang.get(f"/framework/checklists/{hotline.pk}/"))
    assert page.count("来源：本系统参考写法，非官方") == 7, "the list and each of its six lines"
    assert "一票否决" in page


def test_clerks_read_published_lists_and_change_nothing(li_mei, wang_fang, template):
    checklist = Checklist.objects.filter(framework_version=template).first()
    address = f"/framework/checklists/{checklist.pk}/"
    assert li_mei.get(address).status_code == 404
    wang_fang.post(f"/framework/versions/{template.pk}/publish/", {"version": template.version})
    page = text_of(li_mei.get(address))
    assert "手机预览" in page
    assert "加测评项" not in page
    assert li_mei.get("/framework/site-types/").status_code == 200
    assert "新增" not in text_of(li_mei.get("/framework/site-types/"))


def test_a_site_type_is_added_edited_moved_and_removed(wang_fang, draft):
    sent = {"code": "SHOP", "name": "商场", "shape": "place", "note": ""}
    wang_fang.post("/framework/site-types/new/", sent)
    shop = SiteType.objects.get(code="SHOP")
    again = wang_fang.post("/framework/site-types/new/", sent)
    assert again.status_code == 422
    assert "已有编号“SHOP”或名称“商场”的点位类型" in text_of(again)
    edit = {**sent, "name": "商场超市", "version": "1"}
    wang_fang.post(f"/framework/site-types/{shop.pk}/edit/", edit)
    wang_fang.post(f"/framework/site-types/{shop.pk}/move/", {"step": "-1"})
    assert [each.name for each in SiteType.objects.all()] == ["商场超市", "农贸市场"]
    used = SiteType.objects.get(code="MARKET")
    refused = wang_fang.post(f"/framework/site-types/{used.pk}/remove/", {"version": used.version})
    assert refused.status_code == 422
    wang_fang.post(f"/framework/site-types/{shop.pk}/remove/", {"version": "2"})
    assert [each.code for each in SiteType.objects.all()] == ["MARKET"]


def test_a_checklist_begins_with_its_rule_and_groups(wang_fang, draft):
    sent = {"code": "SHOP", "name": "商场", "shape": "place"}
    wang_fang.post("/framework/site-types/new/", sent)
    address = f"/framework/versions/{draft.pk}/checklists/new/"
    assert "农贸市场</option>" not in text_of(wang_fang.get(address)), "it has one"
    wrong = wang_fang.post(address, {"site_type": "SHOP", "pass_rule": "score"})
    assert wrong.status_code == 422
    assert "按得分达标的须写合格线" in text_of(wrong)
    rule = {"site_type": "SHOP", "pass_rule": "score", "pass_percent": "90%"}
    wang_fang.post(address, rule)
    made = Checklist.objects.get(site_type__code="SHOP")
    edit = f"/framework/checklists/{made.pk}/edit/"
    assert 'value="90"' in text_of(wang_fang.get(edit))
    wang_fang.post(edit, {"pass_rule": "all_lines", "pass_percent": "", "version": "1"})
    stale = wang_fang.post(edit, {"pass_rule": "all_lines", "note": "乙", "version": "1"})
    assert stale.status_code == 409
    wang_fang.post(f"/framework/checklists/{made.pk}/groups/new/", {"title": "秩序"})
    group = LineGroup.objects.get(checklist=made)
    wang_fang.post(f"/framework/groups/{group.pk}/edit/", {"title": "环境"})
    wang_fang.post(f"/framework/groups/{group.pk}/remove/")
    assert not LineGroup.objects.filter(checklist=made).exists()
    wang_fang.post(f"/framework/checklists/{made.pk}/move/", {"step": "-1"})
    assert draft.checklists.first() == made
    wang_fang.post(f"/framework/checklists/{made.pk}/remove/", {"version": "2"})
    assert draft.checklists.count() == 1


def test_a_line_is_added_and_the_next_form_waits(wang_fang, group):
    address = f"/framework/groups/{group.pk}/lines/new/"
    page = text_of(wang_fang.get(address))
    assert 'name="code" value="8"' in page, "the next number is proposed"
    sent = {**LINE, "group": str(group.pk), "again": "1"}
    answer = wang_fang.post(address, sent)
    assert answer.headers["Location"] == address
    line = CheckLine.objects.get(code="8")
    assert (line.threshold, line.per, line.weight, line.is_veto) == (1, 50, 1, False)


def test_every_mistake_of_a_line_stands_beside_its_field(wang_fang, group):
    sent = {**LINE, "group": str(group.pk), "per": "0", "per_unit": "", "weight": "-1"}
    answer = wang_fang.post(f"/framework/groups/{group.pk}/lines/new/", sent)
    page = text_of(answer)
    assert answer.status_code == 422
    for name, words in (
        ("per", "大于 0"),
        ("per_unit", "米 或 平方米"),
        ("weight", "“-1”无法使用"),
    ):
        errors = page[page.index(f'id="id_{name}_error"') :]
        assert words in errors[: errors.index("</ul>")], name
    typed = wang_fang.post(
        f"/framework/groups/{group.pk}/lines/new/", {**sent, "threshold": "一个"}
    )
    assert "“一个”不是数字" in text_of(typed)
    assert not CheckLine.objects.filter(code="8").exists()


def test_a_line_is_edited_put_in_another_group_and_moved(wang_fang, checklist):
    first, second = checklist.groups.all()
    line = first.lines.get(code="2")
    edit = f"/framework/lines/{line.pk}/edit/"
    page = text_of(wang_fang.get(edit))
    assert "无污水横流" in page
    assert "手机预览" in page
    sent = {
        **LINE,
        "code": "2",
        "shape": "absence",
        "threshold": "",
        "per": "",
        "per_unit": "",
        "group": str(second.pk),
        "version": "1",
    }
    answer = wang_fang.post(edit, sent)
    assert answer.headers["Location"] == f"/framework/checklists/{checklist.pk}/#line-{line.pk}"
    assert wang_fang.post(edit, {**sent, "text": "别的"}).status_code == 409
    wang_fang.post(f"/framework/lines/{line.pk}/move/", {"step": "-1"})
    assert [each.code for each in second.lines.all()] == ["4", "5", "6", "2", "7"]
    wang_fang.post(f"/framework/lines/{line.pk}/remove/", {"version": "2"})
    assert not CheckLine.objects.filter(pk=line.pk).exists()


def test_example_photos_are_added_shown_carried_on_and_removed(wang_fang, checklist, draft):
    line = CheckLine.objects.get(code="2")
    address = f"/framework/lines/{line.pk}/examples/"
    photo = io.BytesIO(samples.jpeg())
    photo.name = "地面干净.jpg"
    wang_fang.post(address, {"files": photo, "kind": "good"})
    text = io.BytesIO("不是照片".encode())
    text.name = "说明.txt"
    assert wang_fang.post(address, {"files": text, "kind": "bad"}).status_code == 422
    (example,) = examples_of([line.pk])[line.pk]
    assert (example.caption, example.is_good) == ("地面干净", True)
    page = text_of(wang_fang.get(f"/framework/checklists/{checklist.pk}/"))
    assert "正确：地面干净" in page
    assert "示例 1 张" in page
    wang_fang.post(f"/framework/versions/{draft.pk}/copy/", {"label": "2022年版"})
    copied = CheckLine.objects.exclude(pk=line.pk).get(code="2")
    assert [each.caption for each in examples_of([copied.pk])[copied.pk]] == ["地面干净"]
    remove = f"/files/{example.attachment.pk}/remove/"
    answer = wang_fang.post(remove, {"reason": "拍得不清楚"})
    assert answer.headers["Location"] == f"/framework/lines/{line.pk}/edit/"
    assert not examples_of([line.pk])[line.pk]
    assert examples_of([copied.pk])[copied.pk], "the copy keeps its own"


def test_a_published_list_keeps_its_examples(wang_fang, checklist, draft):
    line = CheckLine.objects.get(code="2")
    address = f"/framework/lines/{line.pk}/examples/"
    photo = io.BytesIO(samples.jpeg())
    photo.name = "地面干净.jpg"
    wang_fang.post(address, {"files": photo, "kind": "bad"})
    draft.refresh_from_db()
    wang_fang.post(f"/framework/versions/{draft.pk}/publish/", {"version": draft.version})
    (example,) = examples_of([line.pk])[line.pk]
    remove = f"/files/{example.attachment.pk}/remove/"
    assert wang_fang.post(remove, {"reason": "拍得不清楚"}).status_code == 403
    photo.seek(0)
    assert wang_fang.post(address, {"files": photo, "kind": "good"}).status_code == 409


def test_an_xlsform_goes_out_and_comes_back(wang_fang, checklist, draft):
    answer = wang_fang.get(f"/framework/checklists/{checklist.pk}/xlsform.xlsx")
    assert "filename*=UTF-8''" in answer.headers["Content-Disposition"]
    before = whole_checklist(checklist)
    address = f"/framework/versions/{draft.pk}/checklists/import/"
    taken = wang_fang.post(address, {"file": io.BytesIO(answer.content)})
    assert taken.status_code == 422
    assert "请选择替换，或先删除" in text_of(taken)
    done = wang_fang.post(address, {"file": io.BytesIO(answer.content), "replacing": "on"})
    assert done.status_code == 302
    assert whole_checklist(Checklist.objects.get()) == before


def test_a_form_brings_its_site_type(wang_fang, published):
    wang_fang.post(f"/framework/versions/{published.pk}/copy/", {"label": "二"})
    draft = type(published).objects.get(label="二")
    address = f"/framework/versions/{draft.pk}/checklists/import/"
    clash = wang_fang.post(address, {"file": io.BytesIO(exported(market()))})
    assert clash.status_code == 422
    assert "系统中已有“农贸市场”，编号是“R04”" in text_of(clash)


def test_what_was_left_out_of_a_foreign_form_is_told_by_row(wang_fang, checklist, draft):
    content = form(
        ["select_one yn", "q1", "Bins", "有垃圾桶"],
        ["geopoint", "q2", "Where", "位置"],
        choices=YES_NO,
    )
    address = f"/framework/versions/{draft.pk}/checklists/import/"
    nowhere = wang_fang.post(address, {"file": io.BytesIO(content)})
    assert "文件没有写是哪种点位" in text_of(nowhere)
    sent = {"file": io.BytesIO(content), "site_type": "MARKET", "replacing": "on"}
    page = text_of(wang_fang.post(address, sent))
    assert "工作表“survey”第 3 行：不认识的题型“geopoint”，没有采用。" in page
    assert [line.text for line in CheckLine.objects.all()] == ["有垃圾桶"]


def test_a_comparison_shows_what_changed_in_the_lists(wang_fang, draft, system):
    changed = replace(market(), groups=market().groups[:1])
    newer = import_version(
        document=replace(small(), checklists=(changed,)),
        label="2022年版",
        based_on=draft,
        by=system,
    )
    page = text_of(wang_fang.get(f"/framework/versions/{newer.pk}/differences/"))
    assert "农贸市场 4" in page
    assert "有公平秤" in page
