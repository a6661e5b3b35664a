"""Punctuation: unpaired quotes and brackets, missing stops, blanks inside a word."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..clauses import clauses, sentences
from ..lexicon import labels
from ..model import Anomaly

_PAIRS = {"“": "”", "《": "》", "(": ")"}
_NAMES = {"“": "引号", "《": "书名号", "(": "括号"}
_BLANK = re.compile(r"(?<=[\u4e00-\u9fff]) {1,2}(?=[\u4e00-\u9fff])")
_FINAL = "。!?;:…”)]》、"
_OPEN_AFTER = re.compile(r"(?:开展|围绕|广泛|组织|持续|深入|以|做好|落实|和|的|、|,)")
_CLOSE_BEFORE = re.compile(r"等|主题|活动|工作|行动|为|,|。|、|;")
_RUN_ON = re.compile(
    r"(?:会议?|大会|讲话|文件|有关)(?:精神|部署|要求)(?=为(?:进一步|扎实|深入|高质量|全面|切实|加快|推动|推进|做好|确保|巩固))"
)
_BOUND = re.compile(
    r"(?:配套设施|基础设施|设施|体系|队伍|机制|制度|能力|阵地|站点|环境|平台)(建|推|整|完|提|优)(?=[,。;])"
)
_FULL = {"建": "建设", "推": "推进", "整": "整治", "完": "完善", "提": "提升", "优": "优化"}
_MANY = 8


def find(folded: str, paragraphs: list[tuple[int, int]], dense: bool) -> Iterator[Anomaly]:
    """Flaws of the paragraphs of one document."""
    blanks = [
        (start, end, match)
        for start, end in paragraphs
        for match in _BLANK.finditer(folded, start, end)
        if any(mark in folded[start:end] for mark in ",。")
        and end - start > 20
        and not labels.ANY.match(folded, match.end(), end)  # 牵头单位:甲局 责任单位:乙局
    ]
    if len(blanks) <= _MANY and not dense:  # a text full of blanks is laid out so
        for start, end, match in blanks:
            yield _blank(folded, start, end, match)
    for start, end in paragraphs:
        yield from _unpaired(folded, start, end)
        yield from _words(folded, start, end)
        if not dense:
            yield from _unfinished(folded, start, end)


def _blank(folded: str, start: int, end: int, match: re.Match[str]) -> Anomaly:
    first, last = next(
        ((a, b) for a, b in clauses(folded, start, end) if a <= match.start() < b), (start, end)
    )
    return Anomaly(
        kind="inner_space", start=first, end=last, severity="notice",
        reading=folded[first : match.start()] + folded[match.end() : last],
        reason="词中有多余空格。",
    )  # fmt: skip


def _unpaired(folded: str, start: int, end: int) -> Iterator[Anomaly]:
    """One anomaly for each sentence in which a pair does not close."""
    for first, last in _whole_sentences(folded, start, end):
        lost: dict[str, list[int]] = {}
        for opening, close in _PAIRS.items():
            depth: list[int] = []
            for place in range(first, last):
                if folded[place] == opening:
                    if depth and opening == "“":
                        lost.setdefault(opening, []).append(depth.pop())
                    depth.append(place)
                elif folded[place] == close:
                    if depth:
                        depth.pop()
                    elif not _list_mark(folded, first, place):
                        lost.setdefault(opening, []).append(place)
            lost.setdefault(opening, []).extend(depth)
        for opening, places in lost.items():
            if places:
                yield _pair(folded, first, last, opening, sorted(places))


def _whole_sentences(folded: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = start
    for match in re.compile(r"[。!?\n][”)》]?").finditer(folded, start, end):
        inside = folded.count("(", piece, match.start()) > folded.count(")", piece, match.start())
        if inside and ")" in folded[match.end() : min(end, match.end() + 80)]:
            continue
        yield piece, match.end()
        piece = match.end()
    if piece < end:
        yield piece, end


def _list_mark(folded: str, start: int, place: int) -> bool:
    """1) and a) carry a closing bracket of their own."""
    return (
        folded[place] == ")"
        and re.search(r"(?:^|[\s。;])[\da-z]{1,2}$", folded[start:place]) is not None
    )


def _pair(folded: str, start: int, end: int, opening: str, places: list[int]) -> Anomaly:
    first = max(folded.rfind(mark, start, places[0]) for mark in ",。;") + 1
    first = max(first, start)
    last = min(
        [place for mark in ",。;" if (place := folded.find(mark, places[-1], end)) >= 0] + [end]
    )
    few = len(places) <= _MANY and last - first <= 400
    reading = _mended(folded, first, last, opening, places) if few else None
    kind = "unbalanced_quotes" if opening == "“" else "unbalanced_brackets"
    lost = _PAIRS[opening] if folded[places[0]] == opening else opening
    return Anomaly(
        kind=kind, start=first, end=last, reading=reading,
        reason=f"{_NAMES[opening]}不成对：缺“{lost}”。",
    )  # fmt: skip


def _mended(folded: str, start: int, end: int, opening: str, places: list[int]) -> str:
    """The clause with the lost marks put where they most likely stood."""
    inserts: list[tuple[int, str]] = []
    for place in places:
        if folded[place] == opening:  # never closed
            stop = _CLOSE_BEFORE.search(folded, place + 1, end)
            inserts.append((stop.start() if stop else end, _PAIRS[opening]))
        else:  # never opened
            begin = max([start, *(m.end() for m in _OPEN_AFTER.finditer(folded, start, place))])
            close_before = max(folded.rfind(mark, start, place) for mark in "》”") + 1
            inserts.append(
                (max(begin, close_before) if opening != "《" else max(start, close_before), opening)
            )
    text = folded[start:end]
    for place, mark in sorted(inserts, reverse=True):  # from the end, so that places stay valid
        text = text[: place - start] + mark + text[place - start :]
    return text


def _words(folded: str, start: int, end: int) -> Iterator[Anomaly]:
    for match in _RUN_ON.finditer(folded, start, end):
        stop = min(end, match.end() + 8)
        yield Anomaly(
            kind="missing_punctuation", start=match.start(), end=stop,
            reading=f"{folded[match.start() : match.end()]}，{folded[match.end() : stop]}",
            reason="“为”字前缺逗号。",
        )  # fmt: skip
    for match in _BOUND.finditer(folded, start, end):
        yield Anomaly(
            kind="truncated_word", start=match.start(), end=match.end(),
            reading=folded[match.start() : match.start(1)] + _FULL[match[1]],
            reason=f"“{match[1]}”字后似脱一字。",
        )  # fmt: skip


def _unfinished(folded: str, start: int, end: int) -> Iterator[Anomaly]:
    """A paragraph with several clauses that ends without a stop."""
    text = folded[start:end]
    if len(text) < 14 or text[-1] in _FINAL or not re.search(r"[,。;]", text):
        return
    if (
        re.search(
            r"(?:单位|部门|领导|牵头|配合|责任|协办|协同|主责|责任人|时限|时间|联系人|电话|地址)\s*:",
            text[:200],
        )
        or "\t" in text
    ):
        return
    last = list(sentences(folded, start, end))[-1]
    tail = list(clauses(folded, *last))
    if not tail:
        return
    yield Anomaly(
        kind="missing_final_punctuation", start=tail[-1][0], end=last[1], severity="notice",
        reading=folded[tail[-1][0] : last[1]] + "。", reason="段末缺句号。",
    )  # fmt: skip
