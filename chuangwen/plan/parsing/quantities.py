"""Amounts with their comparison: ≥90%, 不少于12次, 95%以上, 控制在5%以内, 百分之九十, 前35名."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from . import numbers
from .lexicon import measures

_BEFORE: dict[str, tuple[str, ...]] = {
    ">=": (
        "≥", ">=", "不低于", "不少于", "不小于", "至少", "高于等于", "大于等于", "大于或等于",
        "不得低于", "不得少于", "达到", "达", "提高到", "提升到", "提升至", "提高至", "增加到",
        "增加至", "增长到", "保持在", "保持", "稳定在", "力争达到", "维持在",
    ),
    "<=": (
        "≤", "<=", "不高于", "不超过", "不大于", "不多于", "小于等于", "低于等于", "控制在",
        "降低到",
        "降低至", "降至", "下降到", "下降至", "压减至", "压缩到", "压缩至", "不得高于", "不得超过",
        "缩短至", "限制在", "减少到", "减少至", "压减到", "缩减到", "缩减至", "缩短到", "压降至",
        "压降到", "降到",
    ),
    ">": (">", "高于", "超过", "大于", "多于", "突破", "优于"),
    "<": ("<", "低于", "小于", "少于"),
    "=": ("=", "等于", "为", "实现"),
}  # fmt: skip
_SIGN = {form: sign for sign, forms in _BEFORE.items() for form in forms}
_ALL_BEFORE = "|".join(map(re.escape, sorted(_SIGN, key=len)[::-1]))
_MADE = "|".join(measures.COUNT_VERBS)
_CHINESE = "一二两三四五六七八九十百千"
_WORDED = (
    r"[百千万]分之[零○一二两三四五六七八九十百点\d.]{1,8}"
    r"|[二三四五六七八九十]分之[一二三四五六七八九]"
    r"|[一二三四五六七八九]成[一二三四五六七八九半]?(?=[以的,。;左、]|$)"
)
_NUMBER = rf"(?:{_WORDED}|{numbers.ARABIC}|(?<![第零{_CHINESE}])[{_CHINESE}]{{1,6}})"
QUANTITY = re.compile(
    rf"(?:(?P<before>{_ALL_BEFORE})"
    rf"(?:\s|了|有|全国|全年|每年|{_MADE}|[\u4e00-\u9fff]{{1,6}}的){{0,2}})?"
    rf"(?P<number>{_NUMBER})\s?余?(?:(?P<unit1>{measures.UNITS})|(?P<times>[万千])余?(?P<unit3>{measures.UNITS}))?"
    rf"(?:\s?[—\-~至到]\s?(?P<upper>{numbers.ARABIC})\s?(?P<unit2>{measures.UNITS})?)?"
    r"(?:/(?P<per>年|月|日|天|周|人|万人|千人|平方公里|公里|百人|季度|次|户|个|家|班|平方米|立方米|公顷|升|小时|分钟|学期|学年|栋|社区))?"
    r"\s?(?:\(含\))?(?P<after>及以上|或以上|以上|及以下|以下|以内|之内)?"
)
RANK = re.compile(
    r"(?P<scope>(?:全国|全省|全市|全区|全县|全州|全盟)(?:[\u4e00-\u9fff]{0,6}?(?:提名城市|城市|城区|县城|组))?"
    r"|同类城市|(?:(?![入居列进位绩])[\u4e00-\u9fff]){2,8}(?:提名城市|组))?"
    r"(?:前\s?(?P<number>\d{1,3}|[一二三四五六七八九十]{1,3})\s?(?P<unit>名|位|强)?"
    r"(?![年期月天项条款个次批%分届章节])"
    r"|(?<=[入居于列持在位国省市区县州])(?P<front>前列|上游|第一方阵|第一梯队|先进行列|中上游)"
    r"|(?<=[居列为获省国市区县州争保到持])第\s?(?P<place>[一二三四五]|\d{1,2})\s?(?P<unit2>名|位)?"
    r"(?=[,。;!、\s()]|的|$))"
)
GLUED = re.compile(r"(?<!\d)(20[1-4]\d)((?:100|[1-9]\d)(?:\.\d{1,2})?)(?=%)")


def signs(form: str) -> str:
    """The comparison that a word says: 不低于 is >=."""
    return _SIGN[form]


_TIMES = {None: 1, "万": 10_000, "千": 1000}


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount; `operator` is None when the text compares in no way."""

    start: int
    end: int
    operator: str | None
    value: int | float
    upper: int | float | None
    unit: str
    glued_year: int | None = None


def find_quantities(folded: str, start: int, end: int) -> Iterator[Quantity]:
    """Amounts with a unit, in order; years, dates and ordinals are left out."""
    for match in QUANTITY.finditer(folded, start, end):
        written = match["number"]
        unit = match["unit1"] or match["unit3"] or match["unit2"]
        share = numbers.worded_share(written)
        year = None
        if share:
            value, unit = share
        else:
            number = numbers.plain_number(written)
            if number is None or not unit:
                continue
            value = number * _TIMES[match["times"]]
            if unit == "%" and (glued := GLUED.match(folded, match.start("number"))):
                year, value = int(glued[1]), float(glued[2])
        if _dated(folded, match, start) or _qualifies(folded, match, end):
            continue
        upper = numbers.plain_number(match["upper"]) if match["upper"] else None
        unit = f"{unit}/{match['per']}" if match["per"] else str(unit)
        yield Quantity(
            match.start(), match.end(), _operator(match), numbers.tidy(value),
            None if upper is None else numbers.tidy(upper), unit, year,
        )  # fmt: skip


def _operator(match: re.Match[str]) -> str | None:
    after, before = match["after"], match["before"]
    if after:
        return ">=" if "上" in after else "<="
    return _SIGN.get(before) if before else None


def _qualifies(folded: str, match: re.Match[str], end: int) -> bool:
    """3岁以下婴幼儿, 60岁以上老人: whom something is for, not an amount to reach."""
    following = folded[match.end() : min(end, match.end() + 1)]
    if match["unit1"] == "级" and re.match(r"的|标准|水质|天气", folded[match.end() : end]):
        return True  # 优于二级的天数
    grade = match["unit1"] in ("岁", "级")  # 二级以上医院
    return grade and bool(match["after"]) and "\u4e00" <= following <= "\u9fff"


def _dated(folded: str, match: re.Match[str], start: int) -> bool:
    """第七届, 近三年, 1月 and version numbers are no amounts."""
    place = match.start("number")
    before = folded[max(start, place - 2) : place]
    if before.endswith(("第", "近", "这", "前", ".", "新", "每")) or re.search(
        r"[A-Za-z]$", before
    ):
        return True
    return folded[match.end() : match.end() + 1] in "届年月日期" and match["unit1"] != "小时"
