"""王芳 keeps the register at her browser; 李梅 reads her own branch of it."""

import re

import pytest
from django.test import Client

from chuangwen.people.actions.aliases import add_alias
from chuangwen.people.actions.units import create_unit
from chuangwen.people.enums import UnitKind
from chuangwen.people.models import Membership, Unit, UnitGroup
from chuangwen.people.queries import find_unit
from chuangwen.people.roles import Role
from chuangwen.tenancy.models import Tenant
from chuangwen.tenancy.scope import tenant_scope

from .conftest import sign_in


@pytest.fixture
def office(make_account) -> Client:
    make_account("wangfang", Role.OFFICE, unit="区创文办", name="王芳")
    browser = Client()
    sign_in(browser, "wangfang")
    return browser


@pytest.fixture
def bureau(tenant, system) -> Unit:
    unit = create_unit(name="区城市管理局", kind=UnitKind.GOVERNMENT, code="CG", by=system)
    add_alias(unit=unit, name="区城管局", by=system)
    return unit


def without_token(answer) -> str:
    return re.sub(r"[A-Za-z0-9]{64}", "", answer.content.decode())


def names(answer) -> list[str]:
    found = re.findall(r'<td data-label="名称"><a [^>]*>([^<]*)</a>', answer.content.decode())
    assert answer.status_code == 200
    return found


def facts(unit: Unit, **changes) -> dict[str, object]:
    values = {"name": unit.name, "kind": unit.kind, "code": unit.code, "version": unit.version}
    return {**values, **changes}


def test_a_unit_is_found_by_name_alias_kind_and_code(office, bureau):
    for query in ("text=城市管理", "text=区 城管", "text=CG", "kind=government&sort=name"):
        assert "区城市管理局" in names(office.get(f"/units/?{query}"))
    assert names(office.get("/units/?text=环卫")) == []
    assert names(office.get("/units/?kind=street")) == []


def test_closed_units_are_shown_when_asked_for(office, bureau):
    office.post(f"/units/{bureau.pk}/close/", {"last_day": "2021-01-31", "version": 1})
    assert "区城市管理局" not in names(office.get("/units/"))
    assert names(office.get("/units/?state=closed")) == ["区城市管理局"]
    assert "区城市管理局" in names(office.get("/units/?state=all"))


def test_the_list_turns_pages_and_never_asks_more_than_eight_times(
    office, system, django_assert_max_num_queries
):
    for number in range(60):
        create_unit(name=f"第{number:02}社区", kind=UnitKind.COMMUNITY, by=system)
    with django_assert_max_num_queries(8):
        answer = office.get("/units/?sort=name")
    first = names(answer)
    second = names(office.get("/units/" + answer.context["page"].following))
    assert len(first) == 50
    assert len(set(first + second)) == 61
    assert office.get("/units/?after=99999999999999999999").status_code == 200


def test_a_unit_page_asks_at_most_eight_times(office, bureau, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        page = office.get(f"/units/{bureau.pk}/").content.decode()
    assert "区城管局" in page
    assert "添加别名" in page


def test_she_makes_a_unit_below_another(office, bureau):
    answer = office.post(
        "/units/new/", {"name": "环卫站", "kind": "institution", "parent": "区城管局"}
    )
    made = find_unit("环卫站")
    assert answer.headers["Location"] == f"/units/{made.pk}/"
    assert made.parent == bureau


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"name": "区城管局"}, "已是“区城市管理局”的别名"),
        ({"name": ""}, "必填"),
        ({"parent": "市城管居"}, "未找到单位“市城管居”"),
        ({"code": "CG"}, "编码“CG”已用于“区城市管理局”"),
        ({"kind": "x"}, "x"),
        ({"valid_from": "昨天"}, "日期"),
    ],
)
def test_a_refused_form_comes_back_as_typed_and_says_why(office, bureau, given, said):
    answer = office.post("/units/new/", {"name": "环卫站", "kind": "institution", **given})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert given.get("name", "环卫站") in page


def test_an_edit_on_top_of_another_answers_409(office, bureau):
    address = f"/units/{bureau.pk}/edit/"
    assert office.post(address, facts(bureau, name="区综合执法局")).status_code == 302
    late = office.post(address, facts(bureau, name="区城管执法局"))
    assert late.status_code == 409
    assert "已被别人修改" in late.content.decode()
    assert find_unit("区城市管理局").name == "区综合执法局"


def test_moving_and_reopening(office, bureau):
    office.post(f"/units/{bureau.pk}/move/", {"parent": "区创文办", "version": 1})
    assert Unit.objects.get(pk=bureau.pk).parent.name == "区创文办"
    office.post(f"/units/{bureau.pk}/close/", {"last_day": "2021-01-31", "version": 2})
    office.post(f"/units/{bureau.pk}/reopen/", {"version": 3})
    assert Unit.objects.get(pk=bureau.pk).valid_until is None


def test_merging_shows_what_moves_before_it_happens(office, bureau, li_mei):
    fagai = find_unit("区发改局")
    address = f"/units/{fagai.pk}/merge/"
    preview = office.post(address, {"keep": "区城管局"}).content.decode()
    assert "转移的任职：1 项" in preview
    assert Unit.objects.get(pk=fagai.pk).merged_into is None
    office.post(address, {"keep": "区城管局", "confirmed": "1"})
    assert Unit.objects.get(pk=fagai.pk).merged_into == bureau
    assert Membership.objects.get(account=li_mei).unit == bureau
    assert "已并入" in office.get(f"/units/{fagai.pk}/").content.decode()


def test_aliases_come_and_go(office, bureau):
    office.post(f"/units/{bureau.pk}/aliases/", {"name": "城管", "source": "工作安排"})
    alias = bureau.aliases.get(name="城管")
    office.post(f"/units/{bureau.pk}/aliases/{alias.pk}/remove/")
    assert not bureau.aliases.filter(name="城管").exists()
    assert office.post(f"/units/{bureau.pk}/aliases/", {"name": ""}).status_code == 422


def test_collective_names_say_how_many_units_they_mean(office, bureau, tenant):
    given = {"name": "区级各部门", "kinds": ["government", "party"], "aliases": "各部门、区直部门"}
    office.post("/unit-groups/new/", given)
    group = UnitGroup.objects.get()
    page = office.get("/unit-groups/").content.decode()
    assert re.search(r'data-label="今天的单位数" class="number">2<', page)
    changed = {**given, "kinds": ["party"], "version": 1}
    assert office.post(f"/unit-groups/{group.pk}/", changed).status_code == 302
    assert office.post(f"/unit-groups/{group.pk}/", changed).status_code == 409
    office.post(f"/unit-groups/{group.pk}/remove/")
    assert not UnitGroup.objects.exists()


def test_a_clerk_reads_the_own_branch_only(signed_in, bureau):
    own = find_unit("区发改局")
    assert names(signed_in.get("/units/?state=all")) == ["区发改局"]
    page = signed_in.get(f"/units/{own.pk}/").content.decode()
    assert "添加别名" not in page
    foreign = signed_in.get(f"/units/{bureau.pk}/")
    nothing = signed_in.get("/units/01900000-0000-7000-8000-000000000000/")
    assert foreign.status_code == 404
    assert without_token(foreign) == without_token(nothing)


def test_a_unit_of_another_district_does_not_exist(office):
    west = Tenant.objects.create(name="西区", code="510403")
    with tenant_scope(west.pk):
        unit = Unit.objects.create(name="西区发改局", kind="government")
    assert office.get(f"/units/{unit.pk}/").status_code == 404
    assert "西区发改局" not in office.get("/units/?state=all").content.decode()
