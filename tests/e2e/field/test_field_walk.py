"""An inspection from the register to the printed report: the office at its desk, a phone outdoors.

The pictures of docs/field-walk.md are made by this test:
    CHUANGWEN_WALK_ALBUM=docs/field-walk ./dev test tests/e2e/field -k register -m browser -n0
"""

import re
from collections.abc import Iterator
from pathlib import Path

import docx
import pypdfium2
import pytest
import xlsxwriter
from playwright.sync_api import Page, expect

from chuangwen.demonstration.accounts import PASSWORD
from tests.e2e.album import Album
from tests.e2e.field.phone import HERE, Phone
from tests.ops.installation import Installation
from tests.ops.test_serve import serving

pytestmark = pytest.mark.browser
WINDOW = {"width": 1440, "height": 900}
ROUND = "第一次模拟测评"
TYPES = ("公厕", "农贸市场", "银行网点")
COLUMNS = (
    "点位编号",
    "名称",
    "点位类型",
    "所属街道",
    "主管单位",
    "经度（WGS-84）",
    "纬度（WGS-84）",
)
EACH, DRAWN = 4, 5  # several of each type: the sample leaves some out


@pytest.fixture
def album(tmp_path) -> Album:
    return Album(tmp_path / "album")


@pytest.fixture
def served(new_district) -> Iterator[str]:
    """The demonstration, with its worker and by the true clock: phones have no other."""
    with serving(Installation(new_district().data)) as (_process, address):
        yield address


@pytest.fixture
def office(browser, served) -> Iterator[Page]:
    context = browser.new_context(
        base_url=served, locale="zh-CN", timezone_id="Asia/Shanghai", viewport=WINDOW
    )
    page = context.new_page()
    page.goto("/login/")
    page.fill("[name=username]", "chuangwenban")
    page.fill("[name=password]", PASSWORD)
    page.click("main button")
    yield page
    context.close()


@pytest.fixture
def phone(browser, served) -> Iterator[Phone]:
    held = Phone(browser, served)
    yield held
    held.context.close()


def test_from_the_register_to_the_printed_report(office, phone, album, convert, tmp_path):
    import_the_register(office, album, tmp_path)
    plan_a_round(office, album)
    walk_offline(phone, album)
    come_home(phone, album)
    close(office, album)
    print_the_report(office, album, convert, tmp_path)
    assert len(album.names) == len(set(album.names))


def import_the_register(page: Page, album: Album, folder: Path) -> None:
    """The file is checked first; what it would write is shown; then it is written."""
    page.get_by_role("link", name="点位", exact=True).click()
    page.get_by_role("link", name="导入", exact=True).click()
    page.set_input_files("[name=file]", register(folder / "点位名录.xlsx"))
    page.get_by_label("文件中坐标的坐标系").select_option(label="WGS-84（手机定位）")
    page.get_by_role("button", name="检查文件").click()
    button = page.get_by_role("button", name="确认导入")
    expect(button).to_be_visible(timeout=60_000)
    expect(page.get_by_text(f"新建 {EACH * len(TYPES)} 个点位")).to_be_visible()
    album.see(page, "register-checked")
    button.click()
    page.wait_for_url(re.compile(r"/sites/$"), timeout=60_000)
    page.get_by_label("名称、编号、地址").fill("走一遍")
    page.get_by_role("button", name="筛选").click()
    page.wait_for_url("**/sites/?*")
    expect(page.locator("tbody tr")).to_have_count(EACH * len(TYPES))
    album.see(page, "register")


def register(path: Path) -> Path:
    """A register as an office has it: several sites of three types."""
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("点位")
        sheet.write_row(0, 0, COLUMNS)
        for number in range(EACH * len(TYPES)):
            kind = TYPES[number % len(TYPES)]
            sheet.write_row(
                number + 1,
                0,
                (
                    f"Z{number:03}",
                    f"走一遍{kind}{number // len(TYPES) + 1}",
                    kind,
                    "",
                    "区综合行政执法局",
                    HERE["longitude"] + number / 10_000,
                    HERE["latitude"],
                ),
            )
    return path


