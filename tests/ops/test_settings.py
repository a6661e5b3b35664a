"""Every setting is documented, and an administrator can ask what is in force."""

from pathlib import Path

from chuangwen.kit.environment import SETTINGS
from chuangwen.operations.documenting import settings_page

PAGE = Path(__file__).resolve().parents[2] / "docs" / "configuration.md"


def test_the_page_is_what_the_declarations_say():
    """If this fails: `.venv/bin/chuangwen settings --markdown > docs/configuration.md`."""
    assert PAGE.read_text() == settings_page()


def test_every_setting_has_a_row_with_an_explanation():
    for setting in SETTINGS.values():
        (row,) = [line for line in PAGE.read_text().splitlines() if f"`{setting.name}`" in line]
        assert setting.help[:6] in row


def test_no_variable_is_read_past_the_declarations():
    package = Path(__file__).resolve().parents[2] / "chuangwen"
    for path in package.rglob("*.py"):
        if "environ" in path.read_text() and path.name != "environment.py":
            for name in _names(path.read_text()):
                assert name in SETTINGS, f"{path}: {name}"


def _names(source: str) -> list[str]:
    import re

    return re.findall(r"environ[^\n]*?[\"'](CHUANGWEN_[A-Z_0-9]+)", source)


def test_secrets_are_not_shown(installation):
    installation.settings["CHUANGWEN_SECRET_KEY"] = "机密机密机密"
    printed = installation.run("settings")
    assert "机密机密机密" not in printed
    assert "CHUANGWEN_SECRET_KEY=（已设置）" in printed
