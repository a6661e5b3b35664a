"""Choosing the sites of a draft: drawn by wishes, or by hand."""

import uuid
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.db import transaction

from chuangwen.audit.actions import record
from chuangwen.inspection.actions.holding import count_edit, locked_round
from chuangwen.inspection.enums import Sampling
from chuangwen.inspection.models import Round, RoundSite
from chuangwen.inspection.queries.candidates import (
    Drawn,
    Eligible,
    draw_from_register,
    eligible_sites,
)
from chuangwen.inspection.sampling import Candidate, second_turns
from chuangwen.inspection.wishes import STRATA, SampleWishes
from chuangwen.kit import clock
from chuangwen.kit.errors import Invalid
from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission

BATCH = 500
# What a round keeps of a site.
OF_SITE = ("site_id", "checklist_id", "site_type_id", "unit_id", "area_id", "stratum")


@transaction.atomic
def draw_sample(*, within: Round, base_version: int, wishes: SampleWishes, by: Actor) -> Drawn:
    """Choose the sites of a draft as wished; an earlier choice is replaced.

    The same register, seed and wishes give the same sites, the second visits included. Raises
    StaleEdit, IllegalTransition once it is started, and Invalid naming the field.
    """
    by.require(Permission.MANAGE_ROUNDS)
    locked = locked_round(within, "edit", base_version=base_version)
    drawn = draw_from_register(locked.framework_version, wishes, earlier=locked.earlier)
    if not drawn.sites and wishes.method != Sampling.BY_HAND:
        raise Invalid("没有抽到点位。请检查名录中的点位和它们的类型是否有测评表。", field="method")
    RoundSite.objects.filter(round=locked).delete()
    rows = round_sites(locked, drawn.sites, wishes)
    RoundSite.objects.bulk_create(rows, batch_size=BATCH)
    locked.sampling, locked.seed = wishes.method, wishes.seed
    locked.drawing = {
        "wishes": wishes.told(),
        "drawn_at": clock.now().isoformat(),
        "earlier": str(locked.earlier_id or ""),
        **drawn.told(),
    }
    count_edit(locked, "sampling", "seed", "drawing")
    record(
        by=by,
        verb="round.sample_drawn",
        on=locked,
        method=[None, wishes.method.label],
        seed=[None, wishes.seed],
        sites=[None, len(drawn.sites)],
        second=[None, len(rows) - len(drawn.sites)],
        register=[None, drawn.register_hash],
    )
    return drawn


@transaction.atomic
def choose_sites(
    *, within: Round, base_version: int, site_ids: Collection[uuid.UUID], by: Actor
) -> int:
    """Add sites of the register to a draft by hand; return how many are new. Those that are in it
    stay as they are; the round's share is visited twice. Raises as `draw_sample`."""
    by.require(Permission.MANAGE_ROUNDS)
    locked = locked_round(within, "edit", base_version=base_version)
    added = add_by_hand(locked, site_ids)
    _complete_second_turns(locked)
    count_edit(locked, "drawing")
    codes = [one.code for one in added]
    record(by=by, verb="round.sites_chosen", on=locked, added=codes[:100], number=len(codes))
    return len(added)


@transaction.atomic
def drop_sites(
    *, within: Round, base_version: int, site_ids: Collection[uuid.UUID], by: Actor
) -> int:
    """Take sites out of a draft, second visits included; return how many. Raises as above."""
    by.require(Permission.MANAGE_ROUNDS)
    locked = locked_round(within, "edit", base_version=base_version)
    rows = RoundSite.objects.filter(round=locked, site__in=list(site_ids))
    codes = sorted(set(rows.order_by().values_list("site__code", flat=True)))
    rows.delete()
    note_by_hand(locked, "removed", codes)
    count_edit(locked, "drawing")
    record(by=by, verb="round.sites_dropped", on=locked, removed=codes[:100], number=len(codes))
    return len(codes)


def add_by_hand(locked: Round, site_ids: Collection[uuid.UUID]) -> list[Eligible]:
    """Add sites to a locked round, once each, and note it in the record of the draw.

    Raises Invalid naming what cannot be added.
    """
    if not site_ids:
        raise Invalid("没有选择点位。请先勾选。", field="site")
    there = RoundSite.objects.filter(round=locked, site__in=list(site_ids))
    known = set(there.order_by().values_list("site_id", flat=True))
    wanted = set(site_ids) - known
    found, without = eligible_sites(locked.framework_version, keys=wanted)
    if without:
        names = "、".join(sorted(without))
        raise Invalid(f"本版本没有“{names}”的测评表，这类点位不能测评。请先在测评体系中补上。")
    if len(found) < len(wanted):
        raise Invalid("有的点位已停用、已合并或不存在。请刷新列表后重新勾选。", field="site")
    RoundSite.objects.bulk_create(
        [round_site(locked, one, stratum="人工选择") for one in found], batch_size=BATCH
    )
    note_by_hand(locked, "added", [one.code for one in found])
    return found


def _complete_second_turns(locked: Round) -> None:
    """Have so many sites of a draft visited twice as its share asks for, the new ones by lot."""
    if not locked.second_percent:
        return
    rows = list(RoundSite.objects.filter(round=locked).select_related("site"))
    twice = {row.site_id for row in rows if row.turn == 2}
    firsts = [Candidate(row, row.site.code, "") for row in rows if row.turn == 1]
    wanted = len(second_turns(firsts, locked.second_percent, seed := str(locked.pk)))
    by_lot = second_turns([one for one in firsts if one.key.site_id not in twice], 100, seed)
    RoundSite.objects.bulk_create(
        [_second(row) for row in by_lot[: max(0, wanted - len(twice))]], batch_size=BATCH
    )


def _second(row: RoundSite) -> RoundSite:
    """Return the second visit of a site, as the first one has it."""
    return RoundSite(turn=2, **{name: getattr(row, name) for name in ("round_id", *OF_SITE)})


def round_sites(locked: Round, sites: Iterable[Eligible], wishes: SampleWishes) -> list[RoundSite]:
    """Return the rows of a draw, those of the second visits behind them; nothing is written."""
    strata = wishes.strata if wishes.method == Sampling.STRATIFIED else STRATA[:1]
    drawn = [(one.code, round_site(locked, one, stratum=one.stratum(strata))) for one in sites]
    candidates = [Candidate(row, code, "") for code, row in drawn]
    seed = wishes.seed or str(locked.pk)
    twice = second_turns(candidates, locked.second_percent, seed)
    return [*(row for _, row in drawn), *(_second(row) for row in twice)]


def round_site(locked: Round, one: Eligible, *, stratum: str) -> RoundSite:
    """Return the row of a site as the register knows it today."""
    return RoundSite(
        round=locked,
        site_id=one.pk,
        checklist_id=one.checklist_id,
        site_type_id=one.site_type_id,
        unit_id=one.unit_id,
        area_id=one.area_id,
        stratum=stratum,
    )


def note_by_hand(locked: Round, what: str, codes: Iterable[str]) -> None:
    """Say in the record of the draw what a person added or removed: it is no lot any more."""
    drawing: dict[str, Any] = dict(locked.drawing)
    by_hand: Mapping[str, list[str]] = drawing.get("by_hand", {})
    drawing["by_hand"] = {**by_hand, what: [*by_hand.get(what, []), *codes]}
    locked.drawing = drawing
