"""Where a text that lost its line breaks had them: before headings, owner labels, titles, dates.

A heading mark inside a line counts only when it continues a sequence (一 二 三 …, 1 2 3 …), so that
"十四五", "一、二级" and "1.5" are left alone.
"""

from __future__ import annotations

import re

from . import dates
from .headings import RANKS, Mark, mark_at
from .lexicon import genres, labels, noise

_CANDIDATE = re.compile(
    r"第[零一二三四五六七八九十百]{1,4}[章节条]|(?<![一二三四五六七八九十百千零第])[一二三四五六七八九十]{1,3}、"
    r"|\([一二三四五六七八九十]{1,3}\)|(?<![\d.第年月])\d{1,2}[.、](?!\d)|\(\d{1,2}\)|[①-⑳]"
)
_NAME_END = "前局部委办队会院镇道所心司府"  # a list of owners or a deadline ends so
_TITLE_LAST = "案划排点表单知见"
_BOUNDARY = "。;:!?)”》] \t"
_TITLE_START = re.compile("|".join(map(re.escape, genres.CHAPTER_TITLES)))
_KIND = "|".join(genres.KINDS)
_NOTICE_TITLE = re.compile(
    r"[^。:;\s]{0,40}?关于[^。:;]{2,120}?的(?:通知|意见|函|决定)(?!》|[\u4e00-\u9fff]{0,3}要求)"
)
_DOCUMENT_TITLE = re.compile(
    rf"\s*(?:附\s*件\s*\d{{0,2}}\s*[:]?\s*)?([^。,;:!?、《》]{{6,60}}?(?:{_KIND})(?:\s*\([^)。]{{2,20}}\))?)(?!分工|方案|计划|安排|清单|台账)(?=\s|20\d{{2}}年(?:是|为)|[^的和及与》、,。;:工\d])"
)
_NOT_A_START = re.compile(r"[\u4e00-\u9fff]{2,4}(?:行动|工程|攻坚战|计划)")
_SENTENCE_END = re.compile(r"[。日]\s*")
_SALUTATION = re.compile(r"(?<![\u4e00-\u9fff])各[^。:《]{2,160}?:")
_SIGNED = re.compile(
    r"(?<=[。)\s])\s*([\u4e00-\u9fff]{4,40}?(?:委员会|人民政府|办公室|指挥部|领导小组|委|局|部|办))\s*"
    r"((?:19|20)\d{2}年\d{1,2}月\d{1,2}日|二○[一二三四五六七八九○]{2}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日"
    r"|(?:19|20)\d{4,6}(?!\d))"
)


def find_breaks(folded: str, start: int, end: int) -> list[int]:
    """Places in one long line where a new logical line begins; empty for a plain paragraph."""
    headings = _heading_breaks(folded, start, end)
    owners = [
        m.start() for m in labels.ANY.finditer(folded, start, end) if _owner(folded, m, start)
    ]
    strong = [mark for mark in headings if mark.rank <= 3 or mark.style == "arabic"]
    if len(strong) < 2 and len(owners) + len(strong) < 2:
        return []
    places = {mark.start for mark in headings} | set(owners)
    places |= _frame_breaks(folded, start, end, sorted(places))
    return sorted(place for place in places if start < place < end)


def _owner(folded: str, match: re.Match[str], start: int) -> bool:
    """A label breaks the line outside brackets: after a sentence, or when a colon follows it."""
    before = folded[match.start() - 1] if match.start() > start else "。"
    if before in "([、":
        return False
    last_open = max(
        folded.rfind(mark, max(start, match.start() - 120), match.start()) for mark in "(["
    )
    last_close = max(
        folded.rfind(mark, max(start, match.start() - 120), match.start()) for mark in ")]"
    )
    if last_open > last_close:
        return False
    colon = folded[match.end() : match.end() + 2].strip()[:1] == ":"
    return colon or (
        before in "。 )" and re.match(r"\s?[区市县旗州省]", folded[match.end() :][:3]) is not None
    )


def _heading_breaks(folded: str, start: int, end: int) -> list[Mark]:
    stack: dict[float, int] = {}
    taken: list[Mark] = []
    for match in _CANDIDATE.finditer(folded, start, end):
        mark = mark_at(folded, match.start(), min(end, match.start() + 80))
        if mark is None or not _continues(folded, mark, stack, taken, start):
            continue
        for rank in [one for one in stack if one > mark.rank and one != RANKS["article"]]:
            del stack[rank]
        stack[mark.rank] = mark.ordinal
        taken.append(mark)
    return taken


