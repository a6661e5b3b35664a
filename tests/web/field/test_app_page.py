"""What the phone's app is opened and installed with."""

import json
import re

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from chuangwen.people.models import Account, Membership, Unit
from chuangwen.people.roles import Role
from chuangwen.web import vite
from chuangwen.web.field import views


@pytest.fixture
def inspector(tenant) -> Client:
    unit = Unit.objects.create(name="区创文办", kind="government")
    account = Account.objects.create(
        tenant=tenant, username="chenjie", name="陈洁", must_change_password=False, password="!"
    )
    Membership.objects.create(account=account, unit=unit, role=Role.INSPECTOR)
    client = Client()
    client.force_login(account)
    return client


def shell_of(answer) -> dict:
    return json.loads(re.match(r"self\.SHELL = (\{.*\});\n", answer.content.decode())[1])


def test_what_the_phone_keeps_is_the_same_for_everybody(client, inspector):
    shell = client.get("/field/shell/")
    assert inspector.get("/field/").content == shell.content
    assert "陈洁" not in shell.content.decode()
    assert "sessionid" not in shell.cookies


def test_nobody_but_inspectors_enters(client):
    assert client.get("/field/").headers["Location"] == "/login/?next=%2Ffield%2F"


def test_the_manifest_names_icons_that_exist(client):
    answer = client.get("/field/manifest.webmanifest")
    assert answer.headers["Content-Type"] == "application/manifest+json"
    manifest = answer.json()
    assert manifest["start_url"] == manifest["scope"] == "/field/"
    assert {icon["purpose"] for icon in manifest["icons"]} == {"any", "maskable"}
    for icon in manifest["icons"]:
        assert finders.find(icon["src"].removeprefix("/static/")), icon


def test_the_service_worker_keeps_every_file_that_the_page_needs(client):
    told = shell_of(answer := client.get("/field/service-worker.js"))
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert answer.headers["Cache-Control"] == "no-cache"
    page = client.get(told["page"]).content.decode()
    needed = set(re.findall(r'(?:src|href)="(/static/build/[^"]+)"', page))
    assert needed and needed <= set(told["files"])
    for path in told["files"]:
        assert finders.find(path.removeprefix("/static/")), path


def test_another_build_is_another_worker(client, monkeypatch):
    before = shell_of(client.get("/field/service-worker.js"))["version"]
    monkeypatch.setattr(vite, "source", lambda name: "// changed")
    assert shell_of(client.get("/field/service-worker.js"))["version"] != before


def test_without_a_build_there_is_no_worker(client, monkeypatch):
    monkeypatch.setattr(views.vite, "entry", lambda name: None)
    assert client.get("/field/service-worker.js").status_code == 404


def test_worker_and_app_are_whole_files_without_inline_code(client):
    """The service worker is a plain script; the page itself has neither script nor style in it."""
    code = vite.source(views.WORKER)
    assert "import" not in code.split("(")[0] and "export" not in code
    page = client.get("/field/shell/").content.decode()
    assert not re.search(r"<script(?![^>]*src=)|<style|style=|onclick", page)
