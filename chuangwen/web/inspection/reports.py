"""测评报告 as .docx or .xlsx, and as a page to print or to save as PDF."""

import uuid

from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render

from chuangwen.inspection.enums import RoundState
from chuangwen.inspection.models import Round
from chuangwen.inspection.queries.visible import answers_of
from chuangwen.kit import clock
from chuangwen.kit.errors import IllegalTransition, NotFound
from chuangwen.people.permissions import Permission
from chuangwen.reports.official import round_report_document
from chuangwen.reports.round_facts import RoundFacts, ranked
from chuangwen.reports.round_report import round_facts
from chuangwen.reports.sheets.answers import answers_book, answers_csv
from chuangwen.reports.sheets.round_report import round_report_book
from chuangwen.web.gate import AccountRequest, page
from chuangwen.web.inspection.rounds import load_round
from chuangwen.web.people.downloads import as_download, attachment
from chuangwen.web.plan.exports import as_document_or_book

SUFFIXES = {"docx", "xlsx"}


@page(may=Permission.VIEW_DISTRICT)
def export(request: AccountRequest, pk: uuid.UUID, suffix: str) -> HttpResponse:
    """Send the report of a round."""
    within = _started(request, pk)
    if suffix not in SUFFIXES:
        raise NotFound("没有这种格式的报告。请选择 Word 或表格文件。")
    facts = _facts(request, within, photos=suffix == "docx")
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
    """Show the whole report on one page, which the browser prints or saves as PDF."""
    within = _started(request, pk)
    facts = _facts(request, within, photos=False)
    context = {
        "round": within,
        "facts": facts,
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


def _facts(request: AccountRequest, within: Round, *, photos: bool) -> RoundFacts:
    return round_facts(
        within=within,
        issuer=f"{request.user.tenant.name}创文办",
        as_of=clock.today(),
        viewer=request.actor,
        photos=photos,
    )
