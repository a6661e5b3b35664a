"""Making a task by hand, and changing one."""

import uuid
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from chuangwen.kit.errors import Invalid, StaleEdit
from chuangwen.people.permissions import Permission
from chuangwen.plan.actions.task_editing import create_task, edit_task
from chuangwen.plan.choices import PlanChoices, choices_for
from chuangwen.plan.models import Action, GoalArea, KeyWork, Task
from chuangwen.plan.queries import tasks_visible_to
from chuangwen.web.fields import DayField
from chuangwen.web.gate import ActorRequest, page
from chuangwen.web.loading import load, posted_version
from chuangwen.web.people.unit_forms import show_refusal

MAY = Permission.MANAGE_PLAN
PLACES: dict[str, type[Action] | type[GoalArea] | type[KeyWork]] = {
    "action": Action,
    "area": GoalArea,
    "key_work": KeyWork,
}


class TaskForm(forms.Form):
    """A task's own facts."""

    title = forms.CharField(label="任务", max_length=200)
    text = forms.CharField(label="内容", required=False, widget=forms.Textarea(attrs={"rows": 6}))
    due_on = DayField(label="完成时限", required=False)


class NewTaskForm(TaskForm):
    """The same, and what it belongs to."""

    belongs_to = forms.ChoiceField(label="所属", required=False)

    def __init__(self, *given: Any, choices: PlanChoices, **options: Any) -> None:
        super().__init__(*given, **options)
        self.fields["belongs_to"].choices = _grouped(choices)  # type: ignore[attr-defined]

    def clean_belongs_to(self) -> Action | GoalArea | KeyWork | None:
        """Return what was chosen; None for work that belongs to the campaign as a whole."""
        raw = self.cleaned_data["belongs_to"]
        if not raw:
            return None
        kind, key = raw.split(":")
        return PLACES[kind].objects.get(pk=uuid.UUID(key))


@page("GET", "POST", may=MAY)
def make_task(request: ActorRequest) -> HttpResponse:
    """Enter a task that no document has."""
    choices = choices_for(request.actor, units=False)
    start = {"belongs_to": request.GET.get("in", "")}
    form = NewTaskForm(request.POST or None, choices=choices, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            task = create_task(**form.cleaned_data, by=request.actor)
        except Invalid as error:
            show_refusal(form, error)
        else:
            messages.success(request, "已新建任务。请选择单位下达。")
            return redirect("plan-task", pk=task.pk)
    status = 422 if form.errors else 200
    context = {"form": form, "title": "新建任务", "button": "新建"}
    return render(request, "plan/task_form.html", context, status=status)


@page("GET", "POST", may=MAY)
def change_task(request: ActorRequest, pk: uuid.UUID) -> HttpResponse:
    """Change a task; when somebody was faster, what was typed stays and both are shown."""
    task = load(tasks_visible_to(request.actor), pk)
    start = {name: getattr(task, name) for name in ("title", "text", "due_on")}
    form = TaskForm(request.POST or None, initial=start)
    status, rival = 200, None
    if request.method == "POST" and form.is_valid():
        try:
            edit_task(
                task=task,
                base_version=posted_version(request),
                **form.cleaned_data,
                by=request.actor,
            )
        except StaleEdit as error:
            form.add_error(None, error.message)
            status, rival = 409, Task.objects.get(pk=pk)
        except Invalid as error:
            show_refusal(form, error)
        else:
            messages.success(request, "已保存。各单位的时限不随之改变。")
            return redirect("plan-task", pk=pk)
    if form.errors and status == 200:
        status = 422
    version = rival.version if rival else request.POST.get("version", task.version)
    context = {
        "form": form, "task": task, "rival": rival, "title": "修改任务", "button": "保存",
        "version": version,
    }  # fmt: skip
    return render(request, "plan/task_form.html", context, status=status)


def _grouped(choices: PlanChoices) -> list[tuple[str, Any]]:
    groups = (
        ("提升行动", "action", choices.action),
        ("目标领域", "area", choices.area),
        ("重点工作", "key_work", choices.key_work),
    )
    return [
        ("", "不属于某一项（整个创建周期）"),
        *(
            (label, [(f"{kind}:{pk}", words) for pk, words in found])
            for label, kind, found in groups
            if found
        ),
    ]
