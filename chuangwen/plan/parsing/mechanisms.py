"""Ways of steering and checking, with how often they happen and who acts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .clauses import clauses, sentences
from .lexicon import work
from .model import Item, Mechanism

_BY_WORD = {form: name for name, forms in work.MECHANISMS.items() for form in forms}
_WORDS = re.compile("|".join(map(re.escape, sorted(_BY_WORD, key=len)[::-1])))
_FREQUENCY = [(re.compile(words), name) for words, name in work.FREQUENCIES]
_GLUED = re.compile(
    r"([日周旬月季年])(?=(?:度)?(?:调度|通报|督查|考核|总结|研判|检查|例会|评比|报告|排名))"
)
_PER = {"日": "每日", "周": "每周", "旬": "每旬", "月": "每月", "季": "每季度", "年": "每年"}
_TITLE = re.compile(r"《[^《》\n]{0,80}》")


def find_mechanisms(
    folded: str, start: int, end: int, document: str, units: list[Item]
) -> Iterator[Mechanism]:
    """Mechanisms of a paragraph, once per clause and name; words inside 《》 do not count."""
    titles = [(m.start(), m.end()) for m in _TITLE.finditer(folded, start, end)]
    for first, last in sentences(folded, start, end):
        actors: list[Item] = []
        for left, right in clauses(folded, first, last):
            own = [unit for unit in units if left <= unit.start < right]
            actors = own or actors
            yield from _of_clause(folded, left, right, document, actors, titles)


def _of_clause(
    folded: str, start: int, end: int, document: str, actors: list[Item],
    titles: list[tuple[int, int]],
) -> Iterator[Mechanism]:  # fmt: skip
    seen: set[str] = set()
    for match in _WORDS.finditer(folded, start, end):
        name = _BY_WORD[match[0]]
        if name in seen or any(a <= match.start() < b for a, b in titles):
            continue
        seen.add(name)
        yield Mechanism(
            start=start, end=end, name=name, word=match[0],
            frequency=_frequency(folded, start, end, match), actors=actors, document=document,
        )  # fmt: skip


def _frequency(folded: str, start: int, end: int, match: re.Match[str]) -> str | None:
    """The frequency that stands nearest before the word, else any of the clause."""
    if glued := _GLUED.match(folded, match.start() - 1, end):
        return _PER[glued[1]]
    piece = max(start, folded.rfind("、", start, match.start()) + 1)
    for left, right in ((piece, match.end()), (start, end)):
        for pattern, name in _FREQUENCY:
            if pattern.search(folded, left, right):
                return name
    return None
