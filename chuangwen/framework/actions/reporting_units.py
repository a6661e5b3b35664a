"""Who reports an indicator, and what relative indicators are compared with."""

import datetime
from collections.abc import Sequence
from decimal import Decimal

from django.db import transaction

from chuangwen.audit.actions import Entry, record, record_all
from chuangwen.framework.actions.indicators import locked_indicator
from chuangwen.framework.actions.saving import unique
from chuangwen.framework.announcing import announce_reporters
from chuangwen.framework.enums import ReferenceKind
from chuangwen.framework.models import (
    Indicator,
    IndicatorReporter,
    ReferenceSeries,
    ReferenceValue,
)
from chuangwen.framework.periods import Period
from chuangwen.framework.wording import required_line
from chuangwen.kit.errors import Invalid
from chuangwen.kit.ids import new_id
from chuangwen.people.actors import Actor
from chuangwen.people.models import Unit
from chuangwen.people.permissions import Permission


@transaction.atomic
def assign_reporters(
    *, pairs: Sequence[tuple[Indicator, Unit]], valid_from: datetime.date, by: Actor
) -> list[IndicatorReporter]:
    """Make units report indicators from a day on, all of them or none; the units are told.

    Raises NotPermitted, and Invalid when a unit is closed on that day or reports the indicator
    already.
    """
    by.require(Permission.MANAGE_FRAMEWORK)
    if not pairs:
        raise Invalid("没有选择单位。请至少为一个指标勾选一个单位。", field="unit")
    for _indicator, unit in pairs:
        if not unit.is_open(valid_from):
            raise Invalid(f"“{unit.name}”在 {valid_from} 已停用或未启用。请选择其他单位。")
    _refuse_held(pairs)
    reporters = [
        IndicatorReporter(indicator=indicator, unit=unit, valid_from=valid_from)
        for indicator, unit in pairs
    ]
    with unique("所选单位中有的已是填报单位。请刷新页面后重选。", field="unit"):
        IndicatorReporter.objects.bulk_create(reporters, batch_size=500)
    record_all(
        by=by,
        entries=[
            Entry("indicator.reporter_assigned", indicator, {"unit": [None, unit.name]})
            for indicator, unit in pairs
        ],
    )
    announce_reporters(reporters, by)
    return reporters


def _refuse_held(pairs: Sequence[tuple[Indicator, Unit]]) -> None:
    """Name one unit that reports its indicator already; the constraint answers a race."""
    open_rows = IndicatorReporter.objects.filter(
        indicator__in={indicator.pk for indicator, _ in pairs}, valid_until__isnull=True
    )
    held = set(open_rows.values_list("indicator_id", "unit_id"))
    for indicator, unit in pairs:
        if (indicator.pk, unit.pk) in held:
            raise Invalid(
                f"“{unit.name}”已在填报“{indicator.name}”。请取消这一项，再提交。", field="unit"
            )


@transaction.atomic
def end_reporter(*, reporter: IndicatorReporter, valid_until: datetime.date, by: Actor) -> None:
    """Let a unit's duty to report end after a day; what it reported stays."""
    by.require(Permission.MANAGE_FRAMEWORK)
    if valid_until < reporter.valid_from:
        raise Invalid(f"止日 {valid_until} 早于起日 {reporter.valid_from}。请检查。")
    open_rows = IndicatorReporter.objects.filter(pk=reporter.pk, valid_until__isnull=True)
    if not open_rows.update(valid_until=valid_until):
        raise Invalid("该单位已不再填报此指标。请刷新页面查看。")
    record(
        by=by,
        verb="indicator.reporter_ended",
        on=reporter.indicator,
        unit=[reporter.unit.name, None],
    )


@transaction.atomic
def set_reference_value(
    *,
    indicator: Indicator,
    kind: ReferenceKind,
    period: Period,
    value: Decimal,
    source: str,
    by: Actor,
) -> ReferenceValue:
    """Set what the indicator is compared with in a period; a former value is superseded.

    Raises NotPermitted, and Invalid when the indicator has no such reference or the source is
    missing.
    """
    by.require(Permission.MANAGE_FRAMEWORK)
    fresh = locked_indicator(indicator)
    series = ReferenceSeries.objects.filter(indicator=fresh, kind=kind).first()
    if series is None:
        raise Invalid(f"指标“{fresh.name}”不与“{kind.label}”比较。请先修改指标定义。", field="kind")
    row = ReferenceValue(
        id=new_id(),
        series=series,
        period=period.code,
        value=value,
        source=required_line(source, label="来源", longest=300, field="source"),
    )
    former = series.values.filter(period=period.code, superseded_by__isnull=True)
    before = former.values_list("value", flat=True).first()
    former.update(superseded_by=row)  # first, so that only one row of a period is ever open
    row.save(force_insert=True)
    record(
        by=by,
        verb="indicator.reference_set",
        on=fresh,
        reference=str(kind),
        period=period.code,
        value=[before, value],
    )
    return row
