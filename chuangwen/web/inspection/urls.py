"""Addresses of inspections."""

from django.urls import path, re_path

from chuangwen.web.inspection import flags, records, rescue

urlpatterns = [
    path("records/", records.list_records, name="field-records"),
    path("records/rescue/", rescue.take_in, name="field-rescue"),
    path("records/<uuid:pk>/", records.show_record, name="field-record-page"),
    path("records/<uuid:pk>/content/", records.download_content, name="field-record-content"),
    path("records/<uuid:pk>/accept/", records.accept, name="field-record-accept"),
    path("records/<uuid:pk>/dismiss/", records.dismiss, name="field-record-dismiss"),
    re_path(
        r"^records/(?P<pk>[0-9a-f-]{36})/photos/(?P<sha256>[0-9a-f]{64})/\Z",
        records.show_photo,
        name="field-record-photo",
    ),
    path("flags/", flags.list_flags, name="visit-flags"),
    path("flags/settle/", flags.settle, name="visit-flags-settle"),
]
