"""Files with a progress entry: chosen, refused, taken back, shown; with and without script."""

import io
import re
from collections.abc import Callable, Iterator

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from chuangwen.demonstration.accounts import PASSWORD
from tests.e2e.seeing import Visitor
from tests.files import samples
from tests.ops.installation import Installation
from tests.ops.test_serve import serving

pytestmark = pytest.mark.browser
PROGRAM = """
from chuangwen.commands import start_django; start_django()
import datetime
from chuangwen.people.actors import system_actor
from chuangwen.people.models import Unit
from chuangwen.plan.actions.parts import Step, confirm_measures, submit_measures
from chuangwen.plan.actions.dispatching import Assignment, dispatch_many
from chuangwen.plan.enums import DutyKind
from chuangwen.plan.models import Task
from chuangwen.tenancy.models import Tenant
from chuangwen.tenancy.scope import tenant_scope
tenant = Tenant.objects.get(code="510402")
with tenant_scope(tenant.pk):
    by, unit = system_actor(tenant.pk), Unit.objects.get(name="区发改局")
    task = Task.objects.filter(parts=None).order_by("position", "pk").first()
    (part,) = dispatch_many(assignments=[Assignment(task.pk, unit.pk, DutyKind.LEAD, None)], by=by)
    steps = [Step("划线", datetime.date(2021, 9, 30))]
    part = submit_measures(part=part, base_version=part.version, steps=steps, by=by)
    confirm_measures(part=part, base_version=part.version, by=by)
    print(part.pk)
"""


@pytest.fixture(scope="module")
def district(new_district: Callable[[], Installation]) -> Iterator[tuple[str, str]]:
    """东区 with a worker, and the page of a part whose measures are agreed."""
    made = new_district()
    printed = made.python(PROGRAM)
    assert printed.returncode == 0, printed.stderr
    with serving(made) as (_process, address):
        yield address, f"/plan/parts/{printed.stdout.strip()}/"


@pytest.fixture
def enter(browser: Browser, district) -> Iterator[Callable[..., Visitor]]:
    contexts = []

    def sign_in(username: str, **options) -> Visitor:
        context = browser.new_context(base_url=district[0], locale="zh-CN", **options)
        contexts.append(context)
        page = context.new_page()
        page.goto("/login/")
        page.fill("[name=username]", username)
        page.fill("[name=password]", PASSWORD)
        page.locator("main form").first.get_by_role("button").first.click()
        page.wait_for_url(district[0])
        page.goto(district[1])
        return Visitor(page)

    yield sign_in
    for context in contexts:
        context.close()


def file(name: str, content: bytes) -> dict[str, object]:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def photo() -> bytes:
    target = io.BytesIO()
    Image.radial_gradient("L").resize((1200, 800)).convert("RGB").save(target, "JPEG")
    return target.getvalue()


def submit(page: Page) -> None:
    page.get_by_role("button", name="记录进展").click()


def test_files_are_sent_when_chosen_and_shown_when_the_worker_is_done(enter, district):
    visitor = enter("fagai")
    page = visitor.page
    page.fill("#progress-text", "已完成三处停车泊位划线")
    page.set_input_files("[name=files]", [file("现场.jpg", photo()), file("骗.pdf", b"<html>")])
    expect(page.get_by_role("checkbox", name=re.compile("现场.jpg"))).to_be_checked()
    expect(page.locator("form:has(#progress-text) [data-problems]")).to_contain_text(
        "“骗.pdf”的内容是网页"
    )
    page.set_input_files("[name=files]", [file("多余.pdf", samples.PDF)])
    page.get_by_role("button", name="移除 多余.pdf").click()
    expect(page.get_by_text("多余.pdf")).to_have_count(0)
    assert visitor.barriers() == []
    submit(page)
    expect(page.locator(".file-list")).to_contain_text("现场.jpg")
    thumbnail = page.locator(".file-thumbnail")
    for _ in range(60):
        if thumbnail.count():
            break
        page.wait_for_timeout(500)
        page.reload()
    expect(thumbnail.first).to_have_js_property("naturalWidth", 320)
    assert visitor.complaints == []
    assert visitor.problems_at(district[1]) == []


def test_a_leader_sees_the_photo_and_is_not_offered_the_original(enter, district):
    sender = enter("fagai").page
    sender.fill("#progress-text", "又一处")
    sender.set_input_files("[name=files]", [file("泊位.jpg", photo())])
    expect(sender.get_by_role("checkbox", name=re.compile("泊位.jpg"))).to_be_checked()
    submit(sender)
    expect(sender.get_by_role("link", name="下载原图").first).to_be_visible()
    leader = enter("zhihuibu").page
    expect(leader.locator(".file-list").first).to_contain_text("泊位.jpg")
    expect(leader.get_by_role("link", name="下载原图")).to_have_count(0)


def test_without_script_the_form_carries_the_files(enter):
    page = enter("fagai", java_script_enabled=False).page
    page.fill("#progress-text", "没有脚本也能报")
    page.set_input_files("[name=files]", [file("验收记录.pdf", samples.PDF)])
    submit(page)
    expect(page.locator(".file-list").first).to_contain_text("验收记录.pdf")
