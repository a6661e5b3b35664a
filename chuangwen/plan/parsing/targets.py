"""Results to reach by a year: shares of sites, ranks, the title itself."""

from __future__ import annotations

import re
from collections.abc import Iterator

from . import numbers, spread
from .clauses import clauses
from .indicator_names import MEASURE
from .marks import squeeze, trim, within
from .model import Target
from .quantities import RANK, find_quantities

_YEAR = re.compile(
    r"(?<!\d)(?:到|至)?((?:20)\d{2})年(?:底|末|\d{1,2}月(?:\d{1,2}日|底|末)?(?:以?前|之前))?(?!版|\d|[—\-~])"
)
_GLUED = re.compile(r"(?<!\d)(20[1-4]\d)(?=(?:100|[1-9]\d)%)")
_SITES = re.compile(r"测评点位|实地点位|点位|实地(?:测评|考察)(?=[^,。;]{0,4}达标)")
_LOST = re.compile(r"失分|扣分|丢分|问题率|不合格")
_ALL_PASS = re.compile(r"(?:各类)?(?:实地)?(?:测评)?点位(?:全面|全部|100%|均)达标")
_WON = re.compile(
    r"成功创建(?:成?为)?|建成(?:为)?[^,。;]{0,8}文明(?:典范)?城[市区]|[二三四五六七八九]连冠|"
    r"创建成功|创成|成功创成|(?:荣获|获评|获得|命名为?|蝉联|保持)[^,。;]{0,12}(?:称号|文明城市|荣誉)|"
    r"通过(?:国家|全国|省级?|中央)[^,。;]{0,16}(?:评估|评审|考核|认定)|"
    r"(?:顺利)?通过[^,。;]{0,16}(?:复查|复审|复检|验收|考核评估|测评)|成功入选|(?:跻身|进入)[^,。;]{2,20}行列"
)
_SCORE = re.compile(r"(?:测评|考评|综合|年度)[^,。;]{0,8}(?:得分|成绩|分数|评分|总分)")
_NAMES = (("网报", "网报成绩"), ("测评", "年度测评总成绩"), ("总成绩", "年度测评总成绩"))


def find_targets(
    folded: str, start: int, end: int, *, document: str, section: str, year: int | None
) -> Iterator[Target]:
    """Targets of a text about one year; every target says in which clause it stands."""
    before, at = start, year
    for first, last in clauses(folded, start, end):
        if re.search(
            r"[。;\n]", folded[before:first]
        ):  # another sentence: its year is not this one
            at = year
        before = last
        own = _YEAR.search(folded, first, last) or _GLUED.search(folded, first, last)
        at = int(own[1]) if own else at
        for item in _of_clause(folded, first, last):
            item.document, item.section, item.year = document, section, item.year or at
            yield item


def _by_years(folded: str, start: int, end: int) -> Iterator[Target]:
    """2024年、2025年点位达标率分别达到75%、90%: one target for each year."""
    for year, match in spread.ranks(folded, start, end):
        target = _rank(folded, start, match)
        target.year = year
        yield target
    named = _SITES.search(folded, start, end) and not _LOST.search(folded, start, end)
    if not named and not _SCORE.search(folded, start, end):
        return
    for _, at, amount, operator in spread.shares(folded, start, end):
        if at and amount.unit == ("%" if named else "分"):
            target = _target(
                start, amount.end, "测评点位达标率" if named else "测评得分",
                folded[start : amount.start], operator=operator, value=amount.value,
                unit=amount.unit,
            )  # fmt: skip
            target.year = at
            yield target


def _of_clause(folded: str, start: int, end: int) -> Iterator[Target]:
    if several := list(_by_years(folded, start, end)):
        yield from several
        return
    if rank := RANK.search(folded, start, end):
        piece = folded.rfind("、", start, rank.start())
        if piece > 0 and re.search(r"\d", folded[start:piece]):  # 得分不低于92分、力争进入前3名
            yield from _of_clause(folded, start, piece)
            start = piece + 1
        yield _rank(folded, start, rank)
        if match := _WON.search(folded, rank.end(), end):
            yield _won(folded, match, end)
        return
    if _SITES.search(folded, start, end) and not _LOST.search(folded, start, end):
        yield from _sites(folded, start, end)
    elif _SCORE.search(folded, start, end):
        yield from _score(folded, start, end)
    if match := _WON.search(folded, start, end):
        yield _won(folded, match, end)


def _won(folded: str, match: re.Match[str], end: int) -> Target:
    first, last = trim(folded, match.start(), end)
    return _target(first, last, "创建成功", folded[first:last], kind="qualitative")


_BARE = re.compile(r"(?:到|至)?(?:20\d\d年(?:底|末)?前?)?[,]?(?:力争|确保|要|再)?")


