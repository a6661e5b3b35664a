"""Dividing sites among pairs: near ones together, even numbers, nobody at an own unit's site.

Pure functions. Sites are laid on a Hilbert curve, which keeps near places near, and cut into even
pieces; a site that its pair may not visit goes to the pair with the fewest that may.
"""

from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from chuangwen.inspection.walking import Place

ORDER = 12  # 4,096 × 4,096 cells: a district's cell is some ten metres wide

S = TypeVar("S", bound=Hashable)
P = TypeVar("P", bound=Hashable)


@dataclass(frozen=True)
class Task:
    """A site to be divided; `place` is None for one that is called by telephone."""

    code: str
    place: Place | None
    second: bool = False


def divide(
    tasks: Mapping[S, Task],
    pairs: Sequence[P],
    may_visit: Callable[[S, P], bool],
    *,
    first_pair: Mapping[S, P] | None = None,
) -> tuple[dict[S, P], list[S]]:
    """Return who visits what, and the sites that no pair may visit.

    `first_pair`: who visits a site the first time, which may not visit it the second time.
    """
    if not pairs:
        return {}, sorted(tasks, key=lambda key: tasks[key].code)
    taken = first_pair or {}
    given: dict[S, P] = {}
    load = dict.fromkeys(pairs, 0)
    refused: list[S] = []
    waiting: list[S] = []
    for position, key in enumerate(_laid_out(tasks)):
        wish = pairs[position * len(pairs) // len(tasks)]
        if may_visit(key, wish) and taken.get(key) != wish:
            given[key] = wish
            load[wish] += 1
        else:
            waiting.append(key)
    for key in waiting:
        able = [pair for pair in pairs if may_visit(key, pair) and taken.get(key) != pair]
        if not able:
            refused.append(key)
            continue
        given[key] = min(able, key=lambda pair: (load[pair], pairs.index(pair)))
        load[given[key]] += 1
    _even_out(
        given, load, pairs, tasks, lambda key, pair: may_visit(key, pair) and taken.get(key) != pair
    )
    return given, refused


def _even_out(
    given: dict[S, P],
    load: dict[P, int],
    pairs: Sequence[P],
    tasks: Mapping[S, Task],
    able: Callable[[S, P], bool],
) -> None:
    """Move sites from the fullest pair to emptier ones while the numbers differ by two or more."""
    order = sorted(given, key=lambda key: tasks[key].code)
    while True:
        ranked = sorted(pairs, key=lambda pair: (load[pair], pairs.index(pair)))
        fullest = ranked[-1]
        moved = False
        for emptiest in ranked[:-1]:
            if load[fullest] - load[emptiest] < 2:
                break
            key = next((k for k in order if given[k] == fullest and able(k, emptiest)), None)
            if key is not None:
                given[key] = emptiest
                load[fullest] -= 1
                load[emptiest] += 1
                moved = True
                break
        if not moved:
            return


def _laid_out(tasks: Mapping[S, Task]) -> list[S]:
    """Return the sites along the curve; those without a place come last, by code."""
    placed = [task.place for task in tasks.values() if task.place is not None]
    if not placed:
        return sorted(tasks, key=lambda key: tasks[key].code)
    west, south = min(place[0] for place in placed), min(place[1] for place in placed)
    width = max(max(p[0] for p in placed) - west, max(p[1] for p in placed) - south) or 1.0
    cells = 2**ORDER - 1

    def along(key: S) -> tuple[int, str]:
        place = tasks[key].place
        if place is None:
            return 4**ORDER, tasks[key].code
        east, north = (place[0] - west) / width, (place[1] - south) / width
        return hilbert(round(east * cells), round(north * cells)), tasks[key].code

    return sorted(tasks, key=along)


def hilbert(east: int, north: int, order: int = ORDER) -> int:
    """Return how far along the curve a cell lies; cells next to each other there touch."""
    along, side = 0, 1 << (order - 1)
    while side:
        right, upper = int(bool(east & side)), int(bool(north & side))
        along += side * side * ((3 * right) ^ upper)
        if not upper:
            if right:
                east, north = (side << 1) - 1 - east, (side << 1) - 1 - north
            east, north = north, east
        east, north = east & (side - 1), north & (side - 1)
        side >>= 1
    return along
