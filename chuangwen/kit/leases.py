"""Work that a background worker does on a row: taken under a lease, and given back when it ends.

A worker that is killed leaves a row whose `beat_at` stands still; after the lease the next worker
takes it over. A worker that lost its lease notices at its next step, and writes nothing: the number
of attempts, which grows with every taking, is the proof of whose the row is.

The rows have `state`, `attempts`, `beat_at`, `done` and `total`.
"""

import datetime
import logging
import time
import uuid
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import DatabaseError, IntegrityError, models, transaction
from django.db.models import F, Q, QuerySet

from chuangwen.kit import clock

logger = logging.getLogger(__name__)
M = TypeVar("M", bound=models.Model)
SECONDS_BETWEEN_BEATS = 1.0


class Stopped(Exception):
    """The row is no longer ours (cancelled, taken over), or the worker is asked to end."""


@dataclass(frozen=True)
class Lease:
    """How rows of a table are taken. `starts`: which state of waiting becomes which of working.

    `back`: where work begins anew that was broken off in a state; in `untired` states it goes on,
    as often as it takes.
    """

    starts: Mapping[str, str]
    back: Mapping[str, str]
    span: datetime.timedelta  # without a sign of life
    most_attempts: int
    untired: Collection[str] = ()

    @property
    def at_work(self) -> list[str]:
        """The states of a row that a worker holds."""
        return [*self.back, *self.untired]

    def due(self, rows: QuerySet[M]) -> QuerySet[M]:
        """Keep the rows that wait, and those whose worker gives no sign of life."""
        lost = Q(state__in=self.at_work, beat_at__lt=clock.now() - self.span)
        return rows.filter(Q(state__in=list(self.starts)) | lost)

    def is_any_under_way(self, rows: QuerySet[M]) -> bool:
        """Tell whether a worker gives signs of life."""
        since = clock.now() - self.span
        return rows.filter(state__in=self.at_work, beat_at__gte=since).exists()

    @transaction.atomic
    def claim(
        self, rows: QuerySet[M], pk: uuid.UUID, *, exhausted: Callable[[M], None], **also: object
    ) -> M | None:
        """Take a row, and set what `also` says; None when another worker was faster, or when it
        was tried often enough: then `exhausted` is called with it, in the same transaction."""
        taken: Any = self.due(rows.select_for_update(skip_locked=True)).filter(pk=pk).first()
        if taken is None:
            return None
        if taken.attempts >= self.most_attempts and taken.state not in self.untired:
            exhausted(taken)
            return None
        taken.attempts += 1
        begun_at = self.back.get(taken.state, taken.state)
        taken.state = self.starts.get(begun_at, begun_at)
        for name, value in {"beat_at": clock.now(), "done": 0, **also}.items():
            setattr(taken, name, value)
        taken.save(update_fields=["attempts", "state", "beat_at", "done", *also])
        return taken  # type: ignore[no-any-return]


class Held(Generic[M]):
    """A row while it is ours."""

    def __init__(self, lease: Lease, rows: QuerySet[M], row: M, is_ending: Callable[[], bool]):
        self.lease, self.rows, self.is_ending = lease, rows, is_ending
        self.pk, self.attempts = row.pk, row.attempts  # type: ignore[attr-defined]
        self.last_beat = time.monotonic()

    def carry_out(
        self,
        work: Callable[[], None],
        *,
        give_up: Callable[[M, str], None],
        expected: tuple[type[Exception], ...],
        defect: str,
        raced: str = "",
    ) -> None:
        """Do the work; every end is noted by it or by `give_up`, save that of being stopped.

        `expected` errors have a message of their own. One of the database goes on to the caller:
        the lease brings the row back when the database is there again. With `raced`, rows that
        others wrote at the same moment are an end of the work, too.
        """
        try:
            work()
        except Stopped:
            self._release()
        except IntegrityError:
            if not raced:
                raise
            self._give_up(give_up, raced)
        except DatabaseError:
            raise
        except expected as error:
            self._give_up(give_up, str(getattr(error, "message", error)))
        except Exception:
            logger.exception("%s %s failed", self.rows.model._meta.label, self.pk)
            self._give_up(give_up, defect)

    def beat(self, done: int, total: int) -> None:
        """Hear of progress, often; write it down once a second. Raises Stopped."""
        if self.is_ending():
            raise Stopped
        if time.monotonic() - self.last_beat >= SECONDS_BETWEEN_BEATS:
            self.note(done=done, total=total)

    def note(self, **values: object) -> None:
        """Note something in the row, which is a sign of life. Raises Stopped when it is not ours
        any more."""
        self.last_beat = time.monotonic()
        if not self.mine().update(**{"beat_at": clock.now(), **values}):
            raise Stopped

    def mine(self) -> QuerySet[M]:
        """Return the row as long as it is ours."""
        return self.rows.filter(state__in=self.lease.at_work, pk=self.pk, attempts=self.attempts)

    def _release(self) -> None:
        """Asked to end: the next worker begins at once, and this attempt does not count."""
        for going, waiting in self.lease.back.items():
            self.mine().filter(state=going).update(
                state=waiting, attempts=F("attempts") - 1, beat_at=None, done=0
            )
        self.mine().update(beat_at=clock.now() - 2 * self.lease.span)

    @transaction.atomic
    def _give_up(self, give_up: Callable[[M, str], None], problem: str) -> None:
        mine = self.mine().select_for_update().first()
        if mine is not None:
            give_up(mine, problem)
