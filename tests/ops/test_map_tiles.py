"""The setting for map tiles, and what the security policy allows because of it."""

import os
import subprocess
import sys

import pytest

from chuangwen.kit.environment import MAP_TILES, InvalidSetting

ADDRESS = "https://tiles.example.gov.cn:8443/vec/{z}/{x}/{y}.png?tk=abc"


def policy_with(tiles: str) -> str:
    code = (
        "import django; django.setup(); from django.conf import settings;"
        "print(settings.CONTENT_SECURITY_POLICY['DIRECTIVES'])"
    )
    environment = {
        **os.environ, "DJANGO_SETTINGS_MODULE": "chuangwen.settings", "CHUANGWEN_MAP_TILES": tiles,
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout


def test_the_policy_opens_for_the_tiles_and_for_nothing_else():
    assert policy_with(ADDRESS).count("'https://tiles.example.gov.cn:8443'") == 2
    assert "https" not in policy_with("")


@pytest.mark.parametrize(
    "raw",
    ["https://a.cn/1.png", "ftp://a.cn/{z}/{x}/{y}", "https://a.cn/{z}/{x}/{y}; x", "{z}{x}{y}"],
)
def test_what_is_no_address_of_tiles_is_refused(raw, monkeypatch):
    monkeypatch.setenv("CHUANGWEN_MAP_TILES", raw)
    with pytest.raises(InvalidSetting, match="CHUANGWEN_MAP_TILES"):
        MAP_TILES.value()