def plan_a_round(page: Page, album: Album) -> None:
    """Head, sample, pair, start."""
    page.goto("/rounds/new/")
    page.get_by_label("名称", exact=True).fill(ROUND)
    page.get_by_label("类别").select_option(label="模拟测评")
    versions = page.get_by_label("测评体系版本")
    versions.select_option(index=versions.locator("option").count() - 1)
    day = page.evaluate("new Date().toISOString().slice(0, 10)")
    page.get_by_label("开始日期").fill(day)
    page.get_by_label("结束日期").fill(day)
    album.see(page, "round")
    page.locator("main form button[type=submit]").last.click()
    page.wait_for_url(re.compile(r"/rounds/[0-9a-f-]{36}/"))
    page.get_by_role("link", name="2 抽样").click()
    page.get_by_label("抽样方法").select_option(label="分层随机抽样")
    page.get_by_label("所属街道或社区", exact=True).uncheck()
    page.get_by_label("抽样数量").fill(str(DRAWN))
    page.get_by_label("只从这些类型").select_option(label=list(TYPES))
    page.get_by_role("button", name="预览").click()
    draw = page.get_by_role("button", name=f"抽取这 {DRAWN} 个点位")
    expect(draw).to_be_visible()
    album.see(page, "sample")
    draw.click()
    page.get_by_role("link", name="3 分组").click()
    page.get_by_label(re.compile("王芳")).check()
    page.get_by_role("button", name="建立一组").click()
    page.get_by_role("button", name="自动分配全部点位").click()
    album.see(page, "pairs")
    page.get_by_role("link", name="4 启动").click()
    page.get_by_role("button", name="启动", exact=True).click()
    album.see(page, "start")
    page.locator("dialog[open] [type=submit]").click()
    expect(page.get_by_role("link", name="测评报告")).to_be_visible()


def walk_offline(phone: Phone, album: Album) -> None:
    """Five sites of three types without a signal; the phone is opened anew on the way."""
    phone.sign_in("chuangwenban", PASSWORD)
    phone.page.locator(".card", has_text=ROUND).get_by_role("button", name="下载").click()
    enter = phone.page.locator(".card", has_text=ROUND).get_by_role("link", name="进入点位")
    expect(enter).to_be_visible()
    phone.go_offline()
    enter.click()
    expect(phone.page.locator(".site")).to_have_count(DRAWN)
    album.see(phone.page, "phone-sites")
    for place in range(DRAWN):
        phone.page.locator(".site").nth(place).click()
        expect(phone.line(0)).to_be_visible()
        phone.answer_anything(fails=place == 0)
        if place == 0:
            album.see(phone.page, "phone-checklist")
        if place == 1:
            phone.page.reload()
            expect(phone.line(0)).to_be_visible()
        phone.seal()
    phone.see_records()
    phone.await_counters(DRAWN, 0, 0)
    album.see(phone.page, "phone-sealed")


def come_home(phone: Phone, album: Album) -> None:
    """With a signal everything is sent, confirmed and let go."""
    phone.go_offline(False)
    phone.await_counters(DRAWN, DRAWN, DRAWN, patience=90_000)
    album.see(phone.page, "phone-confirmed")
    assert phone.sealed_records() == {}


def close(page: Page, album: Album) -> None:
    """The board is there at once; the round is closed."""
    page.reload()
    expect(page.get_by_text("达标率").first).to_be_visible()
    album.see(page, "board")
    page.get_by_role("link", name="结束本轮", exact=True).click()
    expect(page.get_by_text("还没有了结的")).to_be_visible()
    closed, changed = page.get_by_text("结果校验值"), page.get_by_text("刚才又有变化")
    for _ in range(5):  # the worker may still be comparing photos: then it asks to look once more
        confirm = page.get_by_label("以上情况已知悉，仍要结束")
        if confirm.count():
            confirm.check()
        with page.expect_navigation():
            page.get_by_role("button", name="结束本轮", exact=True).click()
        expect(closed.or_(changed)).to_be_visible()
        if closed.is_visible():
            break
    expect(closed).to_be_visible()


def print_the_report(page: Page, album: Album, convert, folder: Path) -> None:
    """The report as an official document, looked at as pages, and as it prints from the page."""
    page.get_by_role("link", name="测评报告").click()
    album.see(page, "report")
    with page.expect_download() as downloading:
        page.get_by_role("link", name="公文（Word）").click()
    path = folder / "测评报告.docx"
    downloading.value.save_as(path)
    written = "".join(paragraph.text for paragraph in docx.Document(str(path)).paragraphs)
    assert ROUND in written
    sheets = convert(path)
    for number in range(min(len(sheets), 3)):
        album.see_sheet(sheets[number], f"report-page-{number + 1}")
    printed = folder / "print.pdf"
    page.pdf(path=str(printed), prefer_css_page_size=True)
    assert ROUND in pypdfium2.PdfDocument(str(printed))[0].get_textpage().get_text_range()
