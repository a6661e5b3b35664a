"""Sheet names that Excel accepts: 31 characters, without []:*?/\\ and never twice."""

import re

from chuangwen.reports.text import one_line

_FORBIDDEN = re.compile(r"[\[\]:*?/\\]")
_LONGEST = 31
_RESERVED = {"history"}


def sheet_name(wanted: str, taken: set[str]) -> str:
    """Return a legal name like `wanted` that is not in `taken`, and add it there.

    Excel compares names without regard to case, so `taken` holds them casefolded.
    """
    base = _FORBIDDEN.sub(" ", one_line(wanted)).strip("' ") or "表"
    name, number = _short(base, ""), 1
    while name.casefold() in taken | _RESERVED:
        number += 1
        name = _short(base, f" ({number})")
    taken.add(name.casefold())
    return name


def _short(base: str, ending: str) -> str:
    room = (_LONGEST - len(ending)) * 2
    kept = base.encode("utf-16-le")[:room].decode("utf-16-le", errors="ignore")
    return kept.rstrip("' ") + ending