def _continues(
    folded: str, mark: Mark, stack: dict[float, int], taken: list[Mark], start: int
) -> bool:
    before = folded[mark.start - 1] if mark.start > start else "。"
    at_boundary = before in _BOUNDARY
    last = stack.get(mark.rank)
    expected = last is not None and mark.ordinal in (last + 1, last + 2)
    named = _TITLE_START.match(folded, mark.end) is not None
    if mark.style == "comma":
        restart = mark.ordinal == 1 and (at_boundary or named)
        first = mark.ordinal == 1 and last is None
        return (first and (at_boundary or named or before in _TITLE_LAST)) or (
            (expected and (at_boundary or named or before in _NAME_END))
            or (restart and (last or 0) >= 2)
        )
    fresh = mark.ordinal == 1
    if mark.style in ("article", "chapter"):
        return expected or (fresh and (at_boundary or last is None))
    if mark.style in ("chapter", "section", "paren"):
        near = bool(taken) and mark.start - taken[-1].end <= 40
        return expected or (fresh and (at_boundary or near))
    near = bool(taken) and mark.start - taken[-1].end <= 60 and taken[-1].rank < mark.rank
    follows = at_boundary or before in _NAME_END
    return (expected and follows) or (fresh and (at_boundary or near))


def _frame_breaks(folded: str, start: int, end: int, inner: list[int]) -> set[int]:
    """Breaks of the frame of a document: page header, titles, address, signature, page footer."""
    places: set[int] = set()
    first = inner[0] if inner else end
    for match in noise.HEADER_END.finditer(folded, start, min(first, start + 800)):
        places.add(match.end())
    for match in noise.HEADER_PART.finditer(folded, start, min(first, start + 1500)):
        places |= {match.start(), match.end()}
    for place in [start, *places]:
        if title := _NOTICE_TITLE.match(folded, _skip_blanks(folded, place, first), first):
            places |= {title.start(), title.end()}
    if address := _SALUTATION.search(folded, start, first):
        places |= {address.start(), address.end()}
    for signed in _SIGNED.finditer(folded, start, end):
        places |= {signed.start(1), signed.start(2), signed.end(2)}
    for place in [*places, *_restarts(folded, start, end, inner)]:
        if (title := _DOCUMENT_TITLE.match(folded, place, end)) and "关于" not in title[1][:12]:
            places |= {title.start(1), title.end(1)}
    if footer := noise.FOOTER.search(folded, max(inner[-1] if inner else start, start), end):
        places.add(footer.start())
    return places


def _skip_blanks(folded: str, place: int, end: int) -> int:
    while place < end and folded[place].isspace():
        place += 1
    return place


def _restarts(folded: str, start: int, end: int, inner: list[int]) -> list[int]:
    """Sentence ends within the 1,500 characters before each 一、, where a new title may stand."""
    found = [start]
    for place in inner:
        if folded.startswith("一、", place):
            window = max(start, place - 1500)
            found += [m.end() for m in _SENTENCE_END.finditer(folded, window, place)]
    return found


_SHORT = 16  # characters; a title of this length needs no verb to end it


def title_end(folded: str, start: int, end: int) -> int:
    """End of a title that hardly anything separates from its body; `end` if unknown."""
    best = re.search(r"[。:]|\s", folded[start : min(end, start + 60)])
    limit = start + best.start() if best else min(end, start + 60)
    if named := _TITLE_START.match(folded, start, end):
        after = folded[named.end() : named.end() + 1]
        if after not in ("", "和", "及", "与", "。", "、", ":"):
            return named.end()
    if best and best[0].isspace() and limit - start >= 4:
        return limit
    if best and 4 <= limit - start <= _SHORT and "," not in folded[start:limit]:
        return limit  # （二）市民素质提升。1、…: a short title that ends with a mark of its own
    comma = folded.find(",", start, limit)
    fallback = 0
    for place in range(start + 4, limit):
        if not folded.startswith(genres.STARTERS, place):
            continue
        if not folded[start:place].endswith(genres.TITLE_ENDS):
            if not fallback and 0 <= comma < place - 4 and _opens_sentence(folded, place):
                fallback = place
            continue
        if _NOT_A_START.match(folded, place) or folded[place - 1] in ",、":
            continue
        return min(place, fallback or place)
    return fallback or (limit if best else end)


def _opens_sentence(folded: str, place: int) -> bool:
    """A plain verb of two characters that hardly stands inside a title."""
    return folded.startswith(genres.OPENERS, place) and folded[place - 1] not in ",、的和与及"


def looks_signed(folded: str, start: int, end: int) -> bool:
    """Whether the range is a date that stands alone."""
    text = folded[start:end]
    return bool(re.fullmatch(r"[\d年月日.\-/○一二三四五六七八九十 ]{5,14}", text)) and (
        dates.read_day(text) is not None or dates.GLUED_DAY.fullmatch(text) is not None
    )
