"""A new user's walk: from the notice to the printed 责任分解表, in the blank district.

The pictures of docs/walk.md are made by this test:
    CHUANGWEN_WALK_ALBUM=docs/walk ./dev test tests/e2e/test_walk.py -m browser -n0
"""

import re
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Page, expect

from tests.e2e.album import Album
from tests.e2e.seeing import PHONE

pytestmark = pytest.mark.browser
NOTICE = Path(__file__).parents[2] / "chuangwen/plan/samples/panzhihua-dongqu-2021.txt"
WINDOW = {"width": 1440, "height": 900}
ACTION, UNIT = "公共环境提升行动", "区发改局"
MEASURES = (
    ("制定公共环境提升行动方案，明确项目、责任人和进度。", "2021-09-30"),
    ("每月汇总各责任单位进度，报区创文办。", "2021-12-20"),
)


@pytest.fixture
def album(tmp_path) -> Album:
    return Album(tmp_path / "album")


@pytest.fixture
def desk(sign_in):
    """Return a function from a demonstration log-in's label to that person's window."""

    def sit_down(label: str, album: Album | None = None) -> Page:
        page = sign_in("").page
        page.set_viewport_size(WINDOW)
        page.goto("/login/")
        if album:
            album.see(page, "login")
        page.get_by_role("button", name=label, exact=True).click()
        page.wait_for_url(re.compile(r"//[^/]+/$"))
        return page

    return sit_down


def test_from_the_notice_to_the_printed_table(desk, album, convert, tmp_path):
    office = desk("空白区创文办，从导入通知开始", album)
    read_the_notice(office, album)
    resolve_the_doubts(office, album)
    confirm(office, album)
    dispatch(office, album)
    clerk = desk("空白区发改局联络员")
    submit_measures(clerk, album)
    judge(office, album)
    clerk.reload()
    expect(clerk.get_by_text("标记本部分完成…")).to_be_visible()
    album.see(clerk, "passed")
    table = download(office, "责任分解表（公文）", tmp_path)
    words = [cell.text for row in docx.Document(table).tables[0].rows for cell in row.cells]
    assert any(UNIT in cell for cell in words)
    look_at_pages(convert(table), album)
    assert download(office, "责任分解表（表格）", tmp_path).stat().st_size > 0
    assert len(album.names) == len(set(album.names))


def read_the_notice(page: Page, album: Album) -> None:
    """The blank home leads to the import; the file is read, and nothing applies yet."""
    album.see(page, "blank-home")
    page.get_by_role("link", name="导入与核对").click()
    page.set_input_files("[name=file]", NOTICE)
    album.see(page, "import")
    page.get_by_role("button", name="读入并核对").click()
    page.wait_for_url(re.compile(r"/plan/imports/[0-9a-f-]{36}/"))
    expect(page.locator("[data-review-count]")).not_to_be_empty()
    album.see(page, "review")


def resolve_the_doubts(page: Page, album: Album) -> None:
    """Each doubt is answered: one with another reading, one not taken over, the rest as read."""
    open_doubts = page.locator(".review-card[data-kind=anomaly][data-state=proposed]")
    total = open_doubts.count()
    assert total > 20
    same_unit = page.locator(".review-card", has_text="写法不同，看来是同一单位")
    expect(same_unit).to_have_count(1)
    answers = {"段末缺句号": "不采用"}
    while open_doubts.count():
        card = open_doubts.first
        card.scroll_into_view_if_needed()
        card.focus()
        words = card.inner_text()
        answer = next((said for said_of, said in answers.items() if said_of in words), "")
        before = open_doubts.count()
        card.get_by_role("button", name=answer or "按此读法接受").click()
        expect(open_doubts).to_have_count(before - 1)
        # A click on a card that is just being put in its place would be lost.
        expect(page.locator(".htmx-request, .htmx-swapping, .htmx-settling")).to_have_count(0)
    album.see(page, "doubts-resolved")
    expect(page.locator(".review-card[data-kind=anomaly][data-state=dropped]")).to_have_count(1)


