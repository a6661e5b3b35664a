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


@pytest.fixture
def review(sign_in) -> Page:
    """The notice, read in by 王芳 of 区创文办."""
    visitor = sign_in("chuangwenban")
    page = visitor.page
    page.goto("/plan/imports/")
    page.set_input_files("[name=file]", NOTICE)
    page.get_by_role("button", name="读入并核对").click()
    page.wait_for_url(re.compile(r"/plan/imports/[0-9a-f-]{36}/"))
    wait_until_alive(page)
    yield page
    assert visitor.complaints == []


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
    with review.expect_response(re.compile("/decide/")):
        review.keyboard.press("a")
    expect(review.locator("[aria-busy=true]")).to_have_count(0)
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
