"""Addresses of files."""

from django.urls import path

from chuangwen.web.files import downloads, uploads

urlpatterns = [
    path("uploads/", uploads.send, name="file-upload"),
    path("uploads/<uuid:pk>/discard/", uploads.discard, name="file-discard"),
    path("<uuid:pk>/", downloads.show_file, name="file"),
    path("<uuid:pk>/original/", downloads.download_original, name="file-original"),
    path("<uuid:pk>/thumbnail/", downloads.show_thumbnail, name="file-thumbnail"),
    path("<uuid:pk>/remove/", downloads.remove, name="file-remove"),
]
