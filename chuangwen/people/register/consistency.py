"""What may not be, in the register as it would be after an import."""

import uuid
from collections.abc import Mapping

from chuangwen.kit.errors import Problems
from chuangwen.people.naming import name_key
from chuangwen.people.register.rows import ALIASES, CODE, NAME, PARENT, VALID_UNTIL, RegisterRow
from chuangwen.people.register.state import Register, UnitState

Lines = Mapping[uuid.UUID, RegisterRow]


def find_contradictions(register: Register, lines: Lines, problems: Problems) -> None:
    """Note names and codes used twice, wrong dates, circles, and open units below closed ones."""
    _names(register, lines, problems)
    _codes(register, lines, problems)
    _aliases(register, lines, problems)
    _dates(register, lines, problems)
    _circles(register, lines, problems)


def _names(register: Register, lines: Lines, problems: Problems) -> None:
    holders: dict[str, UnitState] = {}
    for unit in register.units.values():
        if not unit.is_in_force:
            continue
        holder = holders.setdefault(unit.key, unit)
        if holder is not unit:
            row, other = _blamed(lines, unit, holder)
            problems.add(
                row.place(NAME), f"“{row.name}”与{_where(lines, other)}同名。", "请只保留一个。"
            )
        alias_of = register.aliases.get(unit.key, unit.id)
        if unit.id in lines and alias_of != unit.id:
            what = f"“{unit.name}”已是“{register.units[alias_of].name}”的别名。"
            remedy = "请改写成后者，或先去掉那个别名。"
            problems.add(lines[unit.id].place(NAME), what, remedy)


def _codes(register: Register, lines: Lines, problems: Problems) -> None:
    holders: dict[str, UnitState] = {}
    for unit in register.units.values():
        if unit.code and holders.setdefault(unit.code, unit) is not unit:
            row, other = _blamed(lines, unit, holders[unit.code])
            what = f"“{unit.code}”也用于{_where(lines, other)}。"
            problems.add(row.place(CODE), what, "请改正其中一个。")


def _aliases(register: Register, lines: Lines, problems: Problems) -> None:
    by_key = register.by_key()
    for unit_id, row in lines.items():
        for name in row.aliases:
            key = name_key(name)
            holder = by_key.get(key) or register.units[register.aliases.get(key, unit_id)]
            if holder.id != unit_id:
                what = f"“{name}”已是{_where(lines, holder)}的名称或别名。"
                problems.add(row.place(ALIASES), what, "请去掉，或先合并这两个单位。")


def _dates(register: Register, lines: Lines, problems: Problems) -> None:
    for unit_id, row in lines.items():
        unit = register.units[unit_id]
        if unit.valid_from and unit.valid_until and unit.valid_until < unit.valid_from:
            what = f"{unit.valid_until} 早于启用日期 {unit.valid_from}。"
            if not (row.valid_from and row.valid_until):  # else the cells were blamed already
                problems.add(row.place(VALID_UNTIL), what, "请改正其中一个。")
    for unit in register.units.values():
        parent = register.units.get(unit.parent_id) if unit.parent_id else None
        if parent is not None and unit.is_in_force and not parent.is_in_force:
            if parent.id in lines:
                place = lines[parent.id].place(VALID_UNTIL)
                problems.add(place, f"下级“{unit.name}”还没有停用。", "请先移走或停用下级。")
            elif unit.id in lines:
                place = lines[unit.id].place(PARENT)
                problems.add(place, f"“{parent.name}”已停用。", "请另选上级单位。")


def _circles(register: Register, lines: Lines, problems: Problems) -> None:
    """Walk up from every unit of the file; what led to the top once is not walked again."""
    safe: set[uuid.UUID] = set()
    for unit_id, row in lines.items():
        path: list[uuid.UUID] = []
        step: uuid.UUID | None = unit_id
        while step is not None and step not in safe:
            if step in path:
                names = " → ".join(register.units[place].name for place in (*path, step))
                problems.add(row.place(PARENT), f"上级关系成了圈：{names}。", "请改正上级单位。")
                break
            path.append(step)
            step = register.units[step].parent_id
        safe.update(path)


def _blamed(lines: Lines, unit: UnitState, holder: UnitState) -> tuple[RegisterRow, UnitState]:
    """Return the row of the file to be mended, and the unit it stands against."""
    return (lines[unit.id], holder) if unit.id in lines else (lines[holder.id], unit)


def _where(lines: Lines, unit: UnitState) -> str:
    return (
        f"第 {lines[unit.id].line} 行“{unit.name}”"
        if unit.id in lines
        else f"已有单位“{unit.name}”"
    )
