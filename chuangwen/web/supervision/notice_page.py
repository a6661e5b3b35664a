"""The page of one 督办单, and the steps that are taken from it."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from chuangwen.files.models import Upload
from chuangwen.kit import clock
from chuangwen.kit.errors import IllegalTransition, Invalid, StaleEdit
from chuangwen.people.permissions import Permission
from chuangwen.supervision.actions import answering, notices
from chuangwen.supervision.enums import NoticeState, NoticeStep
from chuangwen.supervision.queries.notices import Course, course_of_notice, notice_for
from chuangwen.supervision.rules import possible_steps
from chuangwen.supervision.workflow import OWED
from chuangwen.web.files.posted import Received, receive_uploads
from chuangwen.web.gate import ActorRequest, page
from chuangwen.web.loading import posted_version
from chuangwen.web.supervision.notice_forms import FORMS, StepForm, refused

SEE = (Permission.VIEW_DISTRICT, Permission.VIEW_OWN_UNIT)
ACT = (Permission.MANAGE_SUPERVISION, Permission.ANSWER_SUPERVISION)
TONES = {
    NoticeState.DRAFT: "neutral",
    NoticeState.SERVED: "warning",
    NoticeState.RECEIPTED: "warning",
    NoticeState.ANSWERED: "info",
    NoticeState.RETURNED: "danger",
    NoticeState.ACCEPTED: "info",
    NoticeState.CLOSED: "success",
    NoticeState.WITHDRAWN: "neutral",
}
FOLDED = (NoticeStep.RETURN, NoticeStep.WITHDRAW)


@dataclass(frozen=True)
class Offer:
    """A step with its form."""

    step: NoticeStep
    form: StepForm
    is_open: bool
    problem: str = ""
    uploads: Sequence[Upload] = ()


@dataclass(frozen=True)
class Refused:
    """A form that was not accepted; it is shown again as typed."""

    step: NoticeStep
    form: StepForm
    problem: str
    uploads: Sequence[Upload]


def shown(request: ActorRequest, course: Course, back: Refused | None = None) -> dict[str, Any]:
    """Return what the page shows; a refused form in its place."""
    notice, actor = course.notice, request.actor
    offers = [_offer(step, back) for step in possible_steps(actor, notice)]
    is_lost = back is not None and back.step not in [offer.step for offer in offers]
    return {
        "notice": notice,
        "tone": TONES[NoticeState(notice.state)],
        "is_late": notice.state in OWED
        and notice.due_on is not None
        and notice.due_on < clock.today(),
        "cases": course.cases,
        "events": [(event, course.files.get(event.pk, [])) for event in course.events],
        "offers": offers,
        "refused": back,
        "lost": back.form.data.get("text") or back.form.data.get("reason")
        if back is not None and is_lost
        else "",
        "may_edit": actor.may_everywhere(Permission.MANAGE_SUPERVISION)
        and notice.state == NoticeState.DRAFT,
        "sees_originals": actor.may_everywhere(Permission.MANAGE_SUPERVISION)
        or notice.unit_id in actor.unit_ids,
    }


def _offer(step: NoticeStep, back: Refused | None) -> Offer:
    if back is not None and back.step == step:
        return Offer(step, back.form, True, back.problem, back.uploads)
    return Offer(step, FORMS[step](auto_id=f"{step.value}-%s"), step not in FOLDED)


@page("POST", may=ACT)
def take(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Take the step that a form on the page names."""
    notice = notice_for(request.actor, pk)
    raw = request.POST.get("step", "")
    if raw not in NoticeStep.values or NoticeStep(raw) not in RUNS:
        raise Invalid("没有说明要做什么。请用页面上的按钮。")
    step, received = NoticeStep(raw), Received()
    form = FORMS[step](request.POST, auto_id=f"{raw}-%s")
    try:
        if form.has_files:
            received = receive_uploads(request)
        if not form.is_valid():
            raise Invalid("没有填写完整，请看下面的提示。")
        received.raise_if_refused()
        held = {
            "notice": notice, "base_version": posted_version(request), "by": request.actor,
        }  # fmt: skip
        RUNS[step](held, form.cleaned_data, received.keys)
    except (Invalid, StaleEdit, IllegalTransition) as error:
        status = refused(form, error)
        back = Refused(step, form, error.message, received.uploads)
        context = shown(request, course_of_notice(request.actor, pk), back)
        return render(request, "supervision/notice.html", context, status=status)
    messages.success(request, f"已办理：{step.label}。")
    return redirect("supervision-notice", pk=pk)


Run = Callable[[dict[str, Any], dict[str, Any], list[uuid.UUID]], Any]
RUNS: dict[NoticeStep, Run] = {
    NoticeStep.SERVE: lambda held, given, files: notices.serve_notice(**held),
    NoticeStep.RECEIPT: lambda held, given, files: answering.receipt_notice(**held),
    NoticeStep.ANSWER: lambda held, given, files: answering.answer_notice(
        **held, **given, uploads=files
    ),
    NoticeStep.ACCEPT: lambda held, given, files: notices.accept_answer(**held, **given),
    NoticeStep.RETURN: lambda held, given, files: notices.return_answer(**held, **given),
    NoticeStep.CLOSE: lambda held, given, files: notices.close_notice(**held, **given),
    NoticeStep.WITHDRAW: lambda held, given, files: notices.withdraw_notice(**held, **given),
}
