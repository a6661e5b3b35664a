"""What an item would make of an object, as plain text: the same fields that confirming writes."""

from collections.abc import Mapping

from chuangwen.kit.errors import Invalid
from chuangwen.people.models import Unit
from chuangwen.people.naming import name_key
from chuangwen.plan.comparing.plain import plain
from chuangwen.plan.confirming.criteria import demanded
from chuangwen.plan.confirming.values import fields_of
from chuangwen.plan.enums import ItemKind
from chuangwen.plan.models import ImportItem

SECTIONS = (ItemKind.AREA, ItemKind.ACTION, ItemKind.KEY_WORK, ItemKind.PHASE)
# Parents first: an item is the same thing only in the same section.
COMPARED = (
    *SECTIONS,
    ItemKind.TARGET,
    ItemKind.TASK,
    ItemKind.INDICATOR,
    ItemKind.MECHANISM,
    ItemKind.DUTY,
)


def wanted_values(item: ImportItem, text: str, register: Mapping[str, Unit]) -> dict[str, str]:
    """Return the fields of the object that an item would make; empty when its values are bad."""
    kind, data = ItemKind(item.kind), item.data
    words = text[item.start : item.end] if item.start is not None else ""
    try:
        match kind:
            case ItemKind.DUTY:
                unit = register.get(name_key(data["name"]))
                is_known = unit is not None and not data.get("collective")
                return {
                    "unit": unit.name if unit and is_known else data["name"],
                    "kind": data["role"],
                }
            case ItemKind.INDICATOR:
                return _demand(item, words)
            case ItemKind.MECHANISM:
                fields = {name: plain(data.get(name)) for name in ("name", "frequency", "actors")}
                return fields | {"text": words or plain(data.get("text") or data["name"])}
            case _:
                fields = {name: plain(value) for name, value in fields_of(item).items()}
                own = words or plain(data.get("text") or data.get("name"))
                return fields | ({"text": own} if kind == ItemKind.TARGET else {})
    except (Invalid, KeyError, ValueError):
        return {}


def _demand(item: ImportItem, words: str) -> dict[str, str]:
    kind, operator, value = demanded(item)
    name = plain(item.data["name"])
    # The clauses of one indicator may be of several kinds; only a person's word changes its own.
    chosen = {"kind": kind.value} if _is_other_kind(item) else {}
    return chosen | {
        "name": name,
        "operator": plain(operator),
        "value": plain(value),
        "unit": plain(item.data.get("unit"))[:20],
        "text": words or plain(item.data.get("text") or name),
    }


def _is_other_kind(item: ImportItem) -> bool:
    parsed = item.parsed
    return parsed is not None and parsed.get("kind") != item.data.get("kind")
