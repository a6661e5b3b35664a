"""Official papers at a browser: drafted, signed and numbered; verified by a stranger."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
ISSUED, NUMBER = "文明城市创建问题整改情况的通报", "创文办通报〔2021〕1号"


def open_paper(page, title: str) -> str:
    page.goto("/documents/")
    page.locator("tbody a", has_text=title).last.click()
    expect(page.locator("h1")).to_contain_text(title)
    return page.url


def test_from_the_draft_to_its_number(sign_in):
    office, leader = (sign_in(name).page for name in ("chuangwenban", "zhihuibu"))
    office.goto("/documents/new/")
    office.select_option("[name=kind]", "summary")
    office.get_by_role("button", name="起草").click()
    expect(office.get_by_text("已起草")).to_be_visible()
    address = office.url
    office.get_by_role("link", name="修改文字").click()
    office.fill("[name=demands]", "下月继续做好整改。")
    office.get_by_role("button", name="保存").click()
    office.get_by_role("link", name="正文", exact=True).click()
    expect(office.get_by_text("下月继续做好整改。")).to_be_visible()
    expect(office.get_by_text("提升行动任务进展")).to_be_visible()
    office.goto(address)
    office.get_by_role("button", name="送审").click()
    expect(office.get_by_text("须由其他有签发权的人签发")).to_be_visible()
    leader.goto(address)
    leader.get_by_role("button", name="签发").click()
    expect(leader.get_by_text("已办理：签发。")).to_be_visible()
    office.goto(address)
    office.get_by_role("button", name="编号印发").click()
    expect(office.locator("#paper-progress")).to_contain_text("创文办总结〔2021〕1号")


def test_a_stranger_verifies_the_issued_one(sign_in, tmp_path):
    head = sign_in("fagai-juzhang").page
    open_paper(head, ISSUED)
    code = head.locator("dd a").inner_text()
    assert re.fullmatch(r"\w{4}-\w{4}-\w{4}", code)
    with head.expect_download() as started:
        head.get_by_role("link", name="下载 PDF").click()
    received = tmp_path / "received.pdf"
    started.value.save_as(received)
    stranger = sign_in("")
    stranger.page.goto("/documents/verify/")
    stranger.page.fill("[name=code]", code.lower())
    stranger.page.get_by_role("button", name="查验").click()
    expect(stranger.page.get_by_text(NUMBER)).to_be_visible()
    stranger.page.set_input_files("[name=file]", received)
    stranger.page.get_by_role("button", name="比对").click()
    expect(stranger.page.get_by_text("逐字节相同")).to_be_visible()
    received.write_bytes(received.read_bytes() + b" ")
    stranger.page.set_input_files("[name=file]", received)
    stranger.page.get_by_role("button", name="比对").click()
    expect(stranger.page.get_by_text("与印发的文件不同")).to_be_visible()
    assert stranger.barriers() == []


def test_every_page_of_papers_is_readable(sign_in):
    visitor = sign_in("chuangwenban")
    issued = open_paper(visitor.page, ISSUED)
    visitor.page.goto("/documents/?state=draft")
    visitor.page.locator("tbody a").last.click()
    draft = visitor.page.url
    paths = [
        "/documents/", "/documents/new/", "/documents/templates/",
        "/documents/templates/bulletin/", "/documents/verify/", "/cases/figures/",
        "/cases/figures/?by=source", issued, f"{issued}text/", draft, f"{draft}edit/",
    ]  # fmt: skip
    found = {path: visitor.problems_at_any_width(path) for path in paths}
    assert {path: problems for path, problems in found.items() if problems} == {}


def test_the_text_and_the_figures_print_on_paper(sign_in, tmp_path):
    visitor = sign_in("chuangwenban")
    issued = open_paper(visitor.page, ISSUED)
    text = visitor.printed(f"{issued}text/", tmp_path / "text.pdf")
    assert NUMBER in text[0]
    assert "问题清单" in "".join(text[1:])
    assert "送审时统计" not in "".join(text)
    figures = visitor.printed("/cases/figures/?since=2021-08-16", tmp_path / "figures.pdf")
    assert "按期结案率" in figures[0]
    assert "保存" not in "".join(figures)
