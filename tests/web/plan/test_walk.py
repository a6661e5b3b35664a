"""The walk of the issue over HTTP: import, resolve, confirm, dispatch, measures, export."""

import io
import re
from pathlib import Path

import docx
import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from chuangwen.people.actions.units import create_unit
from chuangwen.people.enums import UnitKind
from chuangwen.people.models import Account, Membership, Unit
from chuangwen.people.roles import Role
from chuangwen.plan.enums import ItemKind, ItemState, PartState
from chuangwen.plan.models import Action, PlanImport, Task, TaskPart

NOTICE = Path(__file__).parents[3] / "chuangwen/plan/samples/panzhihua-dongqu-2021.txt"


def account(tenant, username, unit, role):
    made = Account(tenant=tenant, username=username, name=username, must_change_password=False)
    made.set_password("x")
    made.save()
    Membership.objects.create(account=made, unit=unit, role=role)
    client = Client()
    client.force_login(made)
    return client


@pytest.fixture
def office(tenant, system):
    unit = create_unit(name="区创文办", kind=UnitKind.COORDINATION, by=system)
    return account(tenant, "wangfang", unit, Role.OFFICE)


@pytest.fixture
def confirmed(office):
    answer = office.post("/plan/imports/new/", {"file": io.BytesIO(NOTICE.read_bytes())})
    address = answer.headers["Location"]
    review = PlanImport.objects.get()
    assert "202186" in office.get(address).content.decode()
    doubts = review.items.filter(kind=ItemKind.ANOMALY).values_list("pk", flat=True)
    decision = {"decision": "accept", "item": [str(pk) for pk in doubts]}
    office.post(f"{address}decide/", decision)
    office.post(f"{address}accept/")
    answer = office.post(f"{address}confirm/", {"version": review.version}, follow=True)
    assert "区行政审批局" in answer.content.decode()
    return review


@pytest.fixture
def clerk(tenant, confirmed):
    return account(tenant, "limei", Unit.objects.get(name="区发改局"), Role.CLERK)


def test_an_import_with_open_doubts_is_not_confirmed(office):
    office.post("/plan/imports/new/", {"file": io.BytesIO(NOTICE.read_bytes())})
    review = PlanImport.objects.get()
    answer = office.post(f"/plan/imports/{review.pk}/confirm/", {"version": 1})
    assert answer.status_code == 422
    assert "处疑点" in answer.content.decode()
    assert not Action.objects.exists()


def test_a_unit_writes_measures_and_the_office_confirms(office, clerk):
    task = Task.objects.filter(action__title="公共环境提升行动").first()
    unit = Unit.objects.get(name="区发改局")
    form = {"unit": [str(unit.pk)], "kind": "lead", "due_on": "2021-12-31"}
    office.post(f"/plan/tasks/{task.pk}/dispatch/", form)
    part = TaskPart.objects.get()
    mine = clerk.get("/plan/parts/").content.decode()
    assert task.title in mine
    measures = {"version": 1, "text": ["制定工作方案", ""], "due_on": ["2021-09-30", ""]}
    clerk.post(f"/plan/parts/{part.pk}/measures/", measures)
    office.post(f"/plan/parts/{part.pk}/review/", {"version": 2, "decision": "confirm"})
    part.refresh_from_db()
    assert part.state == PartState.CONFIRMED


def test_refused_measures_come_back_as_typed(office, clerk):
    task = Task.objects.filter(action__title="公共环境提升行动").first()
    unit = Unit.objects.get(name="区发改局")
    office.post(f"/plan/tasks/{task.pk}/dispatch/", {"unit": [str(unit.pk)], "kind": "lead"})
    part = TaskPart.objects.get()
    form = {"version": 1, "text": ["辛苦写的措施"], "due_on": ["九月底"]}
    answer = clerk.post(f"/plan/parts/{part.pk}/measures/", form)
    assert answer.status_code == 422
    assert "辛苦写的措施" in answer.content.decode()
    assert "九月底" in answer.content.decode()


def test_the_table_is_a_document_with_every_action_and_its_lead_unit(office, confirmed):
    document = docx.Document(io.BytesIO(office.get("/plan/responsibility-table.docx").content))
    cells = {cell.text for table in document.tables for row in table.rows for cell in row.cells}
    written = "\n".join(cells)
    for action in Action.objects.all():
        assert action.title in written
    assert "区委政法委" in written


def test_the_table_is_a_spreadsheet_too(office, confirmed):
    content = office.get("/plan/responsibility-table.xlsx").content
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert "区委政法委" in str(rows)


def test_an_unreadable_file_gets_a_reason_and_nothing_is_kept(office):
    answer = office.post("/plan/imports/new/", {"file": io.BytesIO(b"\x89PNG\r\n\x1a\n123")})
    assert answer.status_code == 422
    assert not PlanImport.objects.exists()


def test_two_characters_find_tasks(office, confirmed):
    page = office.get("/plan/", {"q": "泊位"}).content.decode()
    assert re.search(r"含“泊位”的任务.*?<li><a", page, re.DOTALL)


def test_a_clerk_may_not_import(clerk):
    assert clerk.get("/plan/imports/").status_code == 403


@pytest.mark.parametrize("address", ["/plan/", "/plan/parts/", "/plan/imports/"])
def test_pages_run_at_most_eight_queries(office, confirmed, address, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        assert office.get(address).status_code == 200


def test_the_review_page_runs_at_most_eight_queries(
    office, confirmed, django_assert_max_num_queries
):
    assert confirmed.items.filter(state=ItemState.ACCEPTED).exists()
    with django_assert_max_num_queries(8):
        assert office.get(f"/plan/imports/{confirmed.pk}/?kind=all").status_code == 200


def test_the_original_file_is_kept_byte_for_byte(office, confirmed, clerk):
    answer = office.get(f"/plan/imports/{confirmed.pk}/original/")
    assert b"".join(answer.streaming_content) == NOTICE.read_bytes()
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "下载原件" in office.get(f"/plan/imports/{confirmed.pk}/").content.decode()
    assert clerk.get(f"/plan/imports/{confirmed.pk}/original/").status_code == 403
