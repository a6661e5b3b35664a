"""A file becomes a draft; the shipped template is what the notice says and nothing more."""

from dataclasses import replace
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from pyxform.xls2xform import convert

import chuangwen.plan
from chuangwen.audit.actions import open_chain
from chuangwen.framework.actions.frameworks import copy_version
from chuangwen.framework.actions.importing import (
    CHECKLISTS,
    TEMPLATE,
    import_version,
    load_reference_template,
    reference_template,
)
from chuangwen.framework.actions.site_types import add_site_type
from chuangwen.framework.checklist_document import SiteTypeEntry
from chuangwen.framework.enums import LineShape, PhotoRule, Relation, SiteShape, Standing
from chuangwen.framework.exchange.files import WRITERS, read_framework
from chuangwen.framework.models import (
    CheckLine,
    Framework,
    Indicator,
    SiteType,
    Standard,
    VersionMapping,
)
from chuangwen.framework.queries.documents import document_of
from chuangwen.framework.xlsform.writing import write_xlsform
from chuangwen.kit.errors import ImportRefused, Invalid, NotPermitted
from chuangwen.people.actors import system_actor
from chuangwen.tenancy.models import Tenant
from chuangwen.tenancy.scope import tenant_scope
from tests.framework.exchange.builders import small

NOTICE = (
    Path(chuangwen.plan.__file__).parent / "samples" / "panzhihua-dongqu-2021.txt"
).read_text()


@pytest.mark.parametrize("kind", WRITERS)
def test_export_import_export_is_identical_from_one_district_to_another(system, kind):
    exported = WRITERS[kind](document_of(load_reference_template(by=system)))
    other = Tenant.objects.create(name="西区", code="510403")
    open_chain(tenant_id=other.pk)
    with tenant_scope(other.pk):
        version = import_version(document=read_framework(exported), by=system_actor(other.pk))
        assert WRITERS[kind](document_of(version)) == exported


@pytest.mark.parametrize("kind", WRITERS)
def test_checklists_come_back_from_the_database_as_they_were_written(wang_fang, kind):
    exported = WRITERS[kind](small())
    version = import_version(document=read_framework(exported), by=wang_fang)
    assert document_of(version) == small()
    assert WRITERS[kind](document_of(version)) == exported


def test_a_copy_has_the_checklists_with_its_own_standards(wang_fang):
    version = import_version(document=small(), by=wang_fang)
    copy = copy_version(version=version, label="2022年版", by=wang_fang)
    assert document_of(copy) == replace(small(), label="2022年版")
    line = CheckLine.objects.get(checklist__framework_version=copy, code="1.10")
    assert line.standard == copy.standards.get()
    assert SiteType.objects.count() == 1


def test_a_known_site_type_is_used_and_another_one_of_its_code_is_refused(wang_fang):
    add_site_type(content=SiteTypeEntry(code="SHOP", name="商场"), by=wang_fang)
    import_version(document=small(), by=wang_fang)
    import_version(document=small(), label="2022年版", by=wang_fang)
    assert [each.code for each in SiteType.objects.all()] == ["SHOP", "MARKET"]
    other = (
        SiteTypeEntry(code="MARKET", name="集市"),
        SiteTypeEntry(code="MALL", name="商场"),
    )
    document = replace(small(), site_types=other, label="2023年版")
    with pytest.raises(ImportRefused) as refusal:
        import_version(document=document, by=wang_fang)
    assert [problem.what for problem in refusal.value.problems] == [
        "系统中已有这个编号，是“农贸市场”（一处场所）。",
        "系统中已有“商场”，编号是“SHOP”。",
    ]
    assert Framework.objects.get().versions.count() == 2


def test_a_file_of_an_existing_framework_becomes_its_next_draft(wang_fang):
    first = import_version(document=small(), by=wang_fang)
    with pytest.raises(Invalid, match="已有版本“2021年版”"):
        import_version(document=small(), by=wang_fang)
    second = import_version(document=small(), label="2022年版", by=wang_fang)
    assert (second.framework, second.number) == (first.framework, 2)
    assert Indicator.objects.count() == 1


def test_a_new_edition_is_mapped_from_the_old_one_by_code(wang_fang):
    first = import_version(document=small(), by=wang_fang)
    node = small().nodes[0].children[0].children[0]
    changed = replace(node, standards=(replace(node.standards[0], weight=Decimal(2)),))
    tree = replace(small().nodes[0].children[0], children=(changed,))
    document = replace(small(), nodes=(replace(small().nodes[0], children=(tree,)),))
    import_version(document=document, label="2022年版", based_on=first, by=wang_fang)
    assert VersionMapping.objects.get().relation == Relation.CHANGED


def test_an_indicator_that_demands_something_else_is_not_overwritten(wang_fang):
    import_version(document=small(), by=wang_fang)
    stricter = replace(small().indicators[0], value=Decimal(95))
    with pytest.raises(ImportRefused) as refusal:
        import_version(document=replace(small(), label="二", indicators=(stricter,)), by=wang_fang)
    assert "指标“普及率”：系统中已有同名指标" in str(refusal.value.problems[0])
    assert Framework.objects.get().versions.count() == 1


def test_a_clerk_imports_nothing(li_mei):
    with pytest.raises(NotPermitted):
        import_version(document=small(), by=li_mei)


def test_an_import_takes_few_statements_at_any_size(wang_fang, django_assert_max_num_queries):
    document = reference_template()
    with django_assert_max_num_queries(65):
        import_version(document=document, by=wang_fang)
    assert Standard.objects.count() == 99


