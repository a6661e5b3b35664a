"""Reviewing the notice: text and cards in step, by keyboard, without reloading."""

import re
import time
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e.seeing import Visitor

pytestmark = pytest.mark.browser
NOTICE = Path(__file__).parents[2] / "chuangwen/plan/samples/panzhihua-dongqu-2021.txt"
MANY, PATIENCE = 3000, 1.0


def wait_until_alive(page: Page) -> None:
    """The island has counted its cards."""
    expect(page.locator("[data-review-count]")).not_to_be_empty()


def take_in(page: Page, text: str) -> None:
    page.goto("/plan/imports/")
    document = {"name": "通知.txt", "mimeType": "text/plain", "buffer": text.encode()}
    page.set_input_files("[name=file]", document)
    page.get_by_role("button", name="读入并核对").click()
    page.wait_for_url(re.compile(r"/plan/imports/[0-9a-f-]{36}/"))
    wait_until_alive(page)


@pytest.fixture
def office(sign_in) -> Page:
    """王芳 of 区创文办, in the district that was made of the notice."""
    visitor = sign_in("chuangwenban")
    yield visitor.page
    assert visitor.complaints == []


@pytest.fixture
def review(office) -> Page:
    """The notice again, as a document of its own: its doubts are asked anew."""
    take_in(office, NOTICE.read_text())
    office.select_option("[name=amends]", "")
    office.get_by_role("button", name="重新比对").click()
    office.goto(office.url.split("?")[0] + "?kind=anomaly")
    wait_until_alive(office)
    return office


def saved(page: Page, act) -> None:
    """Do something, and wait until the server has answered it."""
    with page.expect_response(lambda response: response.request.method == "POST"):
        act()
    expect(page.locator("[aria-busy=true]")).to_have_count(0)


def show(page: Page, kind: str) -> None:
    page.goto(page.url.split("?")[0] + f"?kind={kind}")
    wait_until_alive(page)


def test_a_flaw_in_the_text_leads_to_its_card_and_back(review):
    piece = review.locator(".span--anomaly", has_text="202186")
    piece.click()
    card = review.locator(".review-card.is-current")
    expect(card).to_contain_text("202186")
    expect(piece).to_have_class(re.compile("is-current"))
    expect(card).to_be_focused()


def test_a_decision_by_key_is_kept_by_the_server(review):
    review.keyboard.press("n")
    chosen = review.locator(".review-card.is-current").get_attribute("data-item")
    saved(review, lambda: review.keyboard.press("a"))
    review.reload()
    wait_until_alive(review)
    decided = review.locator(f"[data-item='{chosen}']")
    expect(decided).to_have_attribute("data-state", "accepted")
    decided.focus()
    with review.expect_response(re.compile("/decide/")):
        review.keyboard.press("u")


def test_thousands_of_items_answer_at_once(review):
    """The page of this notice, its items repeated until there are 3,000."""
    address = review.url.split("?")[0] + "?kind=all"

    def multiply(route: Route) -> None:
        page = route.fetch().text()
        cards = re.findall(r'<li class="review-card".*?</li>', page, re.S)
        times = MANY // len(cards) + 1
        copies = (
            card.replace('data-item="', f'data-item="{copy}-')
            for copy in range(times)
            for card in cards
        )
        head, tail = page.split(cards[0], 1)
        route.fulfill(body=head + "".join(copies) + tail.rsplit("</li>", 1)[1])

    review.route(address, multiply)
    review.goto(address)
    expect(review.locator("[data-review-count]")).to_have_text(re.compile(r"显示 \d{4} 条"))
    assert review.locator("[data-item]").count() >= MANY
    begun = time.monotonic()
    for _ in range(20):
        review.keyboard.press("j")
    walked = (time.monotonic() - begun) / 20
    begun = time.monotonic()
    review.locator("[data-review-filter] [name=kind]").select_option("task")
    review.evaluate("document.body.offsetHeight")
    filtered = time.monotonic() - begun
    assert max(walked, filtered) < PATIENCE, (walked, filtered)


def test_the_review_has_no_barriers(review):
    assert Visitor(review).problems_at(review.url) == []


def test_a_task_is_split_at_the_cursor_and_undone_by_key(review):
    show(review, "task")
    review.keyboard.press("j")
    review.keyboard.press("s")
    words = review.locator(".is-current [data-review-words]")
    words.evaluate("field => field.setSelectionRange(40, 40)")
    words.dispatch_event("click")
    expect(review.locator(".is-current [name=at]")).to_have_value("40")
    saved(review, lambda: review.get_by_role("button", name="在此处拆分").click())
    new = review.locator(".review-card", has_text="人工添加")
    expect(new).to_have_count(1)
    expect(review.locator(".is-current + .review-card")).to_contain_text("人工添加")
    review.locator(".review-card.is-current").focus()
    saved(review, lambda: review.keyboard.press("z"))
    expect(new).to_have_count(0)


