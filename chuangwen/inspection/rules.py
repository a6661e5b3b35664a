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


def obstacles(
    sealed: SealedRecord, around: Surroundings, *, record_id: uuid.UUID, inspector: Actor
) -> list[Obstacle]:
    """Return everything that speaks against confirming, the final ones first. No queries."""
    found = _final(sealed, around, record_id)
    if not sealed.is_draft:
        found += _open_to_judgement(sealed, around, inspector)
    return sorted(found, key=lambda one: not one.is_final)


def judge(
    sealed: SealedRecord, checklist: Checklist, lines: tuple[CheckLine, ...]
) -> SiteJudgement:
    """Return the result of the visit. Raises ImpossibleAnswers."""
    answers = [
        LineAnswer(str(one.line), one.values, one.not_applicable, one.note)
        for one in sealed.answers
    ]
    return judge_site(checklist.rule, [line.rule for line in lines], answers)


def _final(sealed: SealedRecord, around: Surroundings, record_id: uuid.UUID) -> list[Obstacle]:
    if sealed.is_draft:
        return [Obstacle(DRAFT, is_final=True)]
    reasons = []
    if sealed.id != record_id:
        reasons.append("记录里的编号与发送的编号不同。")
    if around.round is None:
        return [Obstacle(one, is_final=True) for one in [*reasons, "没有这个测评轮次。"]]
    if around.round.state == RoundState.DRAFT:
        reasons.append(f"轮次“{around.round}”还没有启动。")
    if around.round.state == RoundState.CLOSED:
        reasons.append(f"轮次“{around.round}”已结束，结果不再改变。")
    if sealed.round_site is not None:
        reasons += _about_the_site(sealed, around)
    return [Obstacle(one, is_final=True) for one in reasons]


def _about_the_site(sealed: SealedRecord, around: Surroundings) -> list[str]:
    if around.round_site is None:
        return ["这个点位不在本轮中。"]
    if around.checklist is None:
        return ["没有这张测评表。"]
    known = {line.pk for line in around.lines}
    if any(photo.line is not None and photo.line not in known for photo in sealed.photos):
        return ["有照片属于测评表中没有的测评项。"]
    try:
        judge(sealed, around.checklist, around.lines)
    except ImpossibleAnswers as error:
        texts = {str(line.pk): line.text for line in around.lines}
        first = error.faults[0]
        at = f"“{texts[first.line][:40]}”：" if first.line in texts else ""
        return [f"{at}{error.message}"]
    return []


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
