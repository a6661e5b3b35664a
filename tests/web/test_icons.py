"""Every icon that a page names is in the sprite."""

import json
import re
from pathlib import Path

from chuangwen.web.navigation import GROUPS

ROOT = Path(__file__).resolve().parents[2]
KNOWN = set(json.loads((ROOT / "frontend" / "icons.json").read_text()))


def test_icons_of_templates_are_known():
    named = {
        name
        for template in (ROOT / "chuangwen" / "web" / "templates").rglob("*.html")
        for name in re.findall(r'{% icon "([\w-]+)"', template.read_text())
    }
    assert named
    assert named - KNOWN == set()


def test_icons_of_the_navigation_are_known():
    assert {entry.icon for _label, entries in GROUPS for entry in entries} - KNOWN == set()
