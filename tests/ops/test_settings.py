"""Every setting is documented, and an administrator can ask what is in force."""

from pathlib import Path

import pytest

from chuangwen.databases import database_entry
from chuangwen.kit.environment import SETTINGS, InvalidSetting
from chuangwen.operations.documenting import settings_page
from tests.web.people.test_lockout import HEADER_BY_SETTING

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


@pytest.mark.parametrize("name", ["IDLE_MINUTES", "UPLOAD_MEGABYTES", "REQUEST_MEGABYTES"])
@pytest.mark.parametrize("value", ["0", "-5", "半小时", "1.5", ""])
def test_a_number_that_cannot_be_used_is_refused_in_words(name, value, monkeypatch):
    monkeypatch.setenv(f"CHUANGWEN_{name}", value)
    with pytest.raises(InvalidSetting, match="应为 1 或更大的整数"):
        SETTINGS[f"CHUANGWEN_{name}"].value()


@pytest.mark.parametrize(
    "url", ["mysql://u:密码乙@h/d", "postgresql://u:密码乙@h:端口/d", "postgresql://u:密码乙@[h/d"]
)
def test_a_database_address_that_cannot_be_used_is_refused_without_its_password(url):
    with pytest.raises(InvalidSetting, match="请写成 postgresql://") as refused:
        database_entry(url, PAGE)
    assert "密码乙" not in str(refused.value)


@pytest.mark.parametrize("value", ["0", "1"])
def test_the_proxy_is_believed_where_https_is_set_and_only_there(installation, value):
    installation.settings["CHUANGWEN_HTTPS"] = value
    shown = installation.python(
        "from chuangwen.commands import start_django; start_django()\n"
        "from django.conf import settings; print(settings.SECURE_PROXY_SSL_HEADER)"
    )
    assert shown.stdout.strip() == str(HEADER_BY_SETTING[value]), shown.stderr
