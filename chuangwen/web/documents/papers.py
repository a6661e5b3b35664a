"""The papers: a list, one with its course, its words, and its text as it will be."""

import uuid
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import HttpResponse
from django.shortcuts import redirect, render

from chuangwen.documents.actions.drafting import edit_paper
from chuangwen.documents.enums import PaperKind, PaperState
from chuangwen.documents.models import OfficialPaper, PaperEvent
from chuangwen.documents.queries import paper_for, visible_papers
from chuangwen.documents.queries.visible import with_revocation, writers_of
from chuangwen.documents.rules import possible_steps
from chuangwen.kit import clock
from chuangwen.kit.asking import Asked
from chuangwen.kit.errors import IllegalTransition, Invalid, StaleEdit
from chuangwen.people.models import Account
from chuangwen.people.permissions import Permission
from chuangwen.reports.papers.counting import counted
from chuangwen.reports.papers.sections import Section
from chuangwen.web.documents.forms import PaperForm
from chuangwen.web.gate import ActorRequest, page
from chuangwen.web.loading import posted_version
from chuangwen.web.paging import page_of
from chuangwen.web.people.unit_forms import show_refusal

SEE = (Permission.VIEW_DISTRICT, Permission.VIEW_OWN_UNIT)
UNDER_WAY = (PaperState.WAITING, PaperState.MAKING)
MOST_ROWS = 500  # of all tables on the page; the files have all of them


@dataclass(frozen=True)
class PaperFilter(Asked):
    """What was asked of the list."""

    kind: str = ""
    state: str = ""
    q: str = ""


@page(may=SEE)
def list_papers(request: ActorRequest) -> HttpResponse:
    """List the papers that the viewer may see, newest first."""
    wanted = PaperFilter.read(request.GET.dict())
    actor = request.actor
    sees_drafts = any(map(actor.may_everywhere, (Permission.DRAFT_PAPERS, Permission.SIGN_PAPERS)))
    context = {
        "page": page_of(request, _listed(request, wanted)),
        "wanted": wanted,
        "kinds": PaperKind.choices,
        "states": PaperState.choices if sees_drafts else [],
        "may_draft": actor.may(Permission.DRAFT_PAPERS),
    }
    return render(request, "documents/papers.html", context)


def _listed(request: ActorRequest, wanted: PaperFilter) -> QuerySet[OfficialPaper]:
    papers = with_revocation(visible_papers(request.actor)).select_related("unit")
    if wanted.kind in PaperKind.values:
        papers = papers.filter(kind=wanted.kind)
    if wanted.state in PaperState.values:
        papers = papers.filter(state=wanted.state)
    if wanted.q:
        papers = papers.filter(title__icontains=wanted.q)
    return papers.order_by("-created_at", "-pk")


@page(may=SEE)
def show_paper(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Show one paper: how far it is, what can be done now, and what was done."""
    return render(request, "documents/paper.html", shown(request, paper_for(request.actor, pk)))


def shown(request: ActorRequest, paper: OfficialPaper, **more: Any) -> dict[str, Any]:
    """Return what the page of a paper needs. Two queries."""
    who = Account.objects.filter(pk=OuterRef("account_id")).values("name")
    rows: Any = PaperEvent.objects.filter(paper=paper).annotate(who=Subquery(who[:1]))
    is_revoked = bool(getattr(paper, "is_revoked", False))
    steps = possible_steps(request.actor, paper, writers_of(paper), is_revoked=is_revoked)
    return {
        "paper": paper,
        "steps": [step.value for step in steps],
        "events": rows.order_by("pk"),
        "is_revoked": is_revoked,
        "is_under_way": paper.state in UNDER_WAY,
        "sees_course": request.actor.may_everywhere(Permission.VIEW_DISTRICT),
        **more,
    }


@page(may=SEE)
def show_progress(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Send how far the making is, alone: the page asks while it is going on."""
    paper = paper_for(request.actor, pk)
    context = {"paper": paper, "is_under_way": paper.state in UNDER_WAY}
    answer = render(request, "documents/_progress.html", context)
    if not context["is_under_way"]:
        answer.headers["HX-Refresh"] = "true"
    return answer


@page(may=SEE)
def show_text(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Show the text: of a draft as it would be counted today, else as it was counted."""
    paper = paper_for(request.actor, pk, "body")
    body = paper.counted
    if body is None:
        paper.has_photos = False  # the page has none, and need not look for them
    sections = body.blocks if body else counted(paper, request.actor, clock.today())
    context = {"paper": paper, "body": body, "sections": _cut(sections), "day": clock.today()}
    return render(request, "documents/text.html", context)


def _cut(sections: list[Section]) -> list[Section]:
    """Leave of a long list the beginning, with how many rows more each table has."""
    found, room = [], MOST_ROWS
    for one in sections:
        blocks = []
        for block in one["blocks"]:
            rows = block.get("rows", [])
            blocks.append({**block, "rows": rows[:room], "more": len(rows) - room})
            room = max(room - len(rows), 0)
        found.append({"title": one["title"], "blocks": blocks})
    return found


@page("GET", "POST", may=Permission.DRAFT_PAPERS)
def edit(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Change the words of a draft; a form that somebody overtook comes back as typed."""
    paper = paper_for(request.actor, pk)
    if request.method == "GET" and paper.state != PaperState.DRAFT:
        raise IllegalTransition("这份公文已送审，不能修改。需要修改的，请先退回。")
    names = list(PaperForm().fields)
    form = PaperForm(request.POST or None, initial={name: getattr(paper, name) for name in names})
    context: dict[str, Any] = {"paper": paper, "form": form, "version": paper.version}
    if request.method == "POST" and form.is_valid():
        try:
            version = posted_version(request)
            edit_paper(paper=paper, base_version=version, words=form.words(), by=request.actor)
        except Invalid as error:
            show_refusal(form, error)
        except (StaleEdit, IllegalTransition) as error:
            context["problem"] = error.message
            return render(request, "documents/edit.html", context, status=error.status)
        else:
            messages.success(request, "已保存。")
            return redirect("paper", pk=pk)
    return render(request, "documents/edit.html", context, status=422 if form.errors else 200)