def test_ticked_neighbours_are_merged_by_key(review):
    show(review, "task")
    cards = review.locator("[data-item]")
    names = [cards.nth(place).locator("strong").inner_text() for place in (0, 1)]
    for key in ("j", "t", "j", "t"):
        review.keyboard.press(key)
    saved(review, lambda: review.keyboard.press("m"))
    expect(cards.nth(0)).to_contain_text("人工改过")
    expect(cards.nth(0).locator("strong")).to_have_text(names[0])
    expect(cards.nth(1)).to_have_attribute("data-state", "dropped")
    expect(cards.nth(1).locator("strong")).to_have_text(names[1])


def test_marked_text_becomes_an_item_below_its_action(review):
    piece = review.locator(".review-source .span", has_text="区委政法委").first
    piece.evaluate("node => document.getSelection().selectAllChildren(node)")
    expect(review.locator("[data-review-add-link]")).to_have_text("把选中的原文添加为条目")
    review.locator("[data-review-add-link]").click()
    review.select_option("[name=kind_of_item]", "duty")
    expect(review.locator("[data-review-add-place] [name=role]")).to_be_visible()
    chosen = review.locator("[data-review-add-place] [name=parent] option:checked")
    expect(chosen).to_contain_text("法治环境")
    saved(review, lambda: review.get_by_role("button", name="添加", exact=True).click())
    expect(review.locator(".toasts")).to_contain_text("已添加责任单位")
    show(review, "duty")
    expect(review.locator(".review-card", has_text="人工添加")).to_contain_text("法治环境")


def test_an_error_stands_beside_its_field_and_what_was_typed_stays(review):
    show(review, "target")
    review.keyboard.press("j")
    review.keyboard.press("e")
    form = review.locator(".is-current [data-review-form]")
    form.locator("[name=value]").fill("七十")
    form.locator("[name=name]").fill("达标率（改）")
    saved(review, lambda: form.get_by_role("button", name="保存并接受").click())
    expect(form.locator(".invalid-feedback")).to_contain_text("不是数字")
    expect(form.locator("[name=value]")).to_be_focused()
    expect(form.locator("[name=name]")).to_have_value("达标率（改）")
    form.locator("[name=value]").fill("70")
    saved(review, lambda: form.get_by_role("button", name="保存并接受").click())
    expect(review.locator(".review-card.is-current")).to_contain_text("达标率（改）")


def test_a_doubt_is_decided_by_its_edited_reading_and_changes_its_document(review):
    doubt = review.locator(".review-card", has=review.locator("strong", has_text="202186"))
    doubts = review.locator("[data-item]").count()
    doubt.locator("[name=reading]").fill("2021年8月16日")
    saved(review, lambda: doubt.get_by_role("button", name="按此读法接受").click())
    expect(doubt).to_have_attribute("data-state", "accepted")
    expect(review.locator("[data-item]")).to_have_count(doubts)  # its document is in another view
    show(review, "document")
    review.keyboard.press("j")
    review.keyboard.press("e")
    expect(review.locator(".is-current [name=date]")).to_have_value("2021-08-16")
    show(review, "anomaly")
    saved(review, lambda: doubt.get_by_role("button", name="不采用").click())
    expect(doubt).to_have_attribute("data-state", "dropped")


def test_an_amended_notice_shows_only_what_was_amended(office):
    text = NOTICE.read_text()
    for old, new in (
        ("牵头单位区委政法委", "牵头单位：区财政局"),
        ("202170%以上测评点位达标", "2021年75%以上测评点位达标"),
    ):
        assert text.count(old) == 1
        text = text.replace(old, new)
    _first, gone = re.findall(r"^2\.加强城市运行管理。.*\n", text, re.M)
    before, behind = text.rsplit(gone, 1)
    take_in(office, before + behind)
    cards = office.locator("[data-item]")
    expect(cards.filter(has_text="区财政局")).to_contain_text("区委政法委")
    office.locator("[data-review-filter] [name=change]").select_option("gone")
    expect(cards.locator("visible=true").first).to_contain_text("默认保留")
    office.locator("[data-review-filter] [name=change]").select_option("changed")
    expect(cards.filter(has_text="测评点位达标率").first).to_contain_text("75")
    expect(office.locator(".review-summary")).to_contain_text("项改动没有决定")


def test_the_very_same_notice_has_no_differences(office):
    take_in(office, NOTICE.read_text())
    expect(office.get_by_text("没有差异：")).to_be_visible()
