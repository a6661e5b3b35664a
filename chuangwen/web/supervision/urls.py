"""Addresses of supervision."""

from django.urls import path

from chuangwen.web.supervision import (
    accountability,
    ladder,
    meetings,
    notice_page,
    notices,
    standings,
)

urlpatterns = [
    path("", standings.list_standings, name="standings"),
    path("export/", standings.export, name="standings-export"),
    path("ladder/", ladder.set_up, name="ladder"),
    path("accountability/", accountability.list_matters, name="accountabilities"),
    path("accountability/new/", accountability.propose, name="accountability-new"),
    path("accountability/<uuid:pk>/", accountability.show_matter, name="accountability"),
    path("accountability/<uuid:pk>/step/", accountability.take, name="accountability-step"),
    path("meetings/", meetings.list_meetings, name="meetings"),
    path("meetings/new/", meetings.call, name="meeting-new"),
    path("meetings/<uuid:pk>/", meetings.show_meeting, name="meeting"),
    path("meetings/<uuid:pk>/edit/", meetings.edit, name="meeting-edit"),
    path("meetings/<uuid:pk>/step/", meetings.take, name="meeting-step"),
    path("notices/", notices.list_notices, name="supervision-notices"),
    path("notices/export/", notices.export_notices, name="supervision-notices-export"),
    path("notices/new/", notices.draft, name="supervision-notice-new"),
    path("notices/<uuid:pk>/", notices.show_notice, name="supervision-notice"),
    path("notices/<uuid:pk>/edit/", notices.edit, name="supervision-notice-edit"),
    path("notices/<uuid:pk>/step/", notice_page.take, name="supervision-notice-step"),
    path(
        "notices/<uuid:pk>/document.<str:suffix>",
        notices.document,
        name="supervision-notice-document",
    ),
]
