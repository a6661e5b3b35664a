"""The office writes a checklist: by keyboard, with a preview, readable wide and narrow."""

import os
from pathlib import Path

import pytest

pytestmark = pytest.mark.browser
SHOTS = os.environ.get("CHUANGWEN_SHOTS", "")


@pytest.fixture
def office(sign_in):
    return sign_in("chuangwenban")


def shot(visitor, name, width):
    """Keep a picture for whoever asks for one (CHUANGWEN_SHOTS=folder)."""
    if SHOTS:
        visitor.page.set_viewport_size({"width": width, "height": 900})
        visitor.page.screenshot(path=Path(SHOTS) / f"{name}-{width}.png", full_page=True)


def look(visitor, name, path):
    problems = visitor.problems_at(path)
    for width in (360, 1920):
        shot(visitor, name, width)
    return {name: problems} if problems else {}


def test_a_checklist_is_written_in_a_copy_of_the_reference(office):
    page = office.page
    page.goto("/framework/")
    page.click("text=参考模板2021")
    published = page.url
    assert "发布后内容不能再改" not in page.content()
    page.locator("[data-open]:has-text('建立新版本')").click()
    page.fill("dialog[open] [name=label]", "2022年版")
    page.locator("dialog[open] button[type=submit]").click()
    page.wait_for_url(lambda url: url != published and "/versions/" in url)
    draft = page.url.rstrip("/").rsplit("/", 1)[-1]
    lists = f"/framework/versions/{draft}/checklists/"
    found = look(office, "site-types", "/framework/site-types/")
    found |= look(office, "checklists", lists)
    page.click("text=交通路口")
    page.wait_for_selector("text=手机预览")
    checklist = page.url
    found |= look(office, "checklist", checklist)
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(checklist)
    page.locator("a:has-text('加测评项')").first.click()
    threshold = page.locator("[name=threshold]")
    assert threshold.is_hidden(), "whether something is there needs no number"
    page.select_option("[name=shape]", "density")
    assert threshold.is_visible()
    page.fill("[name=text]", "每 100 米有一处过街设施")
    page.fill("[name=threshold]", "1")
    page.fill("[name=per]", "0")
    page.select_option("[name=per_unit]", "米")
    page.press("[name=source]", "Enter")
    page.wait_for_selector("#id_per_error")
    assert page.locator("[name=threshold]").is_visible(), "the form shows what was chosen"
    shot(office, "line-refused", 360)
    page.fill("[name=per]", "100")
    page.press("[name=source]", "Enter")
    page.wait_for_url(lambda url: "#line-" in url)
    row = page.locator("tr:has-text('每 100 米有一处过街设施')")
    assert "每 100 米不少于 1" in row.inner_text()
    edit = row.locator("a").first.get_attribute("href")
    found |= look(office, "line", edit)
    for name, path in (
        ("checklist-edit", f"{checklist}edit/"),
        ("group-new", f"{checklist}groups/new/"),
        ("checklist-import", f"{lists}import/"),
        ("checklist-new", f"{lists}new/"),
        ("site-type-new", "/framework/site-types/new/"),
    ):
        found |= look(office, name, path)
    assert found == {}
