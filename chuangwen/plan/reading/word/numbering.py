"""Automatic list numbers: Word stores the rule, a reader has to count."""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..markup import Element, attribute, child, local, number
from .numerals import write_number

_LEVELS = 9
_CLOSED = "、）)】〕．。：，"  # marks after which Chinese typesetting needs no further space


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list definition; `template` is such as "（%1）"."""

    start: int
    number_format: str
    template: str
    suffix: str
    restarts: bool
    decimal: bool
    style: str | None


@dataclass(frozen=True, slots=True)
class _List:
    definition: str
    levels: dict[int, Level]
    starts: dict[int, int]


class Numbering:
    """Counts the lists of one document; labels must be asked for in document order."""

    def __init__(self, root: Element | None) -> None:
        definitions: dict[str, dict[int, Level]] = {}
        links: dict[str, str] = {}
        styled: dict[str, str] = {}
        self._lists: dict[str, _List] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()
        for element in root if root is not None else ():
            if local(element) == "abstractNum":
                key = attribute(element, "abstractNumId") or ""
                definitions[key] = _levels(element)
                if link := attribute(child(element, "numStyleLink"), "val"):
                    links[key] = link
                if style := attribute(child(element, "styleLink"), "val"):
                    styled[style] = key
        for element in root if root is not None else ():
            if local(element) == "num":
                key = attribute(child(element, "abstractNumId"), "val") or ""
                key = styled.get(links.get(key, ""), key)
                self._lists[attribute(element, "numId") or ""] = _list(element, key, definitions)

    def level_of_style(self, list_id: str, style: str | None) -> int:
        """The level that a paragraph style is tied to; 0 when none is."""
        found = self._lists.get(list_id)
        levels = found.levels if found else {}
        return next((level for level, one in levels.items() if style and one.style == style), 0)

    def label(self, list_id: str, level: int) -> str:
        """Count one paragraph and return its label as shown, such as "（一）" or "1. "."""
        found = self._lists.get(list_id)
        rule = found.levels.get(level) if found else None
        if found is None or rule is None:
            return ""
        counts = self._counts.setdefault(found.definition, {})
        if level in found.starts and (list_id, level) not in self._begun:
            counts[level] = found.starts[level]
        else:
            counts[level] = counts.get(level, rule.start - 1) + 1
        self._begun.add((list_id, level))
        for deeper in [deeper for deeper in counts if deeper > level]:
            if (below := found.levels.get(deeper)) is None or below.restarts:
                del counts[deeper]
        return _written(rule, found.levels, counts)


def _written(rule: Level, levels: dict[int, Level], counts: dict[int, int]) -> str:
    if rule.number_format == "bullet":
        return ""

    def value(match: re.Match[str]) -> str:
        level = int(match[1]) - 1
        other = levels.get(level)
        if other is None:
            return ""
        count = counts.setdefault(level, other.start)
        return write_number(count, "decimal" if rule.decimal else other.number_format)

    label = re.sub(r"%([1-9])", value, rule.template)
    if not label or rule.suffix == "nothing" or label.endswith(tuple(_CLOSED)):
        return label
    return f"{label} "


def _list(element: Element, key: str, definitions: dict[str, dict[int, Level]]) -> _List:
    levels = dict(definitions.get(key, {}))
    starts: dict[int, int] = {}
    for override in element:
        if local(override) != "lvlOverride":
            continue
        level = number(attribute(override, "ilvl"))
        if (inner := child(override, "lvl")) is not None:
            levels[level] = _level(inner)
        if (start := attribute(child(override, "startOverride"), "val")) is not None:
            starts[level] = number(start, 1)
    return _List(key, levels, starts)


def _levels(element: Element) -> dict[int, Level]:
    found = {}
    for inner in element:
        if local(inner) == "lvl" and 0 <= (at := number(attribute(inner, "ilvl"), -1)) < _LEVELS:
            found[at] = _level(inner)
    return found


def _level(element: Element) -> Level:
    decimal = child(element, "isLgl")
    return Level(
        start=number(attribute(child(element, "start"), "val"), 0),
        number_format=attribute(child(element, "numFmt"), "val") or "decimal",
        template=attribute(child(element, "lvlText"), "val") or "",
        suffix=attribute(child(element, "suff"), "val") or "tab",
        restarts=attribute(child(element, "lvlRestart"), "val") != "0",
        decimal=decimal is not None and attribute(decimal, "val") not in ("0", "false"),
        style=attribute(child(element, "pStyle"), "val"),
    )
