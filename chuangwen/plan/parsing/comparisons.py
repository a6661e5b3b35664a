"""Relative indicators: against an average, the year before, or a figure set from above."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .indicator_names import MEASURE, clean_name
from .marks import squeeze
from .model import Indicator

_REFERENCE = (
    r"(?P<reference>(?:全国|全省|全市|本省|我省|我市|上级|省|市|国家|同类|同期|上年|上一年|去年|前三年|规划|核定|年度|控制)"
    r"[^,。;、\d]{0,22}?(?:平均水平|平均增长率|平均值|平均|规划指标|控制指标|目标任务|下达的?指标|下达的?任务|计划|同期|水平|增幅|增速|标准|要求))"
)
_RELATIVE = re.compile(
    rf"(?P<operator>高于或等于|不低于|不高于|不超过|不少于|高于|低于|超过|优于|好于|达到或超过|达到|小于|大于){_REFERENCE}"
)
_TREND = re.compile(
    r"(?P<trend>(?:逐年|逐步逐年|每年)(?P<word>提升|提高|上升|增长|增加|递增|改善|扩大|下降|降低|减少|递减|缩小))"
)
_AMOUNT = r"(?P<amount>\d{1,4}(?:\.\d+)?(?:个百分点|%%?))"
# 同比下降20%: the year before, without saying so.
SAME = re.compile(
    rf"(?P<same>同比|环比|年均|每年|逐年)(?P<word>提高|提升|增长|增加|上升|下降|降低|减少|缩短|压缩|压减)(?:不低于|不少于|至少|超过|达到?)?{_AMOUNT}?(?:以上|左右)?"
)
# 降低3.5%左右: a change, and nothing says against what.
CHANGE = re.compile(
    rf"(?P<word>提高|提升|增长|增加|上升|下降|降低|减少|缩短|压缩|压减)(?:了|不低于|不少于|至少|超过)?{_AMOUNT}(?:以上|左右)?"
)
COMPARED = re.compile(
    r"(?:比|较)(?P<reference>上年|上一年|去年|前一年|20\d\d年|“?十三五”?末?)(?:同期)?(?P<word>提高|提升|增长|增加|上升|下降|降低|减少|缩短|压缩|压减)"
    r"(?P<amount>\d{1,4}(?:\.\d+)?(?:个百分点|%))?(?:以上)?"
)
_OPERATORS = {
    "高于": ">",
    "优于": ">",
    "好于": ">",
    "大于": ">",
    "超过": ">",
    "低于": "<",
    "小于": "<",
}
_OPERATORS |= {"不低于": ">=", "不少于": ">=", "达到": ">=", "达到或超过": ">=", "高于或等于": ">="}
_OPERATORS |= {"不高于": "<=", "不超过": "<="}
_UP = ("提升", "提高", "上升", "增长", "增加", "递增", "改善", "扩大")


def find_relative(folded: str, start: int, end: int) -> Iterator[Indicator]:
    for pattern in (_RELATIVE, _TREND, COMPARED, SAME, CHANGE):
        match = pattern.search(folded, start, end)
        if not match or match.start() - start < 3:
            continue
        groups = match.groupdict()
        reference = groups.get("reference") or ""
        if re.search(r"\d|[A-D一二三]级|(?:标准|要求)$", reference) and (
            pattern is _RELATIVE
            and (re.search(r"\d|级", reference) or groups["operator"] == "达到")
        ):
            continue
        names = _names(folded, start, match.start(), pattern in (COMPARED, SAME, CHANGE))
        alternative = folded[start] == "或"
        word = groups.get("word")
        operator = _OPERATORS.get(groups.get("operator") or "", None)
        up = word in _UP if word else (operator or ">").startswith(">")
        for name in names:
            yield Indicator(
                start=start, end=match.end(), name=name, kind="relative",
                operator=operator or (">" if up else "<"), direction="up" if up else "down",
                reference=_reference(pattern, groups),
                alternative=alternative, document="",
                value=_amount(groups.get("amount")), unit=_amount_unit(groups.get("amount")),
            )  # fmt: skip
        return


def is_change(folded: str, start: int, end: int) -> bool:
    """Whether the amount of the clause is a change and no level: 比上年下降5%, 降低3.5%左右."""
    return any(pattern.search(folded, start, end) for pattern in (COMPARED, SAME, CHANGE))


def _reference(pattern: re.Pattern[str], groups: dict[str, str | None]) -> str | None:
    if pattern is SAME:
        return {"同比": "上年同期", "环比": "上期"}.get(groups["same"] or "", "上年")
    return "上年" if pattern is _TREND else groups.get("reference")


def _amount(text: str | None) -> int | float | None:
    match = re.match(r"[\d.]+", text or "")
    return float(match[0]) if match else None


def _amount_unit(text: str | None) -> str | None:
    return re.sub(r"^[\d.]+", "", text) if text else None


def _names(folded: str, start: int, end: int, compared: bool) -> list[str]:
    """Several measures with one standard: A比重、B贡献率、C生产率逐年提升."""
    text = folded[start:end]
    parts = [part for part in re.split(r"、|和(?=[\u4e00-\u9fff]{3,})", text) if part]
    if len(parts) > 1 and all(MEASURE.search(squeeze(part)) for part in parts):
        return [clean_name(part) for part in parts]
    name = clean_name(text)
    if compared and len(name) >= 3:  # 举报件同比下降20%: whatever falls can be counted
        return [name]
    return [name] if MEASURE.search(name) or (len(name) >= 4 and "率" in name) else []
