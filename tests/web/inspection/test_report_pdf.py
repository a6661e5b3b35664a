"""测评报告 as PDF: asked for on the page, made by the worker, kept while it says what is so."""

import datetime
import json
import re

import pytest
from django_tasks_db.models import DBTaskResult

from chuangwen.audit.models import AuditEvent
from chuangwen.files.actions.sweeping import sweep_files
from chuangwen.files.models import StoredFile
from chuangwen.inspection.actions.findings import withdraw_findings
from chuangwen.inspection.actions.reporting import KEPT
from chuangwen.inspection.enums import ReportState
from chuangwen.inspection.models import Finding, Round, RoundReport, RoundSite
from chuangwen.inspection.models.reports import SILENCE
from chuangwen.kit import clock
from chuangwen.people.models import Account
from chuangwen.reports import round_pdf
from chuangwen.reports.official import round_report_document
from chuangwen.reports.round_pdf import make_round_pdf, present_facts
from tests.inspection.rounds.conftest import DAY, walk
from tests.reports.pdf.reading import opened, text_of
from tests.web.inspection.desk import browser, close, started

pytestmark = pytest.mark.django_db


@pytest.fixture
def walked(district, office) -> Round:
    """Six sites drawn, one passed, two failed, the others untested."""
    within = started(office, district)
    rows = list(RoundSite.objects.filter(round=within).select_related("checklist"))
    for place, failing in enumerate((set(), {0}, {0, 2})):
        walk(district, rows[place], failing=failing)
    return within


def run_worker() -> int:
    """Do what waits for the worker; return how much it was."""
    waiting = DBTaskResult.objects.filter(status="READY", task_path__endswith="make_round_pdf")
    number = 0
    for one in waiting:
        make_round_pdf.func(*one.args_kwargs["args"])
        DBTaskResult.objects.filter(pk=one.pk).update(status="SUCCESSFUL")
        number += 1
    return number


def ask(office, within) -> str:
    assert office.post(f"/rounds/{within.pk}/report/pdf/").status_code == 302
    return office.get(f"/rounds/{within.pk}/report/").content.decode()


def download(office, within) -> bytes:
    answer = office.get(f"/rounds/{within.pk}/report.pdf")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    return b"".join(answer.streaming_content)


def problems_in(content: bytes) -> int:
    """How many the headings of the units say."""
    return sum(int(number) for number in re.findall(r"（(\d+)个）", text_of(content)))


def test_from_the_button_to_the_pages(district, office, walked):
    page = office.get(f"/rounds/{walked.pk}/report/").content.decode()
    assert "生成 PDF" in page
    assert office.get(f"/rounds/{walked.pk}/report.pdf").status_code == 404
    page = ask(office, walked)
    assert "排队等待" in page
    assert f'hx-get="/rounds/{walked.pk}/report/pdf/state/"' in page
    assert run_worker() == 1
    fragment = office.get(f"/rounds/{walked.pk}/report/pdf/state/").content.decode()
    assert "下载 PDF" in fragment
    assert "hx-get" not in fragment
    content = download(office, walked)
    assert content.startswith(b"%PDF-")
    report = RoundReport.objects.get()
    assert report.pages == len(opened(content))
    events = AuditEvent.objects.filter(verb__startswith="round.report").values_list("verb")
    assert [verb for (verb,) in events.order_by("pk")] == [
        "round.report_asked",
        "round.report_made",
    ]


def test_it_says_what_the_word_file_says(district, office, walked):
    ask(office, walked)
    run_worker()
    text = text_of(download(office, walked))
    facts = present_facts(walked, district.office, photos=False)
    words = []
    for block in round_report_document(facts).blocks:
        words += [getattr(block, "text", "")]
        words += [cell for row in getattr(block, "rows", ()) for cell in row]
    said = [one.replace(" ", "") for one in words if one]
    assert len(said) > 40
    assert [one for one in said if one not in text.replace(" ", "")] == []
    assert "33.3%" in text  # one of three passed


def test_the_same_facts_are_set_once(district, office, walked):
    ask(office, walked)
    run_worker()
    assert "内容没有变化" in ask(office, walked)
    assert run_worker() == 0
    assert RoundReport.objects.count() == 1


def test_a_closed_rounds_report_is_kept_whatever_the_day(district, office, walked, settings):
    close(office, walked)
    ask(office, walked)
    run_worker()
    first = download(office, walked)
    settings.CHUANGWEN_TODAY = DAY.replace(day=29)
    assert "内容没有变化" in ask(office, walked)
    assert run_worker() == 0
    assert download(office, walked) == first


