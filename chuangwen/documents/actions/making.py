"""Setting the pages of a numbered paper: taken under a lease, and frozen when they are done.

What the pages look like is the work of a room above; it is handed in as `work`.
"""

import datetime
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from django.db import transaction

from chuangwen.documents.announcing import announce_issued
from chuangwen.documents.enums import PaperState, PaperStep
from chuangwen.documents.models import OfficialPaper
from chuangwen.documents.stepping import move
from chuangwen.files.actions.storing import store_file
from chuangwen.files.models import StoredFile
from chuangwen.kit.errors import ChuangwenError
from chuangwen.kit.leases import Held, Lease, Stopped
from chuangwen.people.actors import Actor, system_actor
from chuangwen.people.permissions import Permission
from chuangwen.tenancy.scope import current_tenant_id, tenant_scope

MAKING = Lease(
    starts={PaperState.WAITING: PaperState.MAKING},
    back={PaperState.MAKING: PaperState.WAITING},
    span=datetime.timedelta(seconds=300),  # without a sign of life; 10,000 problems take less
    most_attempts=3,
)
KILLED = "制作时后台进程中断了 3 次，可能是内存不足。请联系系统管理员，然后重新制作。"
DEFECT = "制作时程序出错。请重新制作；仍不成功请联系系统管理员查看后台任务的日志。"
BLOCK = 256 * 1024
LARGEST = 500 * 2**20  # bytes: of our own making, however many photos


@dataclass
class Made:
    """The files of a paper, open at their beginning, and what is to be told of them."""

    docx: BinaryIO
    pdf: BinaryIO
    pages: int
    missing: str = ""


Work = Callable[[OfficialPaper, Callable[[int, int], None]], Made]


def make_next(work: Work, *, is_ending: Callable[[], bool] = lambda: False) -> bool:
    """Go on with the paper that has waited longest, of whatever district; tell if there was one."""
    waiting = MAKING.due(OfficialPaper.across_tenants.all()).order_by("beat_at")
    found = waiting.values_list("tenant_id", "pk").first()
    if found is None:
        return False
    with tenant_scope(found[0]):
        make_paper(found[1], work, is_ending)
    return True


def make_paper(pk: uuid.UUID, work: Work, is_ending: Callable[[], bool] = lambda: False) -> None:
    """Set and freeze one paper; how it went is noted in its row."""
    rows = OfficialPaper.objects.all()
    taken = MAKING.claim(rows, pk, exhausted=lambda one: _give_up(one, KILLED))
    if taken is None:
        return
    held = Held(MAKING, rows, taken, is_ending)

    def run() -> None:
        _freeze(held, work(taken, lambda done, total: held.note(done=done, total=total)))

    held.carry_out(run, give_up=_give_up, expected=(ChuangwenError,), defect=DEFECT)


def _freeze(held: Held[OfficialPaper], made: Made) -> None:
    by = system_actor(current_tenant_id())
    docx, pdf = (
        store_file(content=_blocks(file), name=name, by=by, any_kind=True, at_most=LARGEST)
        for file, name in ((made.docx, "公文.docx"), (made.pdf, "公文.pdf"))
    )
    freeze_paper(held=held, docx=docx, pdf=pdf, made=made, by=by)


@transaction.atomic
def freeze_paper(
    *, held: Held[OfficialPaper], docx: StoredFile, pdf: StoredFile, made: Made, by: Actor
) -> None:
    """Write the files into the row, which from now on no statement changes; tell the units.

    Raises Stopped when another worker has taken the paper over.
    """
    by.require(Permission.DRAFT_PAPERS)
    mine = held.mine().select_for_update(of=("self",)).first()
    if mine is None:
        raise Stopped
    move(
        mine, PaperStep.FREEZE, by=by, docx=docx, pdf=pdf, pages=made.pages,
        missing=made.missing, problem="", beat_at=None, text=f"PDF SHA-256 {pdf.sha256}",
    )  # fmt: skip
    announce_issued(mine, by)


def _give_up(paper: OfficialPaper, problem: str) -> None:
    move(paper, PaperStep.FAIL, by=system_actor(current_tenant_id()), text=problem, problem=problem)


def _blocks(file: BinaryIO) -> Iterator[bytes]:
    file.seek(0)
    while block := file.read(BLOCK):
        yield block
