"""A problem from the finding to 销号, by the pages of those who have to do with it."""

import io
import re

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.e2e.seeing import PHONE

pytestmark = pytest.mark.browser
WIDTHS = (360, 1280, 1920)
DUE = "2021-09-24"


def step(page: Page, label: str) -> Locator:
    """Return the form of a step that the page offers, unfolded."""
    heading = page.locator("summary", has_text=re.compile(f"^{label}$"))
    form = page.locator("details.step", has=heading)
    if form.get_attribute("open") is None:
        form.locator("summary").click()
    return form


def send(page: Page, label: str, **fields: str) -> None:
    """Fill in the form of a step, send it, and wait until the page tells that it was done."""
    form = step(page, label)
    for name, value in fields.items():
        form.locator(f"[name={name}]").fill(value)
    form.get_by_role("button", name=label, exact=True).click()
    expect(page.get_by_text(f"已办理：{label}。")).to_be_visible()


def picture() -> dict[str, object]:
    target = io.BytesIO()
    Image.new("RGB", (64, 48), "#2f6f3f").save(target, "JPEG")
    return {"name": "整改后.jpg", "mimeType": "image/jpeg", "buffer": target.getvalue()}


def hand_in(page: Page, text: str) -> None:
    """报送整改结果 with a picture from the camera, which is sent ahead of the form."""
    form = step(page, "报送整改结果")
    form.locator("[capture]").set_input_files([picture()])
    expect(form.locator("[name=upload]")).to_be_checked()
    send(page, "报送整改结果", reason=text)


def test_from_a_finding_to_the_end(sign_in):
    office, reform, enforcement, inspector = (
        sign_in(name).page for name in ("chuangwenban", "fagai", "zhifa", "ceping")
    )
    office.goto("/rounds/findings/?state=open&sort=category")
    row = office.locator("tbody tr", has_text="2021年8月模拟测评").first
    row.get_by_role("checkbox").check()
    number = row.locator("td a").first.inner_text()
    office.get_by_role("button", name="转为整改案卷").click()
    expect(office.get_by_text("已转为 1 个整改案卷")).to_be_visible()
    office.goto("/rounds/findings/?state=in_case")
    taken = office.locator("tbody tr", has_text=number)
    taken.get_by_role("link", name="案卷 待立案").click()
    address = office.url

    send(office, "立案")
    send(office, "派遣", lead="区发改局", due_on=DUE)
    reform.goto(address)
    send(reform, "退回", reason="应由区综合行政执法局办理")
    office.goto(address)
    send(office, "派遣", lead="区综合行政执法局", due_on=DUE)

    enforcement.set_viewport_size(PHONE)
    enforcement.goto(address)
    send(enforcement, "接收")
    hand_in(enforcement, "已清理现场")
    inspector.goto(address)
    send(inspector, "核查不通过（返工）", reason="墙角还有小广告", due_on=DUE)
    enforcement.goto(address)
    expect(enforcement.get_by_text("墙角还有小广告")).to_be_visible()
    hand_in(enforcement, "小广告已清除")
    inspector.goto(address)
    send(inspector, "核查通过", reason="已整改到位")
    office.goto(address)
    send(office, "销号")

    course = office.locator(".time-line-title").all_inner_texts()
    assert [one.split()[0] for one in course] == [
        "登记", "立案", "派遣", "退回", "派遣", "接收", "报送整改结果", "核查不通过（返工）",
        "报送整改结果", "核查通过", "销号",
    ]  # fmt: skip
    expect(office.locator(".case-pictures")).to_contain_text("整改后.jpg")
    expect(office.locator("main")).to_contain_text("已销号")


def test_pages_of_cases_are_readable_by_everybody_at_every_width(sign_in):
    office, unit = sign_in("chuangwenban"), sign_in("zhifa")
    office.page.goto("/cases/?state=reported")
    tick = office.page.locator("[name=case]").first.get_attribute("value")
    found = {}
    for visitor, paths in (
        (office, ["/cases/new/", f"/cases/bulk/?case={tick}", "/cases/categories/new/"]),
        (office, ["/cases/categories/import/", first(office.page, "submitted")]),
        (unit, ["/cases/?view=mending", first(unit.page, "handling")]),
    ):
        for path in paths:
            for width in WIDTHS:
                visitor.page.set_viewport_size({"width": width, "height": 900})
                visitor.page.goto(path)
                wide = visitor.page.evaluate("document.documentElement.scrollWidth")
                found[path, width] = visitor.barriers() + (["sideways"] if wide > width else [])
    assert {each: problems for each, problems in found.items() if problems} == {}
    assert office.complaints + unit.complaints == []


def first(page: Page, state: str) -> str:
    """Return the address of a case in a state."""
    page.goto(f"/cases/?state={state}")
    return str(page.locator("tbody td a").first.get_attribute("href"))
