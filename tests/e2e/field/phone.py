"""A phone in an inspector's hand: 360 pixels wide, with a camera, a place and a bad network."""

import json
import os
import signal
import time
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.e2e.seeing import PHONE, Visitor

HERE = {"latitude": 26.58734, "longitude": 101.71873}
PATIENCE = 30_000
# What passes under every threshold that the reference checklists have.
ANY_NUMBERS = {
    "数量": "60",
    "长度": "100",
    "面积": "100",
    "总数": "20",
    "符合的": "20",
    "观察": "20",
    "其中不文明": "0",
}
READ = """async () => {
  const database = await new Promise((resolve, reject) => {
    const opening = indexedDB.open("chuangwen-field");
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
  const all = (name) => new Promise((resolve, reject) => {
    const asked = database.transaction(name).objectStore(name).getAll();
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
  const photos = await all("photos");
  const found = {
    drafts: await all("drafts"),
    records: await all("records"),
    photos: photos.map(({ visit, sha256, blob }) => ({ visit, sha256, size: blob.size })),
  };
  database.close();
  return found;
}"""


class Phone:
    """What an inspector does with it. `page` changes when the old one died."""

    def __init__(self, browser: Browser, address: str, **options: Any) -> None:
        self.context: BrowserContext = browser.new_context(
            base_url=address,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            viewport=PHONE,
            has_touch=True,
            is_mobile=True,
            geolocation=HERE,
            permissions=["geolocation", "camera"],
            **options,
        )
        self.page: Page = self.context.new_page()
        self.visitor = Visitor(self.page)

    def sign_in(self, username: str, password: str) -> None:
        """Sign in as everybody does, open the app, and wait until it is kept on the phone."""
        self.page.goto("/login/")
        self.page.fill("[name=username]", username)
        self.page.fill("[name=password]", password)
        self.page.click("main button")
        self.page.wait_for_url("**/")
        self.open()
        for _ in range(PATIENCE // 100):
            if self.page.evaluate("navigator.serviceWorker.controller !== null"):
                return
            self.page.wait_for_timeout(100)
        raise AssertionError("the service worker does not take over")

    def open(self) -> None:
        """Open the app at its beginning."""
        self.page.goto("/field/")
        expect(self.page.locator("h1")).to_be_visible(timeout=PATIENCE)

    def go_offline(self, offline: bool = True) -> None:
        """Lose the signal, or find it again."""
        self.context.set_offline(offline)

    def download(self) -> None:
        """Take the one round that there is."""
        self.tap("下载")
        expect(self.page.get_by_role("link", name="进入点位")).to_be_visible(timeout=PATIENCE)

    def tap(self, name: str) -> None:
        """Press a button by its words."""
        self.page.get_by_role("button", name=name, exact=True).click()

    def enter_sites(self) -> None:
        """Open the list of sites."""
        self.page.get_by_role("navigation").get_by_role("link", name="点位").click()
        expect(self.page.locator(".site").first).to_be_visible()

    def begin(self, place: int) -> None:
        """Begin at a site, or go on with it."""
        self.enter_sites()
        self.page.locator(".site").nth(place).click()
        expect(self.line(0)).to_be_visible()

    def line(self, place: int) -> Locator:
        """A card of the checklist."""
        return self.page.locator(".line").nth(place)

    def fill(self, place: int, name: str, number: str) -> None:
        """Write a number."""
        field = self.line(place).get_by_label(name, exact=True)
        field.fill(number)
        field.blur()

    def answer_all(self) -> None:
        """Answer the seven lines of the round, one of each shape, so that every one passes."""
        self.line(0).get_by_role("button", name="有", exact=True).click()
        for _ in range(3):
            self.line(1).get_by_role("button", name="数量加一").click()
        self.fill(2, "数量", "4")
        self.fill(2, "长度", "200")
        self.fill(3, "总数", "10")
        self.fill(3, "符合的", "9")
        self.line(4).get_by_role("button", name="没有发现").click()
        self.fill(5, "观察", "10")
        self.fill(5, "其中不文明", "1")

    def answer_anything(self, *, fails: bool = False) -> None:
        """Answer every line of whatever checklist so that it passes; with `fails`, but one. A photo
        where the line wants one, and of the first line in any case."""
        for place in range(self.page.locator(".line").count()):
            line = self.line(place)
            choices = line.locator(".choice.bad" if fails else ".choice.good")
            wants_photo = place == 0
            if choices.count():
                choices.first.click()
                wants_photo, fails = wants_photo or fails, False
            for name, number in ANY_NUMBERS.items():
                field = line.get_by_label(name, exact=True)
                if field.count():
                    field.fill(number)
                    field.blur()
            if wants_photo or line.get_by_text("须拍照").count():
                self.shoot(place, 1)

    def shoot(self, place: int, times: int) -> None:
        """Take photos of a line with the camera inside the app."""
        self.line(place).get_by_role("button", name="拍照", exact=True).click()
        shutter = self.page.get_by_label("拍照", exact=True)
        expect(shutter).to_be_enabled()
        count = self.page.locator(".camera-count")
        for _ in range(20 * times):
            if count.inner_text() == f"已拍 {times} 张":
                break
            # The test picture repeats itself, and the same bytes are kept once.
            shutter.click()
            expect(shutter).to_be_enabled(timeout=PATIENCE)
            self.page.wait_for_timeout(37)
        expect(count).to_have_text(f"已拍 {times} 张")
        self.tap("完成")

    def seal(self) -> None:
        """Check and seal the visit in hand."""
        self.page.get_by_role("link", name="检查并封存").click()
        expect(self.page.get_by_text("照片齐全")).to_be_visible()
        self.tap("封存")
        expect(self.page.locator(".site").first).to_be_visible(timeout=PATIENCE)

    def see_records(self) -> None:
        """Open the page of records."""
        self.page.get_by_role("link", name="记录").click()
        expect(self.page.locator(".counters")).to_be_visible()

    def counters(self) -> list[str]:
        """已存本机、已上传、已确认."""
        return self.page.locator(".counters dd").all_inner_texts()

    def await_counters(self, *wanted: int, patience: int = PATIENCE) -> None:
        """Wait until the three counts are these."""
        texts = [str(number) for number in wanted]
        expect(self.page.locator(".counters dd")).to_have_text(texts, timeout=patience)

    def stored(self) -> dict[str, Any]:
        """Everything that lies in the phone's own database."""
        found: dict[str, Any] = self.page.evaluate(READ)
        return found

    def await_kept(self, number: str) -> None:
        """Wait until a draft on the phone has an observed number: a tap is there within a second.

        What is killed in the very moment of the tap may lose that tap, and no more.
        """
        deadline = time.monotonic() + 1
        while not any(
            number in answer["values"].values()
            for draft in self.stored()["drafts"]
            for answer in draft["answers"].values()
        ):
            assert time.monotonic() < deadline, self.stored()["drafts"]
            time.sleep(0.02)

    def sealed_records(self) -> dict[str, dict[str, Any]]:
        """The sealed records that are still on the phone, as they would be sent."""
        kept = [one for one in self.stored()["records"] if one["text"]]
        return {one["id"]: json.loads(one["text"]) for one in kept}

    def kill_renderer(self) -> None:
        """The process that shows the page dies at once; then the app is opened anew."""
        browser = self.context.browser
        assert browser is not None
        told = browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")
        renderers = [one["id"] for one in told["processInfo"] if one["type"] == "renderer"]
        dying = self.page
        with dying.expect_event("crash"):
            for number in renderers:
                os.kill(number, signal.SIGKILL)
        dying.close()
        self.page = self.context.new_page()
        self.visitor = Visitor(self.page)
