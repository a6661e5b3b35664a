"""What the cells of a problem list refer to, looked up for the whole file at once."""

import uuid
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from difflib import get_close_matches

from chuangwen.people.models import Unit
from chuangwen.people.naming import name_key
from chuangwen.people.queries import resolve_names
from chuangwen.people.queries.register_names import register_names
from chuangwen.rectification.models import Case, Category
from chuangwen.rectification.workflow import OVER
from chuangwen.sites.enums import SiteState
from chuangwen.sites.models import Site

MOST_ASKED_FOR = 500  # names in one statement; beyond, all there are are read
ALIKE, MOST_NEAR = 0.65, 3


@dataclass
class Known:
    """The register as far as a file refers to it."""

    units: dict[str, Unit] = field(default_factory=dict)  # by what is written
    near: Callable[[str], list[str]] = lambda _name: []
    sites: dict[str, list[Site]] = field(default_factory=dict)  # by code, and by name
    categories: dict[str, Category] = field(default_factory=dict)  # by comparable code and name

    def category(self, written: str) -> Category | None:
        """Return the category of a name or code."""
        return self.categories.get(name_key(written))

    def site(self, written: str) -> Site | None:
        """Return the only site in use of that code or name."""
        found = self.sites.get(written, [])
        return found[0] if len(found) == 1 else None


def known_to(names: Collection[str], places: Collection[str]) -> Known:
    """Look up units and sites by what is written, and all categories in use. Five statements."""
    found = resolve_names(names) if names else {}
    units = {name: each.unit for name, each in found.items() if each.unit is not None}
    return Known(
        units,
        _near() if len(units) < len(found) else lambda _name: [],
        _sites(places),
        _categories(),
    )


def open_twins(titles: Collection[str]) -> dict[tuple[str, str], Case]:
    """Return the cases that are not over by comparable title and place. One statement."""
    if not titles:
        return {}
    cases = Case.objects.exclude(state__in=OVER).filter(title__in=list(titles)).order_by("pk")
    rows = cases.only("pk", "title", "place", "number", "state")
    return {twin_key(case.title, case.place): case for case in rows}


def twin_key(title: str, place: str) -> tuple[str, str]:
    """Return by what two problems are the same."""
    return name_key(title), name_key(place)


def _near() -> Callable[[str], list[str]]:
    """Return what finds names of the register that look like an unknown one. One statement."""
    shown = register_names().units

    def near(name: str) -> list[str]:
        keys = get_close_matches(name_key(name), list(shown), MOST_NEAR, ALIKE)
        return list(dict.fromkeys(shown[key] for key in keys))

    return near


def _sites(places: Collection[str]) -> dict[str, list[Site]]:
    sites: dict[str, list[Site]] = defaultdict(list)
    if not places:
        return sites
    rows = Site.objects.filter(state=SiteState.OPEN).select_related("area")
    if len(places) <= MOST_ASKED_FOR:
        rows = rows.filter(code__in=places) | rows.filter(name__in=places)
    wanted = set(places)
    fields = ("pk", "code", "name", "longitude", "latitude", "area__id", "area__name")
    seen: set[tuple[str, uuid.UUID]] = set()
    for site in rows.only(*fields).iterator(2000):
        for word in (site.code, site.name):
            if word in wanted and (word, site.pk) not in seen:
                seen.add((word, site.pk))
                sites[word].append(site)
    return sites


def _categories() -> dict[str, Category]:
    rows: Iterable[Category] = Category.objects.filter(is_active=True).order_by("-code")
    categories: dict[str, Category] = {}
    for one in rows:
        categories[name_key(one.name)] = one
    for one in rows:
        categories[name_key(one.code)] = one
    return categories