def test_other_facts_make_another_report_and_the_page_says_so(district, office, walked):
    close(office, walked)
    ask(office, walked)
    run_worker()
    assert problems_in(download(office, walked)) == 3
    finding = Finding.objects.order_by("number").first()
    withdraw_findings(
        versions={finding.pk: finding.version}, reason="不属于本单位", by=district.office
    )
    page = office.get(f"/rounds/{walked.pk}/report/").content.decode()
    assert "此后内容有变化，可以重新生成" in page
    ask(office, walked)
    assert run_worker() == 1
    assert RoundReport.objects.filter(state=ReportState.READY).count() == 2
    assert problems_in(download(office, walked)) == 2


def ask_with_other_facts(office, district, within, times) -> list[str]:
    """Ask again and again as findings come in; return the digests of the files that were made."""
    made = []
    for number in range(times):
        visit = Finding.objects.first().visit
        Finding.objects.create(
            visit=visit, round=within, number=900 + Finding.objects.count(), text=f"第{number}处",
            place="某处", found_on=DAY,
        )  # fmt: skip
        ask(office, within)
        assert run_worker() == 1
        made.append(RoundReport.objects.first().file.sha256)
    return made


def test_of_a_running_round_the_newest_reports_stay_and_older_files_are_swept(
    district, office, walked
):
    made = ask_with_other_facts(office, district, walked, KEPT + 2)
    assert len(set(made)) == KEPT + 2
    kept = RoundReport.objects.values_list("file__sha256", flat=True)
    assert list(kept) == made[: -KEPT - 1 : -1]
    event = AuditEvent.objects.filter(verb="round.report_made").latest("pk")
    assert event.changes["removed"] == 1
    StoredFile.objects.update(stored_at=clock.now() - datetime.timedelta(days=3))
    sweep_files(age=datetime.timedelta(days=2))
    left = set(StoredFile.objects.filter(sha256__in=made).values_list("sha256", flat=True))
    assert left == set(kept)
    assert download(office, walked).startswith(b"%PDF-")


def test_what_was_made_of_a_closed_round_stays(district, office, walked):
    ask_with_other_facts(office, district, walked, KEPT)
    close(office, walked)
    ask(office, walked)
    run_worker()
    assert RoundReport.objects.count() == KEPT + 1


def test_what_goes_wrong_is_told_and_can_be_asked_again(district, office, walked, monkeypatch):
    def broken(*_, **__):
        raise RuntimeError("no")

    ask(office, walked)
    with monkeypatch.context() as patch:
        patch.setattr(round_pdf, "make_pdf", broken)
        run_worker()
    page = office.get(f"/rounds/{walked.pk}/report/").content.decode()
    assert "生成时程序出错" in page
    ask(office, walked)
    assert run_worker() == 1
    assert RoundReport.objects.get().state == ReportState.READY


def test_who_has_left_gets_no_report(district, office, walked):
    ask(office, walked)
    Account.objects.filter(pk=district.office.account_id).update(is_active=False)
    run_worker()
    report = RoundReport.objects.get()
    assert report.state == ReportState.FAILED
    assert "停用" in report.problem


def test_a_worker_that_was_killed_is_not_waited_for_for_ever(district, office, walked):
    ask(office, walked)
    RoundReport.objects.update(state=ReportState.MAKING, asked_at=clock.now() - SILENCE * 2)
    assert "后台任务没有回音" in office.get(f"/rounds/{walked.pk}/report/").content.decode()
    DBTaskResult.objects.all().delete()
    ask(office, walked)
    assert run_worker() == 1


def test_two_that_ask_at_once_wait_for_one(district, office, walked):
    ask(office, walked)
    ask(office, walked)
    assert run_worker() == 1


def test_a_name_that_no_font_can_write_is_told_on_the_page(district, office, walked):
    Round.objects.filter(pk=walked.pk).update(name="𠮷祥模拟测评")
    ask(office, walked)
    run_worker()
    page = office.get(f"/rounds/{walked.pk}/report/").content.decode()
    assert "U+20BB7" in page
    assert "〓祥模拟测评情况（进行中）" in text_of(download(office, walked))


def test_units_get_no_report_of_the_whole_round(district, office, walked):
    clerk = browser(district.clerk)
    assert clerk.post(f"/rounds/{walked.pk}/report/pdf/").status_code == 403
    assert clerk.get(f"/rounds/{walked.pk}/report.pdf").status_code == 403
    assert not RoundReport.objects.exists()


def test_the_audit_log_holds_no_words_of_the_report(district, office, walked):
    ask(office, walked)
    run_worker()
    for event in AuditEvent.objects.filter(verb__startswith="round.report"):
        assert "有公益广告" not in json.dumps(event.changes, ensure_ascii=False)
