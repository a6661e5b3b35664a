"""测评报告 as .docx, .pdf or .xlsx, and as a page to print."""

import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from chuangwen.inspection.enums import ReportState, RoundState
from chuangwen.inspection.models import Round, RoundReport
from chuangwen.inspection.queries.visible import answers_of
from chuangwen.kit import clock
from chuangwen.kit.errors import IllegalTransition, NotFound
from chuangwen.people.permissions import Permission
from chuangwen.reports.official import round_report_document
from chuangwen.reports.round_facts import conclusion, ranked
from chuangwen.reports.round_pdf import ask_round_pdf, facts_digest, present_facts
from chuangwen.reports.round_report import pictures_made
from chuangwen.reports.sheets.answers import answers_book, answers_csv
from chuangwen.reports.sheets.round_report import round_report_book
from chuangwen.web.files.serving import answer_with
from chuangwen.web.gate import AccountRequest, page
from chuangwen.web.inspection.rounds import load_round
from chuangwen.web.people.downloads import as_download, attachment
from chuangwen.web.plan.exports import as_document_or_book

SUFFIXES = {"docx", "xlsx"}  # PDF is made by the worker


@page(may=Permission.VIEW_DISTRICT)
def export(request: AccountRequest, pk: uuid.UUID, suffix: str) -> HttpResponseBase:
    """Send the report of a round; as PDF the latest that was made."""
    within = _started(request, pk)
    if suffix == "pdf":
        return _latest_pdf(request, within)
    if suffix not in SUFFIXES:
        raise NotFound("没有这种格式的报告。请选择 Word、PDF 或表格文件。")
    facts = present_facts(within, request.actor, photos=suffix == "docx")
    return as_document_or_book(
        suffix,
        facts.title,
        lambda: round_report_document(facts),
        lambda: round_report_book(facts),
    )


@page(may=Permission.VIEW_DISTRICT)
def export_answers(request: AccountRequest, pk: uuid.UUID, suffix: str) -> HttpResponseBase:
    """Send every answer of a round: CSV in pieces as it is read, or a workbook."""
    within = _started(request, pk)
    name, day = f"{within.name}测评项结果", clock.today()
    answers = answers_of(request.actor, within)
    if suffix == "csv":
        lines = answers_csv(answers)
        headers = attachment(f"{name}.csv")
        return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)
    if suffix != "xlsx":
        raise NotFound("没有这种格式。请选择 csv 或 xlsx。")
    return as_download(answers_book(answers, name, day), f"{name}.xlsx")


@page(may=Permission.VIEW_DISTRICT)
def show_report(request: AccountRequest, pk: uuid.UUID) -> HttpResponse:
    """Show the whole report on one page, and how far its PDF is."""
    within = _started(request, pk)
    facts = present_facts(within, request.actor, photos=False)
    latest = _latest(within)
    context = {
        **_pdf_state(latest),
        "pdf_is_current": latest is not None
        and latest.facts_digest == facts_digest(facts, pictures_made(within)),
        "round": within,
        "facts": facts,
        "conclusion": conclusion(facts),
        "rankings": (
            ("区级部门和单位", ranked(facts.departments)),
            ("街道、镇和社区", ranked(facts.streets)),
        ),
    }
    return render(request, "inspection/report.html", context)


def _started(request: AccountRequest, pk: uuid.UUID) -> Round:
    within = load_round(request, pk)
    if within.state == RoundState.DRAFT:
        raise IllegalTransition("本轮还没有启动，没有可以报告的结果。")
    return within


@page("POST", may=Permission.VIEW_DISTRICT)
def ask_pdf(request: AccountRequest, pk: uuid.UUID) -> HttpResponse:
    """Ask the worker for the report as it is now; one that says the same is not made again."""
    within = _started(request, pk)
    facts = present_facts(within, request.actor, photos=False)
    report = ask_round_pdf(within=within, facts=facts, by=request.actor)
    if report.state == ReportState.READY:
        messages.success(request, "内容没有变化，已有的 PDF 仍然有效。")
    return redirect("round-report", pk=pk)


@page(may=Permission.VIEW_DISTRICT)
def show_pdf_state(request: AccountRequest, pk: uuid.UUID) -> HttpResponse:
    """Send the state of the PDF alone: the page asks while it is being made."""
    within = _started(request, pk)
    context = {"round": within, "pdf_is_current": True, **_pdf_state(_latest(within))}
    return render(request, "inspection/_report_pdf.html", context)


def _latest(within: Round) -> RoundReport | None:
    return RoundReport.objects.filter(round=within).select_related("file").first()


def _pdf_state(report: RoundReport | None) -> dict[str, Any]:
    return {
        "pdf": report,
        "pdf_is_awaited": report is not None and report.waits and not report.is_silent,
        "pdf_is_ready": report is not None and report.state == ReportState.READY,
    }


def _latest_pdf(request: AccountRequest, within: Round) -> HttpResponseBase:
    made = RoundReport.objects.filter(round=within, state=ReportState.READY)
    report = made.select_related("file").first()
    if report is None or report.file is None:
        raise NotFound("还没有生成 PDF。请在“测评报告”页面点“生成 PDF”。")
    day = timezone.localtime(report.made_at).date() if report.made_at else clock.today()
    return answer_with(request, report.file, name=f"{within.name}测评报告{day:%Y%m%d}.pdf")
