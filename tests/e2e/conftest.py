"""A demonstration district, served as users get it, and a browser before it.

Skipped without chromium or without a built front end, except where CHUANGWEN_REQUIRE_BROWSER=1.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from chuangwen.demonstration.accounts import PASSWORD
from chuangwen.web import vite
from tests.e2e.seeing import FLAGS, Visitor
from tests.ops.installation import Installation
from tests.ops.made import TODAY
from tests.ops.test_serve import serving

SLOW = ["Locator expected", "TimeoutError", "Page expected"]
FIELD = Path(__file__).parent / "field"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What a page did not show in time is looked at once more; the report names it (-rR).

    Each is a defect to be mended, of the page or of the test. Never on the phone: there a thing
    that is not shown may be a record that is lost.
    """
    for item in items:
        if item.path.is_relative_to(FIELD.parent) and not item.path.is_relative_to(FIELD):
            item.add_marker(pytest.mark.flaky(reruns=1, only_rerun=SLOW))


def _chromium() -> str:
    program = shutil.which("chromium") or shutil.which("chromium-browser") or ""
    missing = [] if program else ["chromium"]
    missing += [] if vite.is_built() else ["the built front end (./dev run)"]
    if not missing:
        return program
    if os.environ.get("CHUANGWEN_REQUIRE_BROWSER") == "1":
        pytest.fail(f"missing: {', '.join(missing)}")
    pytest.skip(f"missing: {', '.join(missing)}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's chromium; playwright's own is never downloaded."""
    program = _chromium()
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def new_district(
    browser: Browser, on_sqlite: Installation, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[], Installation]:
    """东区 on 2021-09-15 as it starts: made once, copied for whoever needs one of their own."""

    def copy() -> Installation:
        folder: Path = tmp_path_factory.mktemp("copy")
        shutil.copytree(on_sqlite.data, folder, dirs_exist_ok=True)
        return Installation(folder, dict(TODAY))

    return copy


@pytest.fixture(scope="session")
def address(new_district: Callable[[], Installation]) -> Iterator[str]:
    """东区 on a port of its own."""
    with serving(new_district(), "--no-worker") as (_process, served_at):
        yield served_at


@pytest.fixture
def sign_in(browser: Browser, address: str) -> Iterator[Callable[[str], Visitor]]:
    """Sign somebody of the demonstration in, in a browser of their own."""
    contexts = []

    def enter(username: str) -> Visitor:
        context = browser.new_context(base_url=address, locale="zh-CN", timezone_id="Asia/Shanghai")
        contexts.append(context)
        page: Page = context.new_page()
        visitor = Visitor(page)
        if username:
            page.goto("/login/")
            page.fill("[name=username]", username)
            page.fill("[name=password]", PASSWORD)
            page.click("main button")
            page.wait_for_url(address)
        return visitor

    yield enter
    for context in contexts:
        context.close()
