"""The side navigation: what there is, and who sees it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission


@dataclass(frozen=True)
class Entry:
    """One line of the navigation; any of `may` shows it, empty means everybody signed in."""

    label: str
    url_name: str
    icon: str
    may: tuple[Permission, ...] = ()


GROUPS: tuple[tuple[str, tuple[Entry, ...]], ...] = (("工作", (Entry("首页", "home", "home"),)),)


def navigation_for(actor: Actor, path: str) -> list[dict[str, Any]]:
    """Return the groups with at least one visible entry, the current one marked."""
    groups = []
    for label, entries in GROUPS:
        items = [_item(entry, path) for entry in entries if _visible(entry, actor)]
        if items:
            groups.append({"label": label, "items": items})
    return groups


def _visible(entry: Entry, actor: Actor) -> bool:
    check: Callable[[Permission], bool] = actor.may
    return not entry.may or any(check(permission) for permission in entry.may)


def _item(entry: Entry, path: str) -> dict[str, Any]:
    url = reverse(entry.url_name)
    active = path == url or (url != "/" and path.startswith(url))
    return {"label": entry.label, "url": url, "icon": entry.icon, "active": active}
