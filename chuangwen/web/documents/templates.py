"""Templates: what the office lays down for each kind of paper, with a preview."""

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from chuangwen.documents.actions.templates import set_template
from chuangwen.documents.enums import PaperKind
from chuangwen.documents.models import PaperTemplate
from chuangwen.documents.wording import (
    COUNT,
    DISTRICT,
    PERIOD,
    TITLES,
    UNIT,
    Wording,
    filled,
    wording_of,
)
from chuangwen.kit import clock, typed
from chuangwen.kit.errors import Invalid, NotFound, StaleEdit
from chuangwen.people.permissions import Permission
from chuangwen.web.documents.forms import PLACE_HELP, TemplateForm
from chuangwen.web.gate import AccountRequest, ActorRequest, page
from chuangwen.web.people.unit_forms import show_refusal

MAY = Permission.DRAFT_PAPERS


@page(may=MAY)
def list_templates(request: ActorRequest) -> HttpResponse:
    """List the kinds, and which of them the office has laid down."""
    own = set(PaperTemplate.objects.values_list("kind", flat=True))
    kinds = [(kind.value, kind.label, kind.value in own) for kind in PaperKind]
    return render(request, "documents/templates.html", {"kinds": kinds})


@page("GET", "POST", may=MAY)
def change(request: AccountRequest, kind: str) -> HttpResponse:
    """Change a template, or look at it as typed before it is kept."""
    if kind not in PaperKind.values:
        raise NotFound("没有这种公文。请从“公文模板”进入。")
    of = PaperKind(kind)
    present = wording_of(of)
    version = PaperTemplate.objects.filter(kind=of).values_list("version", flat=True).first() or 0
    form = TemplateForm(request.POST or None, initial=asdict(present))
    is_good = form.is_bound and form.is_valid()
    context: dict[str, Any] = {
        "kind": of,
        "form": form,
        "version": version,
        "places": PLACE_HELP,
        "preview": _preview(of, form.wording() if is_good else present, request),
    }
    if is_good and "preview" not in request.POST:
        base = typed.whole_number(request.POST.get("version", ""))
        try:
            if base is None:
                raise Invalid("页面缺少版本信息。请刷新页面后重新提交。")
            set_template(kind=of, base_version=base, wording=form.wording(), by=request.actor)
        except Invalid as error:
            show_refusal(form, error)
        except StaleEdit as error:
            context["problem"] = error.message
            return render(request, "documents/template.html", context, status=error.status)
        else:
            messages.success(request, "已保存。此后起草的公文用新的文字，已起草的不变。")
            return redirect("paper-templates")
    return render(request, "documents/template.html", context, status=422 if form.errors else 200)


def _preview(kind: PaperKind, wording: Wording, request: AccountRequest) -> dict[str, str]:
    """The texts with their places filled in as an example."""
    day = clock.today()
    examples = {
        PERIOD: f"{day.year}年{day.month}月", UNIT: "（受文单位）", COUNT: "3",
        DISTRICT: request.user.tenant.name if request.user.tenant else "",
    }  # fmt: skip
    texts = {**asdict(wording), "title": TITLES[kind]}
    found = {name: filled(text, examples) for name, text in texts.items()}
    found["number"] = f"{found['series']}〔{day.year}〕1号"
    return found
