"""Addresses of field sync, below /api/field/v1/."""

from django.urls import path, re_path

from chuangwen.api.field import blobs, records, rounds

urlpatterns = [
    path("session", rounds.show_session, name="field-session"),
    path("rounds", rounds.list_rounds, name="field-rounds"),
    path("rounds/<uuid:pk>", rounds.show_round, name="field-round"),
    re_path(r"^blobs/(?P<sha256>[0-9a-f]{64})\Z", blobs.exchange_blob, name="field-blob"),
    path("records/<uuid:pk>", records.exchange_record, name="field-record"),
    path("records/<uuid:pk>/commit", records.confirm, name="field-commit"),
]
