"""Reading the observed values of a check line: what each shape records, and what cannot be."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from chuangwen.framework.enums import LineShape
from chuangwen.kit.errors import Invalid

VALUE_NAMES: dict[LineShape, tuple[str, ...]] = {
    LineShape.EXISTS: ("found",),
    LineShape.COUNT: ("found",),
    LineShape.DENSITY: ("found", "measure"),
    LineShape.RATIO: ("part", "whole"),
    LineShape.ABSENCE: ("found",),
    LineShape.BEHAVIOUR: ("seen", "bad"),
    LineShape.FREE: (),
}
VALUE_LABELS = {
    "found": "数量",
    "measure": "长度或面积",
    "part": "符合数",
    "whole": "总数",
    "seen": "观察数",
    "bad": "不文明数",
    "note": "原因",
}
MAY_NOT_BE_ZERO = {"measure", "whole", "seen"}
WHOLE_NUMBERS = {"seen", "bad"}
PARTS = {"part": "whole", "bad": "seen"}
_NUMBER = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,4})?")
_LONG_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


class Fault(StrEnum):
    """Why an answer cannot be; the phone uses the same words."""

    MISSING = "missing"
    UNEXPECTED = "unexpected"
    NOT_A_NUMBER = "not_a_number"
    TOO_MANY_DIGITS = "too_many_digits"
    NEGATIVE = "negative"
    NOT_YES_OR_NO = "not_yes_or_no"
    NOT_WHOLE = "not_whole"
    ZERO = "zero"
    PART_EXCEEDS_WHOLE = "part_exceeds_whole"
    MUST_APPLY = "must_apply"
    REASON_MISSING = "reason_missing"
    LINE_MISSING = "line_missing"
    LINE_UNKNOWN = "line_unknown"
    LINE_TWICE = "line_twice"


WORDS = {
    Fault.MISSING: "没有填写。请补上。",
    Fault.UNEXPECTED: "不属于这个测评项。请删去。",
    Fault.NOT_A_NUMBER: "不是数字。请只填数字，如 12 或 0.5。",
    Fault.TOO_MANY_DIGITS: "位数过多。小数点前至多 12 位，后至多 4 位。",
    Fault.NEGATIVE: "不能是负数。请检查。",
    Fault.NOT_YES_OR_NO: "只能是 0（没有）或 1（有）。",
    Fault.NOT_WHOLE: "须是整数。请检查。",
    Fault.ZERO: "不能是 0。没有可看的请选“不适用”并写明原因。",
    Fault.PART_EXCEEDS_WHOLE: "大于总数。请检查两个数。",
    Fault.MUST_APPLY: "这个测评项不能选“不适用”。",
    Fault.REASON_MISSING: "选“不适用”须写明原因。",
    Fault.LINE_MISSING: "这个测评项没有记录。请补上。",
    Fault.LINE_UNKNOWN: "测评表中没有这个测评项。",
    Fault.LINE_TWICE: "这个测评项记录了两次。请只留一次。",
}


@dataclass(frozen=True)
class FaultAt:
    """One thing that is wrong: at which line, and which of its values; "" for the whole line."""

    line: str
    field: str
    fault: Fault

    @property
    def message(self) -> str:
        """What is wrong and what to do, in Chinese."""
        label = VALUE_LABELS.get(self.field, self.field[:30])
        return f"“{label}”{WORDS[self.fault]}" if label else WORDS[self.fault]


class ImpossibleAnswers(Invalid):
    """Answers that cannot be true, or are not complete; `faults` lists all of them."""

    def __init__(self, faults: Iterable[FaultAt]) -> None:
        self.faults = tuple(faults)
        first = self.faults[0]
        more = f"（共 {len(self.faults)} 处）" if len(self.faults) > 1 else ""
        super().__init__(f"{first.message}{more}", field=first.field)


def read_values(line: str, shape: LineShape, written: Mapping[str, object]) -> dict[str, Decimal]:
    """Return the values of a line as exact numbers.

    Raises ImpossibleAnswers with all faults: a value that is missing, foreign, no number, negative,
    or does not go with the others.
    """
    names = VALUE_NAMES[shape]
    faults = [
        FaultAt(line, name, Fault.UNEXPECTED) for name in sorted(set(written).difference(names))
    ]
    values: dict[str, Decimal] = {}
    for name in names:
        number = _number(shape, name, written.get(name, ""))
        if isinstance(number, Fault):
            faults.append(FaultAt(line, name, number))
        else:
            values[name] = number
    for part, whole in PARTS.items():
        if part in values and whole in values and values[part] > values[whole]:
            faults.append(FaultAt(line, part, Fault.PART_EXCEEDS_WHOLE))
    if faults:
        raise ImpossibleAnswers(faults)
    return values


def _number(shape: LineShape, name: str, written: object) -> Decimal | Fault:
    if written in ("", None):
        return Fault.MISSING
    if not isinstance(written, str) or not _LONG_NUMBER.fullmatch(written):
        return Fault.NOT_A_NUMBER
    if not _NUMBER.fullmatch(written):
        return Fault.TOO_MANY_DIGITS
    return _possible(shape, name, Decimal(written))


def _possible(shape: LineShape, name: str, number: Decimal) -> Decimal | Fault:
    if number < 0:
        return Fault.NEGATIVE
    if shape is LineShape.EXISTS and number not in (0, 1):
        return Fault.NOT_YES_OR_NO
    if name in WHOLE_NUMBERS and number % 1:
        return Fault.NOT_WHOLE
    if name in MAY_NOT_BE_ZERO and not number:
        return Fault.ZERO
    return number
