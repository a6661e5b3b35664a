"""Reading long documents beside the web pages: taken under a lease, finished in one transaction.

A worker that is killed leaves a reading whose progress stands still; after the lease the next
worker takes it over. A worker that lost its lease notices at its next step, and writes nothing.
"""

import datetime
import uuid
from collections.abc import Callable

from django.db import transaction

from chuangwen.audit.actions import record
from chuangwen.files.stores import configured_store
from chuangwen.kit import clock
from chuangwen.kit.errors import ChuangwenError
from chuangwen.kit.leases import Held, Lease, Stopped
from chuangwen.people.actors import Actor, system_actor
from chuangwen.people.queries import actor_behind
from chuangwen.plan.actions.imports import found_in, store_import
from chuangwen.plan.enums import ReadingState
from chuangwen.plan.models import DocumentReading
from chuangwen.plan.reading import UnreadableDocument, read_document
from chuangwen.tenancy.scope import current_tenant_id, tenant_scope

LEASE = datetime.timedelta(seconds=90)  # without a sign of life; a PDF page takes seconds at most
MOST_ATTEMPTS = 3
KILLED = (
    f"读取“{{name}}”时后台进程中断了 {MOST_ATTEMPTS} 次，可能是文件过大或内存不足，"
    "没有写入任何内容。"
    "请拆分文件后重新导入；若刚才在重启服务，可点“重试”。"
)
DEFECT = "读取“{name}”时程序出错，没有写入任何内容。请重试；仍不成功请把文件交给系统管理员。"
DISMISSED = "提交“{name}”的账号已停用，没有写入任何内容。请由在岗人员重新导入。"


READING = Lease(
    starts={ReadingState.WAITING: ReadingState.READING},
    back={
        ReadingState.READING: ReadingState.WAITING,
        ReadingState.PARSING: ReadingState.WAITING,
    },
    span=LEASE,
    most_attempts=MOST_ATTEMPTS,
)


def read_next(*, is_ending: Callable[[], bool] = lambda: False) -> bool:
    """Read the document that has waited longest, of whatever tenant; tell whether there was one.

    `is_ending` is asked between steps: a reading that is broken off by it waits again at once.
    """
    keys = READING.due(DocumentReading.across_tenants.all()).order_by("asked_at")
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
    return READING.is_any_under_way(DocumentReading.across_tenants.all())


def _claim(pk: uuid.UUID) -> DocumentReading | None:
    return READING.claim(
        DocumentReading.objects.all(),
        pk,
        exhausted=lambda one: _fail(one, KILLED.format(name=one.name)),
        taken_at=clock.now(),
        total=0,
    )


def _fail(reading: DocumentReading, problem: str) -> None:
    reading.state, reading.problem = ReadingState.FAILED, problem
    reading.save(update_fields=["state", "problem"])
    by = system_actor(current_tenant_id())
    record(by=by, verb="plan.reading_failed", on=reading, problem=[None, problem])


class _Work:
    """One reading while it is ours."""

    def __init__(self, reading: DocumentReading, is_ending: Callable[[], bool]) -> None:
        self.reading = reading
        self.held = Held(READING, DocumentReading.objects.all(), reading, is_ending)

    def run(self) -> None:
        """Read, parse and store; every end is noted in the reading, save that of being stopped."""
        self.held.carry_out(
            self._read, give_up=_fail, expected=(UnreadableDocument, ChuangwenError),
            defect=DEFECT.format(name=self.reading.name),
        )  # fmt: skip

    def _read(self) -> None:
        reading = self.reading
        by = _author(reading)
        assert reading.original is not None  # noqa: S101 - only cancelled ones have none
        with configured_store().open(reading.original.key) as file:
            data = file.read()
        source = read_document(data, reading.name, self.held.beat)
        self.held.note(state=ReadingState.PARSING, done=0, total=len(source.text))
        result = found_in(source, reading.name, self.held.beat)
        self.held.note()
        with transaction.atomic():
            locked = self.held.mine().select_for_update(of=("self",))
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


def _author(reading: DocumentReading) -> Actor:
    """Who handed it in, with the rights of today. Raises ChuangwenError when there are none."""
    if reading.account_id is None:
        return system_actor(current_tenant_id())
    actor = actor_behind(reading.account_id)
    if actor is None:
        raise ChuangwenError(DISMISSED.format(name=reading.name))
    return actor
