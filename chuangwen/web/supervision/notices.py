"""督办单: the list and its export, drafting, the page of one, and its document."""

import io
import uuid
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from chuangwen.kit import clock, typed
from chuangwen.kit.errors import IllegalTransition, Invalid, NotFound, StaleEdit
from chuangwen.people.models import Unit
from chuangwen.people.permissions import Permission
from chuangwen.rectification.models import Case
from chuangwen.rectification.queries import visible_cases
from chuangwen.reports.official import write_docx
from chuangwen.reports.official.supervision_notice import supervision_notice_document
from chuangwen.reports.pdf import make_pdf
from chuangwen.reports.sheets.supervision_notices import TITLE, supervision_notices_book
from chuangwen.reports.supervision_notice import supervision_facts
from chuangwen.sites.queries.listing import choices_for
from chuangwen.supervision.actions.notices import MOST_CASES, Draft, draft_notice, edit_notice
from chuangwen.supervision.enums import NoticeState
from chuangwen.supervision.queries.notices import (
    LIGHTS,
    NoticeFilter,
    course_of_notice,
    list_of_notices,
    notice_for,
)
from chuangwen.web.gate import ActorRequest, page
from chuangwen.web.loading import posted_version
from chuangwen.web.paging import page_of
from chuangwen.web.people.downloads import as_download, attachment
from chuangwen.web.people.unit_forms import unit_names
from chuangwen.web.plan.exports import DOCX
from chuangwen.web.supervision.notice_forms import DraftForm, refused
from chuangwen.web.supervision.notice_page import SEE, TONES, shown

MANAGE = Permission.MANAGE_SUPERVISION
PDF = "application/pdf"


@page(may=SEE)
def list_notices(request: ActorRequest) -> HttpResponse:
    """List the 督办单 that the viewer may see; every filter stands in the address."""
    actor, day = request.actor, clock.today()
    wanted = NoticeFilter.read(request.GET.dict())
    found = page_of(request, list_of_notices(actor, wanted, day))
    context: dict[str, Any] = {
        "page": found,
        "rows": [(one, TONES[NoticeState(one.state)]) for one in found.rows],
        "wanted": wanted,
        "states": NoticeState.choices,
        "lights": LIGHTS,
        "choices": choices_for(actor),
        "parameters": request.GET.urlencode(),
        "may_manage": actor.may(MANAGE),
        "day": day,
    }
    return render(request, "supervision/notices.html", context)


@page(may=SEE)
def export_notices(request: ActorRequest) -> HttpResponseBase:
    """Send the list as filtered."""
    day = clock.today()
    wanted = NoticeFilter.read(request.GET.dict())
    rows = list_of_notices(request.actor, wanted, day).iterator(500)
    return as_download(supervision_notices_book(rows, day), f"{TITLE}{day:%Y%m%d}.xlsx")


@page("GET", "POST", may=MANAGE)
def draft(request: ActorRequest) -> HttpResponse:
    """Draft a 督办单 about the cases that were ticked, or a subject of its own."""
    is_sent = request.method == "POST"
    cases = _ticked(request)
    form = DraftForm(request.POST if is_sent else None, initial=_proposed(cases))
    status = 200
    if is_sent:
        try:
            notice = draft_notice(
                draft=_draft(form), case_ids=[case.pk for case in cases], by=request.actor
            )
        except Invalid as error:
            status = refused(form, error)
        else:
            messages.success(request, "已起草。核对后下达，下达时编号。")
            return redirect("supervision-notice", pk=notice.pk)
    context = {"form": form, "cases": cases, "unit_names": unit_names()}
    return render(request, "supervision/notice_form.html", context, status=status)


@page("GET", "POST", may=MANAGE)
def edit(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Change a draft."""
    is_sent = request.method == "POST"
    notice = notice_for(request.actor, pk)
    if notice.state != NoticeState.DRAFT and not is_sent:
        raise IllegalTransition("这份督办单已下达或撤回，不能再改。如有错误，请撤回后重新起草。")
    names = ("title", "text", "demands", "answer_days")
    initial = {name: getattr(notice, name) for name in names} | {"unit": notice.unit.name}
    form = DraftForm(request.POST if is_sent else None, initial=initial)
    status = 200
    if is_sent:
        try:
            wanted = _draft(form)
            version = posted_version(request)
            edit_notice(notice=notice, base_version=version, draft=wanted, by=request.actor)
        except (Invalid, StaleEdit, IllegalTransition) as error:
            status = refused(form, error)
        else:
            messages.success(request, "已保存。")
            return redirect("supervision-notice", pk=pk)
    context = {"form": form, "notice": notice, "cases": (), "unit_names": unit_names()}
    return render(request, "supervision/notice_form.html", context, status=status)


@page(may=SEE)
def show_notice(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Show a 督办单 with its course, and what the viewer may do now."""
    context = shown(request, course_of_notice(request.actor, pk))
    return render(request, "supervision/notice.html", context)


@page(may=SEE)
def document(request: ActorRequest, pk: uuid.UUID, suffix: str) -> HttpResponseBase:
    """Send it as an official document, .docx or .pdf."""
    course = course_of_notice(request.actor, pk)
    if suffix not in {"docx", "pdf"}:
        raise NotFound("没有这种格式。请选择 Word 或 PDF。")
    made = supervision_notice_document(supervision_facts(course, request.actor))
    headers = attachment(f"{course.notice.number or '督办单草稿'}.{suffix}")
    if suffix == "pdf":
        content = make_pdf(made, fonts=settings.CHUANGWEN_FONTS).content
        return HttpResponse(content, content_type=PDF, headers=headers)
    target = io.BytesIO()
    write_docx(made, target)
    return HttpResponse(target.getvalue(), content_type=DOCX, headers=headers)


def _ticked(request: ActorRequest) -> list[Case]:
    """Return the visible cases that were ticked. Raises Invalid for nonsense and too many."""
    given = request.POST if request.method == "POST" else request.GET
    keys = {typed.identifier(raw.partition(":")[0]) for raw in given.getlist("case")}
    if None in keys or len(keys) > MOST_CASES:
        raise Invalid(f"勾选的问题无法识别，或超过 {MOST_CASES} 个。请返回清单重新勾选。")
    cases = visible_cases(request.actor).filter(pk__in=[key for key in keys if key])
    found = list(cases.select_related("lead").order_by("owed_on", "pk"))
    if len(found) != len(keys):
        raise Invalid("有问题已不存在。请返回清单，刷新后重新勾选。")
    return found


def _proposed(cases: list[Case]) -> dict[str, Any]:
    """Return what the ticked cases propose: their one leading unit, and the subject."""
    leads = {case.lead.name for case in cases if case.lead}
    initial: dict[str, Any] = {"answer_days": 5}
    if len(leads) == 1:
        initial["unit"] = leads.pop()
    if cases:
        late = [case for case in cases if case.owed_on < clock.today()]
        what = f"{len(late)}个超期问题" if late else f"{len(cases)}个问题"
        initial["title"] = f"关于限期整改{what}的督办通知"
    return initial


def _draft(form: DraftForm) -> Draft:
    """Return what was typed. Raises Invalid when the form is not complete."""
    if not form.is_valid():
        raise Invalid("没有填写完整，请看下面的提示。")
    given = form.cleaned_data
    unit: Unit = given["unit"]
    return Draft(
        unit=unit,
        title=given["title"],
        text=given["text"],
        demands=given["demands"],
        answer_days=given["answer_days"],
    )
