"""A step with a paper, from its page. A refused one says why, and keeps the words."""

import uuid
from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from chuangwen.documents.actions import deciding
from chuangwen.documents.enums import PaperStep
from chuangwen.documents.models import OfficialPaper
from chuangwen.documents.queries import paper_for
from chuangwen.kit import clock
from chuangwen.kit.errors import IllegalTransition, Invalid, StaleEdit
from chuangwen.people.permissions import Permission
from chuangwen.reports.papers.counting import counted
from chuangwen.web.documents.papers import shown
from chuangwen.web.gate import ActorRequest, page
from chuangwen.web.loading import posted_version

ACT = (Permission.DRAFT_PAPERS, Permission.SIGN_PAPERS)
Run = Callable[[ActorRequest, OfficialPaper, int], object]


@page("POST", may=ACT)
def take(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Take the step that a form on the page of a paper names."""
    paper = paper_for(request.actor, pk)
    raw = request.POST.get("step", "")
    try:
        if raw not in RUNS:
            raise Invalid("没有说明要做什么。请用页面上的按钮。")
        RUNS[raw](request, paper, posted_version(request))
    except (Invalid, StaleEdit, IllegalTransition) as error:
        refused = {"problem": error.message, "typed": request.POST}
        context = shown(request, paper_for(request.actor, pk), **refused)
        return render(request, "documents/paper.html", context, status=error.status)
    messages.success(request, f"已办理：{PaperStep(raw).label}。")
    return redirect("paper", pk=pk)


def _submit(request: ActorRequest, paper: OfficialPaper, version: int) -> None:
    day = clock.today()
    deciding.submit_paper(
        paper=paper, base_version=version, as_of=day,
        blocks=counted(paper, request.actor, day), by=request.actor,
    )  # fmt: skip


def _sign(request: ActorRequest, paper: OfficialPaper, version: int) -> None:
    deciding.sign_paper(paper=paper, base_version=version, by=request.actor)


def _issue(request: ActorRequest, paper: OfficialPaper, version: int) -> None:
    own = request.build_absolute_uri("/").rstrip("/")
    deciding.issue_paper(
        paper=paper, base_version=version, by=request.actor,
        site_address=settings.CHUANGWEN_ADDRESS or own,
    )  # fmt: skip


def _retry(request: ActorRequest, paper: OfficialPaper, version: int) -> None:
    deciding.retry_paper(paper=paper, base_version=version, by=request.actor)


def _with_reason(action: Callable[..., object]) -> Run:
    def run(request: ActorRequest, paper: OfficialPaper, version: int) -> None:
        reason = request.POST.get("reason", "")
        action(paper=paper, base_version=version, reason=reason, by=request.actor)

    return run


RUNS: dict[str, Run] = {
    PaperStep.SUBMIT.value: _submit,
    PaperStep.SIGN.value: _sign,
    PaperStep.ISSUE.value: _issue,
    PaperStep.RETRY.value: _retry,
    PaperStep.RETURN.value: _with_reason(deciding.return_paper),
    PaperStep.WITHDRAW.value: _with_reason(deciding.withdraw_paper),
    PaperStep.REVOKE.value: _with_reason(deciding.revoke_paper),
}
