"""What somebody may do with a 督办单 as it stands. The actions ask again under the lock."""

from chuangwen.kit.errors import IllegalTransition
from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission
from chuangwen.supervision.enums import NoticeState, NoticeStep
from chuangwen.supervision.models import SupervisionNotice
from chuangwen.supervision.workflow import NOTICE

OF_UNIT = (NoticeStep.RECEIPT, NoticeStep.ANSWER)
OF_OFFICE = (
    NoticeStep.SERVE, NoticeStep.ACCEPT, NoticeStep.RETURN, NoticeStep.CLOSE, NoticeStep.WITHDRAW,
)  # fmt: skip


def possible_steps(actor: Actor, notice: SupervisionNotice) -> list[NoticeStep]:
    """Return what the actor may do now, what goes on first."""
    steps: list[NoticeStep] = []
    if actor.may(Permission.ANSWER_SUPERVISION, unit_id=notice.unit_id):
        steps += OF_UNIT
    if actor.may_everywhere(Permission.MANAGE_SUPERVISION):
        steps += OF_OFFICE
    return [step for step in steps if _is_open(step, notice)]


def _is_open(step: NoticeStep, notice: SupervisionNotice) -> bool:
    try:
        NOTICE.check(step.value, NoticeState(notice.state))
    except IllegalTransition:
        return False
    return True
