"""Keeping the index in step. Derived data: no audit events of its own."""

import json
import uuid
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, transaction
from django.db.models import Model

from chuangwen.search.models import Posting, SearchText
from chuangwen.search.pairs import fold, shelf, terms_of_text
from chuangwen.search.sources import Source, all_sources, source_of
from chuangwen.tenancy.scope import current_tenant_id

CHUNK = 500
Pairs = set[tuple[int, uuid.UUID]]


def keep_found(objects: Iterable[Model]) -> None:
    """Index objects of one model as they are now. Call it in the transaction of every write.

    At most four statements for up to 500 objects, however long their texts. Raises RuntimeError
    outside a transaction: what is found would not be what is stored.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("the index is kept inside the transaction of the action")
    changed = list(objects)
    for start in range(0, len(changed), CHUNK):
        _keep(source_of(type(changed[0])), changed[start : start + CHUNK])


def rebuild() -> dict[str, int]:
    """Make the tenant's whole index anew; return how many objects of each kind there are."""
    numbers = {}
    for source in all_sources():
        with transaction.atomic():
            numbers[source.kind] = _rebuild(source)
    return numbers


def _rebuild(source: Source) -> int:
    number = shelf(current_tenant_id(), source.kind)
    Posting.objects.filter(term__range=(number << 42, ((number + 1) << 42) - 1)).delete()
    SearchText.objects.filter(kind=source.kind).delete()
    rows = source.model._default_manager.order_by("pk")
    chunk: list[Model] = []
    count = 0
    for count, one in enumerate(rows.iterator(chunk_size=CHUNK), 1):  # noqa: B007
        chunk.append(one)
        if len(chunk) == CHUNK:
            _keep(source, chunk)
            chunk = []
    _keep(source, chunk)
    return count


def _keep(source: Source, objects: Sequence[Model]) -> None:
    if not objects:
        return
    number = shelf(current_tenant_id(), source.kind)
    texts = source.texts(objects)
    new = {key: SearchText(id=key, kind=source.kind, title=given[0][:300],
                           text=fold(" ".join(given))) for key, given in texts.items()}  # fmt: skip
    stored = SearchText.objects.filter(pk__in=list(new)).values_list("pk", "title", "text")
    old = {key: (title, text) for key, title, text in stored}
    changed = [one for one in new.values() if old.get(one.pk) != (one.title, one.text)]
    gone: Pairs = set()
    come: Pairs = set()
    for one in changed:
        before = terms_of_text(number, old[one.pk][1]) if one.pk in old else set()
        after = terms_of_text(number, one.text)
        gone.update((term, one.pk) for term in before - after)
        come.update((term, one.pk) for term in after - before)
    SearchText.objects.bulk_create(
        changed, update_conflicts=True, unique_fields=["id"], update_fields=["title", "text"]
    )
    _write(gone, _DELETE)
    _write(come, _INSERT)


_TABLE = Posting._meta.db_table
# One statement for any number of rows: the rows travel as one value.
_SQLITE_ROWS = "SELECT value ->> 0, value ->> 1 FROM json_each(%s)"
_POSTGRES_ROWS = "SELECT * FROM unnest(%s::bigint[], %s::uuid[])"
_INSERT = f"INSERT INTO {_TABLE} (term, object_id) {{rows}} ON CONFLICT DO NOTHING"
_DELETE = f"DELETE FROM {_TABLE} WHERE (term, object_id) IN ({{rows}})"  # noqa: S608


def _write(pairs: Pairs, statement: str) -> None:
    if not pairs:
        return
    rows = sorted(pairs)  # writers that lock the same rows do so in the same order
    values: list[Any]
    if connection.vendor == "sqlite":
        # SQLite needs a condition before ON CONFLICT, to tell it from a join.
        sql = statement.format(rows=f"{_SQLITE_ROWS} WHERE true")
        values = [json.dumps([(term, key.hex) for term, key in rows])]
    else:
        sql = statement.format(rows=_POSTGRES_ROWS)
        values = [[term for term, _ in rows], [key for _, key in rows]]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
