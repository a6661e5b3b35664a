"""What keeps a sealed record from being confirmed, and whether a person may overrule it."""

import uuid
from dataclasses import dataclass

from chuangwen.framework.judging import LineAnswer, SiteJudgement, judge_site
from chuangwen.framework.models import CheckLine, Checklist
from chuangwen.framework.observing import ImpossibleAnswers
from chuangwen.inspection.enums import RoundState
from chuangwen.inspection.queries.surroundings import Surroundings
from chuangwen.inspection.sealed import SealedRecord
from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission

DRAFT = "草稿，没有封存，不算测评。请测评员在手机上测完封存后送出。"


@dataclass(frozen=True)
class Obstacle:
    """A reason for quarantine. `is_final`: nobody can accept the record in spite of it."""

    reason: str
    is_final: bool


@dataclass(frozen=True)
class Examined:
    """What speaks against confirming, the final reasons first, and the result of the visit.

    `judgement` is None for a place outside the register and where nothing can be judged.
    """

    obstacles: tuple[Obstacle, ...]
    judgement: SiteJudgement | None = None


def examine(
    sealed: SealedRecord, around: Surroundings, *, record_id: uuid.UUID, inspector: Actor
) -> Examined:
    """Look through all of a record. No queries."""
    if sealed.is_draft:
        return Examined((Obstacle(DRAFT, is_final=True),))
    reasons, judgement = _about_the_round(sealed, around, record_id), None
    if around.round is not None and sealed.round_site is not None:
        faults, judgement = _about_the_site(sealed, around)
        reasons += faults
    final = [Obstacle(one, is_final=True) for one in reasons]
    return Examined((*final, *_open_to_judgement(sealed, around, inspector)), judgement)


def _judge(
    sealed: SealedRecord, checklist: Checklist, lines: tuple[CheckLine, ...]
) -> SiteJudgement:
    """Return the result of the visit. Raises ImpossibleAnswers."""
    answers = [
        LineAnswer(str(one.line), one.values, one.not_applicable, one.note)
        for one in sealed.answers
    ]
    return judge_site(checklist.rule, [line.rule for line in lines], answers)


def _about_the_round(sealed: SealedRecord, around: Surroundings, record_id: uuid.UUID) -> list[str]:
    reasons = ["记录里的编号与发送的编号不同。"] if sealed.id != record_id else []
    if around.round is None:
        reasons.append("没有这个测评轮次。")
    elif around.round.state == RoundState.DRAFT:
        reasons.append(f"轮次“{around.round}”还没有启动。")
    elif around.round.state == RoundState.CLOSED:
        reasons.append(f"轮次“{around.round}”已结束，结果不再改变。")
    return reasons


def _about_the_site(
    sealed: SealedRecord, around: Surroundings
) -> tuple[list[str], SiteJudgement | None]:
    if around.round_site is None:
        return ["这个点位不在本轮中。"], None
    if around.checklist is None:
        return ["没有这张测评表。"], None
    known = {line.pk for line in around.lines}
    if any(photo.line is not None and photo.line not in known for photo in sealed.photos):
        return ["有照片属于测评表中没有的测评项。"], None
    try:
        return [], _judge(sealed, around.checklist, around.lines)
    except ImpossibleAnswers as error:
        texts = {str(line.pk): line.text for line in around.lines}
        first = error.faults[0]
        at = f"“{texts[first.line][:40]}”：" if first.line in texts else ""
        return [f"{at}{error.message}"], None


def _open_to_judgement(
    sealed: SealedRecord, around: Surroundings, inspector: Actor
) -> list[Obstacle]:
    reasons = []
    if sealed.account != inspector.account_id:
        reasons.append("封存的人与发送的人不是同一账号。")
    if not inspector.may(Permission.INSPECT):
        reasons.append(f"{inspector.name}现在没有测评权。")
    if around.round is not None and around.member is None:
        reasons.append(f"{inspector.name}不在本轮的测评组中。")
    site = around.round_site
    if site is not None:
        if around.member is not None and site.pair_id not in (None, around.member.pair_id):
            reasons.append(f"这个点位分给了{site.pair}。")
        if around.is_own_unit:
            reasons.append(
                f"{inspector.name}须回避：主管单位“{site.unit}”是其本单位或上下级单位（任职有变动）。"
            )
        if around.checklist is not None and site.checklist_id != around.checklist.pk:
            reasons.append("测评表不是本轮的版本。")
    return [Obstacle(one, is_final=False) for one in reasons]