class TestReferenceTemplate:
    def test_it_is_marked_as_no_official_text(self):
        template = reference_template()
        assert template.standing is Standing.REFERENCE
        assert "参考模板" in template.name
        assert "不是《全国文明城市测评体系》的官方文本" in template.note

    def test_it_has_the_ten_goal_areas(self):
        titles = [node.title for node in reference_template().nodes]
        assert len(titles) == 10
        assert all(title in NOTICE for title in titles)

    def test_every_standard_and_indicator_is_verbatim(self):
        template = reference_template()
        standards = [each for _, node, _ in template.walk() for each in node.standards]
        texts = [each.text for each in standards] + [each.text for each in template.indicators]
        texts += [clause.text for each in template.indicators for clause in each.clauses]
        assert [text for text in texts if text not in NOTICE] == []
        assert all(each.source.startswith("行动计划 ") for each in standards)

    def test_it_invents_no_numbers(self):
        standards = [each for _, node, _ in reference_template().walk() for each in node.standards]
        methods = [method for each in standards for method in each.methods]
        assert {each.weight for each in (*standards, *methods)} == {None}
        assert {each.window_months for each in standards} == {None}
        assert all("：“" in method.requirement for method in methods), "each quotes the notice"

    @pytest.mark.parametrize(
        ("name", "operator", "value", "unit"),
        [
            ("全民法治宣传教育的普及率", ">=", "90", "%"),
            ("残疾人基本康复服务覆盖率", ">=", "85", "%"),
            ("群众对本市诚信建设的满意度", ">=", "90", "%"),
            ("中小学生每天校内体育活动时间", ">=", "1", "小时"),
            ("《国民体质测定标准》合格以上人数比例", ">=", "90", "%"),
            ("新建居住区和社区人均室外体育用地", ">=", "0.3", "平方米"),
            ("人均体育场地面积", ">=", "2.3", "平方米"),
            ("道路照明亮灯率", ">=", "95", "%"),
            ("个人卫生支出占卫生总费用的比例", "<=", "28", "%"),
            ("辖区人均预期寿命", ">=", "77.7", "岁"),
            ("生活污水集中收集率", ">=", "75", "%"),
            ("建成区人均避难场所面积", ">=", "1.5", "平方米"),
            ("农产品质量安全监测合格率", ">=", "98", "%"),
            ("空气质量优良天数比例", ">=", "87.5", "%"),
            ("城市声环境功能区夜间监测总点次达标率", ">=", "75", "%"),
            ("创建活动的群众参与率", ">", "98", "%"),
            ("群众满意度", ">", "95", "%"),
            ("城区公益广告刊播", ">=", "30", "%"),
        ],
    )
    def test_it_has_every_numeric_indicator(self, name, operator, value, unit):
        found = next(each for each in reference_template().indicators if each.name == name)
        assert (found.operator, found.value, found.unit) == (operator, Decimal(value), unit)

    def test_a_weakened_target_stands_beside_the_first(self):
        sewage = next(e for e in reference_template().indicators if "污水" in e.name)
        assert [clause.text for clause in sewage.clauses] == ["推进生活污水集中收集率达标"]

    def test_the_files_are_as_the_product_writes_them(self):
        data = Path(chuangwen.framework.__file__).parent / "data"
        template = reference_template()
        whole = replace(template, site_types=(), checklists=())
        assert WRITERS["yaml"](whole) == (data / TEMPLATE).read_bytes()
        text = (data / CHECKLISTS).read_text(encoding="utf-8")
        written = WRITERS["yaml"](template).decode()
        assert text[text.index("site_types:") :] == written[written.index("site_types:") :]


class TestReferenceChecklists:
    """Our own wording, which says so everywhere and decides nothing official."""

    def test_each_line_and_list_says_that_it_is_ours(self):
        template = reference_template()
        texts = [each.source for each in template.checklists]
        texts += [line.source for each in template.checklists for line in each.lines]
        assert set(texts) == {"本系统参考写法，非官方"}

    def test_it_weighs_nothing(self):
        lines = [line for each in reference_template().checklists for line in each.lines]
        assert {line.weight for line in lines} == {1}

    def test_common_types_have_varied_lines(self):
        template = reference_template()
        assert len(template.site_types) == len(template.checklists) >= 20
        assert {each.shape for each in template.site_types} == set(SiteShape)
        for each in template.checklists:
            lines = list(each.lines)
            assert 6 <= len(lines) <= 15, each.site_type
            assert len({line.shape for line in lines}) >= 3, each.site_type
            assert len({line.category for line in lines} - {""}) >= (
                1 if each.site_type == "R19" else 3
            )
        shapes = {line.shape for each in template.checklists for line in each.lines}
        assert shapes == set(LineShape)

    def test_a_telephone_is_not_photographed(self):
        template = reference_template()
        calls = {each.code for each in template.site_types if each.shape is SiteShape.TELEPHONE}
        lines = [
            line for each in template.checklists if each.site_type in calls for line in each.lines
        ]
        assert {line.photo for line in lines} == {PhotoRule.NEVER}

    def test_every_problem_has_a_category_and_what_it_violates(self):
        lines = [line for each in reference_template().checklists for line in each.lines]
        judged = [line for line in lines if line.shape is not LineShape.FREE]
        assert [line.text for line in judged if not line.category] == []
        assert sum(bool(line.standard) for line in judged) > len(judged) * 0.9

    def test_each_can_be_asked_by_another_program(self):
        template = reference_template()
        types = {each.code: each for each in template.site_types}
        for each in template.checklists:
            content = write_xlsform(each, types[each.site_type], form_id="a", version="1")
            assert convert(BytesIO(content), validate=False, file_type=".xlsx").warnings == []
