"""Pairs of inspectors: who walks with whom. In one round everybody walks in one pair."""

import uuid
from collections.abc import Collection

from django.db import transaction
from django.db.models import Max

from chuangwen.audit.actions import record
from chuangwen.inspection.actions.holding import count_edit, locked_round
from chuangwen.inspection.announcing import announce_place
from chuangwen.inspection.enums import RoundState
from chuangwen.inspection.models import Pair, PairMember, Round, RoundSite
from chuangwen.inspection.queries.conflicts import in_own_units, inspectors
from chuangwen.kit.errors import IllegalTransition, Invalid, NotFound
from chuangwen.people.actors import Actor
from chuangwen.people.models import Account
from chuangwen.people.permissions import Permission

MOST_MEMBERS = 4


@transaction.atomic
def add_pair(
    *, within: Round, base_version: int, account_ids: Collection[uuid.UUID], by: Actor
) -> Pair:
    """Make a pair of one inspector or several. Raises StaleEdit, IllegalTransition once the round
    is closed, and Invalid for who may not inspect or walks in another pair already."""
    by.require(Permission.MANAGE_ROUNDS)
    locked = locked_round(within, "regroup", base_version=base_version)
    people = _able(account_ids)
    if not 1 <= len(people) <= MOST_MEMBERS:
        raise Invalid(f"一组须有 1 至 {MOST_MEMBERS} 人。请选择测评员。", field="account")
    _require_free(locked, people)
    last = Pair.objects.filter(round=locked).aggregate(last=Max("number", default=0))["last"]
    pair = Pair.objects.create(round=locked, number=last + 1)
    PairMember.objects.bulk_create(
        [PairMember(round=locked, pair=pair, account=account) for account in people]
    )
    count_edit(locked)
    names = [account.name for account in people]
    record(by=by, verb="round.pair_added", on=locked, pair=[None, pair.number], members=names)
    return pair


@transaction.atomic
def put_in_pair(
    *, within: Round, base_version: int, account: uuid.UUID, pair: uuid.UUID, by: Actor
) -> None:
    """Add an inspector to a pair, or move him there from another one.

    Raises as `add_pair`, Invalid when the pair has a site of his own unit, and IllegalTransition
    when he is the last one of a pair that has sites while the round runs.
    """
    by.require(Permission.MANAGE_ROUNDS)
    locked = locked_round(within, "regroup", base_version=base_version)
    target = held_pair(locked, pair)
    person = _able([account])[0]
    members = list(PairMember.objects.filter(round=locked).select_related("pair"))
    member = next((one for one in members if one.account_id == person.pk), None)
    others = [one for one in members if one.pair_id == target.pk and one != member]
    if len(others) >= MOST_MEMBERS:
        raise Invalid(f"{target}已有 {MOST_MEMBERS} 人。请放到别的组。", field="account")
    _require_no_conflict(target, person)
    if member is not None and member.pair_id != target.pk:
        _require_not_alone(locked, member)
    old = member.pair.number if member else None
    if member is None:
        PairMember.objects.create(round=locked, pair=target, account=person)
    else:
        PairMember.objects.filter(pk=member.pk).update(pair=target)
    count_edit(locked)
    record(
        by=by, verb="round.member_placed", on=locked,
        member=person.name, pair=[old, target.number],
    )  # fmt: skip
    if old != target.number:
        announce_place(locked, person.pk, target, by)


@transaction.atomic
def remove_member(*, within: Round, base_version: int, account: uuid.UUID, by: Actor) -> None:
    """Take an inspector out of his pair. What he has sealed until then is quarantined when it
    arrives, not lost. Raises IllegalTransition for the last one of a pair that has sites while the
    round runs."""
    by.require(Permission.MANAGE_ROUNDS)
    locked = locked_round(within, "regroup", base_version=base_version)
    members = PairMember.objects.filter(round=locked, account=account)
    member = members.select_related("pair", "account").first()
    if member is None:
        raise NotFound("这名测评员不在本轮的测评组中。请刷新页面查看。")
    _require_not_alone(locked, member)
    member.delete()
    count_edit(locked)
    record(
        by=by, verb="round.member_removed", on=locked,
        member=member.account.name, pair=[member.pair.number, None],
    )  # fmt: skip
    announce_place(locked, account, None, by)


@transaction.atomic
def remove_pair(*, within: Round, base_version: int, pair: uuid.UUID, by: Actor) -> None:
    """Dissolve a pair; in a draft its sites wait to be given to another one.

    Raises IllegalTransition for a pair that has sites while the round runs.
    """
    by.require(Permission.MANAGE_ROUNDS)
    locked = locked_round(within, "regroup", base_version=base_version)
    gone = held_pair(locked, pair)
    if locked.state == RoundState.RUNNING:
        _require_no_sites(gone)
    number = gone.number
    RoundSite.objects.filter(pair=gone).update(pair=None, position=0)
    gone.delete()
    count_edit(locked)
    record(by=by, verb="round.pair_removed", on=locked, pair=[number, None])


def held_pair(locked: Round, pair: uuid.UUID) -> Pair:
    """Return a pair of a locked round. Raises NotFound."""
    found = Pair.objects.filter(round=locked, pk=pair).first()
    if found is None:
        raise NotFound("没有这个测评组，可能已被删除。请刷新页面查看。")
    return found


def _able(account_ids: Collection[uuid.UUID]) -> list[Account]:
    """Return those who may inspect, in the order of their names. Raises Invalid for others."""
    wanted = set(account_ids)
    found = [one for one in inspectors() if one.pk in wanted]
    if not wanted or len(found) < len(wanted):
        raise Invalid("只能选现在有测评权的人员。请在“角色与权限”中核对。", field="account")
    return found


def _require_free(locked: Round, people: Collection[Account]) -> None:
    taken = PairMember.objects.filter(round=locked, account__in=people)
    names = list(taken.order_by("account__name").values_list("account__name", flat=True))
    if names:
        raise Invalid(
            f"{'、'.join(names)}已在本轮的另一组。一人只能在一组，请先移动或移出。", field="account"
        )


def _require_not_alone(locked: Round, member: PairMember) -> None:
    """In a running round the sites of a pair always have somebody."""
    others = PairMember.objects.filter(pair=member.pair_id).exclude(pk=member.pk)
    if locked.state == RoundState.RUNNING and not others.exists():
        _require_no_sites(member.pair)


def _require_no_sites(pair: Pair) -> None:
    number = RoundSite.objects.filter(pair=pair).count()
    if number:
        raise IllegalTransition(
            f"轮次进行中，{pair}还有 {number} 个点位。请先把点位分给别的组，再撤销该组。"
        )


def _require_no_conflict(pair: Pair, person: Account) -> None:
    sites = RoundSite.objects.filter(in_own_units(person.pk), pair=pair)
    sites = sites.select_related("site", "unit")
    conflict = sites.order_by("position", "pk").first()
    if conflict is not None:
        raise Invalid(
            f"{person.name}与{pair}的“{conflict.site.name}”有关联：主管单位“{conflict.unit}”是其本单位"
            "或上下级单位，须回避。请换一组，或先把该点位分给别的组。",
            field="account",
        )
