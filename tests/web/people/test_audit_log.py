"""周强 (audit) reads, filters, exports and proves the log."""

import ast
import csv
import io
import re

import pytest
from django.db import connection
from django.test import Client

from chuangwen.audit.models import AuditEvent
from chuangwen.people.actions.units import create_unit
from chuangwen.people.enums import UnitKind
from chuangwen.people.models import Account
from chuangwen.people.roles import Role
from chuangwen.tenancy.models import Tenant
from chuangwen.web.people import verbs

from .conftest import sign_in


@pytest.fixture
def zhou_qiang(make_account) -> Client:
    make_account("zhouqiang", Role.AUDIT_ADMINISTRATOR, unit="区创文办", name="周强")
    browser = Client()
    sign_in(browser, "zhouqiang")
    return browser


def rows(answer) -> list[str]:
    assert answer.status_code == 200
    return re.findall(r'data-label="动作">([^<]*)<', answer.content.decode())


def test_he_sees_who_did_what(zhou_qiang):
    page = zhou_qiang.get("/audit/").content.decode()
    assert "周强（zhouqiang）" in page
    assert rows(zhou_qiang.get("/audit/"))[0] == "登录"
    assert "方式：口令" in page


def test_filters_by_verb_account_object_and_day(zhou_qiang, system):
    unit = create_unit(name="区水利局", kind=UnitKind.GOVERNMENT, by=system)
    assert set(rows(zhou_qiang.get("/audit/?verb=unit.created"))) == {"新建单位"}
    assert set(rows(zhou_qiang.get("/audit/?account=zhouqiang"))) == {"登录"}
    assert "登录" not in rows(zhou_qiang.get("/audit/?account=system"))
    assert rows(zhou_qiang.get(f"/audit/?object_id={unit.pk}")) == ["新建单位"]
    assert rows(zhou_qiang.get("/audit/?last_day=2020-01-01")) == []
    assert rows(zhou_qiang.get("/audit/?first_day=2020-01-01"))


@pytest.mark.parametrize("query", ["first_day=昨天", "object_id=42"])
def test_a_filter_that_is_none_is_a_message(zhou_qiang, query):
    answer = zhou_qiang.get(f"/audit/?{query}")
    assert answer.status_code == 422
    assert "请" in answer.content.decode()


def test_pages_go_on_by_sequence_and_ask_at_most_eight_times(
    zhou_qiang, system, django_assert_max_num_queries
):
    for number in range(60):
        create_unit(name=f"第{number}社区", kind=UnitKind.COMMUNITY, by=system)
    with django_assert_max_num_queries(8):
        first = zhou_qiang.get("/audit/")
    assert len(rows(first)) == 50
    following = re.search(r'href="(\?before=\d+)"', first.content.decode())[1]
    assert len(rows(zhou_qiang.get(f"/audit/{following}"))) == AuditEvent.objects.count() - 50


def test_the_csv_holds_every_event_and_no_formula(zhou_qiang, system):
    create_unit(name="=HYPERLINK(1)", kind=UnitKind.COMMUNITY, by=system)
    answer = zhou_qiang.post("/audit/export.csv?verb=unit.created")
    lines = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(lines) == 1 + AuditEvent.objects.filter(verb="unit.created").count()
    assert lines[-1][7] == "'=HYPERLINK(1)"
    assert (
        lines[-1][9]
        == AuditEvent.objects.order_by("-sequence").filter(verb="unit.created").first().hash
    )


def test_the_spreadsheet_holds_the_same(zhou_qiang):
    import python_calamine

    answer = zhou_qiang.post("/audit/export.xlsx")
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(answer.content))
    table = book.get_sheet_by_index(0).to_python()
    assert len(table) == AuditEvent.objects.count()  # a header, and all but the export itself


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_who_took_a_copy_away_is_in_the_log(zhou_qiang, suffix):
    zhou_qiang.post(f"/audit/export.{suffix}?verb=account.signed_in&first_day=2020-01-01")
    taken = AuditEvent.objects.latest("sequence")
    assert (taken.verb, taken.account_id) == (
        "audit.exported",
        Account.objects.get(username="zhouqiang").pk,
    )
    assert taken.changes == {
        "format": suffix,
        "events": 1,
        "verb": "account.signed_in",
        "first_day": "2020-01-01",
    }
    shown = zhou_qiang.get("/audit/?verb=audit.exported").content.decode()
    assert f"格式：{suffix}" in shown
    assert "动作：登录" in shown


