"""Below what an item may hang."""

from collections.abc import Iterable, Mapping

from chuangwen.kit.errors import Invalid
from chuangwen.plan.enums import ItemChange, ItemKind, ItemState
from chuangwen.plan.models import ImportItem

SECTIONS = (ItemKind.AREA, ItemKind.ACTION, ItemKind.KEY_WORK, ItemKind.PHASE)
PARENTS: Mapping[ItemKind, tuple[ItemKind, ...]] = {
    ItemKind.TASK: SECTIONS,
    ItemKind.TARGET: (ItemKind.PHASE,),
    ItemKind.INDICATOR: (ItemKind.AREA, ItemKind.ACTION),
    ItemKind.DUTY: (ItemKind.ACTION, ItemKind.TASK),
}
NEEDED = frozenset({ItemKind.DUTY})


def check_parent(kind: ItemKind, parent: ImportItem | None) -> None:
    """Raise Invalid when an item of this kind cannot hang there."""
    allowed = PARENTS.get(kind, ())
    if parent is None:
        if kind in NEEDED:
            names = "”或“".join(each.label for each in allowed)
            raise Invalid(f"“属于”：{kind.label}须属于一个“{names}”。请选择。", field="parent")
        return
    if parent.kind not in allowed:
        raise Invalid(
            f"“属于”：{kind.label}不能属于{parent.get_kind_display()}“{parent}”。请另选。",
            field="parent",
        )
    if parent.state == ItemState.DROPPED and parent.existing_id is None:
        raise Invalid(f"“属于”：“{parent}”已舍弃。请先接受它，或另选。", field="parent")


def possible_parents(
    kind: ItemKind, items: Iterable[ImportItem], at: int | None = None
) -> list[ImportItem]:
    """Return where an item may hang, those around a place in the text first, the innermost first.

    Tasks are offered only around the place: there may be thousands of them.
    """
    allowed = PARENTS.get(kind, ())
    around, others = [], []
    for item in items:
        if item.kind not in allowed or item.change == ItemChange.GONE:
            continue
        first, last = item.start, item.end
        if at is not None and first is not None and last is not None and first <= at < last:
            around.append((last - first, item))
        elif item.kind != ItemKind.TASK and item.state != ItemState.DROPPED:
            others.append(item)
    return [item for _, item in sorted(around, key=lambda pair: pair[0])] + others
