"""A step on one case, from its page. A refused form comes back as typed, also after somebody else
was faster."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from chuangwen.kit import typed
from chuangwen.kit.errors import IllegalTransition, Invalid, StaleEdit
from chuangwen.people.models import Unit
from chuangwen.people.permissions import Permission
from chuangwen.rectification.actions import checking, deadlines, deciding, dispatching, handling
from chuangwen.rectification.enums import Step
from chuangwen.rectification.models import Case
from chuangwen.rectification.queries import visible_cases
from chuangwen.rectification.queries.course import Course, course_of
from chuangwen.web.files.posted import Received, receive_uploads
from chuangwen.web.gate import ActorRequest, page
from chuangwen.web.loading import posted_version
from chuangwen.web.people.unit_forms import show_refusal
from chuangwen.web.rectification.case import Refused, shown
from chuangwen.web.rectification.forms import FORMS

ACT = (
    Permission.MANAGE_CASES,
    Permission.WORK_ON_CASES,
    Permission.VERIFY_CASES,
    Permission.CLOSE_CASES,
)


@dataclass
class Given:
    """What came with a step: the case and the version that was seen, the unit, the fields."""

    course: Course
    version: int
    unit: Unit | None
    fields: dict[str, Any]
    uploads: list[uuid.UUID]
    by: Any

    @property
    def held(self) -> dict[str, Any]:
        """Name the case, its version and who acts, as every action of one case wants them."""
        return {"case": self.course.case, "base_version": self.version, "by": self.by}

    @property
    def versions(self) -> dict[uuid.UUID, int]:
        """Name the case as the actions for many want it."""
        return {self.course.case.pk: self.version}

    @property
    def reason(self) -> str:
        """Return the words."""
        return str(self.fields.get("reason", ""))

    @property
    def own(self) -> dict[str, Any]:
        """The same as `held`, with the unit. Raises Invalid without one."""
        if self.unit is None:
            raise Invalid("没有说明以哪个单位办理。请用页面上的按钮。")
        return {**self.held, "unit": self.unit}


@page("POST", may=ACT)
def take(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Take the step that a form on the page of a case names."""
    course = course_of(request.actor, pk)
    step, unit = _named(request, course)
    received = Received()
    form = FORMS[step](request.POST, course=course)
    try:
        version = posted_version(request)
        if form.has_files:
            received = receive_uploads(request)
        if not form.is_valid():
            raise Invalid("没有填写完整，请看下面的提示。")
        received.raise_if_refused()
        given = Given(course, version, unit, form.cleaned_data, received.keys, request.actor)
        RUNS[step](given)
    except (Invalid, StaleEdit, IllegalTransition) as error:
        if isinstance(error, Invalid) and error.field in form.fields:
            show_refusal(form, error)
        refused = Refused(step, unit.pk if unit else None, form, error.message, received.uploads)
        context = shown(request, course_of(request.actor, pk), refused)
        return render(request, "rectification/case.html", context, status=error.status)
    messages.success(request, f"已办理：{step.label}。")
    return redirect("case", pk=pk)


def _named(request: ActorRequest, course: Course) -> tuple[Step, Unit | None]:
    """Return the step and the unit. Raises Invalid for none that there is."""
    raw = request.POST.get("step", "")
    if raw not in Step.values or Step(raw) not in RUNS:
        raise Invalid("没有说明要做什么。请用页面上的按钮。")
    key = typed.identifier(request.POST.get("unit", ""))
    units = {held.unit.pk: held.unit for held in course.shares}
    return Step(raw), units.get(key) if key else None


def _file(given: Given) -> None:
    deciding.file_cases(versions=given.versions, by=given.by)


def _decline(given: Given) -> None:
    deciding.decline_cases(versions=given.versions, reason=given.reason, by=given.by)


def _cancel(given: Given) -> None:
    deciding.cancel_cases(versions=given.versions, reason=given.reason, by=given.by)


def _merge(given: Given) -> None:
    keep = kept_case(given.by, given.fields["keep"])
    versions = {**given.versions, keep.pk: keep.version}
    deciding.merge_cases(keep=keep, versions=versions, reason=given.reason, by=given.by)


def kept_case(actor: Any, written: str) -> Case:
    """Return the case of a number as somebody writes it. Raises Invalid."""
    numbers = [int(part) for part in _digits(written)]
    found = None
    if len(numbers) == 2:
        year, serial = numbers
        found = visible_cases(actor).filter(year=year, serial=serial).first()
    if found is None:
        raise Invalid(f"没有编号为“{written}”的案卷。请核对编号。", field="keep")
    return found


def _digits(written: str) -> list[str]:
    spaced = "".join(one if one.isascii() and one.isdigit() else " " for one in written)
    parts = spaced.split()
    return parts if all(typed.whole_number(part) is not None for part in parts) else []


def _dispatch(given: Given) -> None:
    fields = given.fields
    dispatching.dispatch_cases(
        versions=given.versions,
        lead=fields["lead"],
        supporting=fields["supporting"],
        due_on=fields["due_on"],
        demand=given.reason,
        by=given.by,
    )


def _reassign(given: Given) -> None:
    fields = given.fields
    dispatching.reassign_case(
        **given.held,
        lead=fields["lead"],
        supporting=fields["supporting"],
        due_on=fields["due_on"],
        reason=given.reason,
    )


def _fail(given: Given) -> None:
    chosen = set(given.fields.get("units", ()))
    checking.fail_case(
        **given.held,
        units=[held.unit for held in given.course.shares if str(held.unit.pk) in chosen],
        due_on=given.fields["due_on"],
        text=given.reason,
        uploads=given.uploads,
    )


RUNS: dict[Step, Callable[[Given], Any]] = {
    Step.FILE: _file,
    Step.DECLINE: _decline,
    Step.RECONSIDER: lambda it: deciding.reconsider_case(**it.held, reason=it.reason),
    Step.DISPATCH: _dispatch,
    Step.REASSIGN: _reassign,
    Step.ACCEPT: lambda it: handling.accept_case(**it.own),
    Step.REFUSE: lambda it: handling.refuse_case(**it.own, reason=it.reason),
    Step.FINISH: lambda it: handling.finish_case(**it.own, text=it.reason, uploads=it.uploads),
    Step.RECALL: lambda it: handling.recall_case(**it.own, reason=it.reason),
    Step.PASS: lambda it: checking.pass_case(**it.held, text=it.reason, uploads=it.uploads),
    Step.FAIL: _fail,
    Step.RECHECK: lambda it: checking.recheck_case(**it.held, reason=it.reason),
    Step.CLOSE: lambda it: checking.close_case(**it.held, text=it.reason),
    Step.REOPEN: lambda it: checking.reopen_case(**it.held, reason=it.reason),
    Step.ASK_EXTENSION: lambda it: deadlines.ask_extension(
        **it.own, due_on=it.fields["due_on"], reason=it.reason
    ),
    Step.EXTEND: lambda it: deadlines.extend_case(
        **it.held, due_on=it.fields["due_on"], reason=it.reason
    ),
    Step.DENY_EXTENSION: lambda it: deadlines.deny_extension(**it.held, reason=it.reason),
    Step.SUSPEND: lambda it: deadlines.suspend_case(**it.held, reason=it.reason),
    Step.RESUME: lambda it: deadlines.resume_case(**it.held, reason=it.reason),
    Step.CANCEL: _cancel,
    Step.MERGE: _merge,
}