def carried(folded: str, start: int, end: int, before: Target | None) -> Iterator[Target]:
    """2024年点位达标率达到80%，2025年达到90%: a bare amount speaks of what was named before."""
    if before is None or before.unit != "%":
        return
    amount = next((q for q in find_quantities(folded, start, end) if q.unit == "%"), None)
    if amount and _BARE.fullmatch(squeeze(folded[start : amount.start])):
        item = _target(
            amount.start, amount.end, before.name, before.subject,
            operator=amount.operator or "=", value=amount.value, unit="%",
        )  # fmt: skip
        item.document, item.section = before.document, before.section
        yield item


def _sites(folded: str, start: int, end: int) -> Iterator[Target]:
    """70%以上测评点位达标, 各类测评点位全面达标."""
    share = next((q for q in find_quantities(folded, start, end) if q.unit == "%"), None)
    if share:
        first = start if share.glued_year else _verb_end(folded, start, share.start)
        behind = folded[share.end : end] or folded[start : share.start]
        yield _target(
            first, end, "测评点位达标率", behind, operator=share.operator or "=",
            value=share.value, unit="%",
        )  # fmt: skip
    elif match := _ALL_PASS.search(folded, start, end):
        yield _target(
            match.start(),
            match.end(),
            "测评点位达标率",
            match[0],
            operator="=",
            value=100,
            unit="%",
        )


def _score(folded: str, start: int, end: int) -> Iterator[Target]:
    score = next((q for q in find_quantities(folded, start, end) if q.unit == "分"), None)
    if score:
        yield _target(
            start, score.end, "测评得分", folded[start : score.start],
            operator=score.operator or "=", value=score.value, unit="分",
        )  # fmt: skip


def _verb_end(folded: str, start: int, end: int) -> int:
    text = folded[start:end]
    verb = re.search(r"(?:实现|确保|力争|达到|保证)$", text)
    return start + verb.start() if verb else start


def _target(
    start: int, end: int, name: str, subject: str, *, kind: str = "numeric",
    operator: str | None = None, value: float | None = None, unit: str | None = None,
) -> Target:  # fmt: skip
    return Target(
        start=start, end=end, name=name, kind=kind, operator=operator, value=value, unit=unit,
        year=None, scope=None, subject=squeeze(subject), section="", document="",
    )  # fmt: skip


def _rank(folded: str, start: int, match: re.Match[str]) -> Target:
    before = squeeze(folded[start : match.start()])
    subject = re.sub(r"^(?:到|至)?20\d\d年(?:底|末)?", "", before)
    subject = re.sub(r"^(?:力争|确保|争取|努力)?(?:在)?", "", subject)
    subject = re.sub(
        r"(?:中)?(?:成功)?(?:进入|排名|位列|位居|位于|跻身|保持在?|列|居)+$", "", subject
    )
    subject = re.sub(r"(?:排名|位次)?(?:中)?$", "", subject)
    subject = re.sub(
        r"(?:进入|排名|位列|位居|位于|跻身|保持|居)?(?:全国|全省|全市|全区|全县|全州)?$",
        "",
        subject,
    )
    subject = re.sub(r"^的|的$", "", subject)
    own = subject if MEASURE.search(subject) and len(subject) <= 20 else "排名"
    name = next((name for word, name in _NAMES if word in subject), own)
    number = numbers.plain_number(match["number"] or match["place"] or "")
    scope = match["scope"] or next(
        (area for area in re.findall(r"全国[\u4e00-\u9fff]{0,8}?提名城市|全国|全省|全市", subject)),
        None,
    )
    target = _target(
        start, match.end(), name, subject, kind="rank", operator="<=" if number else None,
        value=numbers.tidy(number) if number else None,
        unit=(match["unit"] or match["unit2"] or "名") if number else None,
    )  # fmt: skip
    target.scope = scope
    return target


def _opens_part(folded: str, match: re.Match[str], start: int) -> bool:
    before = folded[max(start, match.start() - 2) : match.start()]
    return not before or before[-1] in ",;。、:\n " or before in ("——", "--")


def year_clauses(folded: str, start: int, end: int) -> Iterator[tuple[int, int, int]]:
    """(year, start, end) of the parts of a sentence that speak of one year after the other."""
    listed = spread.lists_of_years(folded, start, end)
    marks = [
        match
        for match in _YEAR.finditer(folded, start, end)
        if _opens_part(folded, match, start) and not within(listed, match.start())
    ]
    for index, match in enumerate(marks):
        stop = marks[index + 1].start() if index + 1 < len(marks) else end
        close = folded.find("。", match.end(), stop)
        first, last = trim(folded, match.start(), stop if close < 0 else close, " \t\n,;。、")
        yield int(match[1]), first, last
