"""A person before a browser, and what is wrong with the page they see."""

from dataclasses import dataclass, field

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Error, Page

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
# A camera that films a moving test picture, for pages that ask for one.
FLAGS += ["--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
PHONE, DESKTOP = {"width": 360, "height": 760}, {"width": 1280, "height": 800}


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

    def barriers(self) -> list[str]:
        """Serious and critical violations of WCAG 2.2 AA on the present page."""
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
