"""Names of the register that are written much like an unknown one: what may be meant."""

from collections import defaultdict
from collections.abc import Iterable
from difflib import get_close_matches

from chuangwen.people.naming import name_key
from chuangwen.people.queries.register_names import RegisterNames

ALIKE = 0.7  # share of common characters from which a name is worth showing


def alike(names: Iterable[str], known: RegisterNames) -> dict[str, str]:
    """Return the likeliest unit of the register for each name that has one.

    The same usual short form goes first (区发展和改革局, 区发改局), then the closest spelling among
    the names that share two neighbouring characters, so that a large register stays quick.
    """
    from chuangwen.plan.parsing.units import short_form  # noqa: PLC0415 - the grammar, when wanted

    by_short: dict[str, str] = {}
    by_pair: dict[str, set[str]] = defaultdict(set)
    for key, shown in known.units.items():
        short = short_form(key, ())
        by_short.setdefault(short, shown)
        for pair in _pairs(short):
            by_pair[pair].add(short)
    found: dict[str, str] = {}
    for name in names:
        short = short_form(name_key(name), ())
        if short in by_short:
            found[name] = by_short[short]
            continue
        near = sorted(set().union(*(by_pair.get(pair, set()) for pair in _pairs(short))))
        if close := get_close_matches(short, near, 1, ALIKE):
            found[name] = by_short[close[0]]
    return found


def _pairs(text: str) -> list[str]:
    return [text[place : place + 2] for place in range(len(text) - 1)]
