"""Deleting what nothing needs any more: never bytes that a row names, never anything young."""

import datetime
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.db.models import CASCADE, Exists, ManyToOneRel, OuterRef, QuerySet

from chuangwen.files.locking import sweeping
from chuangwen.files.models import StoredFile, Upload
from chuangwen.files.partials import clear_partials
from chuangwen.files.stores import configured_store
from chuangwen.files.stores.base import KEY
from chuangwen.kit import clock
from chuangwen.kit.errors import Invalid

SHORTEST = datetime.timedelta(hours=1)  # longer than any request or transaction
BATCH = 500


@dataclass
class Swept:
    """How many of each were deleted."""

    leftovers: int = 0
    uploads: int = 0
    rows: int = 0
    blobs: int = 0


def sweep_files(*, age: datetime.timedelta) -> Swept:
    """Delete uploads nobody used, files nothing refers to, bytes without a row, broken-off writes.

    Only what is older than `age` goes. Runs for all tenants, beside a running service. Raises
    Invalid for an age below an hour, ChuangwenError while a backup runs.
    """
    if age < SHORTEST:
        raise Invalid("清理的时限不能短于 1 小时：正在上传的文件会被误删。请改大 --hours。")
    before = clock.now() - age
    store, swept = configured_store(), Swept()
    with sweeping(settings.CHUANGWEN_DATA):
        swept.leftovers = store.clear_leftovers(older_than=before, is_named=_is_named)
        swept.leftovers += clear_partials(older_than=before)
        with transaction.atomic():
            old = Upload.across_tenants.filter(uploaded_at__lt=before)
            swept.uploads = old.delete()[0]
        swept.rows = _delete_unreferenced(before)
        for held in store.holdings():
            if held.written_at < before and not _is_named(held.key):
                swept.blobs += store.remove_orphan(held.key, older_than=before)
    return swept


def unreferenced(files: QuerySet[StoredFile]) -> QuerySet[StoredFile]:
    """Keep the files that no row of any room refers to.

    A derivative does not keep its image: it goes with it.
    """
    for relation in StoredFile._meta.get_fields(include_hidden=True):
        if isinstance(relation, ManyToOneRel) and relation.on_delete is not CASCADE:
            rows = relation.related_model._base_manager.filter(
                **{relation.field.attname: OuterRef("pk")}
            )
            files = files.exclude(Exists(rows))
    return files


def _delete_unreferenced(before: datetime.datetime) -> int:
    """Delete in batches; whoever refers to a file meanwhile keeps it, by the foreign key."""
    deleted = 0
    while True:
        with transaction.atomic():
            old = StoredFile.across_tenants.filter(stored_at__lt=before)
            keys = list(unreferenced(old).values_list("pk", flat=True)[:BATCH])
            chosen = unreferenced(StoredFile.across_tenants.filter(pk__in=keys))
            deleted += chosen.delete()[1].get("files.StoredFile", 0)
        if len(keys) < BATCH:
            return deleted


def _is_named(key: str) -> bool:
    match = KEY.fullmatch(key)
    tenant, _, sha256 = key.split("/") if match else ("", "", "")
    return (
        bool(match) and StoredFile.across_tenants.filter(tenant_id=tenant, sha256=sha256).exists()
    )
