"""All addresses of the product."""

from django.urls import include, path

urlpatterns = [path("", include("chuangwen.web.urls"))]
