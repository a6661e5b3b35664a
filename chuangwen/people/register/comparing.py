"""What a file would change: which rows are new units, which change one, what stands against it."""

import uuid
from dataclasses import dataclass, field, replace

from chuangwen.kit.errors import Problems
from chuangwen.kit.ids import new_id
from chuangwen.people.naming import name_key
from chuangwen.people.register.consistency import find_contradictions
from chuangwen.people.register.rows import CODE, KIND, NAME, PARENT, RegisterRow
from chuangwen.people.register.state import Register, UnitState

CHANGING = ("name", "kind", "code", "valid_from", "valid_until")


@dataclass
class Changes:
    """Everything that an import will write. `before` holds the edited units as they were."""

    after: Register
    made: list[UnitState] = field(default_factory=list)
    edited: list[UnitState] = field(default_factory=list)
    before: dict[uuid.UUID, UnitState] = field(default_factory=dict)
    aliases: list[tuple[uuid.UUID, str, str]] = field(default_factory=list)  # unit, name, key
    dropped_aliases: list[str] = field(default_factory=list)
    unchanged: int = 0
    lines: dict[uuid.UUID, RegisterRow] = field(default_factory=dict)


def compare(rows: list[RegisterRow], register: Register, problems: Problems) -> Changes:
    """Match each row by code, then by name, and return the changes; contradictions are noted.

    `register` is consumed: it becomes the state after the import.
    """
    changes = Changes(after=register)
    by_code, by_key = register.by_code(), register.by_key()
    for row in rows:
        stored = by_code.get(row.code or "") or by_key.get(name_key(row.name))
        if _is_acceptable(row, stored, changes, problems):
            _take_in(row, stored, changes)
    _settle_aliases(changes)
    _settle_parents(changes, problems)
    find_contradictions(changes.after, changes.lines, problems)
    _count_edits(changes)
    return changes


def _is_acceptable(
    row: RegisterRow, stored: UnitState | None, changes: Changes, problems: Problems
) -> bool:
    if stored is None:
        if row.kind is None:
            problems.add(row.place(KIND), f"新单位“{row.name}”没有类别。", "请填写类别。")
            return False
        return bool(row.name)
    if stored.id in changes.lines:
        first = changes.lines[stored.id].line
        problems.add(row.place(NAME), f"与第 {first} 行是同一单位。", "请只保留一行。")
        return False
    if stored.merged_into_id:
        target = changes.after.units[stored.merged_into_id].name
        problems.add(row.place(CODE), f"“{stored.name}”已并入“{target}”。", "请删除这一行。")
        return False
    return True


def _take_in(row: RegisterRow, stored: UnitState | None, changes: Changes) -> None:
    """Put the row's facts into the register; an empty cell keeps what is stored."""
    if stored is None:
        unit = UnitState(new_id(), row.name, name_key(row.name), row.kind or "")
        changes.made.append(unit)
    else:
        unit = replace(stored, name=row.name or stored.name, kind=row.kind or stored.kind)
        unit.key = name_key(unit.name)
        changes.before[unit.id] = stored
    unit.code = row.code or unit.code
    unit.valid_from = row.valid_from or unit.valid_from
    unit.valid_until = row.valid_until or unit.valid_until
    changes.after.units[unit.id] = unit
    changes.lines[unit.id] = row


def _settle_parents(changes: Changes, problems: Problems) -> None:
    by_key, aliases = changes.after.by_key(), changes.after.aliases
    for unit_id, row in changes.lines.items():
        if row.parent is None:
            continue
        key = name_key(row.parent)
        parent_id = by_key[key].id if key in by_key else aliases.get(key)
        if parent_id is None:
            remedy = "请检查名称，或在本文件中加上这个单位。"
            problems.add(row.place(PARENT), f"未找到“{row.parent}”。", remedy)
        changes.after.units[unit_id].parent_id = parent_id


def _settle_aliases(changes: Changes) -> None:
    """Add the aliases that are not known yet; a former name stays as one, unless given away."""
    aliases, by_key = changes.after.aliases, changes.after.by_key()
    for unit_id, row in changes.lines.items():
        unit, before = changes.after.units[unit_id], changes.before.get(unit_id)
        if before is not None and before.key != unit.key:
            if before.key not in by_key:
                _add_alias(changes, unit, before.name)
            if aliases.get(unit.key) == unit_id:
                del aliases[unit.key]
                changes.dropped_aliases.append(unit.key)
        for name in row.aliases:
            _add_alias(changes, unit, name)


def _add_alias(changes: Changes, unit: UnitState, name: str) -> None:
    key = name_key(name)
    if key != unit.key and changes.after.aliases.get(key) is None:
        changes.after.aliases[key] = unit.id
        changes.aliases.append((unit.id, name, key))


def _count_edits(changes: Changes) -> None:
    for unit_id, before in changes.before.items():
        after = changes.after.units[unit_id]
        if after == before:
            changes.unchanged += 1
        else:
            after.version += 1
            changes.edited.append(after)


def facts_changed(
    before: UnitState, after: UnitState, register: Register
) -> dict[str, list[object]]:
    """Return field → [old, new] for one edited unit; the parent by its name."""
    changed: dict[str, list[object]] = {
        name: [getattr(before, name), getattr(after, name)]
        for name in CHANGING
        if getattr(before, name) != getattr(after, name)
    }
    if before.parent_id != after.parent_id:
        names = (
            register.units.get(key) if key else None for key in (before.parent_id, after.parent_id)
        )
        changed["parent"] = [unit.name if unit else None for unit in names]
    return changed
