"""Versions of the framework over HTTP: look, import, export, edit, publish, compare."""

import io

import pytest

from chuangwen.audit.actions import open_chain
from chuangwen.framework.actions.frameworks import copy_version
from chuangwen.framework.actions.importing import load_reference_template
from chuangwen.framework.exchange.files import WRITERS
from chuangwen.framework.models import FrameworkVersion, Node, Standard, VersionMapping
from chuangwen.people.actors import system_actor
from chuangwen.tenancy.models import Tenant
from chuangwen.tenancy.scope import tenant_scope
from tests.framework.exchange.builders import small
from tests.web.framework.conftest import text_of


def upload(client, content, **more):
    return client.post("/framework/import/", {"file": io.BytesIO(content), **more}, follow=True)


def test_the_office_loads_the_reference_template_which_says_what_it_is(wang_fang):
    page = text_of(wang_fang.post("/framework/template/", follow=True))
    assert "参考模板（非官方）" in page
    assert "不是《全国文明城市测评体系》的官方文本" in page
    assert "共 99 条标准" in page
    assert wang_fang.post("/framework/template/").status_code == 422, "loaded already"


def test_a_tree_is_searched(wang_fang, template):
    page = text_of(wang_fang.get(f"/framework/versions/{template.pk}/?q=渣土 车"))
    assert "没有找到" in page
    page = text_of(wang_fang.get(f"/framework/versions/{template.pk}/?q=亮灯率"))
    assert "找到 1 条标准" in page
    assert "诚信守法" not in page


def test_clerks_read_published_versions_and_no_drafts(li_mei, template, wang_fang):
    address = f"/framework/versions/{template.pk}/"
    assert li_mei.get(address).status_code == 404
    wang_fang.post(f"{address}publish/", {"version": template.version})
    page = text_of(li_mei.get(address))
    assert "共 99 条标准" in page
    assert "建立新版本" not in page


def test_a_standard_shows_methods_indicators_and_origin(wang_fang, template):
    standard = Standard.objects.get(text__contains="满意度≥90%")
    page = text_of(wang_fang.get(f"/framework/standards/{standard.pk}/"))
    for words in (
        "问卷调查",
        "采取问卷调查、民意测评等方式",
        "群众对本市诚信建设的满意度",
        "三（四）",
    ):
        assert words in page
    assert "权重</dt><dd>未知" in page


@pytest.mark.parametrize("suffix", WRITERS)
def test_an_export_is_imported_again_as_it_was(wang_fang, template, suffix):
    address = f"/framework/versions/{template.pk}/export.{suffix}"
    first = wang_fang.get(address)
    assert f".{suffix}" in first.headers["Content-Disposition"]
    assert "已导入为草稿" in text_of(upload(wang_fang, first.content, label="再导入"))
    again = FrameworkVersion.objects.get(label="再导入")
    second = wang_fang.get(f"/framework/versions/{again.pk}/export.{suffix}")
    assert len(second.content) == pytest.approx(len(first.content), abs=200)
    assert wang_fang.get(f"/framework/versions/{template.pk}/export.exe").status_code == 404


def test_a_file_with_mistakes_is_refused_with_all_of_them(wang_fang):
    text = WRITERS["yaml"](small()).decode().replace("'1.5'", "多").replace("survey", "看看")
    answer = upload(wang_fang, text.encode())
    page = text_of(answer)
    assert answer.status_code == 422
    assert "第 19 行“权重”：“多”不是数字" in page
    assert "“看看”不在可选范围内" in page
    assert not FrameworkVersion.objects.exists()


@pytest.mark.parametrize("content", [b"\x00\x01", b"PK\x03\x04broken", b"[" * 9000, b"- a: &x 1"])
def test_any_other_file_is_refused_and_never_an_error_of_ours(wang_fang, content):
    assert upload(wang_fang, content).status_code == 422


