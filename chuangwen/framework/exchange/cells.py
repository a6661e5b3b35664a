"""Reading typed cells; what cannot be read is noted with its place, and reading goes on."""

import unicodedata
from decimal import Decimal
from enum import Enum
from typing import TypeVar

from chuangwen.framework.enums import Operator
from chuangwen.framework.exchange.layout import Numeral, Row
from chuangwen.framework.wording import (
    LONGEST_TEXT,
    clean_line,
    clean_text,
    plain_number,
    read_number,
    split_names,
)
from chuangwen.kit.errors import Invalid, Problems

E = TypeVar("E", bound=Enum)
_SIGNS = {"≧": Operator.AT_LEAST, "≦": Operator.AT_MOST, "=>": Operator.AT_LEAST}
_YES, _NO = {"是", "yes", "true", "1"}, {"否", "no", "false", "0"}


class Cells:
    """The cells of one row, read one by one."""

    def __init__(self, row: Row, problems: Problems) -> None:
        self.row = row
        self.problems = problems

    def raw(self, key: str) -> str:
        return self.row.cells.get(key, "")

    def note(self, key: str, what: str, remedy: str) -> None:
        """Note a problem of one cell."""
        self.problems.add(self.row.where(key), what, remedy)

    def line(self, key: str, *, longest: int, required: bool = False) -> str:
        """Read one line of at most `longest` characters."""
        return self._measured(key, clean_line(self.raw(key)), longest, required)

    def text(self, key: str, *, required: bool = False) -> str:
        """Read text of several lines."""
        return self._measured(key, clean_text(self.raw(key)), LONGEST_TEXT, required)

    def names(self, key: str) -> tuple[str, ...]:
        """Read names separated by 、."""
        return split_names(self.raw(key))

    def number(self, key: str, *, unit: str = "") -> Decimal | None:
        """Read a decimal number, None when empty."""
        if not clean_line(self.raw(key)):
            return None
        try:
            return read_number(self.raw(key), unit=unit)
        except Invalid as error:
            self.note(key, error.message, "")
            return None

    def percent(self, key: str) -> Decimal | None:
        """Read a number of percent. A spreadsheet's cell of 90% holds 0.9, which is not guessed."""
        number = self.number(key, unit="%")
        if number is not None and isinstance(self.raw(key), Numeral) and 0 < number <= 1:
            self.note(
                key,
                f"单元格里是数字 {self.raw(key)}，分不清是 {plain_number(number * 100)}% 还是 "
                f"{plain_number(number)}%。",
                "请把单元格设为文本，写成如 90 或 0.9。",
            )
        return number

    def choice(self, key: str, choices: type[E]) -> E | None:
        """Read one of an enum's members by its value or its Chinese label; None when empty."""
        written = clean_line(self.raw(key))
        return self._member(key, written, choices) if written else None

    def choices(self, key: str, choices: type[E]) -> tuple[E, ...]:
        """Read several members separated by 、."""
        members = (self._member(key, name, choices) for name in self.names(key))
        return tuple(member for member in members if member is not None)

    def whole(self, key: str, *, largest: int) -> int | None:
        """Read a whole number from 1 to `largest`, None when empty."""
        number = self.number(key)
        if number is None:
            return None
        if number != int(number) or not 1 <= number <= largest:
            self.note(key, f"“{number}”无法使用。", f"请填 1 至 {largest} 的整数。")
        return int(number)

    def flag(self, key: str, *, default: bool) -> bool:
        """Read 是 or 否; `default` when empty."""
        written = unicodedata.normalize("NFKC", clean_line(self.raw(key))).lower()
        if written and written not in _YES | _NO:
            self.note(key, f"“{written[:30]}”不在可选范围内。", "请填 是 或 否。")
        return written in _YES if written else default

    def _member(self, key: str, written: str, choices: type[E]) -> E | None:
        plain = unicodedata.normalize("NFKC", written)
        for member in choices:
            label = str(member.label)  # type: ignore[attr-defined]
            if written in {str(member.value), label} or plain in {
                str(member.value),
                unicodedata.normalize("NFKC", label),
            }:
                return member
        if choices is Operator and plain in _SIGNS:
            return choices(_SIGNS[plain])
        possible = "、".join(str(member.label) for member in choices)  # type: ignore[attr-defined]
        self.note(key, f"“{written[:30]}”不在可选范围内。", f"请填 {possible} 之一。")
        return None

    def _measured(self, key: str, words: str, longest: int, required: bool) -> str:
        if required and not words:
            self.note(key, "没有填写。", "请补上。")
        if len(words) > longest:
            self.note(key, f"有 {len(words)} 字，至多 {longest} 字。", "请缩短。")
        return words
