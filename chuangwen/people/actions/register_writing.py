"""Writing the changes of an import: a handful of statements, whatever the size of the file."""

import uuid
from collections import defaultdict

from chuangwen.kit.bulk import insert_rows, update_rows
from chuangwen.kit.ids import new_id
from chuangwen.people.actions.tree import regrow
from chuangwen.people.actions.unit_posts import end_posts
from chuangwen.people.models import Unit, UnitAlias
from chuangwen.people.register.comparing import Changes
from chuangwen.people.register.state import UnitState
from chuangwen.tenancy.scope import current_tenant_id

COLUMNS = (
    "tenant", "id", "name", "key", "kind", "parent", "code", "valid_from", "valid_until",
    "merged_into", "version",
)  # fmt: skip
SOURCE = "单位名录导入"
CHUNK = 500


def write_changes(changes: Changes) -> None:
    """Store what `compare` found. Foreign keys are checked at commit, so order does not matter."""
    tenant_id = current_tenant_id()
    _free_names(changes)
    insert_rows(Unit, COLUMNS, [(tenant_id, *_values(unit)) for unit in changes.made])
    update_rows(Unit, COLUMNS[2:], [(*_values(unit)[1:], unit.id) for unit in changes.edited])
    insert_rows(
        UnitAlias,
        ("id", "tenant", "unit", "name", "key", "source"),
        [(new_id(), tenant_id, unit, name, key, SOURCE) for unit, name, key in changes.aliases],
    )
    _end_posts(changes)
    regrow(_moved(changes))


def _values(unit: UnitState) -> tuple[object, ...]:
    return (
        unit.id, unit.name, unit.key, unit.kind, unit.parent_id, unit.code, unit.valid_from,
        unit.valid_until, unit.merged_into_id, unit.version,
    )  # fmt: skip


def _free_names(changes: Changes) -> None:
    """Let go of names and codes that change hands, so that two units may swap them."""
    renamed = [
        (unit.id.hex, "", unit.id)
        for unit in changes.edited
        if (unit.key, unit.code) != (changes.before[unit.id].key, changes.before[unit.id].code)
    ]
    update_rows(Unit, ("key", "code"), renamed)
    for start in range(0, len(changes.dropped_aliases), CHUNK):
        UnitAlias.objects.filter(key__in=changes.dropped_aliases[start : start + CHUNK]).delete()


def _end_posts(changes: Changes) -> None:
    ended = defaultdict(list)
    for unit in changes.edited:
        if unit.valid_until and changes.before[unit.id].valid_until != unit.valid_until:
            ended[unit.valid_until].append(unit.id)
    for day, units in ended.items():
        for start in range(0, len(units), CHUNK):
            end_posts(unit_ids=units[start : start + CHUNK], last_day=day)


def _moved(changes: Changes) -> list[uuid.UUID]:
    before = changes.before
    return [unit.id for unit in changes.edited if unit.parent_id != before[unit.id].parent_id]
