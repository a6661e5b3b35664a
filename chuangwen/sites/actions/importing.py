"""Taking in a register file: handed in, checked, agreed to; checked or written at once if small."""

from django.conf import settings
from django.db import transaction

from chuangwen.audit.actions import record
from chuangwen.files.actions.storing import store_file
from chuangwen.kit.errors import IllegalTransition, Invalid
from chuangwen.people.actors import Actor
from chuangwen.people.permissions import Permission
from chuangwen.sites.actions.background_import import run_import
from chuangwen.sites.enums import Datum, ImportState
from chuangwen.sites.models import SiteImport

LARGEST = 20 * 2**20
ROWS_AT_ONCE = 1_000
ENDED = (ImportState.DONE, ImportState.CANCELLED, ImportState.WRITING, ImportState.INDEXING)


def receive_register(*, name: str, data: bytes, datum: Datum, by: Actor) -> SiteImport:
    """Keep a register file and check it: a small one at once, a large one by the worker.

    Nothing of it is written to the register yet.
    """
    taken = queue_register(name=name, data=data, datum=datum, by=by)
    if len(data) <= settings.CHUANGWEN_READ_AT_ONCE:
        run_import(taken.pk)
        taken.refresh_from_db()
    return taken


def queue_register(*, name: str, data: bytes, datum: Datum, by: Actor) -> SiteImport:
    """Keep a register file for the worker. Raises Invalid for an empty or endless one."""
    by.require(Permission.MANAGE_SITES)
    if not data:
        raise Invalid("文件是空的。请重新选择文件。", field="file")
    if len(data) > LARGEST:
        limit = LARGEST // 2**20
        raise Invalid(f"文件超过 {limit} MB。请去掉图片，或分成几个文件导入。", field="file")
    original = store_file(content=data, name=name, any_kind=True, by=by)
    with transaction.atomic():
        taken = SiteImport.objects.create(
            name=name[:200] or "点位名录.xlsx",
            size=len(data),
            original=original,
            datum=Datum(datum).value,
            account_id=by.account_id,
        )
        record(by=by, verb="site_import.received", on=taken, size=[None, len(data)])
    return taken


def apply_import(*, taken: SiteImport, base_digest: str, by: Actor) -> SiteImport:
    """Agree to what was shown: written at once when it is little, else by the worker."""
    confirmed = confirm_import(taken=taken, base_digest=base_digest, by=by)
    if confirmed.total <= ROWS_AT_ONCE:
        run_import(confirmed.pk)
        confirmed.refresh_from_db()
    return confirmed


@transaction.atomic
def confirm_import(*, taken: SiteImport, base_digest: str, by: Actor) -> SiteImport:
    """Agree to what was shown. Raises IllegalTransition unless it is checked and as shown."""
    by.require(Permission.MANAGE_SITES)
    locked = SiteImport.objects.select_for_update().get(pk=taken.pk)
    if locked.state != ImportState.CHECKED or locked.digest != base_digest:
        raise IllegalTransition(
            f"“{locked.name}”当前为“{locked.get_state_display()}”，或检查结果已更新。请刷新页面查看。"
        )
    locked.state, locked.attempts, locked.beat_at = ImportState.CONFIRMED, 0, None
    locked.account_id = by.account_id
    locked.save(update_fields=["state", "attempts", "beat_at", "account_id"])
    record(by=by, verb="site_import.confirmed", on=locked, sha256=locked.digest)
    return locked


@transaction.atomic
def cancel_import(*, taken: SiteImport, by: Actor) -> SiteImport:
    """Give a file up before it is written. Raises IllegalTransition when it is."""
    by.require(Permission.MANAGE_SITES)
    locked = SiteImport.objects.select_for_update().get(pk=taken.pk)
    if locked.state in ENDED:
        raise IllegalTransition(
            f"“{locked.name}”{locked.get_state_display()}，不能再取消。请刷新页面查看。"
        )
    before, locked.state, locked.original = locked.state, ImportState.CANCELLED, None
    locked.save(update_fields=["state", "original"])
    record(by=by, verb="site_import.cancelled", on=locked, state=[before, locked.state])
    return locked
