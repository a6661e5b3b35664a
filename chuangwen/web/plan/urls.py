"""Addresses of the plan."""

from django.urls import path

from chuangwen.web.plan import (
    calendar,
    calendar_files,
    exports,
    imports,
    originals,
    parts,
    review,
    tasks,
    tree,
    urging,
)

urlpatterns = [
    path("", tree.show_plan, name="plan"),
    path("actions/<uuid:pk>/", tree.show_action, name="plan-action"),
    path("imports/", imports.list_imports, name="plan-imports"),
    path("imports/new/", imports.take_in, name="plan-take-in"),
    path("imports/<uuid:pk>/", review.show_review, name="plan-review"),
    path("imports/<uuid:pk>/original/", originals.download_original, name="plan-original"),
    path("imports/<uuid:pk>/decide/", review.decide, name="plan-decide"),
    path("imports/<uuid:pk>/items/<uuid:item>/", review.change_item, name="plan-item"),
    path("imports/<uuid:pk>/accept/", review.accept_rest, name="plan-accept-rest"),
    path("imports/<uuid:pk>/confirm/", review.confirm, name="plan-confirm"),
    path("imports/<uuid:pk>/discard/", review.discard, name="plan-discard"),
    path("tasks/<uuid:pk>/", tasks.show_task, name="plan-task"),
    path("tasks/<uuid:pk>/dispatch/", tasks.dispatch, name="plan-dispatch"),
    path("tasks/<uuid:pk>/complete/", tasks.complete, name="plan-complete"),
    path("tasks/<uuid:pk>/cancel/", tasks.cancel, name="plan-cancel"),
    path("parts/", parts.list_parts, name="plan-parts"),
    path("calendar/", calendar.show_calendar, name="plan-calendar"),
    path("calendar/chuangwen.ics", calendar_files.download, name="plan-calendar-file"),
    path("calendar/address/", calendar_files.show_address, name="plan-calendar-address"),
    path("parts/remind/", urging.urge, name="plan-urge"),
    path("parts/<uuid:pk>/", parts.show_part, name="plan-part"),
    path("parts/<uuid:pk>/measures/", parts.submit, name="plan-submit"),
    path("parts/<uuid:pk>/review/", parts.judge, name="plan-judge"),
    path("parts/<uuid:pk>/progress/", parts.report_progress, name="plan-progress"),
    path("parts/<uuid:pk>/finish/", parts.finish, name="plan-finish"),
    path("responsibility-table.<str:suffix>", exports.responsibility_table, name="plan-table"),
]