def test_the_address_of_the_export_alone_takes_nothing_away(zhou_qiang):
    before = AuditEvent.objects.count()
    assert zhou_qiang.get("/audit/export.csv").status_code == 405
    assert AuditEvent.objects.count() == before


def test_the_buttons_export_what_is_shown(zhou_qiang):
    shown = zhou_qiang.get("/audit/?verb=account.signed_in").content.decode()
    action = re.search(r'action="(/audit/export\.csv\?[^"]*)"', shown)[1].replace("&amp;", "&")
    lines = zhou_qiang.post(action).content.decode("utf-8-sig").splitlines()
    assert len(lines) == 2


def test_other_suffixes_do_not_exist(zhou_qiang):
    assert zhou_qiang.post("/audit/export.exe").status_code == 404


def test_he_proves_the_chain_and_is_told_of_tampering(zhou_qiang):
    assert "审计链完整" in zhou_qiang.post("/audit/verify/").content.decode()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DROP TRIGGER audit_event_no_update")
        else:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # or the table cannot be altered yet
            cursor.execute("ALTER TABLE audit_auditevent DISABLE TRIGGER USER")
        cursor.execute("UPDATE audit_auditevent SET verb = 'x' WHERE sequence = 1")
    assert "序号 1：内容与哈希不符" in zhou_qiang.post("/audit/verify/").content.decode()


def test_events_of_another_district_stay_invisible(zhou_qiang):
    from chuangwen.audit.actions import open_chain
    from chuangwen.people.actors import system_actor
    from chuangwen.tenancy.scope import tenant_scope

    west = Tenant.objects.create(name="西区", code="510403")
    open_chain(tenant_id=west.pk)
    with tenant_scope(west.pk):
        create_unit(name="西区发改局", kind=UnitKind.GOVERNMENT, by=system_actor(west.pk))
    assert "西区发改局" not in zhou_qiang.get("/audit/").content.decode()
    assert "西区发改局" not in zhou_qiang.post("/audit/export.csv").content.decode("utf-8-sig")


def test_others_are_turned_away(signed_in):
    assert signed_in.get("/audit/").status_code == 403
    assert Account.objects.count() == 1


def test_every_recorded_verb_has_its_words():
    from pathlib import Path

    package = Path(verbs.__file__).parents[2]
    recorded = set()
    for path in package.rglob("actions/**/*.py"):
        text = path.read_text()
        recorded |= set(re.findall(r'verb="([a-z_.]+)"', text))
        recorded |= set(re.findall(r'Entry\(\s*"([a-z_.]+)"', text))
    assert recorded
    assert recorded - verbs.VERBS.keys() == set()


def recorded_fields(tree: ast.AST) -> set[str]:
    """Return the names under which a module records what changed."""
    found = set()
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        name = getattr(call.func, "id", getattr(call.func, "attr", ""))
        if name in {"record", "record_account"}:
            found |= {one.arg for one in call.keywords if one.arg}
        elif name == "Entry" and len(call.args) > 2 and isinstance(call.args[2], ast.Dict):
            found |= {one.value for one in call.args[2].keys if isinstance(one, ast.Constant)}
    return found - {"by", "verb", "on", "account"}


def test_every_recorded_field_has_its_words():
    from pathlib import Path

    recorded = set()
    for path in Path(verbs.__file__).parents[2].rglob("*.py"):
        recorded |= recorded_fields(ast.parse(path.read_text()))
    assert {"state", "due_on", "value"} <= recorded
    assert recorded - verbs.FIELDS.keys() == set()


def test_states_are_told_in_words_of_their_own_table(zhou_qiang):
    value = AuditEvent(object_type="framework.indicatorvalue", verb="indicator_value.accepted")
    value.changes = {"state": ["reported", "accepted"]}
    assert verbs.described(value).changes == ("状态：待审核 → 已接收",)
    part = AuditEvent(object_type="no.such", changes={"state": ["reported", None]}, verb="x")
    assert verbs.described(part).changes == ("状态：reported → （空）",)
