"""What is true of one task or part on a day. No database, no permissions."""

import datetime

from chuangwen.plan.models import TaskPart
from chuangwen.plan.models.tasks import OPEN_STATES

__all__ = ["OPEN_STATES", "SOON", "is_due_soon", "is_late"]
SOON = datetime.timedelta(days=7)


def is_late(part: TaskPart, day: datetime.date) -> bool:
    """Tell whether the unit's part is open past its deadline; no deadline, never late."""
    return part.state in OPEN_STATES and part.due_on is not None and part.due_on < day


def is_due_soon(part: TaskPart, day: datetime.date) -> bool:
    """Tell whether the deadline lies within the coming week."""
    return (
        part.state in OPEN_STATES and part.due_on is not None and day <= part.due_on <= day + SOON
    )
