"""What people are told about a round. Units hear nothing of a blind one until it is closed."""

import uuid
from collections import Counter
from collections.abc import Iterable, Iterator

from chuangwen.inspection.models import PairMember, Round, RoundSite
from chuangwen.inspection.queries.conflicts import Conflicts
from chuangwen.kit import clock
from chuangwen.notices.actions.notifying import notify
from chuangwen.notices.enums import AboutKind, NoticeKind
from chuangwen.notices.notes import Note, Told, told
from chuangwen.people.actors import Actor
from chuangwen.people.queries import people_by_unit


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


def _note(kind: NoticeKind, within: Round, subject: str, body: str, occasion: str) -> Note:
    return Note(
        kind=kind,
        subject=subject,
        body=body,
        key=f"round:{within.pk.hex}:{occasion}",
        about=AboutKind.ROUND,
        about_id=within.pk,
    )
