"""Who answers for sites: a duty is dated and never deleted."""

import datetime
import uuid
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Q

from chuangwen.audit.actions import Entry, record, record_all
from chuangwen.framework.wording import clean_line, not_longer
from chuangwen.kit.errors import IllegalTransition, Invalid, StaleEdit
from chuangwen.people.actors import Actor
from chuangwen.people.models import Unit
from chuangwen.people.permissions import Permission
from chuangwen.sites.actions.editing import require_open
from chuangwen.sites.actions.holding import (
    count_edits,
    locked_site,
    locked_sites,
    require_listed,
)
from chuangwen.sites.announcing import announce_owners
from chuangwen.sites.enums import SiteDutyKind
from chuangwen.sites.models import Site, SiteDuty


@dataclass(frozen=True)
class Charge:
    """A duty to be given; `holder` is the person within the unit, `source` what paper says so."""

    kind: SiteDutyKind
    unit: Unit
    valid_from: datetime.date
    holder: str = ""
    source: str = ""

    def columns(self) -> dict[str, object]:
        """Return the values of the model's fields besides the site. Raises Invalid."""
        holder = not_longer(clean_line(self.holder), label="姓名和职务", longest=60, field="holder")
        source = not_longer(clean_line(self.source), label="依据", longest=200, field="source")
        return {
            "kind": SiteDutyKind(self.kind).value,
            "unit": self.unit,
            "valid_from": self.valid_from,
            "valid_until": None,
            "holder": holder,
            "source": source,
        }


@dataclass
class _Outcome:
    """What a charge does to the duties that stand against it."""

    new: list[SiteDuty] = field(default_factory=list)
    ended: list[SiteDuty] = field(default_factory=list)
    replaced: list[SiteDuty] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    sites: list[Site] = field(default_factory=list)
    gained: list[Site] = field(default_factory=list)  # that another unit answered for, or none


@transaction.atomic
def assign_duty(*, versions: Mapping[uuid.UUID, int], charge: Charge, by: Actor) -> list[Site]:
    """Make a unit answer for sites from a day on; who did before ends the day before.

    What began on the same day is replaced. Sites for which the same is true already stay as they
    are; returns the others. Raises Invalid when the unit is closed, a later duty is set, or
    nothing changes; StaleEdit, IllegalTransition for a merged site.
    """
    by.require(Permission.MANAGE_SITES)
    require_open(charge.unit, "unit", charge.valid_from)
    columns = charge.columns()
    sites = locked_sites(versions)
    held: dict[uuid.UUID, list[SiteDuty]] = defaultdict(list)
    still = Q(valid_until__isnull=True) | Q(valid_until__gte=charge.valid_from)
    rows = SiteDuty.objects.filter(still, site__in=sites, kind=charge.kind).select_related("unit")
    for duty in rows.order_by("valid_from"):
        held[duty.site_id].append(duty)
    outcome = _Outcome()
    for site in sites:
        require_listed(site)
        _settle(site, held[site.pk], columns, outcome)
    if not outcome.sites:
        label = SiteDutyKind(charge.kind).label
        raise Invalid(f"“{charge.unit.name}”已是{label}，不必重复指定。", field="unit")
    _store(outcome, columns, charge)
    if charge.kind == SiteDutyKind.OWNER:
        _announce(outcome.gained, charge, by)
    record_all(by=by, entries=outcome.entries)
    return outcome.sites


@transaction.atomic
def end_duty(*, duty: SiteDuty, last_day: datetime.date, reason: str, by: Actor) -> SiteDuty:
    """End a duty after `last_day`. Raises IllegalTransition when it has ended, and Invalid."""
    by.require(Permission.MANAGE_SITES)
    if not reason.strip():
        raise Invalid("请写明结束的依据或原因。", field="reason")
    site = locked_site(duty.site)
    locked = SiteDuty.objects.select_related("unit").filter(pk=duty.pk).first()
    if locked is None:
        raise StaleEdit("这项责任已不存在。请刷新页面查看。")
    if locked.valid_until is not None:
        raise IllegalTransition(f"这项责任已定于 {locked.valid_until} 结束。请刷新页面查看。")
    if last_day < locked.valid_from:
        raise Invalid(
            f"日期 {last_day} 早于责任开始的 {locked.valid_from}。请填写之后的日期。",
            field="last_day",
        )
    locked.valid_until = last_day
    locked.save(update_fields=["valid_until"])
    count_edits([site])
    record(
        by=by, verb="site.duty_ended", on=site, kind=locked.kind, unit=locked.unit.name,
        valid_until=[None, last_day], reason=reason.strip(),
    )  # fmt: skip
    return locked


def _settle(
    site: Site, held: list[SiteDuty], columns: dict[str, object], outcome: _Outcome
) -> None:
    """Sort out one site: `held` are its duties of the kind that reach the new one's first day."""
    first_day = columns["valid_from"]
    now = held[-1] if held else None
    if now is not None and now.valid_from > first_day:  # type: ignore[operator]
        raise Invalid(
            f"“{site.name}”自 {now.valid_from} 起已定由“{now.unit.name}”负责。"
            "请填写更晚的日期，或先结束那一项。",
            field="valid_from",
        )
    same = now is not None and all(
        getattr(now, name) == columns[name] for name in ("unit", "holder", "valid_until")
    )
    if same:
        return
    outcome.sites.append(site)
    if now is None or now.unit != columns["unit"]:
        outcome.gained.append(site)
    former = now.unit.name if now else None
    for duty in held:
        if duty.valid_from == first_day:
            outcome.replaced.append(duty)
        else:
            outcome.ended.append(duty)
    if now is None or now.valid_from != first_day:
        outcome.new.append(SiteDuty(site=site, **columns))
    unit = columns["unit"]
    told = {
        "kind": columns["kind"],
        "unit": [former, unit.name],  # type: ignore[attr-defined]
        "valid_from": [None, first_day],
    }
    outcome.entries.append(Entry("site.duty_assigned", site, told))


def _announce(sites: list[Site], charge: Charge, by: Actor) -> None:
    """Tell the new owner once; the first site, as it was changed, stands for the whole deed."""
    if not sites:
        return
    announce_owners(
        {charge.unit.pk: [(site.pk, site.name) for site in sites]},
        occasion=f"{sites[0].pk.hex}:{sites[0].version + 1}",
        first_day=charge.valid_from,
        by=by,
    )


def _store(outcome: _Outcome, columns: dict[str, object], charge: Charge) -> None:
    day_before = charge.valid_from - datetime.timedelta(days=1)
    for duties, values in (
        (outcome.ended, {"valid_until": day_before}),
        (outcome.replaced, columns),
    ):
        if duties:
            SiteDuty.objects.filter(pk__in=[duty.pk for duty in duties]).update(**values)
    SiteDuty.objects.bulk_create(outcome.new, batch_size=1000)
    count_edits(outcome.sites)
