"""Failures that no room raised still answer in words, with the right status."""

import pytest
from django.test import Client, RequestFactory
from django.urls import path

from chuangwen.urls import handler400, handler403, handler404, handler500, urlpatterns
from chuangwen.web.failures import refuse_access, refuse_request
from tests.ops.installation import Installation


def show_defect(request):
    raise RuntimeError("a defect")


class Addresses:
    """The product's addresses and a broken one."""

    urlpatterns = [*urlpatterns, path("defect/", show_defect)]
    handler400, handler403, handler404, handler500 = handler400, handler403, handler404, handler500


def test_an_unknown_address_is_named(client: Client, db):
    answer = client.get("/没有这页/")
    assert answer.status_code == 404
    assert "没有此页面：/没有这页/" in answer.content.decode()


def test_a_form_without_its_token_is_refused_in_words(db):
    answer = Client(enforce_csrf_checks=True).post("/login/", {"username": "fagai"})
    assert answer.status_code == 403
    assert "此页面已过期，内容没有提交" in answer.content.decode()


def test_a_defect_needs_no_database_and_shows_no_internals(settings):
    settings.ROOT_URLCONF = Addresses
    answer = Client(raise_request_exception=False).get("/defect/")
    assert answer.status_code == 500
    assert "刚才的操作没有保存" in answer.content.decode()
    assert "RuntimeError" not in answer.content.decode()


ASK = """
from chuangwen.commands import start_django; start_django()
from django.test import Client, override_settings
from tests.web.test_failures import Addresses
with override_settings(ROOT_URLCONF=Addresses):
    ask = Client(raise_request_exception=False, headers={"host": "localhost"}).get
    print(ask("/nothing/").status_code, ask("/defect/").status_code)
"""


def test_a_defect_leaves_its_traceback_for_the_administrator_and_a_wrong_address_nothing(tmp_path):
    """Outside of tests and of debugging, where pytest and Django print it anyway."""
    result = Installation(tmp_path, {"CHUANGWEN_DEBUG": "0"}).python(ASK)
    assert result.stdout.strip() == "404 500", result.stderr
    assert result.stderr.count("Traceback (most recent call last):") == 1
    assert result.stderr.rstrip().endswith("RuntimeError: a defect")
    assert "/nothing/" not in result.stderr


@pytest.mark.parametrize(("view", "status"), [(refuse_request, 400), (refuse_access, 403)])
def test_djangos_own_refusals_are_pages(rf: RequestFactory, view, status, db):
    assert view(rf.get("/"), Exception()).status_code == status
