"""Reading long documents beside the web pages: taken under a lease, finished in one transaction.

A worker that is killed leaves a reading whose progress stands still; after the lease the next
worker takes it over. A worker that lost its lease notices at its next step, and writes nothing.
"""

import datetime
import logging
import time
import uuid
from collections.abc import Callable

from django.db import DatabaseError, transaction
from django.db.models import F, Q, QuerySet

from chuangwen.audit.actions import record
from chuangwen.files.stores import configured_store
from chuangwen.kit import clock
from chuangwen.kit.errors import ChuangwenError
from chuangwen.people.actors import Actor, system_actor
from chuangwen.people.queries import actor_behind
from chuangwen.plan.actions.imports import found_in, store_import
from chuangwen.plan.enums import ReadingState
from chuangwen.plan.models import DocumentReading
from chuangwen.plan.reading import UnreadableDocument, read_document
from chuangwen.tenancy.scope import current_tenant_id, tenant_scope

logger = logging.getLogger(__name__)
LEASE = datetime.timedelta(seconds=90)  # without a sign of life; a PDF page takes seconds at most
MOST_ATTEMPTS = 3
SECONDS_BETWEEN_BEATS = 1.0
KILLED = (
    f"读取“{{name}}”时后台进程中断了 {MOST_ATTEMPTS} 次，可能是文件过大或内存不足，"
    "没有写入任何内容。"
    "请拆分文件后重新导入；若刚才在重启服务，可点“重试”。"
)
DEFECT = "读取“{name}”时程序出错，没有写入任何内容。请重试；仍不成功请把文件交给系统管理员。"
DISMISSED = "提交“{name}”的账号已停用，没有写入任何内容。请由在岗人员重新导入。"


class Stopped(Exception):
    """The reading is no longer ours (cancelled, taken over), or the worker is asked to end."""


def read_next(*, is_ending: Callable[[], bool] = lambda: False) -> bool:
    """Read the document that has waited longest, of whatever tenant; tell whether there was one.

    `is_ending` is asked between steps: a reading that is broken off by it waits again at once.
    """
    keys = _due(DocumentReading.across_tenants.all()).order_by("asked_at")
    found = keys.values_list("tenant_id", "pk").first()
    if found is None:
        return False
    with tenant_scope(found[0]):
        reading = _claim(found[1])
        if reading is not None:
            _Work(reading, is_ending).run()
    return True


def is_any_under_way() -> bool:
    """Tell whether a worker gives signs of life, reading a document of whatever tenant."""
    since = clock.now() - LEASE
    return DocumentReading.across_tenants.filter(_being_read(), beat_at__gte=since).exists()


def _being_read() -> Q:
    return Q(state__in=(ReadingState.READING, ReadingState.PARSING))


def _due(readings: QuerySet[DocumentReading]) -> QuerySet[DocumentReading]:
    lost = _being_read() & Q(beat_at__lt=clock.now() - LEASE)
    return readings.filter(Q(state=ReadingState.WAITING) | lost)


@transaction.atomic
def _claim(pk: uuid.UUID) -> DocumentReading | None:
    """Take a reading; None when another worker was faster, or when it was tried often enough."""
    readings = _due(DocumentReading.objects.select_for_update(skip_locked=True))
    reading = readings.filter(pk=pk).first()
    if reading is None:
        return None
    if reading.attempts >= MOST_ATTEMPTS:
        _fail(reading, KILLED.format(name=reading.name))
        return None
    reading.attempts += 1
    reading.state = ReadingState.READING
    reading.taken_at = reading.beat_at = clock.now()
    reading.done = reading.total = 0
    reading.save(update_fields=["attempts", "state", "taken_at", "beat_at", "done", "total"])
    return reading


def _fail(reading: DocumentReading, problem: str) -> None:
    reading.state, reading.problem = ReadingState.FAILED, problem
    reading.save(update_fields=["state", "problem"])
    by = system_actor(current_tenant_id())
    record(by=by, verb="plan.reading_failed", on=reading, problem=[None, problem])


class _Work:
    """One reading while it is ours: its number of attempts is the proof."""

    def __init__(self, reading: DocumentReading, is_ending: Callable[[], bool]) -> None:
        self.reading = reading
        self.is_ending = is_ending
        self.last_beat = time.monotonic()

    def run(self) -> None:
        """Read, parse and store; every end is noted in the reading, save that of being stopped."""
        try:
            self._read()
        except Stopped:
            self._release()
        except DatabaseError:
            raise  # the lease brings it back when the database is there again
        except (UnreadableDocument, ChuangwenError) as error:
            self._give_up(error.message)
        except Exception:
            logger.exception("reading %s failed", self.reading.pk)
            self._give_up(DEFECT.format(name=self.reading.name))

    def _read(self) -> None:
        reading = self.reading
        by = _author(reading)
        assert reading.original is not None  # noqa: S101 - only cancelled ones have none
        with configured_store().open(reading.original.key) as file:
            data = file.read()
        source = read_document(data, reading.name, self._beat)
        self._step(state=ReadingState.PARSING, done=0, total=len(source.text))
        result = found_in(source, reading.name, self._beat)
        self._step()
        with transaction.atomic():
            locked = self._mine().select_for_update(of=("self",))
            mine = locked.select_related("campaign", "original").first()
            if mine is None or mine.original is None:
                raise Stopped
            made = store_import(
                campaign=mine.campaign,
                source=source,
                result=result,
                name=mine.name,
                original=mine.original,
                by=by,
            )
            mine.state, mine.plan_import, mine.done = ReadingState.DONE, made, mine.total
            mine.save(update_fields=["state", "plan_import", "done"])

    def _beat(self, done: int, total: int) -> None:
        """Hear of progress, often; write it down once a second. Raises Stopped."""
        if self.is_ending():
            raise Stopped
        if time.monotonic() - self.last_beat >= SECONDS_BETWEEN_BEATS:
            self._step(done=done, total=total)

    def _step(self, **values: object) -> None:
        self.last_beat = time.monotonic()
        if not self._mine().update(beat_at=clock.now(), **values):
            raise Stopped

    def _mine(self) -> QuerySet[DocumentReading]:
        taken = DocumentReading.objects.filter(_being_read(), pk=self.reading.pk)
        return taken.filter(attempts=self.reading.attempts)

    def _release(self) -> None:
        """Asked to end: the next worker begins at once, and this attempt does not count."""
        self._mine().update(
            state=ReadingState.WAITING, attempts=F("attempts") - 1, beat_at=None, done=0, total=0
        )

    @transaction.atomic
    def _give_up(self, problem: str) -> None:
        mine = self._mine().select_for_update().first()
        if mine is not None:
            _fail(mine, problem)


def _author(reading: DocumentReading) -> Actor:
    """Who handed it in, with the rights of today. Raises ChuangwenError when there are none."""
    if reading.account_id is None:
        return system_actor(current_tenant_id())
    actor = actor_behind(reading.account_id)
    if actor is None:
        raise ChuangwenError(DISMISSED.format(name=reading.name))
    return actor
