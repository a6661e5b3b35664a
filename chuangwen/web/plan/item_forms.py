"""The form of an item: its fields as typed, with the errors beside them."""

from collections.abc import Mapping
from dataclasses import dataclass

from chuangwen.plan.enums import ItemKind
from chuangwen.plan.models import ImportItem
from chuangwen.plan.reviewing.fields import FIELDS, written


@dataclass(frozen=True)
class Field:
    """One value: what is in it, what may be, what is wrong with it."""

    name: str
    label: str
    value: str
    widget: str
    choices: tuple[tuple[str, str], ...]
    required: bool
    error: str
    now: str = ""  # what somebody else wrote meanwhile


def fields_of(
    kind: ItemKind,
    values: Mapping[str, object],
    *,
    errors: Mapping[str, str] | None = None,
    now: Mapping[str, object] | None = None,
) -> list[Field]:
    """Return the fields of a kind; `now` are the stored values, shown where they differ."""
    found = []
    for name, field in FIELDS[kind].items():
        value = written(values.get(name))
        stored = written(now.get(name)) if now is not None else value
        found.append(
            Field(
                name,
                field.label,
                value,
                field.widget,
                tuple((field.choices or {}).items()),
                field.required,
                (errors or {}).get(name, ""),
                stored if stored != value else "",
            )
        )
    return found


def prefilled(kind: ItemKind, words: str) -> dict[str, object]:
    """Return values for a new item from the marked words."""
    plain = " ".join(words.split())
    name = "title" if "title" in FIELDS[kind] else "name"
    values: dict[str, object] = {name: plain[:40] if kind == ItemKind.TASK else plain[:100]}
    if kind == ItemKind.TASK:
        values["text"] = words
    defaults: dict[ItemKind, dict[str, object]] = {
        ItemKind.UNIT: {"kind": "其他", "collective": False},
        ItemKind.DUTY: {"role": "responsible", "collective": False},
        ItemKind.INDICATOR: {"kind": "qualitative"},
        ItemKind.PHASE: {"kind": "stage"},
    }
    return values | defaults.get(kind, {})


def title_of(item: ImportItem) -> str:
    """Return the heading of an item's form."""
    return f"修改{item.get_kind_display()}：{str(item)[:60]}"
