"""What people are told about a round. Units hear nothing of a blind one until it is closed."""

import uuid
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from chuangwen.inspection.enums import RoundState
from chuangwen.inspection.models import Pair, PairMember, Round, RoundSite
from chuangwen.inspection.queries.conflicts import Conflicts
from chuangwen.kit import clock
from chuangwen.notices.actions.notifying import notify
from chuangwen.notices.enums import AboutKind, NoticeKind
from chuangwen.notices.notes import Note, Told, told
from chuangwen.people.actors import Actor
from chuangwen.people.queries import people_by_unit

MOST_NAMED = 3
REFRESH = "请在有信号时打开手机上的现场测评，更新本轮资料。"


@dataclass(frozen=True)
class Move:
    """A site that a pair lost, or got; None is nobody."""

    name: str
    source: uuid.UUID | None
    target: uuid.UUID | None


def announce_changes(within: Round, moves: Sequence[Move], by: Actor) -> None:
    """Tell the inspectors of a running round what their pairs got and lost: one notice each.

    Once a batch, whatever the number of sites: `within` has the version that the batch gave it.
    Two statements; none for a draft, of which the start will tell.
    """
    if within.state != RoundState.RUNNING or not moves:
        return
    got: dict[uuid.UUID | None, list[str]] = defaultdict(list)
    lost: dict[uuid.UUID | None, list[str]] = defaultdict(list)
    for move in moves:
        got[move.target].append(move.name)
        lost[move.source].append(move.name)
    pairs = (got.keys() | lost.keys()) - {None}
    members = PairMember.objects.filter(pair__in=pairs).select_related("pair").order_by("pk")
    subject = f"测评点位有变动：{within.name}"
    notes: list[Told] = []
    for member in members:
        both = (("新增", got[member.pair_id]), ("去掉", lost[member.pair_id]))
        changes = [f"{verb} {len(names)} 个点位：{_named(names)}" for verb, names in both if names]
        body = f"{member.pair}{'；'.join(changes)}。{REFRESH}"
        note = _changed(within, subject, body, member.pair_id)
        notes += told(note, [member.account_id])
    notify(notes=notes, by=by)


def announce_place(within: Round, account_id: uuid.UUID, pair: Pair | None, by: Actor) -> None:
    """Tell an inspector that he walks in another pair of a running round, or in none any more."""
    if within.state != RoundState.RUNNING:
        return
    if pair is None:
        subject = f"您已不在测评组：{within.name}"
        body = "已封存的记录照样可以送出。请打开手机上的现场测评，把没有送出的送出。"
    else:
        number = RoundSite.objects.filter(pair=pair).count()
        subject = f"您已编入{pair}：{within.name}"
        body = f"本组 {number} 个点位。{REFRESH}"
    note = _changed(within, subject, body, account_id)
    notify(notes=told(note, [account_id]), by=by)


def announce_start(
    within: Round, sites: Iterable[RoundSite], conflicts: Conflicts, by: Actor
) -> None:
    """Tell every inspector how many sites wait, and every unit how many of its own. Two queries."""
    rows = list(sites)
    by_pair = Counter(row.pair_id for row in rows)
    notes = list(_to_inspectors(within, conflicts, by_pair))
    if not within.is_blind:
        owned = Counter(row.unit_id for row in rows if row.unit_id and row.turn == 1)
        notes += _to_units(within, owned, NoticeKind.ROUND_STARTED, "启动", "请做好迎检准备。")
    notify(notes=notes, by=by)


def announce_close(within: Round, owned: Counter[uuid.UUID], by: Actor) -> None:
    """Tell everybody who took part that the results stand. Three queries."""
    members = PairMember.objects.filter(round=within).order_by()
    subject = f"测评轮次已结束：{within.name}"
    note = _note(NoticeKind.ROUND_CLOSED, within, subject, "结果已固定，可以查看。", "closed")
    notes = list(told(note, members.values_list("account_id", flat=True)))
    notes += _to_units(within, owned, NoticeKind.ROUND_CLOSED, "结束", "可以查看结果和发现问题。")
    notify(notes=notes, by=by)


def _to_inspectors(
    within: Round, conflicts: Conflicts, by_pair: Counter[uuid.UUID | None]
) -> Iterator[Told]:
    days = f"{within.starts_on:%m月%d日}至{within.ends_on:%m月%d日}"
    for pair_id, members in conflicts.members.items():
        body = f"{days}，本组 {by_pair[pair_id]} 个点位。请在有信号时先把本轮资料下载到手机。"
        subject = f"测评轮次启动：{within.name}"
        note = _note(NoticeKind.ROUND_STARTED, within, subject, body, f"started:{pair_id}")
        yield from told(note, [one.account_id for one in members])


def _to_units(
    within: Round, owned: Counter[uuid.UUID], kind: NoticeKind, verb: str, wish: str
) -> Iterator[Told]:
    people = people_by_unit(clock.today(), units=set(owned))
    for unit_id, number in owned.items():
        note = _note(
            kind,
            within,
            f"测评轮次{verb}：{within.name}",
            f"本单位有 {number} 个点位在本轮中。{wish}",
            f"{kind.value}:{unit_id}",
        )
        yield from told(note, people.get(unit_id, ()))


def _named(names: Sequence[str]) -> str:
    more = "等" if len(names) > MOST_NAMED else ""
    return f"{'、'.join(names[:MOST_NAMED])}{more}"


def _changed(within: Round, subject: str, body: str, whose: uuid.UUID) -> Note:
    occasion = f"changed:{within.version}:{whose.hex}"
    return _note(NoticeKind.ROUND_CHANGED, within, subject, body, occasion)


def _note(kind: NoticeKind, within: Round, subject: str, body: str, occasion: str) -> Note:
    return Note(
        kind=kind,
        subject=subject,
        body=body,
        key=f"round:{within.pk.hex}:{occasion}",
        about=AboutKind.ROUND,
        about_id=within.pk,
    )
