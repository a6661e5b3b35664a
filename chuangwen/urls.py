"""All addresses of the product."""

from django.urls import include, path

urlpatterns = [
    path("api/field/v1/", include("chuangwen.api.field.urls")),
    path("", include("chuangwen.web.urls")),
]

handler400 = "chuangwen.web.failures.refuse_request"
handler403 = "chuangwen.web.failures.refuse_access"
handler404 = "chuangwen.web.failures.report_missing"
handler500 = "chuangwen.web.failures.report_failure"
