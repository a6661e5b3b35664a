"""Indicators: define, edit, note a further clause."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max

from chuangwen.audit.actions import Entry, record, record_all
from chuangwen.framework.actions.saving import apply_changes, require_current, unique
from chuangwen.framework.definitions import cleaned_clause, cleaned_definition
from chuangwen.framework.document import ClauseEntry, IndicatorEntry
from chuangwen.framework.enums import VersionState
from chuangwen.framework.models import (
    Indicator,
    IndicatorClause,
    ReferenceSeries,
    StandardIndicator,
)
from chuangwen.framework.wording import clean_text, required
from chuangwen.kit.errors import Invalid, NotFound
from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission

BATCH = 500


@transaction.atomic
def create_indicator(*, content: IndicatorEntry, by: Actor) -> Indicator:
    """Define one indicator. Raises NotPermitted, and Invalid for a bad definition or used name."""
    return create_indicators(contents=[content], by=by)[0]


@transaction.atomic
def create_indicators(*, contents: Sequence[IndicatorEntry], by: Actor) -> list[Indicator]:
    """Define many indicators at once; alternatives may name each other's or existing ones.

    Raises like `create_indicator`; either all are defined or none.
    """
    by.require(Permission.MANAGE_FRAMEWORK)
    if not contents:
        return []
    cleaned = [cleaned_definition(each) for each in contents]
    first = (Indicator.objects.aggregate(last=Max("position"))["last"] or 0) + 1
    made = {
        entry.name: Indicator(position=first + place, name=entry.name, **_fields(entry))
        for place, entry in enumerate(cleaned)
    }
    if len(made) != len(cleaned):
        raise Invalid("有两个指标同名。请在名称中写明区别。", field="name")
    _set_alternatives(made, cleaned)
    with unique("已有同名指标。请使用现有指标，或在名称中写明区别。", field="name"):
        Indicator.objects.bulk_create(made.values(), batch_size=BATCH)
    ReferenceSeries.objects.bulk_create(
        [
            ReferenceSeries(indicator=made[entry.name], kind=kind)
            for entry in cleaned
            for kind in entry.references
        ],
        batch_size=BATCH,
    )
    IndicatorClause.objects.bulk_create(
        [
            IndicatorClause(
                indicator=made[entry.name],
                source=clause.source,
                text=clause.text,
                position=place,
            )
            for entry in cleaned
            for place, clause in enumerate(entry.clauses)
        ],
        batch_size=BATCH,
    )
    record_all(
        by=by,
        entries=[
            Entry("indicator.created", each, {"name": [None, each.name]}) for each in made.values()
        ],
    )
    return list(made.values())


@transaction.atomic
def edit_indicator(
    *, indicator: Indicator, content: IndicatorEntry, reason: str, base_version: int, by: Actor
) -> Indicator:
    """Change a definition (not its clauses); the reason is kept in the audit log.

    Raises NotPermitted, NotFound, StaleEdit, and Invalid: for a bad definition, a missing reason,
    another kind once values were reported, another name once a published version names it.
    """
    by.require(Permission.MANAGE_FRAMEWORK)
    fresh = locked_indicator(indicator)
    require_current(fresh, base_version)
    entry = cleaned_definition(content)
    why = required(clean_text(reason), label="修改原因", field="reason")
    _require_changeable(fresh, entry)
    changes = apply_changes(fresh, {"name": entry.name} | _fields(entry))
    _set_alternatives({entry.name: fresh}, [entry])
    references = _change_references(fresh, entry)
    if references:
        changes["references"] = references
    fresh.version = base_version + 1
    with unique(f"已有指标“{entry.name}”。请换一个名称。", field="name"):
        fresh.save()
    record(by=by, verb="indicator.edited", on=fresh, reason=why, **changes)
    return fresh


@transaction.atomic
def record_clause(*, indicator: Indicator, clause: ClauseEntry, by: Actor) -> IndicatorClause:
    """Note a further place that names the indicator; what differs stays side by side.

    Raises NotPermitted, NotFound, and Invalid for an empty text or a clause noted before.
    """
    by.require(Permission.MANAGE_FRAMEWORK)
    fresh = locked_indicator(indicator)
    cleaned = cleaned_clause(clause)
    row = IndicatorClause(
        indicator=fresh,
        source=cleaned.source,
        text=cleaned.text,
        position=fresh.clauses.count(),
    )
    with unique(f"指标“{fresh.name}”已记录条款“{row.source}”。", field="source"):
        row.save(force_insert=True)
    record(by=by, verb="indicator.clause_noted", on=fresh, source=[None, row.source])
    return row


def locked_indicator(indicator: Indicator) -> Indicator:
    """Read an indicator again under a row lock. Raises NotFound when it is gone."""
    found = Indicator.objects.select_for_update().filter(pk=indicator.pk).first()
    if found is None:
        raise NotFound(f"没有找到指标“{indicator.name}”。请返回列表查看。")
    return found


def _fields(entry: IndicatorEntry) -> dict[str, object]:
    return {
        "kind": entry.kind,
        "operator": entry.operator or "",
        "value": entry.value,
        "unit": entry.unit,
        "scope": entry.scope,
        "text": entry.text,
        "source": entry.source,
    }


def _set_alternatives(made: dict[str, Indicator], entries: Sequence[IndicatorEntry]) -> None:
    wanted = {entry.alternative_of for entry in entries if entry.alternative_of}
    known = {each.name: each for each in Indicator.objects.filter(name__in=wanted)} | made
    for entry in entries:
        other = known.get(entry.alternative_of) if entry.alternative_of else None
        if entry.alternative_of and other is None:
            raise Invalid(
                f"没有指标“{entry.alternative_of}”。请检查“可替代的指标”一栏。",
                field="alternative_of",
            )
        made[entry.name].alternative_of = other


def _require_changeable(indicator: Indicator, entry: IndicatorEntry) -> None:
    if entry.kind != indicator.kind and indicator.values.exists():
        raise Invalid("该指标已有填报值，不能改变类别。请另建一个指标。", field="kind")
    named = StandardIndicator.objects.filter(
        indicator=indicator, standard__framework_version__state=VersionState.PUBLISHED
    )
    if entry.name != indicator.name and named.exists():
        raise Invalid("已发布的测评体系写有该指标，不能改名。请另建一个指标。", field="name")


def _change_references(indicator: Indicator, entry: IndicatorEntry) -> list[list[str]]:
    series = {each.kind: each for each in indicator.references.all()}
    for kind, row in series.items():
        if kind in entry.references:
            continue
        if row.values.exists():
            raise Invalid(f"“{row.get_kind_display()}”已有参照值，不能去掉。", field="references")
        row.delete()
    for kind in entry.references:
        if kind not in series:
            ReferenceSeries.objects.create(indicator=indicator, kind=kind)
    before, after = sorted(series), sorted(entry.references)
    return [before, list(after)] if before != list(after) else []
