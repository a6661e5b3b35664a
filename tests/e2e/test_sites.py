"""The register before a browser: the map draws without tiles and follows the list's filter."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
PLACE = "[data-place]"


def test_the_map_and_the_list_are_one(sign_in):
    visitor = sign_in("chuangwenban")
    page = visitor.page
    page.set_viewport_size({"width": 1920, "height": 1000})
    page.goto("/sites/")
    expect(page.locator(PLACE)).to_have_attribute("data-marks", re.compile(r"\d+"), timeout=30_000)
    expect(page.locator("[data-status]")).to_contain_text("58 个点位")
    assert page.locator(".maplibregl-canvas").is_visible()
    page.goto("/sites/?q=公厕")
    expect(page.locator(PLACE)).to_have_attribute("data-marks", "3", timeout=30_000)
    assert visitor.barriers() == []
    mark = page.locator("a.map-site").first
    name = str(mark.get_attribute("aria-label"))
    mark.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/sites/[0-9a-f-]{36}/"))
    assert page.locator("h1").inner_text() in name
    assert visitor.complaints == []


def test_without_webgl_the_list_is_still_there(sign_in):
    page = sign_in("chuangwenban").page
    page.add_init_script("HTMLCanvasElement.prototype.getContext = () => null")
    page.goto("/sites/?q=公厕")
    expect(page.locator("[data-status]")).to_contain_text("不能显示地图", timeout=30_000)
    assert page.locator("tbody tr").count() == 3


def test_the_pages_are_readable_by_everybody(sign_in):
    visitor = sign_in("chuangwenban")
    visitor.page.goto("/sites/")
    site = str(visitor.page.locator("tbody a").first.get_attribute("href"))
    paths = (
        site, f"{site}?history=1", f"{site}edit/", "/sites/new/", "/sites/cards/",
        "/sites/duplicates/?metres=1000", "/sites/imports/",
    )  # fmt: skip
    found = {path: visitor.problems_at(path) for path in paths}
    assert {path: problems for path, problems in found.items() if problems} == {}


def test_eight_cards_fill_a_sheet(sign_in, tmp_path):
    import pypdfium2

    page = sign_in("chuangwenban").page
    page.goto("/sites/cards/")
    target = tmp_path / "cards.pdf"
    page.pdf(path=str(target), prefer_css_page_size=True)
    document = pypdfium2.PdfDocument(str(target))
    texts = [sheet.get_textpage().get_text_bounded() for sheet in document]
    assert texts[1].count("演示数据") == 8
