"""Numbers of cases: 整改〔2021〕12号, one row of numbers a year and district, without gaps."""

from collections.abc import Sequence

from chuangwen.kit.numbering import take_serials
from chuangwen.rectification.models import Case, CaseNumber

PATTERN = "整改〔{year}〕{serial}号"


def give_numbers(cases: Sequence[Case], year: int) -> None:
    """Number locked cases in the order given; those that have a number keep it. Three statements.

    The caller writes the cases. Who numbers second waits until the first is done.
    """
    new = [case for case in cases if case.serial is None]
    if not new:
        return
    for case, serial in zip(new, take_serials(CaseNumber, len(new), year=year), strict=True):
        case.year, case.serial = year, serial
        case.number = PATTERN.format(year=year, serial=serial)
