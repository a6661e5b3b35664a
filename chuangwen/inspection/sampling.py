"""Drawing a stratified random sample that can be drawn again: pure functions, no database.

Inside a stratum sites are taken in the order of SHA-256(seed, code). So the same register, seed and
wishes give the same sites on every machine, and a site that is added elsewhere moves none.
"""

import hashlib
from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from chuangwen.kit.errors import Invalid

Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Candidate(Generic[Key]):
    """A site that may be drawn: `code` is what the seed is mixed with, `stratum` its layer."""

    key: Key
    code: str
    stratum: str


@dataclass(frozen=True)
class Share:
    """A stratum: how many sites it has, and how many of them are to be drawn."""

    stratum: str
    population: int
    wanted: int


def allocate(populations: Mapping[str, int], size: int, *, least: int = 0) -> dict[str, int]:
    """Divide `size` among strata in proportion to their populations, by the largest remainder.

    Each stratum gets at least `least`, or all it has when that is less; none more than it has.
    Equal remainders go to the stratum that comes first by name. Raises Invalid when the least
    numbers alone exceed `size`, or `size` exceeds all there is.
    """
    whole = sum(populations.values())
    if size > whole:
        raise Invalid(f"要抽 {size} 个点位，符合条件的只有 {whole} 个。请减少数量。", field="size")
    given = {name: min(least, population) for name, population in populations.items()}
    if sum(given.values()) > size:
        raise Invalid(
            f"{len(populations)} 层各至少 {least} 个，共需 {sum(given.values())} 个，"
            f"多于要抽的 {size} 个。请增加数量，或减少每层的最少数。",
            field="least",
        )
    # A stratum whose proportional part lies below its least number keeps that; the rest is divided
    # among the others, which may push a further one below: so again until none is.
    free = dict(populations)
    left = size
    while free:
        total = sum(free.values())
        short = [name for name, number in free.items() if number * left < given[name] * total]
        if not short:
            break
        for name in short:
            left -= given[name]
            del free[name]
    if free:
        given |= _largest_remainder(free, left)
    return given


def _largest_remainder(populations: Mapping[str, int], size: int) -> dict[str, int]:
    """In whole numbers only: a remainder is compared exactly. `size` is at most the sum."""
    total = sum(populations.values())
    shares = {name: divmod(number * size, total) for name, number in populations.items()}
    given = {name: whole for name, (whole, _) in shares.items()}
    order = sorted(shares, key=lambda name: (-shares[name][1], name))
    for name in order[: size - sum(given.values())]:
        given[name] += 1
    return given


def draw(candidates: Iterable[Candidate[Key]], wanted: Mapping[str, int], seed: str) -> list[Key]:
    """Return the keys drawn, by stratum and lot. A stratum that `wanted` does not name has none."""
    layers: dict[str, list[Candidate[Key]]] = defaultdict(list)
    for one in candidates:
        layers[one.stratum].append(one)
    drawn: list[Key] = []
    for stratum in sorted(layers):
        by_lot = sorted(layers[stratum], key=lambda one: lot(seed, one.code))
        drawn += [one.key for one in by_lot[: wanted.get(stratum, 0)]]
    return drawn


def lot(seed: str, code: str) -> str:
    """Return the lot of a site; the code follows as the last word, should two ever be equal."""
    return hashlib.sha256(f"{seed}\0{code}".encode()).hexdigest() + code


def second_turns(candidates: Sequence[Candidate[Key]], percent: int, seed: str) -> list[Key]:
    """Return the share of drawn sites that is visited twice: rounded up, so never none of some."""
    number = -(-len(candidates) * percent // 100)
    by_lot = sorted(candidates, key=lambda one: lot(f"{seed}\0second", one.code))
    return [one.key for one in by_lot[:number]]


def shares(candidates: Iterable[Candidate[Key]], wanted: Mapping[str, int]) -> list[Share]:
    """Return the strata with their numbers, by name, for the page and the record of the draw."""
    populations = population_of(candidates)
    return [Share(name, populations[name], wanted.get(name, 0)) for name in sorted(populations)]


def population_of(candidates: Iterable[Candidate[Key]]) -> dict[str, int]:
    """Count the candidates of every stratum."""
    found: dict[str, int] = defaultdict(int)
    for one in candidates:
        found[one.stratum] += 1
    return dict(found)
