"""Which built files a page needs, read from the manifest that Vite writes.

The build is no part of git. Without it pages stay readable HTML, and a log line says why they are
bare; `chuangwen serve` refuses to start.
"""

import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

MANIFEST = Path(__file__).resolve().parents[1] / "static" / "build" / ".vite" / "manifest.json"
PREFIX = "build/"
REMEDY = "请运行 ./dev run（或 ./dev test）；安装包已自带前端，无需此步。"

logger = logging.getLogger(__name__)
Manifest = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Entry:
    """The files of one entry point, relative to STATIC_URL; `preloads` are chunks of `script`."""

    script: str
    styles: tuple[str, ...]
    preloads: tuple[str, ...]


def is_built() -> bool:
    """Tell whether the front end has been built."""
    return MANIFEST.is_file()


def entry(name: str) -> Entry | None:
    """Return what the entry point `name` needs; None without a build. Raises KeyError if unknown.

    A build of the past lacks a new entry point, so that is an error and not a bare page.
    """
    manifest = _manifest()
    if manifest is None:
        return None
    chunks = list(_with_imports(manifest, name, set()))
    styles = [style for chunk in reversed(chunks) for style in chunk.get("css", ())]
    return Entry(
        script=PREFIX + chunks[0]["file"],
        styles=tuple(PREFIX + style for style in dict.fromkeys(styles)),
        preloads=tuple(PREFIX + chunk["file"] for chunk in chunks[1:]),
    )


def asset(name: str) -> str | None:
    """Return the path of an emitted file such as `icons.svg`, relative to STATIC_URL, or None."""
    manifest = _manifest()
    return None if manifest is None else PREFIX + manifest[name]["file"]


def source(name: str) -> str | None:
    """Return the built text of an entry point; None without a build."""
    manifest = _manifest()
    if manifest is None:
        return None
    built = MANIFEST.parents[1] / str(manifest[name]["file"])
    return built.read_text("utf-8")


def _with_imports(manifest: Manifest, name: str, seen: set[str]) -> Iterator[dict[str, Any]]:
    """Yield the chunk and the chunks it imports at once; lazily loaded ones load themselves."""
    seen.add(name)
    yield manifest[name]
    for imported in manifest[name].get("imports", ()):
        if imported not in seen:
            yield from _with_imports(manifest, imported, seen)


def _manifest() -> Manifest | None:
    try:
        changed = MANIFEST.stat().st_mtime_ns
    except FileNotFoundError:
        _say_missing(MANIFEST)
        return None
    return _read(MANIFEST, changed)


@lru_cache(maxsize=1)
def _say_missing(path: Path) -> None:
    logger.warning("前端尚未构建：没有 %s。页面没有样式和脚本。%s", path, REMEDY)


@lru_cache(maxsize=1)
def _read(path: Path, changed: int) -> Manifest:
    """Read the manifest; `changed` is its modification time, so that a new build is seen."""
    manifest: Manifest = json.loads(path.read_text("utf-8"))
    return manifest
