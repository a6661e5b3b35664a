"""测评报告 as PDF: asked for on a page, set by the worker, kept with the digest of its facts."""

import dataclasses
import hashlib
import json
import logging
import uuid

import pypdfium2
from django.conf import settings
from django.db import DatabaseError
from django_tasks import task

from chuangwen.inspection.actions.reporting import ask_report, keep_report
from chuangwen.inspection.enums import ReportState
from chuangwen.inspection.models import Round, RoundReport
from chuangwen.kit import clock
from chuangwen.kit.errors import ChuangwenError
from chuangwen.people.actors import Actor
from chuangwen.people.queries import actor_behind
from chuangwen.reports.official import round_report_document
from chuangwen.reports.pdf import make_pdf
from chuangwen.reports.pdf.faces import FontsMissing
from chuangwen.reports.round_facts import RoundFacts
from chuangwen.reports.round_report import pictures_made, round_facts
from chuangwen.tenancy.models import Tenant
from chuangwen.tenancy.scope import tenant_scope

logger = logging.getLogger(__name__)
DEFECT = "生成时程序出错。请重试；仍不成功请联系系统管理员查看后台任务的日志。"
DISMISSED = "申请人的账号已停用，没有生成。请由在岗人员重新申请。"


def facts_digest(facts: RoundFacts, pictures: int) -> str:
    """Return one value for all that a report says, and for how many pictures there are to show.

    A closed round's report does not change with the day on which it is made.
    """
    said = dataclasses.asdict(facts)
    del said["left_out_photos"]  # follows from the pictures
    if facts.is_closed:
        del said["as_of"]
    for unit in said["problems"]:
        for problem in unit["problems"]:
            del problem["photos"]
    text = json.dumps([said, pictures], ensure_ascii=False, default=str, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def present_facts(within: Round, viewer: Actor, *, photos: bool) -> RoundFacts:
    """Return the facts of a report that is made today."""
    district = Tenant.objects.get(pk=viewer.tenant_id)
    return round_facts(
        within=within,
        issuer=f"{district.name}创文办",
        as_of=clock.today(),
        viewer=viewer,
        photos=photos,
    )


def ask_round_pdf(*, within: Round, facts: RoundFacts, by: Actor) -> RoundReport:
    """Ask for the report of these facts; the worker makes it unless it is there or under way."""
    digest = facts_digest(facts, pictures_made(within))
    report, is_wanted = ask_report(within=within, facts_digest=digest, by=by)
    if is_wanted:
        make_round_pdf.enqueue(str(report.tenant_id), str(report.pk))
    return report


@task()
def make_round_pdf(tenant_id: str, report_id: str) -> None:
    """Set the pages of a report that was asked for. What goes wrong is told in its row."""
    with tenant_scope(uuid.UUID(tenant_id)):
        wanted = RoundReport.objects.filter(pk=report_id).exclude(state=ReportState.READY)
        if not wanted.update(state=ReportState.MAKING):
            return  # it was made meanwhile
        report = wanted.select_related("round__framework_version", "round__earlier").get()
        try:
            _make(report)
        except DatabaseError:
            raise
        except (ChuangwenError, FontsMissing) as error:
            _give_up(report, str(error))
        except Exception:
            logger.exception("report %s failed", report.pk)
            _give_up(report, DEFECT)


def _make(report: RoundReport) -> None:
    by = actor_behind(report.account_id)
    if by is None:
        raise ChuangwenError(DISMISSED)
    facts = present_facts(report.round, by, photos=True)
    # Findings may have been withdrawn since it was asked for: it is kept as what it has become.
    digest = facts_digest(facts, pictures_made(report.round))
    made = make_pdf(round_report_document(facts), fonts=settings.CHUANGWEN_FONTS)
    if digest != report.facts_digest:
        other, _ = ask_report(within=report.round, facts_digest=digest, by=by)
        RoundReport.objects.filter(pk=report.pk).delete()
        report = other
        if report.state == ReportState.READY:
            return
    missing = "、".join(f"U+{ord(one):04X}（{count}处）" for one, count in made.missing.items())
    pages = len(pypdfium2.PdfDocument(made.content))
    keep_report(report=report, content=made.content, pages=pages, missing=missing, by=by)


def _give_up(report: RoundReport, problem: str) -> None:
    RoundReport.objects.filter(pk=report.pk).update(state=ReportState.FAILED, problem=problem)
