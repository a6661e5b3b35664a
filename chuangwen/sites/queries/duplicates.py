"""Sites that may be entered twice: near each other, or of nearly one name, and of one type."""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import combinations, pairwise, product

from chuangwen.people.actors import Actor
from chuangwen.people.naming import name_key
from chuangwen.sites.coordinates import DEGREE_METRES, metres_between
from chuangwen.sites.models import Site
from chuangwen.sites.queries.listing import SiteFilter, filtered_sites

MOST_PAIRS = 200
LARGEST_BLOCK = 60  # of one name or in one cell; beyond, only neighbours in order are compared
LIKE = 0.8


@dataclass(frozen=True)
class Pair:
    """Two sites that may be one. `metres` is None when one of them is nowhere."""

    one: Site
    other: Site
    metres: float | None
    is_like: bool

    @property
    def reason(self) -> str:
        """Why they are shown."""
        parts = [] if self.metres is None else [f"相距 {self.metres:.0f} 米"]
        return "，".join([*parts, "名称相近"] if self.is_like else parts)


def likely_duplicates(actor: Actor, wanted: SiteFilter, metres: float) -> list[Pair]:
    """Return pairs of one type within so many metres, or of like names within ten times that or
    nowhere; the likeliest first, at most MOST_PAIRS. One query, two with words.

    Only sites in one block are compared: cells of a grid and beginnings of names, so that the
    work grows with the sites and not with their square.
    """
    columns = (
        "pk", "code", "name", "site_type", "longitude", "latitude", "state", "version", "address",
        "is_sample", "is_demonstration",
    )  # fmt: skip
    sites = filtered_sites(actor, wanted).select_related("site_type").only(
        *columns, "site_type__name"
    ).order_by("code")  # fmt: skip
    found: dict[frozenset[object], Pair] = {}
    for one, other in _compared(sites.iterator(chunk_size=2_000), metres):
        key = frozenset((one.pk, other.pk))
        if key not in found and (pair := _judged(one, other, metres)):
            found[key] = pair
    pairs = sorted(found.values(), key=lambda pair: (not pair.is_like, pair.metres or 0.0))
    return pairs[:MOST_PAIRS]


def _compared(sites: Iterable[Site], metres: float) -> Iterator[tuple[Site, Site]]:
    cells: dict[tuple[object, int, int], list[Site]] = defaultdict(list)
    names: dict[tuple[object, str], list[Site]] = defaultdict(list)
    cell = max(metres, 1.0) / DEGREE_METRES
    for site in sites:
        key = name_key(site.name)
        for part in {key[:4], key[-4:]}:
            names[site.site_type_id, part].append(site)
        if site.longitude is None or site.latitude is None:
            continue
        # A degree of longitude is shorter than one of latitude; half of it reaches up to 60°.
        column, row = (
            math.floor(float(site.longitude) / (2 * cell)),
            math.floor(float(site.latitude) / cell),
        )
        cells[site.site_type_id, column, row].append(site)
    for held in names.values():
        yield from _pairs(held)
    for (kind, column, row), held in cells.items():
        yield from _pairs(held)
        for step in ((1, -1), (1, 0), (1, 1), (0, 1)):
            beside = cells.get((kind, column + step[0], row + step[1]), [])
            yield from product(held[:LARGEST_BLOCK], beside[:LARGEST_BLOCK])


def _pairs(held: list[Site]) -> Iterator[tuple[Site, Site]]:
    if len(held) <= LARGEST_BLOCK:
        yield from combinations(held, 2)
        return
    ordered = sorted(held, key=lambda site: name_key(site.name))
    yield from pairwise(ordered)


def _judged(one: Site, other: Site, metres: float) -> Pair | None:
    apart = metres_between(one.point, other.point)
    keys = name_key(one.name), name_key(other.name)
    is_like = keys[0] == keys[1] or _is_like(*keys)
    near = apart is not None and apart <= metres
    if near or (is_like and (apart is None or apart <= 10 * metres)):
        return Pair(one, other, apart, is_like)
    return None


def _is_like(one: str, other: str) -> bool:
    """Tell names apart that differ in their number: 一号公厕 and 二号公厕 are two places."""
    if _numbers(one) != _numbers(other):
        return False
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return matcher.quick_ratio() >= LIKE and matcher.ratio() >= LIKE


def _numbers(name: str) -> list[str]:
    return [sign for sign in name if sign.isdigit() or sign in "一二三四五六七八九十东南西北"]
