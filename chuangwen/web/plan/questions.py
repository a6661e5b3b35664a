"""责任疑问: units ask who answers for something, the office settles it."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render

from chuangwen.kit import clock
from chuangwen.kit.errors import IllegalTransition, Invalid
from chuangwen.kit.typed import identifier
from chuangwen.people.models import Unit
from chuangwen.people.permissions import Permission
from chuangwen.plan.actions.duties import answer_question, ask_about_duty
from chuangwen.plan.duty_reading import question_for, questions_visible_to
from chuangwen.plan.enums import QuestionState
from chuangwen.plan.models import Action, DutyQuestion, Task
from chuangwen.plan.queries import tasks_visible_to
from chuangwen.web.gate import ActorRequest, page
from chuangwen.web.loading import load
from chuangwen.web.paging import page_of
from chuangwen.web.people.downloads import as_download
from chuangwen.web.people.unit_forms import show_refusal
from chuangwen.web.plan.books import questions_book

MAY = (Permission.VIEW_DISTRICT, Permission.VIEW_OWN_UNIT)
SORTS = {"old": ("asked_at", "pk"), "new": ("-asked_at", "-pk"), "unit": ("unit__name", "pk")}
SORT_LABELS = (("old", "先提出的在前"), ("new", "新提出的在前"), ("unit", "按单位"))


class QuestionForm(forms.Form):
    """What is unclear, and for which of the viewer's units."""

    unit = forms.ChoiceField(label="提出单位")
    text = forms.CharField(
        label="哪里不清楚", max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *given: Any, units: list[tuple[str, str]], **options: Any) -> None:
        super().__init__(*given, **options)
        self.fields["unit"].choices = units  # type: ignore[attr-defined]
        if len(units) == 1:
            self.fields["unit"].initial = units[0][0]


class AnswerForm(forms.Form):
    """How it is settled."""

    answer = forms.CharField(
        label="答复", max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )


@page(may=MAY)
def list_questions(request: ActorRequest) -> HttpResponse:
    """List the visible questions; filters: state, words, task, action."""
    context = {
        "page": page_of(request, _asked_for(request)),
        "states": QuestionState.choices,
        "sorts": SORT_LABELS,
        "wanted": request.GET,
        "is_narrow": any(value for name, value in request.GET.items() if name != "sort"),
        "parameters": request.GET.urlencode(),
        "may_answer": request.actor.may(Permission.ANSWER_DUTY_QUESTIONS),
        "may_ask": request.actor.may(Permission.ASK_ABOUT_DUTY),
        "may_export": request.actor.may(Permission.EXPORT_PLAN),
    }
    return render(request, "plan/questions.html", context)


@page(may=Permission.EXPORT_PLAN)
def export_questions(request: ActorRequest) -> HttpResponseBase:
    """Send the list as filtered."""
    day = clock.today()
    book = questions_book(_asked_for(request).iterator(2000), day)
    return as_download(book, f"责任疑问{day:%Y%m%d}.xlsx")


@page("GET", "POST", may=Permission.ASK_ABOUT_DUTY)
def ask(request: ActorRequest) -> HttpResponse:
    """Ask about a task or an action (`task`, `action` in the address), or in general."""
    task, action = _subject(request)
    units = [
        (str(unit.pk), unit.name)
        for unit in Unit.objects.filter(pk__in=request.actor.unit_ids).order_by("name")
        if request.actor.may(Permission.ASK_ABOUT_DUTY, unit_id=unit.pk)
    ]
    form = QuestionForm(request.POST or None, units=units)
    if request.method == "POST" and form.is_valid():
        try:
            ask_about_duty(
                text=form.cleaned_data["text"],
                unit=load(Unit.objects.all(), uuid.UUID(form.cleaned_data["unit"])),
                task=task,
                action=action,
                by=request.actor,
            )
        except Invalid as error:
            show_refusal(form, error)
        else:
            messages.success(request, "已提交创文办，答复后会显示在首页。")
            return redirect("plan-questions")
    context = {"form": form, "task": task, "action": action}
    return render(request, "plan/question_form.html", context, status=422 if form.errors else 200)


@page(may=MAY)
def show_question(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Show one question, its answer, and for the office the form to answer."""
    question = question_for(request.actor, pk)
    return render(request, "plan/question.html", _context(request, question, AnswerForm()))


@page("POST", may=Permission.ANSWER_DUTY_QUESTIONS)
def answer(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Settle a question; then a duty can be set."""
    question = question_for(request.actor, pk)
    form = AnswerForm(request.POST)
    status = 422
    if form.is_valid():
        try:
            answer_question(question=question, answer=form.cleaned_data["answer"], by=request.actor)
        except Invalid as error:
            show_refusal(form, error)
        except IllegalTransition as error:
            form.add_error(None, error.message)
            question, status = question_for(request.actor, pk), error.status
        else:
            messages.success(request, "已答复。需要时可以接着设定责任。")
            return redirect("plan-question", pk=pk)
    return render(request, "plan/question.html", _context(request, question, form), status=status)


def _context(request: ActorRequest, question: DutyQuestion, form: AnswerForm) -> dict[str, Any]:
    return {
        "question": question,
        "form": form,
        "may_answer": request.actor.may(Permission.ANSWER_DUTY_QUESTIONS),
        "may_dispatch": request.actor.may(Permission.DISPATCH_TASKS),
    }


def _asked_for(request: ActorRequest) -> QuerySet[DutyQuestion]:
    questions = questions_visible_to(request.actor)
    state = request.GET.get("state", "")
    if state in QuestionState.values:
        questions = questions.filter(state=state)
    for name in ("task", "action"):
        key = identifier(request.GET.get(name, ""))
        if key:
            questions = questions.filter(**{f"{name}_id": key})
    for word in request.GET.get("q", "").split():
        questions = questions.filter(
            Q(text__icontains=word) | Q(answer__icontains=word) | Q(unit__name__icontains=word)
        )
    return questions.order_by(*SORTS.get(request.GET.get("sort", ""), SORTS["old"]))


def _subject(request: ActorRequest) -> tuple[Task | None, Action | None]:
    task, action = (
        identifier(request.GET.get("task", "")),
        identifier(request.GET.get("action", "")),
    )
    if task:
        return load(tasks_visible_to(request.actor), task), None
    if action:
        return None, load(Action.objects.all(), action)
    return None, None
