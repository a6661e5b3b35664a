"""Addresses of the register of sites."""

from django.urls import path

from chuangwen.web.sites import (
    boundaries,
    bulk,
    cards,
    editing,
    imports,
    listing,
    merging,
    site,
    steps,
)

urlpatterns = [
    path("", listing.list_sites, name="sites"),
    path("export.<str:suffix>", listing.export_sites, name="sites-export"),
    path("map.json", listing.show_map, name="sites-map"),
    path("boundaries.json", boundaries.show_boundaries, name="sites-boundaries"),
    path("boundaries/", boundaries.keep_boundaries, name="site-boundaries"),
    path("boundaries/<uuid:pk>/apply/", boundaries.apply, name="site-boundaries-apply"),
    path("boundaries/<uuid:pk>/remove/", boundaries.remove, name="site-boundaries-remove"),
    path("cards/", cards.print_cards, name="sites-cards"),
    path("duplicates/", merging.list_duplicates, name="sites-duplicates"),
    path("merge/", merging.merge, name="sites-merge"),
    path("template/", listing.download_template, name="sites-template"),
    path("new/", editing.make_site, name="site-new"),
    path("bulk/", bulk.bulk, name="sites-bulk"),
    path("imports/", imports.take_in, name="site-imports"),
    path("imports/<uuid:pk>/", imports.show_import, name="site-import"),
    path("<uuid:pk>/", site.show_site, name="site"),
    path("<uuid:pk>/edit/", editing.change_site, name="site-edit"),
    path("<uuid:pk>/reopen/", steps.reopen, name="site-reopen"),
    path("<uuid:pk>/duties/<uuid:duty>/end/", steps.end, name="site-duty-end"),
    path("<uuid:pk>/works/", steps.record, name="site-work"),
    path("<uuid:pk>/works/<uuid:work>/", steps.correct, name="site-work-edit"),
    path("<uuid:pk>/photos/", steps.photograph, name="site-photos"),
]
