"""Results to reach by a year: shares of sites, ranks, the title itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from . import numbers
from .clauses import clauses
from .marks import squeeze, trim
from .model import Target
from .quantities import RANK, find_quantities

_YEAR = re.compile(r"(?<!\d)(?:到|至)?((?:20)\d{2})年(?:底|末)?(?!版|\d|[—\-~])")
_GLUED = re.compile(r"(?<!\d)(20[1-4]\d)(?=(?:100|[1-9]\d)%)")
_SITES = re.compile(r"测评点位|实地点位|点位")
_ALL_PASS = re.compile(r"(?:各类)?(?:实地)?(?:测评)?点位(?:全面|全部|100%|均)达标")
_WON = re.compile(
    r"成功创建(?:成?为)?|创建成功|创成|成功创成|(?:荣获|获评|获得|命名为?|蝉联|保持)[^,。;]{0,12}(?:称号|文明城市|荣誉)|"
    r"(?:顺利)?通过[^,。;]{0,16}(?:复查|复审|验收|考核评估|测评)|成功入选|(?:跻身|进入)[^,。;]{2,20}行列"
)
_SCORE = re.compile(r"(?:测评|考评|综合|年度)[^,。;]{0,8}(?:得分|成绩|分数|评分)")
_NAMES = (("网报", "网报成绩"), ("测评", "年度测评总成绩"), ("总成绩", "年度测评总成绩"))


def find_targets(
    folded: str, start: int, end: int, document: str, section: str, year: int | None
) -> Iterator[Target]:
    """Targets of a text about one year; every target says in which clause it stands."""
    for first, last in clauses(folded, start, end):
        own = _YEAR.search(folded, first, last) or _GLUED.search(folded, first, last)
        at = int(own[1]) if own else year
        for item in _of_clause(folded, first, last):
            item.document, item.section, item.year = document, section, at
            yield item


def _of_clause(folded: str, start: int, end: int) -> Iterator[Target]:
    if rank := RANK.search(folded, start, end):
        piece = folded.rfind("、", start, rank.start())
        if piece > 0 and re.search(r"\d", folded[start:piece]):  # 得分不低于92分、力争进入前3名
            yield from _of_clause(folded, start, piece)
            start = piece + 1
        yield _rank(folded, start, rank)
        return
    if _SITES.search(folded, start, end):
        found = [q for q in find_quantities(folded, start, end) if q.unit == "%"]
        for quantity in found[:1]:
            first = start if quantity.glued_year else _verb_end(folded, start, quantity.start)
            yield _target(
                first, end, "测评点位达标率", "numeric", quantity.operator or "=",
                quantity.value, "%", folded[quantity.end : end],
            )  # fmt: skip
        if not found and (match := _ALL_PASS.search(folded, start, end)):
            yield _target(
                match.start(), match.end(), "测评点位达标率", "numeric", "=", 100, "%", match[0]
            )
    elif _SCORE.search(folded, start, end):
        for quantity in find_quantities(folded, start, end):
            if quantity.unit == "分":
                yield _target(
                    start, quantity.end, "测评得分", "numeric", quantity.operator or "=",
                    quantity.value, "分", folded[start : quantity.start],
                )  # fmt: skip
                break
    if match := _WON.search(folded, start, end):
        first, last = trim(folded, match.start(), end)
        yield _target(first, last, "创建成功", "qualitative", None, None, None, folded[first:last])


def _verb_end(folded: str, start: int, end: int) -> int:
    text = folded[start:end]
    verb = re.search(r"(?:实现|确保|力争|达到|保证)$", text)
    return start + verb.start() if verb else start


def _target(
    start: int, end: int, name: str, kind: str, operator: str | None,
    value: float | None, unit: str | None, subject: str,
) -> Target:  # fmt: skip
    return Target(
        start=start,
        end=end,
        name=name,
        kind=kind,
        operator=operator,
        value=value,
        unit=unit,
        year=None,
        scope=None,
        subject=squeeze(subject),
        section="",
        document="",
    )


def _rank(folded: str, start: int, match: re.Match[str]) -> Target:
    before = squeeze(folded[start : match.start()])
    subject = re.sub(r"^(?:到|至)?20\d\d年(?:底|末)?", "", before)
    subject = re.sub(r"^(?:力争|确保|争取|努力)?(?:在)?", "", subject)
    subject = re.sub(
        r"(?:中)?(?:成功)?(?:进入|排名|位列|位居|位于|跻身|保持在?|列|居)+$", "", subject
    )
    subject = re.sub(r"(?:排名|位次)?(?:中)?$", "", subject)
    name = next((name for word, name in _NAMES if word in subject), "排名")
    number = numbers.plain_number(match["number"]) or 0
    scope = match["scope"] or next(
        (area for area in re.findall(r"全国[\u4e00-\u9fff]{0,8}?提名城市|全国|全省|全市", subject)),
        None,
    )
    target = _target(
        start, match.end(), name, "rank", "<=", numbers.tidy(number), match["unit"] or "名", subject
    )
    target.scope = scope
    return target


def year_clauses(folded: str, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """(year, start, end) of the parts of a sentence that speak of one year after the other."""
    marks = [
        match
        for match in _YEAR.finditer(folded, start, end)
        if match.start() == start or folded[match.start() - 1] in ",;。、:\n "
    ]
    for index, match in enumerate(marks):
        stop = marks[index + 1].start() if index + 1 < len(marks) else end
        close = folded.find("。", match.end(), stop)
        first, last = trim(folded, match.start(), stop if close < 0 else close, " \t\n,;。、")
        yield int(match[1]), first, last
