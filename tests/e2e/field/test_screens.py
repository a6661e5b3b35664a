"""Every screen at 360 pixels: readable, reachable by a thumb, within the security policy."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, expect

from chuangwen.demonstration.accounts import PASSWORD
from tests.e2e.album import Album
from tests.e2e.field.fake import ROUND, FakeServer
from tests.e2e.field.phone import Phone
from tests.e2e.seeing import PHONE

pytestmark = pytest.mark.browser
LEAST = 48
SMALL = f"""() => [...document.querySelectorAll("button, a, input, textarea")]
  .filter((one) => {{
    const {{ width, height }} = one.getBoundingClientRect();
    return width > 0 && height > 0 && height < {LEAST} && one.type !== "file";
  }})
  .map((one) => one.outerHTML.slice(0, 120))"""
WECHAT = "Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 Chrome/116 MicroMessenger/8.0.42"


@pytest.fixture
def phone(browser: Browser, address: str) -> Iterator[Phone]:
    held = Phone(browser, address)
    held.server = FakeServer(held.context)
    held.sign_in("chuangwenban", PASSWORD)
    yield held
    held.context.close()


@pytest.fixture
def look(phone: Phone, tmp_path) -> Callable[[str], None]:
    album = Album(tmp_path / "album")

    def at(name: str) -> None:
        page = phone.page
        album.see(page, name)
        assert phone.visitor.barriers() == [], name
        assert page.evaluate(SMALL) == [], name
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], name
        assert phone.visitor.complaints == [], name

    return at


def test_the_screens_of_a_visit(phone, look):
    look("轮次")
    phone.download()
    look("轮次已下载")
    phone.enter_sites()
    look("点位")
    phone.tap("示意图")
    expect(phone.page.locator(".map-site")).to_have_count(7)
    look("示意图")
    phone.page.get_by_role("button", name="1 人民街第 1 段（演示数据）").click()
    expect(phone.line(6)).to_be_visible()
    look("测评表")
    phone.line(0).get_by_role("button", name="没有", exact=True).click()
    phone.line(1).get_by_role("button", name="有", exact=True).click()
    phone.line(2).get_by_role("button", name="数量加一").click()
    phone.fill(3, "长度", "200.5")
    phone.line(3).get_by_role("button", name="长度加一").click()
    expect(phone.line(3).get_by_label("长度", exact=True)).to_have_value("200.5")
    phone.line(4).get_by_role("button", name="不适用").click()
    phone.fill(5, "观察", "3")
    phone.fill(5, "其中不文明", "5")
    expect(phone.page.get_by_text("不能大于总数")).to_be_visible()
    look("测评表有错")
    phone.line(0).get_by_role("button", name="拍照", exact=True).click()
    expect(phone.page.get_by_label("拍照", exact=True)).to_be_enabled()
    look("拍照")
    phone.page.get_by_label("拍照", exact=True).click()
    expect(phone.page.locator(".camera-count")).to_have_text("已拍 1 张")
    phone.tap("完成")
    look("测评表有照片")
    phone.page.get_by_role("link", name="检查并封存").click()
    lacks = phone.page.locator(".lack")
    expect(lacks).to_have_count(5)
    look("检查")
    lacks.nth(3).click()
    expect(phone.line(4)).to_be_focused()


def test_the_screens_of_records(phone, look):
    phone.download()
    phone.enter_sites()
    phone.tap("点位之外发现问题")
    look("点位之外")
    phone.page.get_by_label("地点").fill("公园北门")
    phone.page.get_by_label("问题").fill("井盖缺失")
    phone.tap("拍照")
    shutter = phone.page.get_by_label("拍照", exact=True)
    expect(shutter).to_be_enabled()
    shutter.click()
    expect(phone.page.locator(".camera-count")).to_have_text("已拍 1 张")
    phone.tap("完成")
    phone.server.fails = True
    phone.seal()
    phone.see_records()
    expect(phone.page.get_by_text("服务器暂时没有应答")).to_be_visible()
    look("记录未送到")
    phone.tap("退出登录")
    expect(phone.page.get_by_role("dialog")).to_be_visible()
    look("没有退出")
    phone.tap("知道了")
    phone.server.fails = False
    phone.tap("立即同步")
    phone.await_counters(1, 1, 1)
    look("记录已确认")
    assert len(phone.server.committed) == 1
    phone.server.signed_in = False
    phone.page.get_by_role("link", name="轮次").click()
    expect(phone.page.get_by_role("link", name="登录")).to_have_attribute(
        "href", "/login/?next=%2Ffield%2F"
    )
    look("登录已过期")


def test_a_second_window_does_not_interfere(phone, look):
    second = phone.context.new_page()
    second.goto("/field/")
    expect(second.locator("h1")).to_have_text("已在另一个窗口打开", timeout=10_000)
    expect(phone.page.get_by_text(ROUND["name"])).to_be_visible()
    phone.page.close()
    second.get_by_role("button", name="重新载入").click()
    expect(second.locator("h1")).to_have_text("现场测评", timeout=10_000)


def test_wechat_is_told_to_open_the_browser(browser, address):
    held = Phone(browser, address, user_agent=WECHAT)
    held.page.goto("/field/shell/")
    expect(held.page.locator("h1")).to_have_text("请用系统浏览器打开")
    assert held.visitor.barriers() == []
    assert held.page.evaluate(SMALL) == []
    assert held.visitor.complaints == []
    held.context.close()
