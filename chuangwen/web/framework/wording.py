"""How indicators and values read on a page."""

from collections.abc import Iterable
from decimal import Decimal

from chuangwen.framework.enums import IndicatorKind, Operator, ReferenceKind, ValueState
from chuangwen.framework.models import Indicator, IndicatorValue
from chuangwen.framework.wording import plain_number

VALUE_TONES = {
    ValueState.REPORTED: "info",
    ValueState.ACCEPTED: "success",
    ValueState.RETURNED: "warning",
}
_COMPARED = {
    Operator.AT_LEAST: "不低于",
    Operator.MORE_THAN: "高于",
    Operator.AT_MOST: "不高于",
    Operator.LESS_THAN: "低于",
    Operator.EQUAL: "等于",
}


def target_text(indicator: Indicator, references: Iterable[str] = ()) -> str:
    """≥ 90%, 高于全国同类平均或全省同类平均, or 做到 for a qualitative indicator."""
    if indicator.kind == IndicatorKind.QUALITATIVE:
        return "做到"
    operator = Operator(indicator.operator)
    if indicator.value is not None:
        return f"{operator.label} {quantity(indicator.value, indicator.unit)}"
    wanted = set(references)
    compared = "或".join(str(kind.label) for kind in ReferenceKind if kind in wanted)
    return f"{_COMPARED[operator]}{compared}"


def value_text(value: IndicatorValue, unit: str) -> str:
    """92.5%, or 已做到 and 未做到."""
    if value.number is not None:
        return quantity(value.number, unit)
    return "已做到" if value.answer else "未做到"


def quantity(number: Decimal, unit: str) -> str:
    """A number with its unit; words are set off by a blank, signs are not."""
    joint = "" if unit in {"", "%", "‰"} else " "
    return f"{plain_number(number)}{joint}{unit}"


def trimmed(number: Decimal | None) -> Decimal | None:
    """A number without the zeros that only its column added."""
    return None if number is None else Decimal(plain_number(number))
