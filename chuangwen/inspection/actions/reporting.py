"""Asking for a round's report as PDF, and keeping it; the room of reports sets the pages."""

from django.db import transaction

from chuangwen.audit.actions import record
from chuangwen.files.actions.storing import store_file
from chuangwen.inspection.enums import ReportState, RoundState
from chuangwen.inspection.models import Round, RoundReport
from chuangwen.kit import clock
from chuangwen.kit.errors import IllegalTransition
from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission

KEPT = 3  # of a running round: today's, and what it was compared with


@transaction.atomic
def ask_report(*, within: Round, facts_digest: str, by: Actor) -> tuple[RoundReport, bool]:
    """Note that the report of these facts is wanted; return it and whether it has to be made.

    One that is there or under way is not made again; one that failed or fell silent is. Raises
    IllegalTransition for a round that has not been started.
    """
    by.require(Permission.VIEW_DISTRICT)
    if by.account_id is None:
        raise ValueError("a report is asked for by somebody: it says what he may see")
    if within.state == RoundState.DRAFT:
        raise IllegalTransition("本轮还没有启动，没有可以报告的结果。")
    report, is_new = RoundReport.objects.get_or_create(
        round=within,
        facts_digest=facts_digest,
        defaults={"account_id": by.account_id, "asked_at": clock.now()},
    )
    if not is_new:
        report = RoundReport.objects.select_for_update().get(pk=report.pk)
        if report.state != ReportState.FAILED and not report.is_silent:
            return report, False
        report.state, report.problem = ReportState.WAITING, ""
        report.account_id, report.asked_at = by.account_id, clock.now()
        report.save(update_fields=["state", "problem", "account", "asked_at"])
    record(by=by, verb="round.report_asked", on=within, facts_digest=facts_digest)
    return report, True


@transaction.atomic
def keep_report(
    *, report: RoundReport, content: bytes, pages: int, missing: str, by: Actor
) -> RoundReport:
    """Keep the pages of a report that was asked for; its event names the file by its hash.

    A running round's numbers change by the hour: of its reports the newest KEPT stay, the rest go,
    and their files with the next sweep. What was made of a closed round stays.
    """
    by.require(Permission.VIEW_DISTRICT)
    stored = store_file(content=content, name="测评报告.pdf", by=by, any_kind=True)
    report.file, report.state, report.made_at = stored, ReportState.READY, clock.now()
    report.pages, report.missing, report.problem = pages, missing, ""
    report.save(update_fields=["file", "state", "made_at", "pages", "missing", "problem"])
    removed = _remove_older(report.round)
    record(
        by=by, verb="round.report_made", on=report.round, sha256=stored.sha256, pages=pages,
        **({"removed": removed} if removed else {}),
    )  # fmt: skip
    return report


def _remove_older(within: Round) -> int:
    if not Round.objects.filter(pk=within.pk, state=RoundState.RUNNING).exists():
        return 0
    newest = RoundReport.objects.filter(round=within).order_by("-asked_at", "-pk")
    older = list(newest.values_list("pk", flat=True)[KEPT:])
    done = (ReportState.READY, ReportState.FAILED)
    return RoundReport.objects.filter(pk__in=older, state__in=done).delete()[0]
