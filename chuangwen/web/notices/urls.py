"""Addresses of notices."""

from django.urls import path

from chuangwen.web.notices import inbox, settings

urlpatterns = [
    path("", inbox.list_notices, name="notices"),
    path("read/", inbox.mark_all, name="notices-read"),
    path("settings/", settings.choose, name="notice-settings"),
    path("reminders/", settings.set_reminders, name="reminder-settings"),
    path("deliveries/", settings.show_deliveries, name="deliveries"),
    path("<uuid:pk>/open/", inbox.open_notice, name="notice-open"),
    path("<uuid:pk>/read/", inbox.mark, name="notice-read"),
]
