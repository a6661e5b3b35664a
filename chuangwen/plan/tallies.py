"""Keeping the counts of parts and tasks: taken out of one bucket and put into another."""

import datetime
import uuid
from collections import Counter
from collections.abc import Collection, Iterable

from django.db import connection

from chuangwen.kit.upserts import add_to_counts
from chuangwen.plan.enums import PartState, TallyKind, TaskState
from chuangwen.plan.models import Tally, Task, TaskPart
from chuangwen.plan.models.tasks import NO_DEADLINE, OPEN_STATES
from chuangwen.tenancy.scope import current_tenant_id

Bucket = tuple[uuid.UUID, str, datetime.date]  # whose, what, when
ENDED_STATES = (PartState.DONE, PartState.CLOSED)


def buckets_of(counted: Task | TaskPart) -> list[Bucket]:
    """Return where a part or a task is counted as it is now."""
    if isinstance(counted, TaskPart):
        return part_buckets(counted.unit_id, counted.state, counted.due_on)
    return task_buckets(current_tenant_id(), counted.state, is_ready=counted.is_ready)


def part_buckets(unit_id: uuid.UUID, state: str, due_on: datetime.date | None) -> list[Bucket]:
    """A part counts in its state; while it is open, also in the month and on the day it is due."""
    buckets: list[Bucket] = [(unit_id, PartState(state).value, NO_DEADLINE)]
    if state in OPEN_STATES and due_on is not None:
        buckets.append((unit_id, TallyKind.OPEN_MONTH.value, due_on.replace(day=1)))
        buckets.append((unit_id, TallyKind.OPEN_DAY.value, due_on))
    return buckets


def task_buckets(tenant_id: uuid.UUID, state: str, *, is_ready: bool) -> list[Bucket]:
    """A task counts in the district while it waits for 创文办, to be dispatched or confirmed."""
    if state == TaskState.PROPOSED:
        return [(tenant_id, TallyKind.UNDISPATCHED.value, NO_DEADLINE)]
    return [(tenant_id, TallyKind.READY.value, NO_DEADLINE)] if is_ready else []


class Recount:
    """The change of the counts that one action makes: written in one statement, at its end.

    Call `leave` before and `enter` after changing a part or a task, then `write`.
    """

    def __init__(self) -> None:
        self.change: Counter[Bucket] = Counter()

    def leave(self, *counted: Task | TaskPart) -> None:
        """Take rows out of the buckets in which they are."""
        for one in counted:
            self.change.subtract(buckets_of(one))

    def enter(self, *counted: Task | TaskPart) -> None:
        """Put rows into the buckets to which they belong now."""
        for one in counted:
            self.change.update(buckets_of(one))

    def settle(self, task_ids: Collection[uuid.UUID]) -> None:
        """Find out whether tasks are ready to be confirmed as a whole, after a part was opened or
        ended. One statement; the tasks must be locked, so that two last parts see each other."""
        if not task_ids:
            return
        now_ready = Counter(_turn_ready(task_ids))
        bucket = (current_tenant_id(), TallyKind.READY.value, NO_DEADLINE)
        self.change[bucket] += now_ready[True] - now_ready[False]

    def write(self) -> None:
        """Write what has changed. Before the audit event: all writers wait in the same order."""
        add_to_tallies({bucket: number for bucket, number in self.change.items() if number})
        self.change.clear()


def add_to_tallies(change: dict[Bucket, int]) -> None:
    """Add to the stored numbers; the database adds, so that two writers never lose a count."""
    rows = [
        Tally(holder_id=holder, kind=kind, day=day, number=number)
        for (holder, kind, day), number in sorted(change.items(), key=lambda entry: str(entry[0]))
    ]
    add_to_counts(rows, ["tenant", "holder_id", "kind", "day"], ["number"])


# Only tasks whose answer changes are written: a task of a thousand units is written once.
_TURN_READY = """
UPDATE {task} SET is_ready = NOT is_ready
WHERE id IN ({keys}) AND is_ready <> (
    state = '{dispatched}'
    AND EXISTS (SELECT 1 FROM {part} WHERE task_id = {task}.id AND state IN ({ended}))
    AND NOT EXISTS (SELECT 1 FROM {part} WHERE task_id = {task}.id AND state IN ({open})))
RETURNING is_ready
"""


def _turn_ready(task_ids: Collection[uuid.UUID]) -> Iterable[bool]:
    def among(states: Iterable[PartState]) -> str:
        return ", ".join(f"'{state.value}'" for state in states)

    statement = _TURN_READY.format(
        task=Task._meta.db_table,
        part=TaskPart._meta.db_table,
        dispatched=TaskState.DISPATCHED.value,
        ended=among(ENDED_STATES),
        open=among(OPEN_STATES),
        keys=", ".join(["%s"] * len(task_ids)),
    )
    key = Task._meta.pk
    keys = [key.get_db_prep_value(each, connection) for each in task_ids]
    with connection.cursor() as cursor:
        cursor.execute(statement, keys)
        return [bool(is_ready) for (is_ready,) in cursor.fetchall()]
