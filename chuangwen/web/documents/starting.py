"""Beginning a paper: a report of a period, or a 整改通知书 about the cases that were ticked."""

import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from chuangwen.documents.actions.drafting import draft_notice, draft_report
from chuangwen.documents.enums import PaperKind
from chuangwen.kit import clock
from chuangwen.kit.errors import IllegalTransition, Invalid
from chuangwen.people.permissions import Permission
from chuangwen.rectification.actions.holding import MOST_AT_ONCE
from chuangwen.rectification.queries import visible_cases
from chuangwen.web.documents.forms import PeriodForm
from chuangwen.web.gate import ActorRequest, page
from chuangwen.web.loading import ticked_versions
from chuangwen.web.people.unit_forms import show_refusal

MAY = Permission.DRAFT_PAPERS
SENT_BACK = "页面内容不完整。请返回清单重新勾选。"


@page("GET", "POST", may=MAY)
def begin(request: ActorRequest) -> HttpResponse:
    """Begin a 通报 or 月度总结 of a period; last month is proposed."""
    last = clock.today().replace(day=1) - datetime.timedelta(days=1)
    initial = {"kind": request.GET.get("kind", ""), "since": last.replace(day=1), "until": last}
    form = PeriodForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            paper = draft_report(
                kind=PaperKind(given["kind"]), since=given["since"], until=given["until"],
                by=request.actor,
            )  # fmt: skip
        except Invalid as error:
            show_refusal(form, error)
        else:
            messages.success(request, "已起草，请核对文字和数字，然后送审。")
            return redirect("paper", pk=paper.pk)
    is_wrong = request.method == "POST"
    return render(request, "documents/new.html", {"form": form}, status=422 if is_wrong else 200)


@page("POST", may=MAY)
def begin_notice(request: ActorRequest) -> HttpResponse:
    """Begin a 整改通知书 to the unit that leads the ticked cases."""
    versions = ticked_versions(request.POST.getlist("case"), SENT_BACK)
    if not versions or len(versions) > MOST_AT_ONCE:
        raise Invalid(f"勾选了 {len(versions)} 个问题。请返回清单勾选 1 至 {MOST_AT_ONCE} 个。")
    cases = list(visible_cases(request.actor).select_related("lead").filter(pk__in=versions))
    if len(cases) != len(versions):
        raise IllegalTransition("有问题已不存在。请返回清单，刷新后重新勾选。")
    units = {case.lead for case in cases}
    unit = units.pop()
    if units or unit is None:
        raise Invalid("勾选的问题不是同一个单位牵头，或还没有派遣。一份整改通知书只发给一个单位。")
    paper = draft_notice(unit=unit, cases=cases, by=request.actor)
    messages.success(request, f"已起草给{unit.name}的整改通知书，请核对后送审。")
    return redirect("paper", pk=paper.pk)
