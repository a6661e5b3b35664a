"""Reporting values. Nothing is overwritten: corrections supersede."""

import uuid
from collections.abc import Sequence

from django.db import transaction
from django.db.models import Q, QuerySet

from chuangwen.audit.actions import record
from chuangwen.files.actions.attaching import attach_uploads, hashes
from chuangwen.framework.actions.saving import locked_values, require_open, unique
from chuangwen.framework.attachments import VALUE
from chuangwen.framework.enums import IndicatorKind, ValueState
from chuangwen.framework.models import Indicator, IndicatorReporter, IndicatorValue
from chuangwen.framework.periods import Period, parse_period
from chuangwen.framework.reported import Report
from chuangwen.framework.wording import clean_text, required
from chuangwen.kit import clock
from chuangwen.kit.errors import Invalid
from chuangwen.kit.ids import new_id
from chuangwen.people.actors import Actor
from chuangwen.people.models import Unit
from chuangwen.people.permissions import Permission


@transaction.atomic
def report_value(
    *,
    indicator: Indicator,
    unit: Unit,
    period: Period,
    report: Report,
    uploads: Sequence[uuid.UUID] = (),
    by: Actor,
) -> IndicatorValue:
    """Report a unit's value of a period; it counts once 创文办 accepts it.

    Raises NotPermitted, and Invalid when the unit does not report this indicator, the period has
    not begun, it was reported already, or the report does not fit the indicator.
    """
    by.require(Permission.REPORT_INDICATORS, unit_id=unit.pk)
    _require_reporter(indicator, unit)
    if period.first_day > clock.today():
        raise Invalid(f"{period.label}还没有开始，不能填报。请检查期间。", field="period")
    value = _new_value(indicator, unit, period, report, by)
    taken = f"{unit.name}{period.label}的值已填报。请打开该值用“更正”，原值会保留。"
    if _open_values(value).exists():
        raise Invalid(taken, field="period")
    with unique(taken, field="period"):
        value.save(force_insert=True)
    record(
        by=by,
        verb="indicator_value.reported",
        on=value,
        unit=unit.name,
        value=[None, value.content],
        **_attached(value, uploads, by),
    )
    return value


@transaction.atomic
def correct_value(
    *, value: IndicatorValue, report: Report, uploads: Sequence[uuid.UUID] = (), by: Actor
) -> IndicatorValue:
    """Report a better value; its note says why. An accepted one counts until this is accepted.

    Raises NotPermitted, StaleEdit when the value was superseded meanwhile, and Invalid for a
    missing note or document.
    """
    by.require(Permission.REPORT_INDICATORS, unit_id=value.unit_id)
    _require_reporter(value.indicator, value.unit)
    former = locked_values([value.pk])[0]
    require_open(former)
    required(clean_text(report.note), label="更正说明", field="note")
    period = parse_period(former.period)
    correction = _new_value(value.indicator, value.unit, period, report, by)
    # Before the insert, so that at most one value of a state is ever open.
    _open_values(former).exclude(state=ValueState.ACCEPTED).update(superseded_by=correction)
    with unique("该值刚被他人更正。请刷新页面查看。"):
        correction.save(force_insert=True)
    record(
        by=by,
        verb="indicator_value.corrected",
        on=correction,
        value=[former.content, correction.content],
        corrects=str(former.pk),
        **_attached(correction, uploads, by),
    )
    return correction


def _attached(
    value: IndicatorValue, uploads: Sequence[uuid.UUID], by: Actor
) -> dict[str, list[str]]:
    attached = attach_uploads(kind=VALUE.name, owner=value, upload_ids=uploads, by=by)
    return {"files": hashes(attached)} if attached else {}


def _require_reporter(indicator: Indicator, unit: Unit) -> None:
    today = clock.today()
    duties = IndicatorReporter.objects.filter(
        Q(valid_until__isnull=True) | Q(valid_until__gte=today),
        indicator=indicator,
        unit=unit,
        valid_from__lte=today,
    )
    if not duties.exists():
        raise Invalid(
            f"“{unit.name}”不是指标“{indicator.name}”的填报单位。请联系创文办确定填报单位。",
            field="unit",
        )


def _open_values(like: IndicatorValue) -> QuerySet[IndicatorValue]:
    return IndicatorValue.objects.filter(
        indicator_id=like.indicator_id,
        unit_id=like.unit_id,
        period=like.period,
        superseded_by__isnull=True,
    )


def _new_value(
    indicator: Indicator, unit: Unit, period: Period, report: Report, by: Actor
) -> IndicatorValue:
    return IndicatorValue(
        id=new_id(),
        indicator=indicator,
        unit=unit,
        period=period.code,
        period_ends_on=period.last_day,
        reported_by=by.account_id,
        **report.columns(IndicatorKind(indicator.kind)),
    )
