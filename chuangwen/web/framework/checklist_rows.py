"""A check line as pages print it: its demand in words, and what the phone asks."""

from collections.abc import Sequence
from dataclasses import dataclass

from chuangwen.framework.checklist_differences import demand
from chuangwen.framework.enums import LineShape
from chuangwen.framework.models import CheckLine
from chuangwen.framework.queries.checklist_documents import line_entry
from chuangwen.framework.queries.examples import Example

FOUND = ("有", "没有")


@dataclass(frozen=True)
class LineRow:
    """A line with its words, the choices and the number fields that the phone shows for it."""

    line: CheckLine
    demand: str
    choices: tuple[str, ...]
    numbers: tuple[str, ...]
    examples: Sequence[Example]


def row_of(line: CheckLine, examples: Sequence[Example] = ()) -> LineRow:
    """Return a line as it is printed; it comes with its standard."""
    choices = FOUND if line.shape == LineShape.EXISTS else ()
    if line.may_not_apply:
        choices = (*choices, "不适用")
    return LineRow(line, demand(line_entry(line)), choices, _numbers(line), examples)


def _numbers(line: CheckLine) -> tuple[str, ...]:
    unit = line.unit or "处"
    people = line.unit or "人"
    by_shape: dict[str, tuple[str, ...]] = {
        LineShape.COUNT: (f"数量（{unit}）",),
        LineShape.ABSENCE: (f"发现（{unit}）",),
        LineShape.DENSITY: (
            f"数量（{unit}）",
            f"{'面积' if line.per_unit == '平方米' else '长度'}（{line.per_unit}）",
        ),
        LineShape.RATIO: (f"总数（{unit}）", f"符合（{unit}）"),
        LineShape.BEHAVIOUR: (f"观察（{people}）", f"不文明（{people}）"),
    }
    return by_shape.get(line.shape, ())
