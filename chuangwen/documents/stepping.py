"""The one way in which papers move: under the lock, with an event and its entry in the log."""

from collections.abc import Mapping
from typing import Any

from chuangwen.audit.actions import record
from chuangwen.documents.enums import PaperState, PaperStep
from chuangwen.documents.models import OfficialPaper, PaperEvent
from chuangwen.documents.workflow import PAPER
from chuangwen.kit import clock
from chuangwen.kit.errors import Invalid, NotFound, StaleEdit
from chuangwen.people.actors import Actor

VERBS = {
    PaperStep.DRAFT: "paper.drafted",
    PaperStep.EDIT: "paper.edited",
    PaperStep.SUBMIT: "paper.submitted",
    PaperStep.RETURN: "paper.returned",
    PaperStep.SIGN: "paper.signed",
    PaperStep.ISSUE: "paper.issued",
    PaperStep.FREEZE: "paper.frozen",
    PaperStep.FAIL: "paper.failed",
    PaperStep.RETRY: "paper.retried",
    PaperStep.WITHDRAW: "paper.withdrawn",
    PaperStep.REVOKE: "paper.revoked",
}


def locked_paper(paper: OfficialPaper, base_version: int) -> OfficialPaper:
    """Read a paper again under its lock. Raises NotFound, and StaleEdit when it has changed."""
    locked = OfficialPaper.objects.select_for_update().filter(pk=paper.pk).first()
    if locked is None:
        raise NotFound("没有这份公文。请从公文清单重新进入。")
    if locked.version != base_version:
        raise StaleEdit("这份公文在您打开之后已有人修改或办理。请重新打开，核对后再办。")
    return locked


def move(paper: OfficialPaper, step: PaperStep, *, by: Actor, text: str = "", **also: Any) -> None:
    """Take a step with a locked paper; `also` are further columns. Raises IllegalTransition."""
    before = PaperState(paper.state)
    after = PAPER.check(step.value, before)
    if step != PaperStep.REVOKE:  # the row of an issued paper stays as it is
        for name, value in {**also, "state": after, "version": paper.version + 1}.items():
            setattr(paper, name, value)
        paper.save(update_fields=[*also, "state", "version"])
    told = {"state": [before, after]} if before != after else {}
    note(paper, step, by=by, text=text, told=told)


def note(
    paper: OfficialPaper,
    step: PaperStep,
    *,
    by: Actor,
    text: str = "",
    told: Mapping[str, Any] | None = None,
) -> None:
    """Put down that a step was taken; `told` are changed columns for the log."""
    PaperEvent.objects.create(
        paper=paper, step=step, day=clock.today(), text=text, account_id=by.account_id
    )
    record(by=by, verb=VERBS[step], on=paper, **(told or {}), **({"reason": text} if text else {}))


def required(text: str, what: str) -> str:
    """Return the words without blanks around them. Raises Invalid when there are none."""
    words = text.strip()
    if not words:
        raise Invalid(f"请写明{what}，便于对方知道、以后核对。", field="reason")
    return words[:1000]
