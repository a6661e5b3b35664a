"""Addresses of official papers."""

from django.urls import path

from chuangwen.web.documents import files, papers, starting, steps, templates, verifying

urlpatterns = [
    path("", papers.list_papers, name="papers"),
    path("new/", starting.begin, name="paper-new"),
    path("notice/", starting.begin_notice, name="paper-notice"),
    path("templates/", templates.list_templates, name="paper-templates"),
    path("templates/<str:kind>/", templates.change, name="paper-template"),
    path("verify/", verifying.ask, name="paper-verify"),
    path("verify/<str:token>/", verifying.show, name="paper-verified"),
    path("<uuid:pk>/", papers.show_paper, name="paper"),
    path("<uuid:pk>/edit/", papers.edit, name="paper-edit"),
    path("<uuid:pk>/text/", papers.show_text, name="paper-text"),
    path("<uuid:pk>/step/", steps.take, name="paper-step"),
    path("<uuid:pk>/progress/", papers.show_progress, name="paper-progress"),
    path("<uuid:pk>/draft/", files.send_draft, name="paper-draft"),
    path("<uuid:pk>/file.<str:suffix>", files.send, name="paper-file"),
]
