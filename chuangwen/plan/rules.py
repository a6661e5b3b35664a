"""What is true of one task or part on a day. No database, no permissions."""

import datetime

from chuangwen.plan.enums import PartState
from chuangwen.plan.models import TaskPart

# A unit still owes something in these states.
OPEN_STATES = (
    PartState.ASSIGNED,
    PartState.SUBMITTED,
    PartState.RETURNED,
    PartState.CONFIRMED,
)
SOON = datetime.timedelta(days=7)


def is_late(part: TaskPart, day: datetime.date) -> bool:
    """Tell whether the unit's part is open past its deadline; no deadline, never late."""
    return part.state in OPEN_STATES and part.due_on is not None and part.due_on < day


def is_due_soon(part: TaskPart, day: datetime.date) -> bool:
    """Tell whether the deadline lies within the coming week."""
    return (
        part.state in OPEN_STATES and part.due_on is not None and day <= part.due_on <= day + SOON
    )
