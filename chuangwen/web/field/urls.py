"""Addresses of the phone's app. The service worker must lie where its scope begins."""

from django.urls import path

from chuangwen.web.field import views

urlpatterns = [
    path("", views.show_app, name="field"),
    path("shell/", views.show_shell, name="field-shell"),
    path("manifest.webmanifest", views.show_manifest, name="field-manifest"),
    path("service-worker.js", views.show_worker, name="field-worker"),
]
