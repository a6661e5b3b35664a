"""Addresses of the pages, by room."""

from django.urls import include, path

from chuangwen.web.gallery.views import show_gallery
from chuangwen.web.home import views as home
from chuangwen.web.home.overview import show_overview
from chuangwen.web.plan.calendar_files import feed

urlpatterns = [
    path("", home.show_home, name="home"),
    path("overview/", show_overview, name="overview"),
    path("", include("chuangwen.web.people.urls")),
    path("plan/", include("chuangwen.web.plan.urls")),
    path("framework/", include("chuangwen.web.framework.urls")),
    path("sites/", include("chuangwen.web.sites.urls")),
    path("field/", include("chuangwen.web.field.urls")),
    path("inspection/", include("chuangwen.web.inspection.urls")),
    path("rounds/", include("chuangwen.web.inspection.round_urls")),
    path("cases/", include("chuangwen.web.rectification.urls")),
    path("supervision/", include("chuangwen.web.supervision.urls")),
    path("documents/", include("chuangwen.web.documents.urls")),
    path("files/", include("chuangwen.web.files.urls")),
    path("notices/", include("chuangwen.web.notices.urls")),
    path("calendar/<str:token>.ics", feed, name="calendar-feed"),
    path("gallery/", show_gallery, name="gallery"),
    path("health/", home.show_health, name="health"),
]
