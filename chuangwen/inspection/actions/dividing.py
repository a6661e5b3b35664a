"""Giving sites to pairs, and the order in which each pair walks."""

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from chuangwen.audit.actions import record
from chuangwen.inspection.actions.holding import count_edit, locked_round
from chuangwen.inspection.actions.pairs import held_pair
from chuangwen.inspection.announcing import Move, announce_changes
from chuangwen.inspection.dividing import Task, divide
from chuangwen.inspection.enums import RoundState
from chuangwen.inspection.models import Pair, Round, RoundSite
from chuangwen.inspection.queries.conflicts import Conflicts
from chuangwen.inspection.queries.stored_results import visits_that_judged
from chuangwen.inspection.walking import Place, walking_order
from chuangwen.kit.errors import IllegalTransition, Invalid
from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission

BATCH = 500
NAMED = 5
Places = dict[uuid.UUID, tuple[uuid.UUID | None, int]]  # pair and position, by row


@transaction.atomic
def divide_sites(*, within: Round, base_version: int, by: Actor) -> int:
    """Divide the sites among the pairs: evenly, near ones together, nobody at an own unit's site.

    In a running round only sites that were not visited and wait for a pair. Returns how many were
    given. Raises Invalid without pairs, or naming sites that no pair may visit.
    """
    by.require(Permission.MANAGE_ROUNDS)
    locked = locked_round(within, "regroup", base_version=base_version)
    conflicts = Conflicts(locked)
    pairs = [pair for pair in Pair.objects.filter(round=locked) if conflicts.members.get(pair.pk)]
    if not pairs:
        raise Invalid("还没有测评组。请先建立测评组，再分配点位。")
    rows = list(_sites(locked))
    before = _places(rows)
    waiting = _waiting(locked, rows)
    first: dict[uuid.UUID, Pair] = {
        row.site_id: row.pair
        for row in rows
        if row.turn == 1 and row.pair is not None and row not in waiting
    }
    given: dict[RoundSite, Pair] = {}
    for turn in (1, 2):
        now = [row for row in waiting if row.turn == turn]
        taken = {row: first[row.site_id] for row in now if row.site_id in first}
        found, refused = divide(
            {row: Task(row.site.code, place_of(row)) for row in now},
            pairs,
            lambda row, pair: conflicts.may_visit(pair, row.unit_id),
            first_pair=taken if turn == 2 else {},
        )
        _require_all(refused, turn)
        given |= found
        if turn == 1:
            first |= {row.site_id: pair for row, pair in found.items()}
    for row, pair in given.items():
        row.pair = pair
    moves = _walk(rows, before)
    count_edit(locked)
    record(by=by, verb="round.sites_divided", on=locked, sites=len(given), pairs=len(pairs))
    announce_changes(locked, moves, by)
    return len(given)


@transaction.atomic
def give_sites(
    *,
    within: Round,
    base_version: int,
    round_site_ids: Collection[uuid.UUID],
    pair: uuid.UUID,
    by: Actor,
) -> int:
    """Give sites to a pair by hand. Returns how many.

    Raises Invalid naming whoever would inspect an own unit's site, and a site whose other visit is
    this pair's; IllegalTransition for one that was visited.
    """
    by.require(Permission.MANAGE_ROUNDS)
    locked = locked_round(within, "regroup", base_version=base_version)
    target = held_pair(locked, pair)
    rows = list(_sites(locked))
    before = _places(rows)
    chosen = [row for row in rows if row.pk in set(round_site_ids)]
    if not chosen:
        raise Invalid("没有选择点位。请先勾选。", field="site")
    _require_unvisited(chosen)
    _require_allowed(chosen, rows, target, Conflicts(locked))
    for row in chosen:
        row.pair = target
    moves = _walk(rows, before)
    count_edit(locked)
    codes = [row.site.code for row in chosen]
    record(
        by=by, verb="round.sites_given", on=locked,
        pair=target.number, sites=codes[:100], number=len(codes),
    )  # fmt: skip
    announce_changes(locked, moves, by)
    return len(chosen)


