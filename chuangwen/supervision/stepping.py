"""The one way in which a 督办单 moves: under its lock, by the table, each step a row."""

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from chuangwen.audit.actions import record
from chuangwen.kit import clock
from chuangwen.kit.errors import Invalid, NotFound, NotPermitted, StaleEdit
from chuangwen.people.actors import Actor
from chuangwen.supervision.announcing import announce
from chuangwen.supervision.enums import NoticeState, NoticeStep
from chuangwen.supervision.models import NoticeEvent, SupervisionNotice
from chuangwen.supervision.workflow import NOTICE

VERBS = {
    NoticeStep.EDIT: "supervision_notice.edited",
    NoticeStep.SERVE: "supervision_notice.served",
    NoticeStep.RECEIPT: "supervision_notice.receipted",
    NoticeStep.ANSWER: "supervision_notice.answered",
    NoticeStep.ACCEPT: "supervision_notice.accepted",
    NoticeStep.RETURN: "supervision_notice.returned",
    NoticeStep.CLOSE: "supervision_notice.closed",
    NoticeStep.WITHDRAW: "supervision_notice.withdrawn",
}


@dataclass(frozen=True)
class Given:
    """What a step brings: its words, the columns that the action set besides the state, what the
    log says of them, and what is done once the table has let it pass."""

    text: str = ""
    columns: Sequence[str] = ()
    due_on: datetime.date | None = None
    changes: Mapping[str, Any] = field(default_factory=dict)
    before: Callable[[], None] = lambda: None


def locked_notice(notice: SupervisionNotice, base_version: int) -> SupervisionNotice:
    """Read it again under its lock. Raises NotFound, and StaleEdit when it has moved since."""
    rows = SupervisionNotice.objects.select_for_update(of=("self",)).select_related("unit")
    locked = rows.filter(pk=notice.pk).first()
    if locked is None:
        raise NotFound("没有这份督办单。请从督办单清单重新进入。")
    if locked.version != base_version:
        raise StaleEdit("这份督办单在您打开之后已有人办理或修改。请重新打开，核对后再办。")
    return locked


def take_step(notice: SupervisionNotice, step: NoticeStep, given: Given, by: Actor) -> NoticeEvent:
    """Move a locked one. Raises IllegalTransition."""
    before = NoticeState(notice.state)
    notice.state = NOTICE.check(step.value, before)
    given.before()
    notice.version += 1
    notice.save(update_fields=["state", "version", *given.columns])
    event = NoticeEvent.objects.create(
        notice=notice, step=step, day=clock.today(), due_on=given.due_on, text=given.text,
        account_id=by.account_id,
    )  # fmt: skip
    changes = dict(given.changes)
    if notice.state != before:
        changes["state"] = [before, notice.state]
    said = {"due_on": given.due_on, "reason": given.text}
    changes |= {name: value for name, value in said.items() if value}
    record(by=by, verb=VERBS[step], on=notice, **changes)
    announce(notice, event, by)
    return event


def answered_by(notice: SupervisionNotice, by: Actor) -> None:
    """Raise NotPermitted when the actor gave the answer that is to be decided on."""
    answers = NoticeEvent.objects.filter(notice=notice, step=NoticeStep.ANSWER)
    if by.account_id and answers.filter(account_id=by.account_id).exists():
        raise NotPermitted("答复是您本人报送的，不能由您审阅。请由创文办其他同志审阅。")


def required(text: str, what: str, name: str) -> str:
    """Return the words without blanks around them. Raises Invalid when there are none."""
    if not text.strip():
        raise Invalid(f"请写明{what}，便于对方知道怎么办、以后核对。", field=name)
    return text.strip()
