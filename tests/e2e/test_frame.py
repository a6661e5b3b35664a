"""The frame of every page, by mouse and by keyboard."""

import pytest
from playwright.sync_api import expect

from tests.e2e.seeing import PHONE

pytestmark = pytest.mark.browser


def test_the_navigation_slides_in_on_a_phone(sign_in):
    page = sign_in("fagai").page
    page.set_viewport_size(PHONE)
    navigation = page.get_by_role("navigation", name="主导航")
    expect(navigation).to_be_hidden()
    page.get_by_role("button", name="打开导航").click()
    expect(navigation).to_be_visible()
    page.keyboard.press("Escape")
    expect(navigation).to_be_hidden()


def test_the_navigation_opens_without_script(browser, address, sign_in):
    state = sign_in("fagai").page.context.storage_state()
    context = browser.new_context(
        base_url=address, java_script_enabled=False, storage_state=state, viewport=PHONE
    )
    page = context.new_page()
    page.goto("/")
    page.get_by_text("打开导航").click()
    expect(page.get_by_role("navigation", name="主导航")).to_be_visible()
    context.close()


def test_the_first_tab_leads_past_the_frame(sign_in):
    page = sign_in("fagai").page
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="跳到正文")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#content")).to_be_focused()


def test_a_confirmation_asks_in_a_dialog(sign_in):
    page = sign_in("chuangwenban").page
    page.goto("/gallery/")
    page.get_by_role("button", name="舍弃").click()
    expect(page.get_by_role("dialog", name="确定舍弃吗？")).to_be_visible()
    page.get_by_role("button", name="取消").click()
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_a_chart_is_drawn_and_its_numbers_can_be_read(sign_in):
    visitor = sign_in("chuangwenban")
    visitor.page.goto("/gallery/")
    expect(visitor.page.locator(".chart canvas").first).to_be_visible()
    visitor.page.get_by_text("数据表").click()
    expect(visitor.page.get_by_role("cell", name="58.1")).to_be_visible()
    assert visitor.complaints == []


def test_question_mark_lists_the_keys(sign_in):
    page = sign_in("chuangwenban").page
    page.goto("/")
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="快捷键")).to_contain_text("上一行")


def test_paper_shows_the_text_alone(sign_in):
    page = sign_in("chuangwenban").page
    page.goto("/gallery/")
    page.emulate_media(media="print")
    expect(page.locator(".shell-header")).to_be_hidden()
    expect(page.locator(".shell-navigation")).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.pdf(format="A4").startswith(b"%PDF")
