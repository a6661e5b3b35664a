"""Indicators: numeric, relative to something, and plain yes/no standards."""

from __future__ import annotations

import re
from collections.abc import Iterator

from . import counts
from .clauses import clauses
from .comparisons import find_relative, is_change
from .counts import make
from .indicator_names import MEASURE, clean_name, name_start
from .marks import squeeze, trim
from .model import Indicator
from .numbers import tidy
from .qualities import find_qualitative
from .quantities import Quantity, find_quantities, signs
from .spread import shares

_NAME = 90
_BEHIND = re.compile(r"(?:的)?([\u4e00-\u9fff]{2,16}?)(?:达标|合格|覆盖|符合)")
_NEAR = 200  # characters; a year further back governs something else
_YEAR = re.compile(
    r"(?:(?<=[,;。:、\n ])|(?<=[到至])|(?<=——)|(?<=--))(?:到|至)?(20\d{2})年(?:底|末)?(?:前)?(?!版)"
)


def find_indicators(
    folded: str, start: int, end: int, document: str, section: str | None
) -> Iterator[Indicator]:
    """Indicators of a paragraph."""
    before: Indicator | None = None
    opened = _OPENED.match(folded, start, end)
    for first, last in clauses(folded, start, end):
        compared = is_change(folded, first, last)  # 比上年下降5%: no amount of its own
        amounts = [] if compared else list(_numeric(folded, first, last, start))
        found = [*amounts, *find_relative(folded, first, last)]
        found = found or list(_carried(folded, start, (first, last), before))
        found = found or list(_bare_number(folded, first, last))
        found = found or list(find_qualitative(folded, first, last))
        for item in found:
            item.document, item.section = document, section
            own = _own_year(folded, item) if item.kind == "numeric" else None
            item.year = item.year or own or _year_before(folded, start, item.start)
            item.year = item.year or (int(opened[1]) if opened else None)
            before = item if item.kind == "numeric" else None
            yield item


_PLAIN = re.compile(
    r"(?P<name>[^\d,]{2,24}?(?:率|指数|系数))(?:应|要|力争|确保|保持|均|都)?"
    r"(?P<sign>不高于|不超过|不大于|不低于|不小于|不少于|低于|小于|高于|大于|超过|控制在|达到|≥|≤|>|<)"
    r"(?P<number>\d{1,4}(?:\.\d{1,4})?)(?:(?P<after>以内|以下|以上))?"
)


def _bare_number(folded: str, start: int, end: int) -> Iterator[Indicator]:
    """万车死亡率低于3, 恩格尔系数控制在0.3以内: rates that have no unit."""
    match = _PLAIN.fullmatch(folded, start, end)
    if match:
        operator = signs(match["sign"])
        if match["after"]:
            operator = ">=" if match["after"] == "以上" else "<="
        amount = Quantity(
            match.start("sign"), end, operator, tidy(float(match["number"])), None, ""
        )
        item = make(amount, start, end, clean_name(match["name"]), operator)
        item.unit = None
        yield item


# ——2022年，…。…: the year that a paragraph opens with holds for all of its sentences.
_OPENED = re.compile(r"(?:——?|--?)\s?(?:到|至)?(20\d{2})年(?:底|末)?[,:]")
_OWN_YEAR = re.compile(r"(?<!\d)(20\d{2})年(?:底|末|内|度)?(?!版|[\d—~])")
_BARE = re.compile(r"(?:到|至)?(?:20\d\d年(?:底|末)?前?,?)?(?:力争|确保|要|再)?")


def _own_year(folded: str, item: Indicator) -> int | None:
    """2024年改造老旧小区32个, 绿地率2024年达到38%: a year inside the clause itself."""
    years = _OWN_YEAR.findall(folded, item.start, item.end)
    return int(years[-1]) if years else None


def _carried(
    folded: str, start: int, clause: tuple[int, int], before: Indicator | None
) -> Iterator[Indicator]:
    """绿地率2024年达到38%，2025年达到39%: the second amount has the name of the first."""
    first, last = clause
    if before is None or re.search(r"[。;\n]", folded[before.end : first]):
        return
    amount = next(find_quantities(folded, first, last), None)
    if amount is None or amount.unit != before.unit or amount.operator is None:
        return
    if not _BARE.fullmatch(squeeze(folded[first : amount.start])):
        return
    item = make(amount, first, amount.end, before.name, amount.operator)
    year = _own_year(folded, item) or _year_before(folded, start, amount.start)
    if year and year != before.year:
        item.year = year
        yield item


def _year_before(folded: str, start: int, place: int) -> int | None:
    """Year named shortly before in the same sentence: 到2023年，森林覆盖率达到45%."""
    start = max(start, place - _NEAR)
    sentence = max(start, folded.rfind("。", start, place), folded.rfind(";", start, place))
    years = _YEAR.findall(folded, sentence, place)
    return int(years[-1]) if years else None


def _numeric(folded: str, start: int, end: int, paragraph: int) -> Iterator[Indicator]:
    if shared := list(_distributed(folded, start, end)):
        yield from shared
        return
    left = start
    for quantity in find_quantities(folded, start, end):
        near = max(left, quantity.start - _NAME)  # a name is never longer
        item = None
        if not _OTHERWISE.match(folded, quantity.end, end + 1):
            part = _share_of_all(folded, near, quantity)
            item = part or _from_quantity(folded, near, end, quantity)
        if item is None and left == start and quantity.start - start <= 1:
            item = _behind_colon(folded, start, quantity, paragraph)
        if item:
            left = quantity.end
            yield item


