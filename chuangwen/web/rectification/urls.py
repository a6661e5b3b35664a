"""Addresses of the ledger of cases."""

from django.urls import path

from chuangwen.web.rectification import (
    bulk,
    case,
    categories,
    figures,
    importing,
    listing,
    reporting,
    steps,
)

urlpatterns = [
    path("", listing.list_cases, name="cases"),
    path("export/", listing.export, name="cases-export"),
    path("new/", reporting.report, name="case-new"),
    path("import/", importing.take_in, name="cases-import"),
    path("import/template/", importing.template, name="cases-import-template"),
    path("bulk/", bulk.bulk, name="cases-bulk"),
    path("figures/", figures.show_figures, name="case-figures"),
    path("figures/export/", figures.export_figures, name="case-figures-export"),
    path("figures/rule/", figures.set_ranking, name="case-figures-rule"),
    path("categories/", categories.list_categories, name="case-categories"),
    path("categories/new/", categories.make, name="case-category-new"),
    path("categories/import/", categories.take_in, name="case-categories-import"),
    path("categories/template/", categories.download, name="case-categories-template"),
    path("categories/<uuid:pk>/", categories.change, name="case-category"),
    path("<uuid:pk>/", case.show_case, name="case"),
    path("<uuid:pk>/step/", steps.take, name="case-step"),
    path("<uuid:pk>/origin/", case.show_origin, name="case-origin"),
]
