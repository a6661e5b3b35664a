"""Built files reach the page; without a build the page is bare but whole, and the log says so."""

import json
import os
from pathlib import Path

import pytest
from django.template import Context, Template

from chuangwen.kit.errors import ChuangwenError
from chuangwen.operations.readiness import refuse_unbuilt
from chuangwen.web import vite

MANIFEST = {
    "main.ts": {
        "file": "assets/main-1.js",
        "css": ["assets/main-2.css"],
        "imports": ["_shared.js"],
    },
    "_shared.js": {"file": "assets/shared-3.js", "css": ["assets/shared-4.css"]},
    "islands/chart.ts": {"file": "assets/chart-5.js", "isDynamicEntry": True},
    "icons.svg": {"file": "assets/icons-6.svg", "src": "icons.svg"},
}


def rendered(source: str, **values: str) -> str:
    return Template("{% load vite %}" + source).render(Context(values))


@pytest.fixture
def manifest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A build that does not exist yet."""
    path = tmp_path / "manifest.json"
    monkeypatch.setattr(vite, "MANIFEST", path)
    vite._say_missing.cache_clear()
    return path


def test_an_entry_brings_its_styles_before_its_script(manifest):
    manifest.write_text(json.dumps(MANIFEST))
    assert rendered("{% vite %}") == (
        '<link rel="stylesheet" href="/static/build/assets/shared-4.css">'
        '<link rel="stylesheet" href="/static/build/assets/main-2.css">'
        '<link rel="modulepreload" href="/static/build/assets/shared-3.js">'
        '<script type="module" src="/static/build/assets/main-1.js"></script>'
    )


def test_chunks_that_load_later_are_not_in_the_page(manifest):
    manifest.write_text(json.dumps(MANIFEST))
    assert "chart" not in rendered("{% vite %}")


def test_an_icon_points_into_the_sprite_and_is_decoration_unless_labelled(manifest):
    manifest.write_text(json.dumps(MANIFEST))
    assert 'aria-hidden="true"><use href="/static/build/assets/icons-6.svg#home"/>' in rendered(
        '{% icon "home" %}'
    )
    labelled = rendered('{% icon "bell" label %}', label="<提醒>")
    assert 'role="img" aria-label="&lt;提醒&gt;"' in labelled


def test_a_new_build_is_seen_without_a_restart(manifest):
    manifest.write_text(json.dumps(MANIFEST))
    assert "main-1.js" in rendered("{% vite %}")
    manifest.write_text(json.dumps({"main.ts": {"file": "assets/main-9.js"}}))
    os.utime(manifest, (1, 1))
    assert "main-9.js" in rendered("{% vite %}")


def test_without_a_build_nothing_is_emitted_and_the_log_says_why_once(manifest, caplog):
    assert rendered('{% vite %}{% icon "home" %}') == ""
    assert [record.message for record in caplog.records] == [
        f"前端尚未构建：没有 {manifest}。页面没有样式和脚本。{vite.REMEDY}"
    ]


def test_a_labelled_icon_keeps_its_words_without_a_build(manifest):
    assert "提醒" in rendered('{% icon "bell" "提醒" %}')


def test_serving_without_a_build_is_refused_except_when_debugging(manifest, settings):
    with pytest.raises(ChuangwenError, match=r"前端尚未构建.*\./dev run"):
        refuse_unbuilt()
    settings.DEBUG = True
    refuse_unbuilt()
    settings.DEBUG = False
    manifest.write_text(json.dumps(MANIFEST))
    refuse_unbuilt()
