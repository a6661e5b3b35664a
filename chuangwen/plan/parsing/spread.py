"""One amount for each name or year: 知晓率、参与率分别达到95%、85%; 2024年、2025年分别38%、39%.

Or one amount for all of them: 知晓率、参与率均达到90%.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from .indicator_names import MEASURE, clean_name
from .marks import squeeze
from .quantities import RANK, Quantity, find_quantities

_ONE = r"20\d{2}(?:年(?:底|末|度)?)?"
YEARS = re.compile(
    rf"(?:到|至|在)?(?:{_ONE}\s?(?:[、和及与]\s?(?:到|至)?{_ONE}){{1,9}}|20\d{{2}}年?[—\-~至到]20\d{{2}}年)(?<=[年底末度])"
)
_YEAR = re.compile(r"20\d{2}")
_AND = re.compile(r"、|和|及")
_RANGE = re.compile(r"\s?[—\-~至到]\s?(?=20\d{2})")


def years_of(text: str) -> list[int]:
    """The years of a list, or all of a range: 2024年、2025年 and 2024—2026年."""
    found = [int(year) for year in _YEAR.findall(text)]
    if _RANGE.search(text) and len(found) == 2:
        return list(range(found[0], found[1] + 1))
    return found


def lists_of_years(folded: str, start: int, end: int) -> list[tuple[int, int]]:
    """Ranges of text that name several years at once, with 分别 behind them in the clause."""
    return [
        (match.start(), match.end())
        for match in YEARS.finditer(folded, start, end)
        if re.compile(r"[^。;\n]{0,60}?分别").match(folded, match.end(), end)
    ]


def shares(folded: str, start: int, end: int) -> Iterator[tuple[str, int | None, Quantity, str]]:
    """(name, year, amount, operator) of a clause that gives one amount for each, in order."""
    place = folded.find("分别", start, end)
    if place < 0:
        yield from _alike(folded, start, end)
        return
    amounts = list(find_quantities(folded, place + 2, end))
    if len(amounts) < 2:
        return
    operator = next((one.operator for one in amounts if one.operator), None) or "="
    before = YEARS.search(folded, start, place)
    if before:
        years = years_of(before[0])
        name = clean_name(folded[start : before.start()] + folded[before.end() : place])
        if len(years) == len(amounts) and len(name) >= 2:
            for year, amount in zip(years, amounts, strict=True):
                yield name, year, amount, operator
        return
    names = [part for part in _AND.split(squeeze(folded[start:place])) if part]
    if len(names) >= len(amounts):
        for name, amount in zip(names[-len(amounts) :], amounts, strict=True):
            yield clean_name(name), None, amount, operator


_ALIKE = re.compile(
    r"(?:均|都|皆)(?:应|要|须|需)?(?=达|不[低少高]|保持|稳定|维持|在|为|高于|超过|[≥>\d])"
)


def _alike(folded: str, start: int, end: int) -> Iterator[tuple[str, int | None, Quantity, str]]:
    """知晓率、支持率、满意度均达到90%以上: the same amount for each of several measures."""
    for match in _ALIKE.finditer(folded, start, end):
        amount = next(find_quantities(folded, match.end(), end), None)
        names = [
            clean_name(part) for part in _AND.split(squeeze(folded[start : match.start()])) if part
        ]
        if amount and len(names) > 1 and all(MEASURE.search(name) for name in names):
            for name in names:
                yield name, None, amount, amount.operator or "="
            return


def ranks(folded: str, start: int, end: int) -> list[tuple[int, re.Match[str]]]:
    """2024年、2025年测评分别进入全省前8名、前5名: (year, rank), in order."""
    place = folded.find("分别", start, end)
    before = YEARS.search(folded, start, place) if place > 0 else None
    found = list(RANK.finditer(folded, place, end)) if before else []
    years = years_of(before[0]) if before else []
    return list(zip(years, found, strict=True)) if len(years) == len(found) > 1 else []
