"""A problem list becomes cases, all or nothing, and the same list does not become them twice."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chuangwen.audit.models import AuditEvent
from chuangwen.files.actions.uploads import upload_file
from chuangwen.files.models import Upload
from chuangwen.kit.errors import ImportRefused, Invalid, NotPermitted
from chuangwen.notices.models import Notice
from chuangwen.rectification.actions.importing import import_problems
from chuangwen.rectification.enums import CaseState, Source
from chuangwen.rectification.folding import folded
from chuangwen.rectification.models import Case, CaseShare
from chuangwen.rectification.problem_list.drafts import Defaults
from tests.rectification.conftest import DAY
from tests.rectification.problem_lists import plain

pytestmark = pytest.mark.django_db
DEFAULTS = Defaults(found_on=DAY, source=Source.TOUR)
HEAD = ("问题", "地点", "责任单位", "整改时限", "整改要求")
ROWS = [
    ("井盖破损", "炳草岗大街", "区城市管理局、区住房城乡建设局", "2021-09-30", "尽快更换"),
    ("卫生死角", "后巷", None, "立行立改", None),
    ("乱停车", "校门口", "炳草岗街道", "2021-09-01", None),
]


def take(data, office, **options):
    return import_problems(data=data, defaults=DEFAULTS, by=office, **options)


@pytest.fixture
def given(bureau, housing, street):
    return plain(*ROWS, head=HEAD)


def test_rows_become_cases_that_wait_for_filing(given, office, bureau):
    done = take(given, office)
    cases = list(Case.objects.order_by("pk"))
    assert [case.pk for case in done.cases] == [case.pk for case in cases]
    first, second, _ = cases
    assert first.state == CaseState.REPORTED
    assert (first.title, first.place, first.source) == ("井盖破损", "炳草岗大街", Source.TOUR)
    assert first.found_on == DAY
    assert (first.proposed_lead, first.proposed_due_on) == (bureau, datetime.date(2021, 9, 30))
    assert first.text == "责任单位：区城市管理局、区住房城乡建设局\n整改要求：尽快更换"
    assert (second.proposed_lead, second.proposed_due_on) == (None, None)
    assert second.text == "整改时限：立行立改"
    event = AuditEvent.objects.get(verb="cases.imported")
    assert len(event.changes["sha256"]) == 64
    assert AuditEvent.objects.filter(verb="case.reported").count() == 3


def test_what_has_a_unit_and_a_deadline_to_come_is_dispatched_when_wished(
    given, office, clerk, bureau, housing
):
    done = take(given, office, dispatches=True)
    sent, *waiting = Case.objects.order_by("pk")
    assert done.dispatched == [sent]
    assert (sent.state, sent.lead, sent.due_on) == (
        CaseState.DISPATCHED, bureau, datetime.date(2021, 9, 30),
    )  # fmt: skip
    assert sent.number == "整改〔2021〕1号"
    assert set(CaseShare.objects.values_list("unit", "kind")) == {
        (bureau.pk, "lead"), (housing.pk, "supporting"),
    }  # fmt: skip
    assert [case.state for case in waiting] == [CaseState.REPORTED] * 2
    assert folded([sent])[sent.pk].state == CaseState.DISPATCHED
    assert Notice.objects.filter(recipient=clerk.account_id).exists()


def test_a_dry_run_writes_nothing(given, office):
    done = take(given, office, dry_run=True)
    assert [len(done.taken), len(done.ready)] == [3, 1]
    assert not Case.objects.exists()
    assert not AuditEvent.objects.filter(verb="cases.imported").exists()


def test_nobody_waits_while_a_file_is_read_or_shown(given, office):
    with CaptureQueriesContext(connection) as made:
        take(given, office, dry_run=True)
        with pytest.raises(Invalid, match="不是能读的"):
            take(b"", office)
    told = [one["sql"] for one in made]
    assert told
    assert not [sql for sql in told if "SAVEPOINT" in sql or "FOR UPDATE" in sql]


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has no row locks")
def test_others_insert_while_a_list_is_entered(given, office):
    with CaptureQueriesContext(connection) as made:
        take(given, office)
    locks = [one["sql"] for one in made if 'FROM "tenancy_tenant"' in one["sql"]]
    assert "FOR NO KEY UPDATE" in locks[0]


def test_a_stored_file_is_used_up_by_the_import_and_only_by_one_that_writes(given, office):
    key = upload_file(content=given, name="清单.xlsx", any_kind=True, by=office).pk
    take(given, office, upload_id=key, dry_run=True)
    take(given, office, upload_id=key)
    with pytest.raises(Invalid, match="已导入、已过期"):
        take(given, office, upload_id=key, twins={"3:问题清单"})
    assert Case.objects.count() == 3
    other = upload_file(content=given, name="清单.xlsx", any_kind=True, by=office)
    with pytest.raises(Invalid, match="没有新的问题"):
        take(given, office, upload_id=other.pk)
    assert Upload.objects.get() == other


def test_a_bad_row_keeps_all_others_out(office, bureau):
    with pytest.raises(ImportRefused):
        take(plain(*ROWS, head=HEAD), office)  # 炳草岗街道 is unknown
    assert not Case.objects.exists()


def test_the_same_list_again_brings_nothing_unless_ticked(given, office):
    take(given, office)
    again = take(given, office, dry_run=True)
    assert not again.taken
    assert [draft.twin_of for draft in again.read.twins] == [
        "与未结束的案卷“井盖破损”相同",
        "与未结束的案卷“卫生死角”相同",
        "与未结束的案卷“乱停车”相同",
    ]
    with pytest.raises(Invalid, match="没有新的问题"):
        take(given, office)
    take(given, office, twins={"3:问题清单"})
    assert Case.objects.filter(title="卫生死角").count() == 2
    assert Case.objects.count() == 4


def test_rows_that_say_the_same_are_one_unless_ticked(office):
    rows = [("积水", "机场路"), ("积 水", "机场路"), ("积水", "另一处")]
    done = take(plain(*rows, head=("问题", "地点")), office)
    assert [draft.twin_of for draft in done.read.drafts] == [
        "", "与工作表“问题清单”第 2 行相同", "",
    ]  # fmt: skip
    assert Case.objects.count() == 2


def test_what_is_over_is_no_twin(given, office):
    take(given, office)
    Case.objects.update(state=CaseState.DECLINED)
    assert len(take(given, office).cases) == 3


def test_only_who_manages_cases_may(given, clerk):
    with pytest.raises(NotPermitted):
        take(given, clerk)


def test_statements_do_not_grow_with_the_rows(office, bureau, housing):
    def statements(count: int) -> int:
        rows = [
            (f"问题{count}之{n}", f"地点{n}", "区城市管理局、区住房城乡建设局", "2021-09-30", "x")
            for n in range(count)
        ]
        with CaptureQueriesContext(
            connection,
        ) as made:
            take(plain(*rows, head=HEAD), office, dispatches=True)
        return len(made)

    statements(2)
    assert statements(20) == statements(10)
