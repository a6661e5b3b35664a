"""What units do with the cases that were given to them."""

import uuid
from collections.abc import Sequence

from django.db import transaction

from chuangwen.files.actions.attaching import attach_uploads
from chuangwen.kit import clock
from chuangwen.people.actors import Actor
from chuangwen.people.models import Unit
from chuangwen.people.permissions import Permission
from chuangwen.rectification.actions.holding import locked_case, required_text
from chuangwen.rectification.announcing import announce
from chuangwen.rectification.enums import EVENT_KIND, CaseState, Step
from chuangwen.rectification.life import Deed
from chuangwen.rectification.models import Case, CaseEvent
from chuangwen.rectification.stepping import take_step


@transaction.atomic
def accept_case(*, case: Case, base_version: int, unit: Unit, by: Actor) -> CaseEvent:
    """接收: the unit takes its share on."""
    locked = _own(case, base_version, unit, by)
    return _step(locked, Step.ACCEPT, unit, by)


@transaction.atomic
def refuse_case(*, case: Case, base_version: int, unit: Unit, reason: str, by: Actor) -> CaseEvent:
    """退回: not this unit's. When the leading unit says so, the case waits for 派遣 again."""
    locked = _own(case, base_version, unit, by)
    why = required_text(reason, "退回的原因，如应由哪个单位负责", "reason")
    event = _step(locked, Step.REFUSE, unit, by, why)
    announce(Step.REFUSE, [locked], by, text=f"{unit.name}：{why}")
    return event


@transaction.atomic
def finish_case(
    *,
    case: Case,
    base_version: int,
    unit: Unit,
    text: str,
    uploads: Sequence[uuid.UUID] = (),
    by: Actor,
) -> CaseEvent:
    """报送整改结果: what was done, with photos. The last unit's brings the case to be checked."""
    locked = _own(case, base_version, unit, by)
    event = _step(locked, Step.FINISH, unit, by, required_text(text, "做了哪些整改"))
    attach_uploads(kind=EVENT_KIND, owner=event, upload_ids=uploads, by=by)
    if locked.state == CaseState.SUBMITTED:
        announce(Step.FINISH, [locked], by, text=event.text)
    return event


@transaction.atomic
def recall_case(*, case: Case, base_version: int, unit: Unit, reason: str, by: Actor) -> CaseEvent:
    """撤回报送, before it is checked: the unit is not done after all."""
    locked = _own(case, base_version, unit, by)
    why = required_text(reason, "撤回的原因", "reason")
    return _step(locked, Step.RECALL, unit, by, why)


def _own(case: Case, base_version: int, unit: Unit, by: Actor) -> Case:
    """Lock a case for a person of the unit. Raises NotPermitted, NotFound and StaleEdit."""
    by.require(Permission.WORK_ON_CASES, unit_id=unit.pk)
    return locked_case(case, base_version)


def _step(case: Case, step: Step, unit: Unit, by: Actor, text: str = "") -> CaseEvent:
    deed = Deed(step, clock.today(), unit=unit.pk)
    return take_step(case, deed, by=by, text=text, named=unit.name)
