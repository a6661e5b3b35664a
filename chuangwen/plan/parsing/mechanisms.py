"""Ways of steering and checking, with how often they happen and who acts."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from .clauses import clauses, sentences
from .lexicon import work
from .marks import within
from .model import Item, Mechanism

_BY_WORD = {form: name for name, forms in work.MECHANISMS.items() for form in forms}
# 督查室 and 考核办 are bodies, not something that is done.
_WORDS = re.compile(
    rf"(?:{'|'.join(map(re.escape, sorted(_BY_WORD, key=len)[::-1]))})"
    r"(?![室办科局]|情况)(?<!督查(?=结果))"
)
_FREQUENCY = [(re.compile(words), name) for words, name in work.FREQUENCIES]
_GLUED = re.compile(
    r"(?<![个半])([日周旬月季年])(?=(?:度)?(?:暗访|督导|检查|巡查|观摩|评比|调度|通报|督查|考核|考评|测评|总结|研判|检查|例会|评比|报告|排名|例会|观摩|拉练|自查|点评|测评|整改))"
)
_PER = {"日": "每日", "周": "每周", "旬": "每旬", "月": "每月", "季": "每季度", "年": "每年"}
_ONLY_FREQUENCY = re.compile(
    r"(?:原则上)?每[\u4e00-\u9fff]{1,3}(?:至少|不少于)?[一二两三四\d]{1,2}次(?:以上)?"
)
# A frequency before the verb holds for all that the verb governs: 每月召开调度会、推进会.
_SHARED = re.compile(r"(?:每|一[天周月季年]一|定期|常态)[^、]{0,12}(?:召开|组织|开展|实行|进行|对)")
_TITLE = re.compile(r"《[^《》\n]{0,80}》")


def find_mechanisms(
    folded: str, start: int, end: int, document: str, units: list[Item]
) -> Iterator[Mechanism]:
    """Mechanisms of a paragraph, once per clause and name; words inside 《》 do not count.

    `units` are the mentions of the paragraph in order of their start.
    """
    titles = [(m.start(), m.end()) for m in _TITLE.finditer(folded, start, end)]
    starts = [unit.start for unit in units]  # in order, so that each clause finds its own quickly
    for first, last in sentences(folded, start, end):
        actors: list[Item] = []
        parts = list(clauses(folded, first, last))
        for index, (left, right) in enumerate(parts):
            own = units[bisect_left(starts, left) : bisect_left(starts, right)]
            actors = own or actors
            after = parts[index + 1] if index + 1 < len(parts) else (right, right)
            for item in _of_clause(
                folded, left, right, document=document, actors=actors, titles=titles
            ):
                if item.frequency is None and _ONLY_FREQUENCY.fullmatch(folded, *after):
                    item.frequency = _frequency_in(folded, *after)
                yield item


def _of_clause(
    folded: str, start: int, end: int, *, document: str, actors: list[Item],
    titles: list[tuple[int, int]],
) -> Iterator[Mechanism]:  # fmt: skip
    seen: dict[str, Mechanism] = {}
    for match in _WORDS.finditer(folded, start, end):
        name = _BY_WORD[match[0]]
        if within(titles, match.start()):
            continue
        result = name == "奖惩" and "结果" in folded[start : match.start()]
        often = None if result else _frequency(folded, start, end, match)
        if known := seen.get(name):  # 考核采取月暗访、年考核的方式: the second says how often
            known.frequency = known.frequency or often
            continue
        seen[name] = Mechanism(
            start=start, end=end, name=name, word=match[0],
            frequency=often, actors=actors, document=document,
        )  # fmt: skip
    yield from seen.values()


def _frequency(folded: str, start: int, end: int, match: re.Match[str]) -> str | None:
    """The frequency that stands nearest before the word, else any of the clause."""
    if glued := _GLUED.match(folded, match.start() - 1, end):
        return _PER[glued[1]]
    piece = max(start, folded.rfind("、", start, match.start()) + 1)
    own = _frequency_in(folded, piece, match.end())
    if own or piece > start:
        return own or (
            _SHARED.search(folded, start, match.start()) and _frequency_in(folded, start, piece)
        )
    stop = folded.find("、", match.end(), end)
    return _frequency_in(folded, start, end if stop < 0 else stop)


def _frequency_in(folded: str, start: int, end: int) -> str | None:
    return next((name for words, name in _FREQUENCY if words.search(folded, start, end)), None)
