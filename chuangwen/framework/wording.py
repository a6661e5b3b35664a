"""Bringing typed words and numbers into the one form that is stored. No database here."""

import re
import unicodedata
from decimal import Decimal, InvalidOperation

from chuangwen.kit.errors import Invalid

LONGEST_TEXT = 10_000
WHOLE_DIGITS, DECIMAL_PLACES = 14, 4
_BREAKS = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")
# What XML 1.0 (and so .xlsx) cannot hold, and marks that nobody can see.
_UNUSABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff\ud800-\udfff]")


def clean_text(text: str) -> str:
    """Return `text` with plain line ends, without control characters and blanks at line ends."""
    lines = _UNUSABLE.sub("", _BREAKS.sub("\n", text)).replace("\t", " ").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()


def clean_line(text: str) -> str:
    """Return `text` as one line with single blanks."""
    return " ".join(clean_text(text).split())


def read_number(text: str, *, unit: str = "", field: str = "value") -> Decimal:
    """Read a decimal number as a clerk types it: full-width digits, 1,234.5, the unit behind it.

    Raises Invalid naming the text when it is no number, or has more than 14 digits before or
    4 after the point.
    """
    plain = unicodedata.normalize("NFKC", text).strip().replace(",", "").replace(" ", "")
    suffix = unicodedata.normalize("NFKC", unit).replace(" ", "")
    if suffix and plain.endswith(suffix):
        plain = plain.removesuffix(suffix)
    try:
        number = Decimal(plain) if re.fullmatch(r"[+-]?\d+(\.\d*)?|[+-]?\.\d+", plain) else None
    except InvalidOperation:
        number = None
    if number is None:
        raise Invalid(f"“{text.strip()[:30]}”不是数字。请只填数字，如 92.5。", field=field)
    if abs(number) >= 10**WHOLE_DIGITS or number != round(number, DECIMAL_PLACES):
        raise Invalid(
            f"“{text.strip()[:30]}”位数过多。"
            f"小数点前至多 {WHOLE_DIGITS} 位，后至多 {DECIMAL_PLACES} 位。",
            field=field,
        )
    return number


def plain_number(number: Decimal) -> str:
    """Return the shortest exact form: 90, 87.5, never 9E+1."""
    return format(number.normalize(), "f") if number else "0"


def required_line(text: str, *, label: str, longest: int, field: str = "") -> str:
    """Return the cleaned line. Raises Invalid when it is empty or longer than `longest`."""
    return required(clean_line(text), label=label, longest=longest, field=field)


def required(text: str, *, label: str, longest: int = LONGEST_TEXT, field: str = "") -> str:
    """Return `text` unchanged. Raises Invalid when it is empty or longer than `longest`."""
    if not text:
        raise Invalid(f"“{label}”没有填写。请填写后再提交。", field=field)
    return not_longer(text, label=label, longest=longest, field=field)


def not_longer(text: str, *, label: str, longest: int = LONGEST_TEXT, field: str = "") -> str:
    """Return `text` unchanged. Raises Invalid when it is longer than `longest` characters."""
    if len(text) > longest:
        raise Invalid(f"“{label}”有 {len(text)} 字，至多 {longest} 字。请缩短。", field=field)
    return text


def split_names(text: str) -> tuple[str, ...]:
    """Split a list of names written with 、 or another separator, without repetitions."""
    names = (clean_line(name) for name in re.split("[、,，;；\n]", clean_text(text)))
    return tuple(dict.fromkeys(name for name in names if name))
