"""What a well-formed indicator definition is. Plain data in, cleaned plain data out."""

from chuangwen.framework.document import ClauseEntry, IndicatorEntry
from chuangwen.framework.enums import IndicatorKind, ReferenceKind
from chuangwen.framework.wording import (
    clean_line,
    clean_text,
    not_longer,
    required,
    required_line,
)
from chuangwen.kit.errors import Invalid

_SHAPE = {
    IndicatorKind.NUMERIC: "数值指标须有比较符和目标值，没有参照。",
    IndicatorKind.RELATIVE: "相对指标须有比较符和至少一种参照，没有目标值。",
    IndicatorKind.QUALITATIVE: "定性指标没有比较符、目标值和参照。",
}


def cleaned_definition(entry: IndicatorEntry) -> IndicatorEntry:
    """Return the definition with cleaned texts and its references in order.

    Raises Invalid for an empty name, a text that is too long, or a kind that does not fit the
    operator, target and references.
    """
    order = list(ReferenceKind)
    cleaned = IndicatorEntry(
        name=required_line(entry.name, label="指标名称", longest=200, field="name"),
        kind=entry.kind,
        operator=entry.operator,
        value=entry.value,
        unit=not_longer(clean_line(entry.unit), label="计量单位", longest=20, field="unit"),
        scope=not_longer(clean_line(entry.scope), label="范围", longest=200, field="scope"),
        text=not_longer(clean_text(entry.text), label="原文", field="text"),
        source=not_longer(clean_line(entry.source), label="来源", longest=300, field="source"),
        references=tuple(sorted(set(entry.references), key=order.index)),
        alternative_of=clean_line(entry.alternative_of),
        clauses=tuple(cleaned_clause(each) for each in entry.clauses),
    )
    _require_shape(cleaned)
    return cleaned


def cleaned_clause(clause: ClauseEntry) -> ClauseEntry:
    """Return the clause with cleaned texts. Raises Invalid when one is empty or too long."""
    return ClauseEntry(
        source=required_line(clause.source, label="条款", longest=300, field="source"),
        text=required(clean_text(clause.text), label="原文", field="text"),
    )


def same_criterion(first: IndicatorEntry, second: IndicatorEntry) -> bool:
    """Tell whether two definitions demand the same; their clauses may differ."""
    return _criterion(first) == _criterion(second)


def _criterion(entry: IndicatorEntry) -> tuple[object, ...]:
    return (
        entry.kind,
        entry.operator,
        entry.value,
        entry.unit,
        entry.scope,
        entry.references,
        entry.alternative_of,
    )


def _require_shape(entry: IndicatorEntry) -> None:
    demanded = {
        IndicatorKind.NUMERIC: (True, True, False),
        IndicatorKind.RELATIVE: (True, False, True),
        IndicatorKind.QUALITATIVE: (False, False, False),
    }[entry.kind]
    given = (entry.operator is not None, entry.value is not None, bool(entry.references))
    if given != demanded:
        raise Invalid(f"指标“{entry.name}”填写不符。{_SHAPE[entry.kind]}", field="kind")
    if entry.alternative_of == entry.name:
        raise Invalid(f"指标“{entry.name}”不能替代自己。请选择另一个指标。", field="alternative_of")