def test_a_draft_is_edited_and_published_for_good(wang_fang):
    wang_fang.post("/framework/new/", {"name": "甲", "standing": "local", "label": "一"})
    version = FrameworkVersion.objects.get()
    address = f"/framework/versions/{version.pk}/"
    wang_fang.post(f"{address}nodes/new/", {"code": "1", "title": "法治环境"})
    for code in ("1.1", "1.1.1"):
        parent = Node.objects.order_by("-level")[0]
        wang_fang.post(f"/framework/nodes/{parent.pk}/new/", {"code": code, "title": code})
    content = Node.objects.get(level=3)
    standard = {
        "code": "1",
        "text": "普法",
        "weight": "0.5",
        "documents": "on",
        "documents_weight": "0.3",
        "survey": "on",
    }
    wang_fang.post(f"/framework/nodes/{content.pk}/standards/new/", standard)
    made = Standard.objects.get()
    edit = f"/framework/standards/{made.pk}/edit/"
    assert 'value="0.5"' in text_of(wang_fang.get(edit))
    bad = wang_fang.post(edit, {**standard, "weight": "-1", "version": "1"})
    assert "权重“-1”无法使用" in text_of(bad)
    assert wang_fang.post(edit, {**standard, "weight": "0.6", "version": "1"}).status_code == 302
    assert wang_fang.post(edit, {**standard, "text": "旧页", "version": "1"}).status_code == 409
    version.refresh_from_db()
    assert wang_fang.post(f"{address}publish/", {"version": version.version}).status_code == 302
    assert wang_fang.post(edit, {**standard, "version": "2"}).status_code == 409
    assert wang_fang.post(f"{address}discard/").status_code == 409
    assert "标准已发布" not in text_of(wang_fang.get(address))


def test_entries_move_and_go(wang_fang, template):
    nodes = Node.objects.filter(level=1).order_by("position")
    second = nodes[1]
    moved = wang_fang.post(f"/framework/nodes/{second.pk}/move/", {"step": "-1"}, follow=True)
    assert f"已移动 {second.code}" in text_of(moved)
    assert nodes[0] == second
    answer = wang_fang.post(f"/framework/nodes/{second.pk}/remove/", {"version": "1"})
    assert answer.status_code == 422
    assert "下面还有" in text_of(answer)
    edit = f"/framework/nodes/{second.pk}/edit/"
    data = {"code": second.code, "title": "政务环境", "version": second.version}
    assert wang_fang.post(edit, data).status_code == 302


def test_two_versions_are_compared_and_mapped(wang_fang, published, system):
    copy = copy_version(version=published, label="2022年", by=system)
    first, second = copy.standards.order_by("position")[:2]
    data = {"code": first.code, "text": "改写的标准", "version": first.version}
    wang_fang.post(f"/framework/standards/{first.pk}/edit/", data)
    wang_fang.post(f"/framework/standards/{second.pk}/remove/", {"version": second.version})
    page = text_of(wang_fang.get(f"/framework/versions/{copy.pk}/differences/"))
    assert "2 处不同" in page
    assert "<ins>改写的标准</ins>" in page
    mapping = f"/framework/versions/{copy.pk}/mapping/"
    assert "取消" in text_of(wang_fang.get(mapping))
    form = {"old": second.code, "relation": "merged", "new": first.code}
    assert wang_fang.post(mapping, form).status_code == 302
    assert VersionMapping.objects.filter(new_standard=first).count() == 2
    wrong = wang_fang.post(mapping, {"old": "x", "relation": "same", "new": first.code})
    assert wrong.status_code == 422
    assert "没有标准“x”" in text_of(wrong)


def test_clerks_write_nothing(li_mei, template):
    standard = Standard.objects.first()
    for address in (
        "new/",
        "template/",
        "import/",
        f"versions/{template.pk}/publish/",
        f"versions/{template.pk}/discard/",
        f"standards/{standard.pk}/edit/",
        "indicators/new/",
    ):
        assert li_mei.post(f"/framework/{address}").status_code == 403


def test_versions_of_another_district_do_not_exist(wang_fang, published):
    other = Tenant.objects.create(name="西区", code="510403")
    open_chain(tenant_id=other.pk)
    with tenant_scope(other.pk):
        foreign = load_reference_template(by=system_actor(other.pk))
        standard = foreign.standards.first()
    assert wang_fang.get(f"/framework/versions/{foreign.pk}/").status_code == 404
    assert wang_fang.get(f"/framework/standards/{standard.pk}/").status_code == 404
    assert wang_fang.get("/framework/").content.decode().count("参考模板2021") == 1


@pytest.mark.parametrize("versions", [1, 3])
def test_pages_take_eight_queries_at_most(
    wang_fang, published, system, versions, django_assert_max_num_queries
):
    newest = published
    for number in range(versions):
        newest = copy_version(version=newest, label=f"第{number}版", by=system)
    standard = newest.standards.first()
    for address in (
        "",
        f"versions/{newest.pk}/",
        f"versions/{newest.pk}/differences/",
        f"versions/{newest.pk}/mapping/",
        f"standards/{standard.pk}/",
    ):
        with django_assert_max_num_queries(8):
            assert wang_fang.get(f"/framework/{address}").status_code == 200
