"""Whom papers are told to: those who may sign, who drafted, and the units when it is issued."""

from collections.abc import Iterator

from chuangwen.documents.enums import PaperKind
from chuangwen.documents.models import OfficialPaper
from chuangwen.kit import clock
from chuangwen.notices.actions.notifying import notify
from chuangwen.notices.enums import AboutKind, NoticeKind
from chuangwen.notices.notes import Note, Told, told
from chuangwen.people.actors import Actor
from chuangwen.people.queries import people_by_unit
from chuangwen.people.roles import Role

SIGNERS = (Role.LEADER, Role.OFFICE)


def announce_to_sign(paper: OfficialPaper, by: Actor) -> None:
    """Tell those who may sign that a paper waits for them."""
    found = people_by_unit(clock.today(), roles=SIGNERS)
    people = [one for own in found.values() for one in own]
    note = _note(paper, NoticeKind.PAPER_TO_SIGN, "公文待签发", "请审核后签发，或写明原因退回。")
    notify(notes=told(note, people), by=by)


def announce_returned(paper: OfficialPaper, reason: str, by: Actor) -> None:
    """Tell whoever drafted it."""
    if paper.account_id is not None:
        note = _note(paper, NoticeKind.PAPER_RETURNED, "公文退回修改", f"原因：{reason}")
        notify(notes=told(note, [paper.account_id]), by=by)


def announce_issued(paper: OfficialPaper, by: Actor) -> None:
    """Tell the units that a paper concerns: 通报 all of them, 整改通知书 the one addressed."""
    notify(notes=_to_units(paper), by=by)


def _to_units(paper: OfficialPaper) -> Iterator[Told]:
    if paper.kind == PaperKind.BULLETIN:
        found = people_by_unit(clock.today())
    elif paper.unit_id is not None:
        found = people_by_unit(clock.today(), units=[paper.unit_id])
    else:
        return
    note = _note(paper, NoticeKind.PAPER_ISSUED, f"{paper.get_kind_display()}印发", paper.number)
    yield from told(note, (one for own in found.values() for one in own))


def _note(paper: OfficialPaper, kind: NoticeKind, word: str, body: str) -> Note:
    return Note(
        kind=kind,
        subject=f"{word}：{paper.title}",
        body=body,
        key=f"{kind.value}:{paper.pk}:{paper.version}",
        about=AboutKind.PAPER,
        about_id=paper.pk,
    )
