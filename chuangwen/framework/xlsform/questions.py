"""A check line as rows of a survey: what is asked, within which bounds, and when a photo."""

from collections.abc import Iterator
from decimal import Decimal

from chuangwen.framework.checklist_document import LineEntry
from chuangwen.framework.enums import LineShape, PhotoRule
from chuangwen.framework.exchange.flattening import written, yes_or_no
from chuangwen.framework.observing import VALUE_NAMES
from chuangwen.framework.wording import plain_number
from chuangwen.framework.xlsform.layout import (
    HINT,
    LABEL,
    MESSAGE,
    NO,
    NOT_APPLICABLE,
    OWN,
    PART,
    YES,
    question,
)

SurveyRow = dict[str, str]
NOT_NEGATIVE = (". >= 0", "不能是负数。")
MORE_THAN_ZERO = (". > 0", "须大于 0；没有可看的请选“不适用”。")


def line_rows(line: LineEntry, name: str) -> Iterator[SurveyRow]:
    """Yield the rows of one line; `name` is the name of its first question."""
    kind = question(line)
    yield {
        "type": kind,
        "name": name,
        LABEL: line.text,
        HINT: line.guidance,
        "required": "" if kind in {"note", "text"} else "yes",
        **_own(line),
    }
    applies = f"${{{name}}} = '{YES}'" if kind == "select_one applies" else ""
    for part, (type_, label, constraint, message) in _values(line, name).items():
        yield {
            "type": type_,
            "name": f"{name}_{part}",
            LABEL: label,
            "required": "yes",
            "relevant": applies,
            "constraint": constraint,
            MESSAGE: message,
            PART: part,
        }
    if line.may_not_apply:
        yield {
            "type": "text",
            "name": f"{name}_reason",
            LABEL: "不适用的原因",
            "required": "yes",
            "relevant": f"${{{name}}} = '{NOT_APPLICABLE}'",
            PART: "reason",
        }
    yield from _free(line, name, applies)
    yield from _photo(line, name)


def _values(line: LineEntry, name: str) -> dict[str, tuple[str, str, str, str]]:
    """Return (type, label, constraint, message) of each value that the line's shape records."""
    unit = line.unit or "处"
    found = ("decimal", f"数量（{unit}）", *NOT_NEGATIVE)
    if line.shape is LineShape.DENSITY:
        measure = f"{'面积' if line.per_unit == '平方米' else '长度'}（{line.per_unit}）"
        return {"found": found, "measure": ("decimal", measure, *MORE_THAN_ZERO)}
    if line.shape in {LineShape.COUNT, LineShape.ABSENCE}:
        return {"found": found}
    if line.shape is LineShape.RATIO:
        part = (f". >= 0 and . <= ${{{name}_whole}}", "不能是负数，也不能大于总数。")
        return {
            "whole": ("decimal", f"总数（{unit}）", *MORE_THAN_ZERO),
            "part": ("decimal", f"其中符合的（{unit}）", *part),
        }
    if line.shape is LineShape.BEHAVIOUR:
        unit = line.unit or "人"
        bad = (f". >= 0 and . <= ${{{name}_seen}}", "不能是负数，也不能大于观察数。")
        return {
            "seen": ("integer", f"观察数（{unit}）", *MORE_THAN_ZERO),
            "bad": ("integer", f"其中不文明的（{unit}）", *bad),
        }
    return {}


def _free(line: LineEntry, name: str, applies: str) -> Iterator[SurveyRow]:
    if line.shape is LineShape.FREE and applies:
        yield {
            "type": "text",
            "name": f"{name}_text",
            LABEL: "记录",
            "relevant": applies,
            PART: "text",
        }


def _photo(line: LineEntry, name: str) -> Iterator[SurveyRow]:
    if line.photo is PhotoRule.NEVER:
        return
    always = line.photo is PhotoRule.ALWAYS
    applies = f"${{{name}}} != '{NOT_APPLICABLE}'" if line.may_not_apply else ""
    relevant = applies if always else failure(line, name)
    if always or relevant:
        yield {
            "type": "image",
            "name": f"{name}_photo",
            LABEL: "照片" if always else "照片（未达标）",
            "required": "yes",
            "relevant": relevant,
            "parameters": "max-pixels=1600",
            PART: "photo",
        }


def failure(line: LineEntry, name: str) -> str:
    """Return the expression that is true when the line is not met; "" where nothing is judged.

    Products only, as in `judging`. A value that is not there is NaN, and no comparison holds.
    """
    limit, per = plain_number(line.threshold or Decimal(0)), written(line.per)
    value = {part: f"${{{name}_{part}}}" for part in VALUE_NAMES[line.shape]}
    templates = {
        LineShape.ABSENCE: "{found} > 0",
        LineShape.COUNT: "{found} < {limit}",
        LineShape.DENSITY: "{found} * {per} < {limit} * {measure}",
        LineShape.RATIO: "{part} * 100 < {limit} * {whole}",
        LineShape.BEHAVIOUR: "{bad} * 100 > {limit} * {seen}",
        LineShape.FREE: "",
    }
    if line.shape is LineShape.EXISTS:
        return f"${{{name}}} = '{NO}'"
    return templates[line.shape].format(limit=limit, per=per, **value)


def _own(line: LineEntry) -> SurveyRow:
    values = {
        "code": line.code,
        "shape": line.shape.label,
        "threshold": written(line.threshold),
        "unit": line.unit,
        "per": written(line.per),
        "per_unit": line.per_unit,
        "photo": line.photo.label,
        "weight": written(line.weight),
        "is_veto": yes_or_no(line.is_veto),
        "may_not_apply": yes_or_no(line.may_not_apply),
        "category": line.category,
        "days": str(line.days or ""),
        "standard": line.standard,
        "source": line.source,
    }
    return {OWN + key: str(value) for key, value in values.items()}
