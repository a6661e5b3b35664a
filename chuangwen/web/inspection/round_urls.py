"""Addresses of rounds, their visits and their findings."""

from django.urls import path

from chuangwen.web.inspection import findings, pairs, reports, rounds, samples, steps, visits

urlpatterns = [
    path("", rounds.list_rounds, name="rounds"),
    path("new/", steps.begin, name="round-new"),
    path("visits/", visits.list_visits, name="visits"),
    path("visits/<uuid:pk>/", visits.show_visit, name="visit"),
    path("photos/<uuid:pk>/<str:size>/", visits.show_photo, name="visit-photo"),
    path("findings/", findings.list_findings, name="findings"),
    path("findings/export/", findings.export, name="findings-export"),
    path("findings/transfer/", findings.transfer, name="findings-transfer"),
    path("findings/withdraw/", findings.withdraw, name="findings-withdraw"),
    path("<uuid:pk>/", rounds.show_round, name="round"),
    path("<uuid:pk>/progress/", rounds.show_progress, name="round-progress"),
    path("<uuid:pk>/agreement/", rounds.show_agreement, name="round-agreement"),
    path("<uuid:pk>/walk/", rounds.show_walk, name="round-walk"),
    path("<uuid:pk>/sites/", samples.list_sites, name="round-sites"),
    path("<uuid:pk>/sample/", samples.sample, name="round-sample"),
    path("<uuid:pk>/sites/add/", samples.add, name="round-sites-add"),
    path("<uuid:pk>/sites/drop/", samples.drop, name="round-sites-drop"),
    path("<uuid:pk>/pairs/", pairs.show_pairs, name="round-pairs"),
    path("<uuid:pk>/pairs/add/", pairs.add, name="round-pair-add"),
    path("<uuid:pk>/pairs/put/", pairs.put, name="round-pair-put"),
    path("<uuid:pk>/pairs/take/", pairs.take, name="round-pair-take"),
    path("<uuid:pk>/pairs/dissolve/", pairs.dissolve, name="round-pair-dissolve"),
    path("<uuid:pk>/pairs/divide/", pairs.divide, name="round-divide"),
    path("<uuid:pk>/pairs/give/", pairs.give, name="round-give"),
    path("<uuid:pk>/report/", reports.show_report, name="round-report"),
    path("<uuid:pk>/report/pdf/", reports.ask_pdf, name="round-report-pdf"),
    path("<uuid:pk>/report/pdf/state/", reports.show_pdf_state, name="round-report-pdf-state"),
    path("<uuid:pk>/report.<str:suffix>", reports.export, name="round-report-file"),
    path("<uuid:pk>/answers.<str:suffix>", reports.export_answers, name="round-answers"),
    path("<uuid:pk>/edit/", steps.edit, name="round-edit"),
    path("<uuid:pk>/start/", steps.start, name="round-start"),
    path("<uuid:pk>/close/", steps.close, name="round-close"),
    path("<uuid:pk>/discard/", steps.discard, name="round-discard"),
]
