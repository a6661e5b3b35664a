"""One case: its facts, photos before and after, its course, and who may do what now."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render

from chuangwen.files.models import Upload
from chuangwen.inspection.queries.visible import visible_findings, visible_visits
from chuangwen.kit import clock
from chuangwen.kit.clock import SHANGHAI
from chuangwen.kit.errors import NotFound
from chuangwen.people.permissions import Permission
from chuangwen.rectification.enums import CaseState, ShareState, Step
from chuangwen.rectification.models import CaseEvent
from chuangwen.rectification.queries import case_for
from chuangwen.rectification.queries.course import Course, course_of
from chuangwen.rectification.rules import HANDLING, Possible, possible_steps
from chuangwen.rectification.workflow import WITH_UNITS
from chuangwen.supervision.queries.ladder import steps_of
from chuangwen.web.gate import ActorRequest, page
from chuangwen.web.people.unit_forms import unit_names
from chuangwen.web.rectification.forms import FORMS, StepForm

SEE = (Permission.VIEW_DISTRICT, Permission.VIEW_OWN_UNIT)
# What mostly comes next, open on the page; the rest is folded.
USUAL = (
    Step.FILE, Step.DISPATCH, Step.ACCEPT, Step.FINISH, Step.PASS, Step.CLOSE, Step.RESUME,
)  # fmt: skip
# The order in which steps stand: what goes on before what ends it, units' own first.
ORDER = (
    Step.ACCEPT, Step.FINISH, Step.FILE, Step.DISPATCH, Step.PASS, Step.FAIL, Step.CLOSE,
    Step.EXTEND, Step.DENY_EXTENSION, Step.RESUME, Step.REFUSE, Step.ASK_EXTENSION, Step.RECALL,
    Step.RECHECK, Step.REASSIGN, Step.REOPEN, Step.RECONSIDER, Step.SUSPEND, Step.DECLINE,
    Step.MERGE, Step.CANCEL,
)  # fmt: skip
NAMES_UNITS = (Step.DISPATCH, Step.REASSIGN)
GRAVE = (Step.DECLINE, Step.CANCEL, Step.MERGE)
TONES = {
    CaseState.REPORTED: "info",
    CaseState.FILED: "info",
    CaseState.DISPATCHED: "warning",
    CaseState.HANDLING: "warning",
    CaseState.REWORK: "danger",
    CaseState.SUBMITTED: "info",
    CaseState.VERIFIED: "info",
    CaseState.CLOSED: "success",
}
SHARE_TONES = {
    ShareState.ASSIGNED: "warning",
    ShareState.ACCEPTED: "warning",
    ShareState.DONE: "success",
    ShareState.REWORK: "danger",
}


@dataclass(frozen=True)
class Refused:
    """A form that was not accepted: it is shown again as typed, with what is wrong."""

    step: Step
    unit: uuid.UUID | None
    form: StepForm
    problem: str
    uploads: Sequence[Upload]


@dataclass(frozen=True)
class Offer:
    """A step with its form, as the page offers it."""

    step: Step
    label: str
    unit: uuid.UUID | None
    form: StepForm
    mark: str
    is_open: bool
    is_grave: bool
    problem: str = ""
    uploads: Sequence[Upload] = ()


@page(may=SEE)
def show_case(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Show a case."""
    return render(request, "rectification/case.html", shown(request, course_of(request.actor, pk)))


@page(may=SEE)
def show_origin(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Lead to the visit that found the problem, where the viewer may see it."""
    case = case_for(request.actor, pk)
    found = visible_findings(request.actor).filter(pk__in=[case.origin_id])
    visits = visible_visits(request.actor).filter(pk__in=found.order_by().values("visit_id"))
    visit = visits.first()
    if visit is None:
        raise NotFound("没有找到这个问题的测评记录。可能不是测评发现的，或不属于您的单位。")
    return redirect("visit", pk=visit.pk)


def shown(request: ActorRequest, course: Course, refused: Refused | None = None) -> dict[str, Any]:
    """Return what the page of a case shows; a refused form in its place."""
    case, life, actor = course.case, course.life, request.actor
    handlers = {event.account_id for event in course.events if event.step in HANDLING}
    possible = possible_steps(actor, life, handlers)
    possible.sort(key=lambda one: ORDER.index(one.step))
    offers = [_offer(one, course, refused) for one in possible]
    is_lost = refused is not None and not any(offer.problem for offer in offers)
    day = clock.today()
    return {
        "case": case,
        "life": life,
        "tone": TONES.get(life.state, "neutral"),
        "day": day,
        "is_late": life.state in WITH_UNITS
        and life.suspended_on is None
        and life.due_on is not None
        and life.due_on < day,
        "shares": [(held, SHARE_TONES.get(held.share.state, "neutral")) for held in course.shares],
        "before": course.before,
        "after": course.after,
        "events": [(_told(event), course.photos.get(event.pk, [])) for event in course.events],
        "climbed": steps_of(case),
        "offers": offers,
        "refused": refused,
        # What was typed into a form that is no longer there: to be copied, not lost.
        "lost": _typed(refused.form) if refused is not None and is_lost else [],
        "sees_all": actor.may_everywhere(Permission.VIEW_DISTRICT),
        "sees_originals": actor.may_everywhere(Permission.VERIFY_CASES)
        or any(held.unit.pk in actor.unit_ids for held in course.shares),
        "unit_names": unit_names() if any(o.step in NAMES_UNITS for o in offers) else [],
    }


def _offer(one: Possible, course: Course, refused: Refused | None) -> Offer:
    units = {held.unit.pk: held.unit.name for held in course.shares}
    several = len(course.life.live) > 1 and one.unit is not None
    label = f"{one.step.label}（{units[one.unit]}）" if several and one.unit else one.step.label
    is_refused = refused is not None and (refused.step, refused.unit) == (one.step, one.unit)
    mark = f"{one.step.value}-{one.unit or 'office'}"
    # An extension that somebody waits for is as usual as what comes next.
    waits = course.life.wanted_due_on is not None and one.step == Step.EXTEND
    is_usual = one.step in USUAL or waits
    return Offer(
        step=one.step,
        label=str(label),
        unit=one.unit,
        form=refused.form if refused and is_refused else _new_form(one.step, course, mark),
        mark=mark,
        is_open=is_refused or (refused is None and is_usual),
        is_grave=one.step in GRAVE,
        problem=refused.problem if refused and is_refused else "",
        uploads=refused.uploads if refused and is_refused else (),
    )


def _new_form(step: Step, course: Course, mark: str) -> StepForm:
    return FORMS[step](course=course, auto_id=f"{mark}-%s")


def _typed(form: StepForm) -> list[tuple[str, str]]:
    return [
        (str(form.fields[name].label), str(value))
        for name in form.fields
        if (value := form.data.get(name))
    ]


def _told(event: CaseEvent) -> dict[str, Any]:
    given = "、".join(f"{row.unit.name}（{row.get_kind_display()}）" for row in event.units.all())
    parts = [given, f"时限 {event.due_on}" if event.due_on else "", event.text]
    if event.other is not None:
        parts.append(str(event.other))
    who = getattr(event, "who", None) or "系统"
    recorded = event.recorded_at.astimezone(SHANGHAI)
    # Where the day is pinned, as in the demonstration, the hour would be that of another day.
    hour = f" {recorded:%H:%M}" if recorded.date() == event.day else ""
    return {
        "when": f"{event.day}{hour}",
        "title": event.get_step_display(),
        "who": f"{event.unit.name} {who}" if event.unit else who,
        "text": "\n".join(part for part in parts if part),
        "other": event.other_id,
    }
