"""The list of tasks: filtered, sorted, ticked for bulk steps, exported."""

from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render

from chuangwen.kit import clock
from chuangwen.people.permissions import Permission
from chuangwen.plan.choices import choices_for
from chuangwen.plan.enums import TaskState
from chuangwen.plan.listing import TaskFilter, list_of_tasks, task_sorts, with_progress
from chuangwen.plan.queries import annotate_progress
from chuangwen.web.gate import ActorRequest, page
from chuangwen.web.paging import page_of
from chuangwen.web.people.downloads import as_download
from chuangwen.web.plan.books import tasks_book

MAY = (Permission.VIEW_DISTRICT, Permission.VIEW_OWN_UNIT)
SORTS = (("plan", "按文件次序"), ("due", "按时限"), ("state", "按状态"), ("title", "按名称"))


@page(may=MAY)
def list_tasks(request: ActorRequest) -> HttpResponse:
    """List the tasks that the viewer may see; every filter stands in the address."""
    day = clock.today()
    wanted = TaskFilter.read(request.GET.dict())
    found = page_of(request, list_of_tasks(request.actor, wanted, day))
    context: dict[str, Any] = {
        "page": found,
        "tasks": with_progress(found.rows, request.actor, day),
        "wanted": wanted,
        "choices": choices_for(request.actor),
        "states": TaskState.choices,
        "sorts": [sort for sort in SORTS if sort[0] in task_sorts(wanted)],
        "parameters": request.GET.urlencode(),
        "may_dispatch": request.actor.may(Permission.DISPATCH_TASKS),
        "may_manage": request.actor.may(Permission.MANAGE_PLAN),
    }
    return render(request, "plan/tasks.html", context)


@page(may=Permission.EXPORT_PLAN)
def export_tasks(request: ActorRequest) -> HttpResponseBase:
    """Send the list as filtered."""
    day = clock.today()
    tasks = list_of_tasks(request.actor, TaskFilter.read(request.GET.dict()), day)
    book = tasks_book(annotate_progress(tasks).iterator(2000), day)
    return as_download(book, f"任务{day:%Y%m%d}.xlsx")
