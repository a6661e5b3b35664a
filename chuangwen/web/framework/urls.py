"""Addresses of the framework and its indicators."""

from django.urls import path

from chuangwen.web.framework import (
    comparisons,
    definitions,
    files,
    indicators,
    nodes,
    standards,
    values,
    versions,
)

urlpatterns = [
    path("", versions.list_versions, name="framework"),
    path("new/", versions.begin, name="framework-new"),
    path("template/", versions.load_template, name="framework-template"),
    path("import/", files.take_in, name="framework-import"),
    path("versions/<uuid:pk>/", versions.show_version, name="framework-version"),
    path("versions/<uuid:pk>/copy/", versions.copy, name="framework-copy"),
    path("versions/<uuid:pk>/publish/", versions.publish, name="framework-publish"),
    path("versions/<uuid:pk>/discard/", versions.discard, name="framework-discard"),
    path("versions/<uuid:pk>/export.<str:suffix>", files.export, name="framework-export"),
    path("versions/<uuid:pk>/differences/", comparisons.show_differences, name="framework-diff"),
    path("versions/<uuid:pk>/mapping/", comparisons.show_mapping, name="framework-mapping"),
    path("versions/<uuid:pk>/nodes/new/", nodes.add_project, name="node-new"),
    path("nodes/<uuid:pk>/new/", nodes.add_child, name="node-child"),
    path("nodes/<uuid:pk>/edit/", nodes.edit, name="node-edit"),
    path("nodes/<uuid:pk>/move/", nodes.move, name="node-move"),
    path("nodes/<uuid:pk>/remove/", nodes.remove, name="node-remove"),
    path("nodes/<uuid:pk>/standards/new/", standards.add, name="standard-new"),
    path("standards/<uuid:pk>/", standards.show_standard, name="standard"),
    path("standards/<uuid:pk>/edit/", standards.edit, name="standard-edit"),
    path("standards/<uuid:pk>/remove/", standards.remove, name="standard-remove"),
    path("indicators/", indicators.list_indicators, name="indicators"),
    path("indicators/waiting/", values.list_waiting, name="indicator-waiting"),
    path("indicators/accept/", values.accept, name="indicator-accept"),
    path("indicators/<uuid:pk>/", indicators.show_indicator, name="indicator"),
    path("indicators/<uuid:pk>/report/", values.report, name="indicator-report"),
    path("indicators/new/", definitions.create, name="indicator-new"),
    path("indicators/<uuid:pk>/edit/", definitions.edit, name="indicator-edit"),
    path("indicators/<uuid:pk>/setting/", definitions.show_setting, name="indicator-setting"),
    path("reporters/<uuid:pk>/end/", definitions.end, name="indicator-end"),
    path("values/<uuid:pk>/correct/", values.correct, name="indicator-correct"),
    path("values/<uuid:pk>/return/", values.send_back, name="indicator-return"),
]
