"""The register before a browser: the map draws without tiles and follows the list's filter."""

import json
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
    found = {path: visitor.problems_at_any_width(path) for path in paths}
    assert {path: problems for path, problems in found.items() if problems} == {}


def test_eight_cards_fill_a_sheet(sign_in, tmp_path):
    texts = sign_in("chuangwenban").printed("/sites/cards/", tmp_path / "cards.pdf")
    assert texts[1].count("演示数据") == 8


def test_the_file_of_a_site_and_the_list_print_without_the_screen(sign_in, tmp_path):
    visitor = sign_in("chuangwenban")
    sheets = visitor.printed("/sites/", tmp_path / "sites.pdf")
    assert len(sheets) > 1
    assert all("主管单位" in one and "重要程度" in one for one in sheets)
    path = str(visitor.page.locator("tbody a").first.get_attribute("href"))
    (sheet,) = visitor.printed(path, tmp_path / "site.pdf")
    told = ("基本情况", "点位编号", "WGS-84", "实地测评", "建设情况和投入", "照片和附件")
    assert [one for one in told if one not in sheet] == []
    for text in (*sheets, sheet):
        screen = (
            "跳到正文",
            "退出登录",
            "打印",
            "更正",
            "责任和经过",
            "全选本页",
            "添加照片",
            "Excel",
        )
        assert [one for one in screen if one in text] == []


def test_choosing_in_the_list_marks_on_the_map_and_back(sign_in):
    visitor = sign_in("chuangwenban")
    page = visitor.page
    page.set_viewport_size({"width": 1920, "height": 1000})
    page.goto("/sites/?q=公厕")
    expect(page.locator(PLACE)).to_have_attribute("data-marks", "3", timeout=30_000)
    row = page.locator("tr[data-site]").first
    row.locator("a").first.focus()
    expect(page.locator(".map-chosen")).to_be_visible()
    row.locator("[data-locate]").press("Enter")
    mark = page.locator(f"a.map-site[data-site='{row.get_attribute('data-site')}']")
    expect(mark).to_be_visible()
    other = page.locator("tr[data-site]").nth(1)
    expect(other).not_to_have_class(re.compile("is-chosen"))
    mark.focus()
    expect(row).to_have_class(re.compile("is-chosen"))
    assert visitor.barriers() == []
    assert visitor.complaints == []


def test_on_a_phone_the_map_comes_when_it_is_asked_for(sign_in):
    visitor = sign_in("chuangwenban")
    page = visitor.page
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.set_viewport_size({"width": 360, "height": 760})
    page.goto("/sites/?q=公厕")
    expect(page.locator("tr[data-site]").first).to_be_visible()
    expect(page.locator(".site-map")).to_be_hidden()
    assert not [url for url in asked if "map.json" in url]
    page.get_by_role("button", name="地图", exact=True).press("Enter")
    expect(page.locator(PLACE)).to_have_attribute("data-marks", "3", timeout=30_000)
    expect(page.locator("tr[data-site]").first).to_be_hidden()
    assert visitor.barriers() == []
    page.get_by_role("button", name="列表", exact=True).click()
    page.locator("[data-locate]").first.click()
    expect(page.locator(".map-chosen")).to_be_visible()
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= 360
    assert visitor.complaints == []


def test_a_boundary_is_drawn_beneath_without_tiles(sign_in):
    visitor = sign_in("chuangwenban")
    page = visitor.page
    page.set_viewport_size({"width": 1920, "height": 1000})
    ring = [[101.70, 26.55], [101.74, 26.55], [101.74, 26.60], [101.70, 26.60], [101.70, 26.55]]
    around = {"type": "FeatureCollection", "features": [{
        "type": "Feature", "properties": {"名称": "试画的边界"},
        "geometry": {"type": "Polygon", "coordinates": [ring]},
    }]}  # fmt: skip
    page.goto("/sites/boundaries/")
    content = json.dumps(around).encode()
    given = {"name": "边界.geojson", "mimeType": "application/geo+json", "buffer": content}
    page.set_input_files("[name=file]", [given])
    page.select_option("[name=datum]", "wgs84")
    page.get_by_role("button", name="检查文件").click()
    assert visitor.barriers() == []
    page.get_by_role("button", name="启用").click()
    expect(page.get_by_role("heading", name="使用中：边界.geojson")).to_be_visible()
    try:
        assert visitor.problems_at("/sites/boundaries/") == []
        page.set_viewport_size({"width": 1920, "height": 1000})
        page.goto("/sites/")
        expect(page.locator(".map-boundary")).to_have_text("试画的边界", timeout=30_000)
        assert visitor.complaints == []
        assert visitor.barriers() == []
    finally:
        page.goto("/sites/boundaries/")
        page.locator("form[action$='/remove/'] [data-open]").click()
        page.fill("form[action$='/remove/'] [name=reason]", "试画完毕")
        page.locator("form[action$='/remove/'] dialog [type=submit]").click()
        expect(page.get_by_role("heading", name="导入边界")).to_be_visible()
