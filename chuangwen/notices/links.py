"""Where a notice leads. The web, which alone knows addresses, registers them at start."""

import uuid
from collections.abc import Callable

from chuangwen.notices.enums import AboutKind

_paths: dict[str, Callable[[uuid.UUID | None], str]] = {}


def register_path(about: AboutKind, path: Callable[[uuid.UUID | None], str]) -> None:
    """Say where things of a kind are found."""
    _paths[about.value] = path


def path_of(about_kind: str, about_id: uuid.UUID | None) -> str:
    """Return the path that a notice leads to; empty when it leads nowhere."""
    find = _paths.get(about_kind)
    return find(about_id) if find else ""