def place_of(row: RoundSite) -> Place | None:
    """Return where a site is; None for one that is called by telephone."""
    site = row.site
    if site.longitude is None or site.latitude is None:
        return None
    return float(site.longitude), float(site.latitude)


def _sites(locked: Round) -> QuerySet[RoundSite]:
    return RoundSite.objects.filter(round=locked).select_related("site", "pair", "unit").order_by()


def _waiting(locked: Round, rows: list[RoundSite]) -> list[RoundSite]:
    """Return the sites to be divided: all of a draft, the ownerless ones of a running round."""
    ordered = sorted(rows, key=lambda row: (row.site.code, row.turn))
    if locked.state == RoundState.DRAFT:
        return ordered
    return [row for row in ordered if row.pair_id is None]


def _places(rows: Iterable[RoundSite]) -> Places:
    return {row.pk: (row.pair_id, row.position) for row in rows}


def _moves(rows: Iterable[RoundSite], before: Places) -> list[Move]:
    return [
        Move(row.site.name, old, row.pair_id)
        for row in rows
        if (old := before[row.pk][0]) != row.pair_id
    ]


def _walk(rows: list[RoundSite], before: Places) -> list[Move]:
    """Set the walking order of the pairs whose sites are not those of before; write what changed.

    Returns the sites that went from pair to pair. A pair of 2,000 sites takes seconds, under the
    lock of the round: the others keep their order.
    """
    moves = _moves(rows, before)
    changed = {pair for move in moves for pair in (move.source, move.target)}
    by_pair: dict[uuid.UUID, list[RoundSite]] = defaultdict(list)
    for row in rows:
        if row.pair_id is not None and row.pair_id in changed:
            by_pair[row.pair_id].append(row)
    for members in by_pair.values():
        members.sort(key=lambda row: (row.site.code, row.turn))
        placed = [row for row in members if place_of(row) is not None]
        order = walking_order([place for row in placed if (place := place_of(row)) is not None])
        calls = [row for row in members if place_of(row) is None]
        for position, row in enumerate([*(placed[number] for number in order), *calls], start=1):
            row.position = position
    RoundSite.objects.bulk_update(
        [row for row in rows if before[row.pk] != (row.pair_id, row.position)],
        ["pair", "position"],
        batch_size=BATCH,
    )
    return moves


def _require_all(refused: list[RoundSite], turn: int) -> None:
    if not refused:
        return
    names = "、".join(row.site.name for row in refused[:NAMED])
    more = f"等 {len(refused)} 个点位" if len(refused) > NAMED else ""
    if turn == 2:
        raise Invalid(f"“{names}”{more}的第二次测评没有别的组可去。请增加测评组，或减少复测比例。")
    raise Invalid(f"各组都须回避“{names}”{more}。请增加与其主管单位无关的测评员。")


def _require_unvisited(rows: list[RoundSite]) -> None:
    visited = visits_that_judged(OuterRef("pk"))
    keys = [row.pk for row in rows]
    done = RoundSite.objects.filter(Exists(visited), pk__in=keys).select_related("site").first()
    if done is not None:
        raise IllegalTransition(f"“{done.site.name}”已经测评，不能改分给别的组。请去掉它再分配。")


def _require_allowed(
    chosen: list[RoundSite], rows: list[RoundSite], target: Pair, conflicts: Conflicts
) -> None:
    picked = {row.pk for row in chosen}
    own = {row.site_id for row in rows if row.pair_id == target.pk and row.pk not in picked}
    seen: set[uuid.UUID] = set()
    for row in chosen:
        name = conflicts.who(target.pk, row.unit_id)
        if name:
            raise Invalid(
                f"{name}须回避“{row.site.name}”：其主管单位“{row.unit}”是{name}的本单位或上下级单位。"
                "请分给别的组。",
                field="pair",
            )
        if row.site_id in own or row.site_id in seen:
            raise Invalid(
                f"“{row.site.name}”的两次测评不能由同一组做。请把其中一次分给别的组。", field="pair"
            )
        seen.add(row.site_id)
