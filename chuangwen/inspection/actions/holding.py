"""Locks of rounds, stale edits, and which state a step needs."""

from chuangwen.inspection.enums import RoundState
from chuangwen.inspection.models import Round
from chuangwen.inspection.workflow import ROUND
from chuangwen.kit.errors import NotFound, StaleEdit


def locked_round(within: Round, step: str, *, base_version: int | None = None) -> Round:
    """Read a round again under its lock, for a step of the workflow. One query.

    Raises NotFound, StaleEdit when it was changed since the viewer loaded it, and
    IllegalTransition in a state that does not allow the step.
    """
    rows = Round.objects.select_for_update(of=("self",)).select_related("framework_version")
    locked = rows.filter(pk=within.pk).first()
    if locked is None:
        raise NotFound("没有找到这个测评轮次，可能已被删除。请返回列表查看。")
    ROUND.check(step, RoundState(locked.state))
    if base_version is not None and locked.version != base_version:
        raise StaleEdit(f"“{locked.name}”在您打开之后已被别人修改。请刷新页面，核对后再做。")
    return locked


def count_edit(locked: Round, *fields: str) -> None:
    """Save fields of a locked round and note that it was edited."""
    locked.version += 1
    locked.save(update_fields=[*fields, "version"])
