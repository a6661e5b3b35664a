"""A person before a browser, and what is wrong with the page they see."""

from dataclasses import dataclass, field
from pathlib import Path

import pypdfium2
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Error, Page

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
# A camera that films a moving test picture, for pages that ask for one.
FLAGS += ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
# Waits for whatever is moving towards an end, two seconds at most.
AT_REST = """() => {
  const ending = document.getAnimations()
    .filter((one) => one.effect?.getComputedTiming().endTime !== Infinity)
    .map((one) => one.finished.catch(() => null));
  const patience = new Promise((resolve) => setTimeout(resolve, 2000));
  return Promise.race([Promise.all(ending), patience]).then(() => null);
}"""
PHONE, DESKTOP = {"width": 360, "height": 760}, {"width": 1280, "height": 800}
HALL = {"width": 1920, "height": 1000}


@dataclass
class Visitor:
    """`complaints` are what the browser itself reported: script errors, refused styles."""

    page: Page
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("console", self._hear)
        self.page.on("pageerror", self._note)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.complaints.append(message.text)

    def _note(self, error: Error) -> None:
        self.complaints.append(str(error))

    def problems_at(self, path: str) -> list[str]:
        """Open a page wide and narrow; return what axe, browser and layout have against it."""
        self.complaints.clear()
        self.page.set_viewport_size(DESKTOP)
        self.page.goto(path)
        found = self.barriers()
        self.page.set_viewport_size(PHONE)
        width = self.page.evaluate("document.documentElement.scrollWidth")
        if width > PHONE["width"]:
            found.append(f"scrolls sideways: {width}px on {PHONE['width']}px")
        return found + self.complaints

    def problems_at_any_width(self, path: str) -> list[str]:
        """The same, and axe on the phone's and the widest screen too, without loading it again."""
        found = self.problems_at(path)
        for size in (PHONE, HALL):
            self.page.set_viewport_size(size)
            found += [f"{one} ({size['width']}px)" for one in self.barriers()]
        return found

    def printed(self, path: str, target: Path) -> list[str]:
        """Print a page as a reader does; return the text of its sheets."""
        self.page.set_viewport_size(DESKTOP)
        self.page.goto(path)
        self.page.pdf(path=str(target), prefer_css_page_size=True)
        sheets = pypdfium2.PdfDocument(str(target))
        texts = [str(one.get_textpage().get_text_bounded()) for one in sheets]
        return [text.replace("\r", "") for text in texts]

    def barriers(self) -> list[str]:
        """Serious and critical violations of WCAG 2.2 AA on the present page."""
        self.page.evaluate(AT_REST)  # a dialog that is still fading in is too pale for anybody
        violations = Axe().run(self.page, options=RULES).response["violations"]
        return [
            f"{violation['id']}: {node['html'][:160]}"
            for violation in violations
            if violation["impact"] in {"serious", "critical"}
            for node in violation["nodes"][:3]
        ]

    def navigation(self) -> list[str]:
        """The addresses of the side navigation."""
        links = self.page.locator(".shell-navigation li a").all()
        return [str(link.get_attribute("href")) for link in links]
