"""Entering many indicators at once, as a document defines them; known ones are used again."""

from collections.abc import Sequence

from django.db import transaction

from chuangwen.framework.actions.indicators import (
    create_indicators,
    edit_indicator,
    record_clause,
)
from chuangwen.framework.definitions import cleaned_definition, same_criterion
from chuangwen.framework.document import ClauseEntry, IndicatorEntry
from chuangwen.framework.models import Indicator
from chuangwen.framework.queries.documents import indicator_entries
from chuangwen.kit.errors import Problems
from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission


@transaction.atomic
def enter_indicators(
    *, contents: Sequence[IndicatorEntry], by: Actor, amending: str = ""
) -> dict[str, Indicator]:
    """Find or define each indicator by its name; return all of them by name.

    One that is known with the same criterion is used as it is; clauses that it lacks are added,
    the entry's own text too. One that demands something else takes the new definition when
    `amending` names the document that a person confirmed; what it was stays in the audit log.
    Raises NotPermitted, Invalid for a bad definition, and ImportRefused where a known indicator
    demands something else and may not change: that is for a person to settle.
    """
    by.require(Permission.MANAGE_FRAMEWORK)
    entries = [cleaned_definition(each) for each in contents]
    known = _known([each.name for each in entries])
    problems = Problems()
    amended = [
        each
        for each in entries
        if each.name in known and not same_criterion(each, known[each.name][1])
    ]
    for each in amended:
        if not amending:
            problems.add(
                f"指标“{each.name}”",
                "系统中已有同名指标，要求与文件不同。",
                "请在名称中写明区别，或先修改系统中的指标。",
            )
        elif each.kind != known[each.name][0].kind and known[each.name][0].values.exists():
            problems.add(
                f"指标“{each.name}”",
                f"已有填报值，不能从“{known[each.name][0].get_kind_display()}”改为“{each.kind.label}”。",
                "请在核对页舍弃这一条，或改名为另一个指标。",
            )
    problems.raise_if_any()
    made = create_indicators(contents=[each for each in entries if each.name not in known], by=by)
    for each in entries:
        if each.name in known:
            _add_clauses(*known[each.name], each, by)
    for each in amended:
        row = known[each.name][0]
        reason = f"按“{amending}”修订"
        fresh = edit_indicator(
            indicator=row, content=each, reason=reason, base_version=row.version, by=by
        )
        known[each.name] = (fresh, known[each.name][1])
    return {name: row for name, (row, _) in known.items()} | {row.name: row for row in made}


def _known(names: list[str]) -> dict[str, tuple[Indicator, IndicatorEntry]]:
    rows = Indicator.objects.filter(name__in=names).select_related("alternative_of")
    rows = rows.prefetch_related("references", "clauses")
    pairs = zip(rows, indicator_entries(rows), strict=True)
    return {row.name: (row, entry) for row, entry in pairs}


def _add_clauses(row: Indicator, has: IndicatorEntry, wanted: IndicatorEntry, by: Actor) -> None:
    sources = {has.source, *(clause.source for clause in has.clauses)}
    own = (ClauseEntry(source=wanted.source, text=wanted.text),) if wanted.text else ()
    for clause in (*own, *wanted.clauses):
        if clause.source and clause.source not in sources:
            record_clause(indicator=row, clause=clause, by=by)
            sources.add(clause.source)
