"""Addresses of supervision."""

from django.urls import path

from chuangwen.web.supervision import ladder, standings

urlpatterns = [
    path("", standings.list_standings, name="standings"),
    path("export/", standings.export, name="standings-export"),
    path("ladder/", ladder.set_up, name="ladder"),
]