def confirm(page: Page, album: Album) -> None:
    """What is left is accepted at once, then all of it becomes the plan in one step."""
    page.get_by_role("button", name=re.compile("接受其余全部")).click()
    page.locator("dialog[open] [type=submit]").click()
    page.wait_for_load_state("networkidle")
    page.get_by_role("button", name="确认并写入计划").click()
    album.see(page, "confirm")
    page.locator("dialog[open] [type=submit]").click()
    page.wait_for_url(re.compile("/plan/$"))
    expect(page.locator("main")).to_contain_text("区政府办公室、区行政审批局")
    album.see(page, "plan")
    page.set_viewport_size(PHONE)
    album.see(page, "plan-phone")
    page.set_viewport_size(WINDOW)


def dispatch(page: Page, album: Album) -> None:
    """A task of the action goes to the units that the notice names for it."""
    page.locator("summary", has_text=ACTION).click()
    page.wait_for_load_state("networkidle")
    album.see(page, "tree")
    page.locator("details.branch[open] a[href*='/plan/actions/']").first.click()
    page.wait_for_url(re.compile("/plan/actions/"))
    album.see(page, "action")
    page.locator("main a[href^='/plan/tasks/0']").first.click()
    page.wait_for_url(re.compile(r"/plan/tasks/[0-9a-f-]{36}/$"))
    page.get_by_role("link", name=re.compile("下达")).first.click()
    page.fill("[name=due_on]", "2021-12-31")
    expect(page.get_by_label(UNIT)).to_be_checked()
    album.see(page, "dispatch")
    page.get_by_role("button", name="下达给所选单位").click()
    page.wait_for_url(re.compile(r"/plan/tasks/[0-9a-f-]{36}/$"))
    expect(page.locator("main")).to_contain_text(UNIT)


def submit_measures(page: Page, album: Album) -> None:
    """The unit finds its duty on its first page and writes what it will do."""
    page.reload()
    album.see(page, "unit-home")
    page.set_viewport_size(PHONE)
    album.see(page, "unit-home-phone")
    page.set_viewport_size(WINDOW)
    page.goto("/plan/parts/?state=assigned")
    page.locator("tbody a").first.click()
    rows = page.locator(".measure-row")
    for number, (text, due_on) in enumerate(MEASURES):
        if rows.count() <= number:
            page.get_by_role("button", name="增加一条").click()
        rows.nth(number).locator("[name=text]").fill(text)
        rows.nth(number).locator("[name=due_on]").fill(due_on)
    album.see(page, "measures")
    page.get_by_role("button", name="报送创文办审核").click()
    expect(page.get_by_text("等待创文办审核").first).to_be_visible()


def judge(page: Page, album: Album) -> None:
    """The office finds the measures on its first page and lets them pass."""
    page.goto("/")
    album.see(page, "office-home")
    page.goto("/plan/parts/queue/")
    expect(page.locator("main")).to_contain_text(MEASURES[0][0])
    album.see(page, "judging")
    page.get_by_role("button", name="通过", exact=True).click()
    expect(page.get_by_text("已通过").first).to_be_visible()


def download(page: Page, name: str, folder: Path) -> Path:
    """The file behind a link of the plan's page, under the name it came with."""
    page.goto("/plan/")
    with page.expect_download() as waiting:
        page.get_by_role("link", name=name).click()
    path = folder / waiting.value.suggested_filename
    waiting.value.save_as(path)
    return path


def look_at_pages(document, album: Album) -> None:
    """A4, on many pages, each with text inside the margins of GB/T 9704 (left 28 mm, right 26)."""
    assert len(document) > 5
    millimetre = 72 / 25.4
    for sheet in document:
        width, height = sheet.get_size()
        assert sorted((round(width / millimetre), round(height / millimetre))) == [210, 297]
        text = sheet.get_textpage()
        boxes = [text.get_charbox(place) for place in range(text.count_chars())]
        assert boxes, "an empty page"
        assert min(left for left, *_rest in boxes) > 20 * millimetre
        assert max(right for _left, _bottom, right, _top in boxes) < width - 20 * millimetre
    words = "".join(sheet.get_textpage().get_text_bounded() for sheet in document)
    words = re.sub(r"\s", "", words)
    assert all(title in words for title in (ACTION, UNIT, "推动经济发展和科技进步"))
    assert re.search("2021[年-]12[月-]31", words), "the deadline that was set when dispatching"
    for number, name in ((0, "table-first-page"), (1, "table-second-page")):
        album.see_sheet(document[number], name)