def _distributed(folded: str, start: int, end: int) -> Iterator[Indicator]:
    """One amount for each name, or for each year, in order."""
    for name, year, amount, operator in shares(folded, start, end):
        item = make(amount, start, max(amount.end, end), name, operator)
        item.year = year
        yield item


def _from_quantity(folded: str, left: int, end: int, quantity: Quantity) -> Indicator | None:
    start, stop = _name_span(folded, left, quantity)
    name = clean_name(folded[start:stop])
    measured = MEASURE.search(name) is not None
    if quantity.unit.startswith("%") and not measured and quantity.end < end:
        behind = _BEHIND.match(folded[quantity.end : min(end, quantity.end + 24)])
        if behind and quantity.operator and len(name) <= 2:
            own = f"{behind[1]}{behind[0][-2:]}率"
            last = quantity.end + behind.end()
            return make(quantity, quantity.start, last, own, quantity.operator)
    if made := counts.made(folded, left, end, quantity) or counts.held(folded, left, end, quantity):
        return made
    if len(name) < 2:
        return None
    if _WHEN.fullmatch(name) and (said := _said_before(folded, left, start)):
        name, start = said[0] + (name if name.startswith("每") else ""), said[1]
    if not measured and (each := counts.for_each(folded, name, start, end, quantity)):
        return each
    operator = _operator_of(folded, left, end, quantity, measured)
    return make(quantity, start, quantity.end, name, operator) if operator else None


_WHEN = re.compile(r"全年|年内|每年|每月|每季度?|每周|累计|总计|合计|总数|数量")


def _said_before(folded: str, left: int, start: int) -> tuple[str, int] | None:
    """开展文明礼仪宣讲，全年不少于60场: what is counted stands in the clause before."""
    if start > left or folded[start - 1 : start] != ",":
        return None
    near = max(0, start - 60)
    first = max(near, *(folded.rfind(mark, near, start - 1) + 1 for mark in ",。;:\n"))
    name = clean_name(folded[first : start - 1])
    whole = first > near and not re.search(r"\d", name) and len(name) >= _LEAST_NAME
    return (name, first) if whole else None


_LEAST_NAME = 4
_OF_ALL = re.compile(
    r"(?:达到?|(?P<of>占到?))(?P<all>[\u4e00-\u9fff()]{2,18}?(?:总数|总量|总人口|人口|总面积))的$"
)


def _share_of_all(folded: str, left: int, quantity: Quantity) -> Indicator | None:
    """无物业小区达到全市小区总数的10%以内: a part of a whole that the text names."""
    if not quantity.unit.startswith("%"):
        return None
    digits = re.compile(r"\d").search(folded, quantity.start, quantity.end)
    before = folded[left : digits.start()].rstrip() if digits else ""
    whole = _OF_ALL.search(before)
    name = clean_name(before[: whole.start()]) if whole else ""
    if whole is None or len(name) < 2:
        return None
    operator = quantity.operator if quantity.operator not in (None, "=") else ">="
    name = f"{name}占{whole['all']}的比例" if whole["of"] else name
    return make(quantity, left, quantity.end, name, operator)


# 低于80分的，约谈: whom it befalls; 300—500平方米不等: how it happens to be; 周边200米范围内:
# where. No standard.
_OTHERWISE = re.compile(r"的(?=[,。;、])|不等|的?(?:范围|半径)")


def _name_span(folded: str, left: int, quantity: Quantity) -> tuple[int, int]:
    start, stop = trim(folded, left, quantity.start, " \t、,和及与“”)")
    if folded[start - 1 : start] == "“" and start > left and "”" in folded[start:stop]:
        start -= 1
    for opening, close in ("“”", "()"):  # what was trimmed belongs to the name
        if folded.count(opening, start, stop) > folded.count(close, start, stop) and (
            folded.startswith(close, stop)
        ):
            stop += 1
    return name_start(folded, start, stop), stop


def _operator_of(
    folded: str, left: int, end: int, quantity: Quantity, measured: bool
) -> str | None:
    """The comparison; a bare amount is one only of a measure, or of a count to be made."""
    operator = quantity.operator
    if operator in (None, "="):
        if quantity.unit in ("%", "‰", "‱") and measured:
            operator = "="
        elif not counts.counted(folded, left, quantity) and not counts.bare(
            folded, left, end, quantity
        ):
            return None
        else:
            operator = ">="
    elif not measured and quantity.unit in ("项", "级", "次", "个", "分") and operator == "=":
        return None
    if operator == ">=" and folded[quantity.start : quantity.start + 1] == "为":
        operator = "="
    return operator


def _behind_colon(folded: str, start: int, quantity: Quantity, paragraph: int) -> Indicator | None:
    """绿化覆盖率：≥38%: the name stands before the colon."""
    if start <= paragraph or folded[start - 1] != ":" or quantity.operator is None:
        return None
    first = max(folded.rfind(mark, paragraph, start - 1) for mark in ",。;\n、 \t") + 1
    first = max(first, paragraph)
    name = clean_name(folded[first : start - 1])
    if len(name) < 2 or not MEASURE.search(name):
        return None
    return make(quantity, first, quantity.end, name, quantity.operator)
