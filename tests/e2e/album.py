"""Pictures of a walk: numbered, small, kept in docs/ only when asked for."""

import io
import os
from pathlib import Path

import pypdfium2
from PIL import Image
from playwright.sync_api import Page

WANTED = "CHUANGWEN_WALK_ALBUM"
COLOURS = 64


class Album:
    """Numbers pictures in the order of the walk; `folder` is a throw-away one by default."""

    def __init__(self, folder: Path) -> None:
        self.folder = Path(os.environ.get(WANTED) or folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.names: list[str] = []

    def see(self, page: Page, name: str) -> None:
        """Keep what is in the window, when the page has come to rest."""
        page.wait_for_load_state("networkidle")
        page.evaluate("document.fonts.ready")
        self._keep(name, Image.open(io.BytesIO(page.screenshot(animations="disabled"))))

    def see_sheet(self, sheet: pypdfium2.PdfPage, name: str) -> None:
        """Keep a printed page, about 900 pixels wide."""
        self._keep(name, sheet.render(scale=900 / sheet.get_width()).to_pil())

    def _keep(self, name: str, picture: Image.Image) -> None:
        self.names.append(f"{len(self.names) + 1:02d}-{name}.png")
        small = picture.convert("RGB").quantize(COLOURS)
        small.save(self.folder / self.names[-1], optimize=True)
