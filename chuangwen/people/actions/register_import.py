"""Taking in the register of units from a spreadsheet: all of it, or nothing."""

import hashlib
from dataclasses import dataclass

from django.db import transaction

from chuangwen.audit.actions import Entry, record_all
from chuangwen.kit.bulk import without_collection
from chuangwen.kit.errors import Problems
from chuangwen.people.actions.register_lock import lock_register
from chuangwen.people.actions.register_writing import write_changes
from chuangwen.people.actors import Actor
from chuangwen.people.models import Unit
from chuangwen.people.permissions import Permission
from chuangwen.people.register.comparing import Changes, compare, facts_changed
from chuangwen.people.register.reading import read_register
from chuangwen.people.register.state import stored_register
from chuangwen.tenancy.models import Tenant

# A few units get an event each, so that their history shows the import; thousands would take
# longer to log than to import, and the one event of the import names them all.
MOST_EVENTS_PER_UNIT = 200


@dataclass(frozen=True)
class ImportSummary:
    """What an import did, or would do. Names are those of the file, at most all of its rows."""

    made: tuple[str, ...]
    edited: tuple[tuple[str, dict[str, list[object]]], ...]
    aliases: tuple[tuple[str, str], ...]
    unchanged: int


@without_collection()
@transaction.atomic
def import_register(*, data: bytes, dry_run: bool = False, by: Actor) -> ImportSummary:
    """Make and update units as the .xlsx file `data` says; `dry_run` only tells what would be.

    A row is matched by its code, else by its name; an empty cell keeps what is stored; aliases
    are added, never taken away. Raises ImportRefused with every bad cell, and Invalid for a file
    that cannot be read; nothing is written then.
    """
    by.require(Permission.MANAGE_UNITS)
    lock_register(by)
    problems = Problems()
    rows = read_register(data, problems)
    changes = compare(rows, stored_register(), problems)
    problems.raise_if_any()
    summary = _summary(changes)
    if not dry_run and (changes.made or changes.edited or changes.aliases):
        write_changes(changes)
        record_all(by=by, entries=_events(changes, summary, data, by))
    return summary


def _summary(changes: Changes) -> ImportSummary:
    units = changes.after.units
    return ImportSummary(
        made=tuple(unit.name for unit in changes.made),
        edited=tuple(
            (unit.name, facts_changed(changes.before[unit.id], unit, changes.after))
            for unit in changes.edited
        ),
        aliases=tuple((units[unit_id].name, name) for unit_id, name, _ in changes.aliases),
        unchanged=changes.unchanged,
    )


def _events(changes: Changes, summary: ImportSummary, data: bytes, by: Actor) -> list[Entry]:
    content = {
        "sha256": hashlib.sha256(data).hexdigest(),
        "made": summary.made,
        "edited": summary.edited,
        "aliases": summary.aliases,
    }
    events = [Entry("register.imported", Tenant(pk=by.tenant_id), content, label="单位名录")]
    if len(changes.made) + len(changes.edited) <= MOST_EVENTS_PER_UNIT:
        events += [
            Entry("unit.created", Unit(pk=unit.id, name=unit.name), {"name": [None, unit.name]})
            for unit in changes.made
        ]
        events += [
            Entry("unit.edited", Unit(pk=unit.id, name=unit.name), facts)
            for unit, (_, facts) in zip(changes.edited, summary.edited, strict=True)
        ]
    return events
